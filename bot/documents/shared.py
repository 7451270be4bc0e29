"""What cells of a workbook share: texts, and how numbers are shown."""

import re
from enum import Enum

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from bot.documents.container import Container
from bot.documents.markup import Attributes, chunks, elements, feeding

TEXT_MOST = 10_000
"""Characters of a cell that are read: the longest answer in chat has a third of that."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMAT_MOST = 255
_FOREIGN_DAYS = frozenset({*range(27, 37), *range(50, 59)})
"""Numbers of formats that are days in Asian editions of Excel."""


class Shape(Enum):
    """How a number is shown, as far as that says what it is."""

    PLAIN = 0
    DAY = 1
    MONTH = 2
    PERCENT = 3


def texts(container: Container) -> list[str]:
    """The texts that cells share; long ones are cut just beyond what is allowed."""
    found: list[str] = []
    parts: list[str] = []
    inside, spoken, length = [False], [False], [0]

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            parts.clear()
            length[0] = 0
        elif name == "rPh":
            spoken[0] = True  # how a text is pronounced is no part of it
        elif name == "t":
            inside[0] = not spoken[0]

    def end(name: str) -> None:
        if name == "t":
            inside[0] = False
        elif name == "rPh":
            spoken[0] = False
        elif name == "si":
            found.append(plain("".join(parts)[: TEXT_MOST + 1]))

    def text(said: str) -> None:
        if inside[0] and length[0] <= TEXT_MOST:
            parts.append(said)
            length[0] += len(said)

    if container.strings:
        feed = feeding(start, end, text)
        with container.open(container.strings) as stream:
            for content, last in chunks(stream):
                feed(content, last)
    return found


def plain(text: str) -> str:
    """A text with Excel's own escapes undone.

    >>> plain("a_x000D_b_x005F_x0041_")
    'a\\rb_x0041_'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def shapes(container: Container) -> list[Shape]:
    """How numbers of each style are shown."""
    formats: dict[str, str] = {}
    found: list[Shape] = []
    if not container.styles:
        return found
    with container.open(container.styles) as stream:
        used = False
        for name, attributes in elements(stream):
            if name == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            if name == "cellXfs" or name == "cellStyles":
                used = name == "cellXfs"
            if name == "xf" and used:
                number = attributes.get("numFmtId", "0")
                found.append(_shape(number, formats.get(number, "")))
    return found


def _shape(number: str, code: str) -> Shape:
    if not code and number.isdecimal():
        if int(number[:9]) in _FOREIGN_DAYS:
            return Shape.DAY
        code = BUILTIN_FORMATS.get(int(number[:9]), "")
    code = code[:_FORMAT_MOST]
    if is_date_format(code):
        letters = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", code.split(";")[0]).lower()
        month = "y" in letters and "m" in letters and "d" not in letters
        return Shape.MONTH if month else Shape.DAY
    return Shape.PERCENT if "%" in code else Shape.PLAIN
