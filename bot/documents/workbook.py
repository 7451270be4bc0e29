"""Writes workbooks: plain tables that look well, and text that is never taken for a formula.

write_workbook([Sheet("Tables", (Column("Name"), Column("Share", Kind.PERCENT)), rows)])
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from bot.documents.cell_writing import (
    BOLD,
    FORMATS,
    GREY,
    LARGE,
    MIDDLE,
    TEXT_MOST,
    Kind,
    Pen,
    Value,
    clean,
)
from bot.documents.page import LINE, header_height, height, set_page, write_foot, write_title

__all__ = ["TEXT_MOST", "Column", "Kind", "Row", "Sheet", "Value", "sheet_name", "write_workbook"]

WIDEST, NARROWEST = 60, 8
"""Width of a column, in digits: wider ones are wrapped."""

LOOKED_AT = 200
"""Rows whose texts decide how wide a column is: the rest looks alike."""

LISTS = "lists"
"""The hidden sheet that holds the choices of columns: a list within a rule ends at 255 letters."""

Row = Sequence[Value]


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
    centred: bool = False
    """A paper: whose it is stands first and small, its title large below, both lines centred."""
    foot: tuple[str, ...] = ()
    """Who signs, side by side under the table."""


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
    return re.sub(r"[\\/*?:\[\]]", "", clean(text)).strip("' ")[:31].strip() or "1"


_HEADER = PatternFill("solid", fgColor="DDEBF7")
_REQUIRED = PatternFill("solid", fgColor="FFE699")
_TOTAL = PatternFill("solid", fgColor="F2F2F2")


def _write_table(made: WriteOnlyWorksheet, sheet: Sheet, lists: list[tuple[str, ...]]) -> None:
    grouped = any(column.group for column in sheet.columns)
    header = len(sheet.title) + 1 + grouped
    first, faint, rows = header + 1, list(sheet.faint), iter(sheet.rows)
    seen = [row for _, row in zip(range(LOOKED_AT), rows, strict=False)]
    kinds = [column.kind for column in sheet.columns]
    shown = [*faint, *seen, *([sheet.total] if sheet.total else [])]
    for number, column in enumerate(sheet.columns):
        letter = get_column_letter(number + 1)
        made.column_dimensions[letter].width = column.width or _width(column, number, shown)
        if sheet.spare:
            # Also what is typed below: a code like 007 must stay text.
            made.column_dimensions[letter].number_format = FORMATS[column.kind]
        if column.choices:
            lists.append(column.choices)
            last = first + len(faint) + len(seen) + sheet.spare
            _offer(made, f"{letter}{first}:{letter}{last}", len(lists), len(column.choices))
    set_page(made, header - grouped, header)
    pen, last = Pen(made), header + len(faint)
    widths = [made.column_dimensions[get_column_letter(n + 1)].width for n in range(len(kinds))]
    write_title(made, pen, sheet.title, len(kinds), centred=sheet.centred)
    _raise_headers(made, sheet.columns, widths, header)
    if grouped:
        made.append(list(_groups(made, pen, sheet.columns, header - 1)))
    made.append([_header(pen, c, shown=bool(c.group) or not grouped) for c in sheet.columns])
    for row in faint:
        made.append([pen.write(v, k, font=GREY) for v, k in zip(row, kinds, strict=False)])
    for row in chain(seen, rows):
        last += 1
        made.row_dimensions[last].height = height(row, widths)
        made.append([pen.write(v, k) for v, k in zip(row, kinds, strict=False)])
        # It is written by now, and of a hundred thousand rows that would fill the memory.
        del made.row_dimensions[last]
    if sheet.total is not None:
        cells = zip(sheet.total, kinds, strict=False)
        last += 1
        made.row_dimensions[last].height = height(sheet.total, widths)
        made.append([pen.write(v, k, font=BOLD, fill=_TOTAL) for v, k in cells])
    if sheet.foot:
        write_foot(made, pen, sheet.foot, last, len(kinds))


def _raise_headers(
    made: WriteOnlyWorksheet, columns: Sequence[Column], widths: Sequence[float], header: int
) -> None:
    """As high as the longest header needs, those without a group over two lines."""
    wide = list(zip(columns, widths, strict=True))
    alone = max((header_height(c.header, w) for c, w in wide if not c.group), default=LINE)
    below = max((header_height(c.header, w) for c, w in wide if c.group), default=0)
    if below:
        made.row_dimensions[header - 1].height = LINE
        made.row_dimensions[header].height = max(below, alone - LINE)
    else:
        made.row_dimensions[header].height = alone


def _write_plain(made: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for number, width in enumerate(sheet.widths or (100,)):
        made.column_dimensions[get_column_letter(number + 1)].width = width
    made.sheet_view.showGridLines = False
    pen = Pen(made)
    for number, line in enumerate(sheet.title):
        made.append([pen.write(line, Kind.TEXT, font=BOLD if number else LARGE, grid=False)])
    for row in sheet.rows:
        made.append([pen.write(value, Kind.TEXT, grid=False) for value in row])


def _write_lists(made: WriteOnlyWorksheet, lists: list[tuple[str, ...]]) -> None:
    made.sheet_state = "hidden"
    pen = Pen(made)
    for place in range(max(map(len, lists))):
        made.append(
            [
                pen.write(row[place], Kind.TEXT, grid=False) if place < len(row) else None
                for row in lists
            ]
        )


def _header(pen: Pen, column: Column, *, shown: bool = True) -> Cell:
    header, fill = column.header if shown else "", _REQUIRED if column.required else _HEADER
    cell = pen.write(header, Kind.TEXT, font=BOLD, align=MIDDLE, fill=fill)
    if column.note and shown:
        cell.comment = Comment(clean(column.note), "", width=320, height=140)
    return cell


def _groups(
    made: WriteOnlyWorksheet, pen: Pen, columns: Sequence[Column], line: int
) -> Iterator[Cell]:
    """The upper of two lines of headers: over each group its own, all others two lines high."""
    at = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        first, place = "", 0
        for place, column in enumerate(members):
            letter = get_column_letter(at)
            if not group:
                made.merged_cells.add(f"{letter}{line}:{letter}{line + 1}")
                yield _header(pen, column)
            else:
                first = first or letter
                heading = group if place == 0 else ""
                yield pen.write(heading, Kind.TEXT, font=BOLD, align=MIDDLE, fill=_HEADER)
            at += 1
        if group and place:
            made.merged_cells.add(f"{first}{line}:{letter}{line}")


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
        return [FORMATS[kind]]
    return [f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if value else "0"]
