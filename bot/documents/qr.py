"""The QR picture of a unit's invitation, large enough to print; nothing private is in it."""

from io import BytesIO

import segno
from PIL import Image, ImageDraw

from bot.channel import Rendered
from bot.documents.lettering import Font, font, plain, shorten, width
from bot.documents.material import Material
from domain.message import Document
from domain.person import Deed, may

SIDE = 1000
"""Pixels: 8 cm in print at 300 a inch."""

MARGIN = 40

ROOM = SIDE - 2 * MARGIN
"""Pixels that a line of text may be wide."""

BORDER = 4
"""White squares around, as the standard wants (ISO/IEC 18004)."""

NAME, SMALL = 44, 36
"""Sizes of letters in pixels."""


def draw(document: Document, given: Material) -> Rendered | None:
    """A PNG with the unit's name and code under the squares; None for who may not invite.

    Parameters: ``unit`` and ``person``, row numbers, and ``link``, which the picture says.
    """
    store, texts = given.store, given.house.texts
    unit = store.units.get(int(document.parameters["unit"]))
    person = store.people.get(int(document.parameters["person"]))
    if unit is None or person is None or not may(person, Deed.INVITE, store.units.path(unit.id)):
        return None
    lines = (
        (texts("invite.picture_how"), SMALL, False),
        (unit.name, NAME, True),
        (texts("invite.picture_code", code=unit.code), NAME, True),
    )
    picture = _poster(str(document.parameters["link"]), lines)
    return Rendered("photo", f"{unit.code}.png", picture)


def _poster(link: str, lines: tuple[tuple[str, int, bool], ...]) -> bytes:
    """The squares, and centred lines of text below them."""
    squares = _squares(link)
    broken = [
        (piece, font(size, bold), size + size // 3)
        for text, size, bold in lines
        for piece in _broken(plain(text), font(size, bold))
    ]
    height = squares.height + sum(high for _, _, high in broken) + MARGIN
    poster = Image.new("L", (SIDE, height), 255)
    poster.paste(squares, ((SIDE - squares.width) // 2, 0))
    pen, top = ImageDraw.Draw(poster), squares.height
    for text, letters, high in broken:
        pen.text(((SIDE - width(text, letters)) // 2, top), text, fill=0, font=letters)
        top += high
    content = BytesIO()
    poster.quantize(16).save(content, "PNG", optimize=True)
    return content.getvalue()


def _broken(text: str, letters: Font) -> list[str]:
    """The text in lines as wide as the picture; a longer word is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, letters) <= ROOM:
            lines[-1] = longer
        else:
            lines.append(shorten(word, ROOM, letters))
    return lines


def _squares(link: str) -> Image.Image:
    """Whole pixels a square, so that print stays sharp; a quarter of it may be stained."""
    code = segno.make(link, error="q", micro=False)
    scale = max(1, SIDE // code.symbol_size(border=BORDER)[0])
    content = BytesIO()
    code.save(content, kind="png", scale=scale, border=BORDER)
    return Image.open(content).convert("L")
