"""Writes single cells: numbers in their format, and text that is never taken for a formula."""

import re
from datetime import date, datetime
from enum import StrEnum

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TEXT_MOST = 32_767
"""Characters that Excel lets into one cell; what is longer would break the file."""

Value = str | int | float | bool | date | datetime | None


class Kind(StrEnum):
    """What a column holds, and so how it is shown."""

    TEXT = "text"
    PLACE = "place"
    """A number in a row of numbers, or a rank: stands in the middle."""
    WHOLE = "whole"
    MONEY = "money"
    """VND."""
    NUMBER = "number"
    """With one decimal."""
    PERCENT = "percent"
    """A share: 0.5 is shown as 50,0%."""
    DAY = "day"
    MOMENT = "moment"
    """Local time, without a zone: a workbook knows none."""


FORMATS = {
    Kind.TEXT: "@",
    Kind.PLACE: "0",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "#,##0",
    Kind.NUMBER: "#,##0.0",
    Kind.PERCENT: "0.0%",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "hh:mm dd/mm/yyyy",
}

FACE = "Times New Roman"
"""What Vietnamese administrative papers are set in (Nghị định 30/2020/NĐ-CP)."""

PLAIN, BOLD = Font(name=FACE, size=12), Font(name=FACE, size=12, bold=True)
LARGE = Font(name=FACE, size=15, bold=True)
GREY = Font(name=FACE, size=12, italic=True, color="808080")
_LINE = Side(style="thin", color="A6A6A6")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_UP = Alignment(vertical="top")
_RIGHT = Alignment(horizontal="right", vertical="top")
_PLACE = Alignment(horizontal="center", vertical="top")

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_NUMBER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ASKS_FOR_A_QUOTE = ("=", "+", "-", "@")


class Pen:
    """Writes the cells of one sheet; a look that was put together once is used again.

    Putting it together takes longer than all the rest of a cell, and a list has a million cells.
    """

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[object, ...], StyleArray] = {}

    def write(
        self,
        value: Value,
        kind: Kind,
        *,
        font: Font = PLAIN,
        fill: PatternFill | None = None,
        align: Alignment | None = None,
        grid: bool = True,
    ) -> Cell:
        """One cell."""
        text = isinstance(value, str)
        # A zone is told nowhere in a workbook.
        bare = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell = WriteOnlyCell(self._sheet, clean(bare) if isinstance(bare, str) else bare)
        if text:
            cell.data_type = "s"
        quoted = isinstance(value, str) and value.startswith(_ASKS_FOR_A_QUOTE)
        look = (kind, text, quoted, id(font), id(fill), id(align), grid)
        if look in self._looks:
            cell._style = self._looks[look]
            return cell
        cell.number_format = FORMATS[Kind.TEXT if text else kind]
        cell.alignment = align or _alignment(text, kind)
        cell.font = font
        if quoted:
            # It stays text when somebody edits it later, too.
            cell.quotePrefix = True
        if grid:
            cell.border = _GRID
        if fill:
            cell.fill = fill
        self._looks[look] = cell._style
        return cell


def clean(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell may be."""
    # Excel reads _x0041_ as a letter's number.
    plain = _LIKE_A_NUMBER.sub("_x005F_", _UNWRITABLE.sub("", text))
    return plain if len(plain) <= TEXT_MOST else plain[: TEXT_MOST - 1] + "…"


def _alignment(text: bool, kind: Kind) -> Alignment:
    """Text wraps; a word in a column of numbers stands where they do."""
    if kind is Kind.PLACE:
        return _PLACE
    if text:
        return _TOP if kind is Kind.TEXT else _RIGHT
    return _UP
