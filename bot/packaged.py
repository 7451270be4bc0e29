"""What comes with the program: files of the package, and the command line's own sentences."""

from importlib.resources import files

from bot.toml_file import broken, read_toml
from domain.errors import FaultyContent
from domain.texts import Texts


def packaged(*path: str) -> bytes:
    """The content of a file that comes with us."""
    return files("bot").joinpath(*path).read_bytes()


def operator_texts() -> Texts:
    """The command line's own sentences."""
    file = read_toml("operator.toml", packaged("texts", "operator.toml"))
    if file.broken:
        raise FaultyContent((broken(file),))
    return Texts(file.raw, file.name)
