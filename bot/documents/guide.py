"""The pictures of the short guide, which come with us: taken from the playground, not drawn here.

``<role>.png`` shows the words that will do on every network; ``<role>-<channel>.png`` is for one
where it looks otherwise.
"""

from importlib.resources import files

from bot.channel import Rendered
from bot.documents.material import Material
from domain.message import Document

FOLDER = files("bot").joinpath("documents", "guides")


def draw(document: Document, given: Material) -> Rendered | None:
    """The picture for a ``role`` on a ``channel``; None where that role has none."""
    role, channel = document.parameters["role"], document.parameters["channel"]
    for name in (f"{role}-{channel}.png", f"{role}.png"):
        picture = FOLDER.joinpath(name)
        if picture.is_file():
            return Rendered("photo", f"{role}.png", picture.read_bytes())
    return None
