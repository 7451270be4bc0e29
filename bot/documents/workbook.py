"""Writes workbooks: plain tables that look well, and text that is never taken for a formula.

write_workbook([Sheet("Tables", (Column("Name"), Column("Share", Kind.PERCENT)), rows)])
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

TEXT_MOST = 32_767
"""Characters that Excel lets into one cell; what is longer would break the file."""

WIDEST, NARROWEST = 60, 8
"""Width of a column, in digits: wider ones are wrapped."""

LOOKED_AT = 200
"""Rows whose texts decide how wide a column is: the rest looks alike."""

LISTS = "lists"
"""The hidden sheet that holds the choices of columns: a list within a rule ends at 255 letters."""

Value = str | int | float | bool | date | datetime | None
Row = Sequence[Value]


class Kind(StrEnum):
    """What a column holds, and so how it is shown."""

    TEXT = "text"
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


_FORMATS = {
    Kind.TEXT: "@",
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "#,##0",
    Kind.NUMBER: "#,##0.0",
    Kind.PERCENT: "0.0%",
    Kind.DAY: "dd/mm/yyyy",
    Kind.MOMENT: "hh:mm dd/mm/yyyy",
}
_LEFT = (Kind.TEXT,)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; columns side by side of the same ``group`` get a common heading above."""

    header: str
    kind: Kind = Kind.TEXT
    width: int | None = None
    """In digits; None makes it fit what it holds."""
    note: str = ""
    """Shown when the pointer rests on the header."""
    choices: tuple[str, ...] = ()
    """Offered in a list in every cell; other values are refused by Excel."""
    required: bool = False
    """Its header stands out."""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: lines above it, a frozen header, rows, and a last row that sums up."""

    name: str
    """At most 31 characters; what Excel does not allow in it is left out."""
    columns: tuple[Column, ...]
    rows: Iterable[Row] = ()
    title: tuple[str, ...] = ()
    """Lines above the header, the first one large."""
    total: Row | None = None
    faint: Iterable[Row] = ()
    """Examples, in grey, before the rows."""
    spare: int = 0
    """Empty rows below that have the columns' formats and lists: for templates."""
    plain: bool = False
    """Only text to be read: no header, no grid, lines wrapped."""
    widths: tuple[int, ...] = field(default=())
    """Of a plain sheet."""


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The content of an .xlsx file."""
    book = Workbook(write_only=True)
    lists: list[tuple[str, ...]] = []
    for sheet in sheets:
        made = book.create_sheet(sheet_name(sheet.name))
        if sheet.plain:
            _write_plain(made, sheet)
        else:
            _write_table(made, sheet, lists)
    if lists:
        _write_lists(book.create_sheet(LISTS), lists)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def sheet_name(text: str) -> str:
    """A name that Excel takes for a sheet.

    >>> sheet_name("Đơn vị [2026/2027]: tất cả những gì đã biết đến nay")
    'Đơn vị 20262027 tất cả những gì'
    """
    return re.sub(r"[\\/*?:\[\]]", "", _clean(text)).strip("' ")[:31].strip() or "1"


_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER = PatternFill("solid", fgColor="DDEBF7")
_REQUIRED = PatternFill("solid", fgColor="FFE699")
_TOTAL = PatternFill("solid", fgColor="F2F2F2")
_BOLD, _GREY, _LARGE = Font(bold=True), Font(italic=True, color="808080"), Font(bold=True, size=14)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_UP = Alignment(vertical="top")


def _write_table(made: WriteOnlyWorksheet, sheet: Sheet, lists: list[tuple[str, ...]]) -> None:
    grouped = any(column.group for column in sheet.columns)
    header = len(sheet.title) + 1 + grouped
    first, faint, rows = header + 1, list(sheet.faint), iter(sheet.rows)
    seen = [row for _, row in zip(range(LOOKED_AT), rows, strict=False)]
    shown = [*faint, *seen, *([sheet.total] if sheet.total else [])]
    for number, column in enumerate(sheet.columns):
        letter = get_column_letter(number + 1)
        made.column_dimensions[letter].width = column.width or _width(column, number, shown)
        if sheet.spare:
            # Also what is typed below: a code like 007 must stay text.
            made.column_dimensions[letter].number_format = _FORMATS[column.kind]
        if column.choices:
            lists.append(column.choices)
            last = first + len(faint) + len(seen) + sheet.spare
            _offer(made, f"{letter}{first}:{letter}{last}", len(lists), len(column.choices))
    made.freeze_panes = f"A{first}"
    made.print_title_rows = f"{header}:{header}"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    for number, line in enumerate(sheet.title):
        made.append([_cell(made, line, Kind.TEXT, font=_BOLD if number else _LARGE)])
    if grouped:
        made.append(list(_groups(made, sheet.columns, header - 1)))
    made.append([_header(made, c, shown=bool(c.group) or not grouped) for c in sheet.columns])
    kinds = [column.kind for column in sheet.columns]
    for row in faint:
        made.append([_cell(made, v, k, font=_GREY) for v, k in zip(row, kinds, strict=False)])
    for row in _chained(seen, rows):
        made.append([_cell(made, v, k) for v, k in zip(row, kinds, strict=False)])
    if sheet.total is not None:
        cells = zip(sheet.total, kinds, strict=False)
        made.append([_cell(made, v, k, font=_BOLD, fill=_TOTAL) for v, k in cells])


def _write_plain(made: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for number, width in enumerate(sheet.widths or (100,)):
        made.column_dimensions[get_column_letter(number + 1)].width = width
    made.sheet_view.showGridLines = False
    for number, line in enumerate(sheet.title):
        made.append([_cell(made, line, Kind.TEXT, font=_BOLD if number else _LARGE, grid=False)])
    for row in sheet.rows:
        made.append([_cell(made, value, Kind.TEXT, grid=False) for value in row])


def _write_lists(made: WriteOnlyWorksheet, lists: list[tuple[str, ...]]) -> None:
    made.sheet_state = "hidden"
    for place in range(max(map(len, lists))):
        made.append([_text(row[place], made) if place < len(row) else None for row in lists])


def _chained(seen: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from seen
    yield from rest


def _header(made: WriteOnlyWorksheet, column: Column, *, shown: bool = True) -> Cell:
    header = column.header if shown else ""
    cell = _cell(made, header, Kind.TEXT, font=_BOLD, align=_MIDDLE)
    cell.fill = _REQUIRED if column.required else _HEADER
    if column.note and shown:
        cell.comment = Comment(_clean(column.note), "", width=320, height=140)
    return cell


def _groups(made: WriteOnlyWorksheet, columns: Sequence[Column], line: int) -> Iterator[Cell]:
    """The upper of two lines of headers: over each group its own, all others two lines high."""
    at = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        first, place = "", 0
        for place, column in enumerate(members):
            letter = get_column_letter(at)
            if not group:
                made.merged_cells.add(f"{letter}{line}:{letter}{line + 1}")
                yield _header(made, column)
            else:
                first = first or letter
                heading = group if place == 0 else ""
                yield _cell(made, heading, Kind.TEXT, font=_BOLD, align=_MIDDLE, fill=_HEADER)
            at += 1
        if group and place:
            made.merged_cells.add(f"{first}{line}:{letter}{line}")


def _cell(
    made: WriteOnlyWorksheet,
    value: Value,
    kind: Kind,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
    align: Alignment | None = None,
    grid: bool = True,
) -> Cell:
    if isinstance(value, str):
        cell = _text(value, made)
    else:
        # A zone is told nowhere in a workbook.
        value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell = WriteOnlyCell(made, value)
        cell.number_format = _FORMATS[kind]
    cell.alignment = align or (_TOP if isinstance(value, str) and kind in _LEFT else _UP)
    if grid:
        cell.border = _BORDER
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell


def _text(value: str, made: WriteOnlyWorksheet) -> Cell:
    """Text that stays text: with = + - @ in front, too, and when somebody edits it later."""
    cell = WriteOnlyCell(made, _clean(value))
    cell.data_type = "s"
    cell.number_format = "@"
    if value[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell may be."""
    plain = "".join(ch for ch in text if ch >= " " or ch in "\n\t")
    plain = re.sub(r"[\ud800-\udfff\ufffe\uffff]", "", plain)
    # Excel reads _x0041_ as a letter's number.
    plain = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", plain)
    return plain if len(plain) <= TEXT_MOST else plain[: TEXT_MOST - 1] + "…"


def _offer(made: WriteOnlyWorksheet, cells: str, column: int, count: int) -> None:
    letter = get_column_letter(column)
    rule = DataValidation(
        type="list", formula1=f"{LISTS}!${letter}$1:${letter}${count}", allow_blank=True
    )
    rule.showErrorMessage = True
    rule.add(cells)
    made.data_validations.append(rule)


def _width(column: Column, number: int, rows: Sequence[Row]) -> int:
    """Wide enough for what it holds; a header may break into lines."""
    longest = max((len(word) for word in column.header.split()), default=0)
    for row in rows:
        if number < len(row) and row[number] is not None:
            longest = max(longest, *(len(line) for line in _shown(row[number], column.kind)))
    return min(max(longest + 3, NARROWEST), WIDEST)


def _shown(value: Value, kind: Kind) -> list[str]:
    if isinstance(value, str):
        return value.split("\n")
    if kind in (Kind.DAY, Kind.MOMENT):
        return [_FORMATS[kind]]
    return [f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if value else "0"]
