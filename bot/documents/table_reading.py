"""Reads a declared table from a workbook: typed rows, and every fault with its sheet and cell."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from bot.documents.cell_reading import Misread, Sheetwise, read_cell, tidy
from bot.documents.cells import Area, Cell, CellKind, Sheet
from bot.documents.container import Container, SheetPart, Unreadable, open_container
from bot.documents.headers import Headers, find_headers
from bot.documents.markup import Broken
from bot.documents.table import Heading, Line, Reading, Table, spellings
from domain.errors import FaultyContent
from domain.texts import Texts
from domain.vietnamese import fold

ROWS_MOST = 50_000
"""More than twice the units, or the entries, of the largest province."""

NAMELESS_TOLD = 5
"""Columns without a header that are named; more say no more."""

TOLD_EVERY = 500
"""Rows between two moves of a progress bar."""

Rows = Iterator[tuple[int, dict[int, Cell]]]


def read_table(
    path: Path,
    table: Table,
    words: Texts,
    today: date,
    progress: Callable[[int], None] = lambda rows: None,
) -> Reading:
    """Read it whole; faults of cells wait in the Reading, where more may be added.

    Raises FaultyContent where there is no such table. ``progress`` hears how many rows were read.
    """
    with _told(path, words):
        container = open_container(path)
        sheet = Sheet(container, _choose(container, table, words))
        rows = sheet.rows()
        found = find_headers(rows, table, words)
        if not found.columns:
            wanted = ", ".join(f"«{name}»" for name in found.missing)
            raise Unreadable("no_header", sheet=sheet.name, wanted=wanted)
        reading = Reading(words, sheet.name, found.row, found.columns)
        _note_headers(reading, found)
        facts = Sheetwise(today, container.since_1904, words("workbook.yes"), words("workbook.no"))
        body: Rows = chain(found.rest, rows)
        if table.joins:
            body = _spread(body, sheet.merged())
        last = _read_lines(reading, body, table, found, facts, progress)
        if sheet.cut_short:
            raise Unreadable("gap", sheet=sheet.name, row=last)
        _note_merged(reading, sheet, last, table)
        if not reading.lines and reading.sound:
            raise Unreadable("no_rows", sheet=sheet.name)
        return reading


@contextmanager
def _told(path: Path, words: Texts) -> Iterator[None]:
    """Say in a sentence why a file cannot be read."""
    try:
        yield
    except Unreadable as error:
        fault = words(f"workbook.{error.code}", **error.details)
        raise FaultyContent((f"{path.name}: {fault}",)) from error
    except Broken as error:
        raise FaultyContent((f"{path.name}: {words('workbook.damaged')}",)) from error
    except OSError as error:
        fault = words("config.unread", fault=error.strerror or error)
        raise FaultyContent((f"{path}: {fault}",)) from error


def _choose(container: Container, table: Table, words: Texts) -> SheetPart:
    """The sheet of this table, by name; the only one whatever its name."""
    wanted = table.sheets(words)
    folded = {fold(name) for name in wanted}
    for sheet in container.sheets:
        if fold(sheet.name) in folded:
            return sheet
    if len(container.sheets) == 1:
        return container.sheets[0]
    there = ", ".join(f"«{sheet.name}»" for sheet in container.sheets)
    raise Unreadable("wrong_sheet", wanted=wanted[0], there=there)


def _note_headers(reading: Reading, found: Headers) -> None:
    words = reading.words
    if found.missing:
        names = ", ".join(f"«{name}»" for name in found.missing)
        reading.note(found.row, 0, words("workbook.missing_columns", names=names))
    for column, name in found.twice.items():
        reading.note(found.row, column, words("workbook.column_twice", name=name))
    for column, (said, meant) in found.misspelt.items():
        reading.note(found.row, column, words("workbook.misspelt", said=said, meant=meant))
    for column, said in found.unknown.items():
        where = f"{reading.sheet}!{get_column_letter(column)}{found.row}"
        reading.notices.append(words("workbook.unknown_column", where=where, said=said))


def _read_lines(
    reading: Reading,
    rows: Rows,
    table: Table,
    found: Headers,
    facts: Sheetwise,
    progress: Callable[[int], None],
) -> int:
    """Read the rows below the headers; the number of the last one that holds anything."""
    here = {reading.columns[h.key]: h for h in table.headings if h.key in reading.columns}
    last, example, strange = reading.header, fold(reading.words("workbook.example")), set[int]()
    totals = set(map(fold, spellings(reading.words("workbook.totals"))))
    for number, cells in rows:
        mine = {column: cells[column] for column in here if column in cells}
        if len(mine) < len(cells):
            strange |= cells.keys() - here.keys()
        if not any(map(_holds, mine.values())):
            continue
        last = number
        if fold(mine[min(mine)].text[:40]).startswith(example):
            reading.examples += 1
            continue
        if any(fold(mine[column].text[:40]) in totals for column in sorted(mine)[:2]):
            reading.note(number, 0, reading.words("workbook.total"))
            continue
        if len(reading.lines) == ROWS_MOST:
            raise Unreadable("rows", most=ROWS_MOST)
        reading.lines.append(_line(reading, number, mine, here, facts))
        if len(reading.lines) % TOLD_EVERY == 0:
            progress(len(reading.lines))
    nameless = sorted(strange - found.headed)
    if nameless:
        letters = ", ".join(map(get_column_letter, nameless[:NAMELESS_TOLD]))
        said = reading.words("workbook.nameless", sheet=reading.sheet, columns=letters)
        reading.notices.append(said)
    return last


def _line(
    reading: Reading,
    number: int,
    cells: Mapping[int, Cell],
    here: Mapping[int, Heading],
    facts: Sheetwise,
) -> Line:
    values: dict[str, Any] = {}
    bad: list[str] = []
    for column, heading in here.items():
        cell = cells.get(column)
        try:
            value = None
            if cell is not None:
                value = read_cell(cell, heading.reads, heading.most, heading.least, facts)
            if value is None and heading.required:
                raise Misread("missing")
        except Misread as fault:
            bad.append(heading.key)
            reading.note(number, column, reading.words(f"cell.{fault.code}", **fault.details))
        else:
            if value is not None:
                values[heading.key] = value
    return Line(number, values, frozenset(bad))


def _holds(cell: Cell) -> bool:
    """Whether there is more in it than blanks."""
    return cell.formula or cell.kind is not CellKind.TEXT or bool(tidy(cell.text[:200]))


def _spread(rows: Rows, areas: list[Area]) -> Rows:
    """The rows with what stands in the first of several joined cells in each row of them."""
    ends = {(area.top, area.left): area.bottom for area in areas if area.left == area.right}
    joined: dict[int, tuple[int, Cell]] = {}
    for number, cells in rows:
        for column in cells:
            if (number, column) in ends:
                joined[column] = ends[number, column], cells[column]
        above = {column: cell for column, (end, cell) in joined.items() if number <= end}
        yield number, {**above, **cells} if any(map(_holds, cells.values())) else cells


def _note_merged(reading: Reading, sheet: Sheet, last: int, table: Table) -> None:
    """Joined cells of the table itself; those of titles above it and notes below do no harm."""
    columns = reading.columns.values()
    for area in sheet.merged():
        beside = area.right < min(columns) or area.left > max(columns)
        spread = table.joins and area.left == area.right
        if area.bottom >= reading.header and area.top <= last and not beside and not spread:
            _note_area(reading, area)


def _note_area(reading: Reading, area: Area) -> None:
    reading.note(area.top, area.left, reading.words("workbook.merged", area=area.name))
