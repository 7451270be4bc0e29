"""Fills figures into a superior's own workbook, whose cells were named once; all else stays.

Names are Excel's own (Formulas, Name Manager): ``domain.named_figures`` says what each stands for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.container import Unreadable, open_container
from bot.documents.markup import Broken
from bot.documents.progress_table import spoken
from domain.errors import FaultyContent
from domain.house import House
from domain.named_figures import AS_OF, FIGURES, SHARE, TOTAL, UNITS, Figure
from domain.papers import Line, ProgressTable
from domain.texts import Texts
from domain.vietnamese import fold, same

MACROS = "xl/vbaProject.bin"
DRAWN = ("xl/drawings/", "xl/media/", "xl/charts/", "xl/ctrlProps/", "xl/slicers/")
"""Parts of a file that may not come through: pictures, shapes, charts, controls."""

ROWS_MOST = 5_000
"""Of a column that was named as a whole."""


@dataclass(slots=True)
class FilledIn:
    """The workbook, what was put into it, and what its owner should look at."""

    content: bytes = b""
    cells: int = 0
    left_out: list[str] = field(default_factory=list)
    """Units of the table that the workbook does not list."""
    drawn: bool = False
    """It held pictures or shapes, which may be gone."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name points to."""

    sheet: Worksheet
    column: int
    rows: range


def fill_in(path: Path, table: ProgressTable, house: House, words: Texts) -> FilledIn:
    """Fill in a copy. Raises FaultyContent with every fault, each with its cell or name."""
    book, drawn = _open(path, words)
    filling = _Filling(book, table, house, words)
    done = filling.all()
    if filling.faults:
        raise FaultyContent(tuple(filling.faults))
    content = BytesIO()
    book.save(content)
    done.content, done.drawn = content.getvalue(), drawn
    return done


def _open(path: Path, words: Texts) -> tuple[Workbook, bool]:
    try:
        parts = open_container(path).parts.namelist()
    except Unreadable as error:
        fault = words(f"workbook.{error.code}", **error.details)
        raise FaultyContent((f"{path.name}: {fault}",)) from None
    except Broken:
        raise FaultyContent((f"{path.name}: {words('workbook.damaged')}",)) from None
    if MACROS in parts or path.suffix.casefold() == ".xlsm":
        raise FaultyContent((f"{path.name}: {words('fill_in.macros')}",))
    try:
        book = load_workbook(path)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        fault = words("fill_in.unknown_form", fault=type(error).__name__)
        raise FaultyContent((f"{path.name}: {fault}",)) from None
    return book, any(part.startswith(DRAWN) for part in parts)


class _Filling:
    """One workbook being filled in."""

    def __init__(self, book: Workbook, table: ProgressTable, house: House, words: Texts) -> None:
        self.book, self.table, self.house, self.words = book, table, house, words
        self.faults: list[str] = []
        self.done = FilledIn()

    def all(self) -> FilledIn:
        """Fill in every name that is one of ours; others are somebody else's."""
        places = {name.casefold(): place for name, place in self._places()}
        units = places.get(UNITS)
        if not places:
            self.faults.append(self.words("fill_in.no_names", names=", ".join((UNITS, *FIGURES))))
        for name, place in places.items():
            if name == AS_OF:
                hour, day = spoken(self.house, self.table.as_of)
                said = self.house.texts("table.as_of", hour=hour, day=day)
                self._put(place, place.rows.start, said)
            elif name.startswith(TOTAL):
                figure = FIGURES[name.removeprefix(TOTAL)]
                shown = figure(self.table.total, self.table)
                self._figure(place, place.rows.start, name.removeprefix(TOTAL), shown)
        columns = {name: place for name, place in places.items() if name in FIGURES}
        if columns and units is None:
            self.faults.append(self.words("fill_in.no_units", name=UNITS))
        elif units is not None:
            self._rows(units, columns)
        return self.done

    def _rows(self, units: _Place, columns: dict[str, _Place]) -> None:
        listed: set[int] = set()
        for row in units.rows:
            said = str(units.sheet.cell(row, units.column).value or "").strip()
            if not said:
                continue
            line = self._line(said)
            if line is None:
                where = _where(units.sheet, row, units.column)
                unit = self.table.unit.name
                self.faults.append(self.words("fill_in.unit", where=where, said=said, unit=unit))
                continue
            listed.add(line.unit)
            for name, place in columns.items():
                self._figure(place, row, name, FIGURES[name](line, self.table))
        self.done.left_out = [line.name for line in self.table.lines if line.unit not in listed]

    def _line(self, said: str) -> Line | None:
        """The unit that a cell means, by its code or its name."""
        lines = (*self.table.lines, self.table.total)
        tries: tuple[Callable[[Line], bool], ...] = (
            lambda line: fold(line.code) == fold(said),
            lambda line: same(line.name, said),
            lambda line: fold(line.name) == fold(said),
        )
        for fits in tries:
            found = [line for line in lines if fits(line)]
            if found and len({line.unit for line in found}) == 1:
                return found[0]
        return None

    def _figure(self, place: _Place, row: int, name: str, figure: Figure) -> None:
        if figure is None:
            self._put(place, row, self.house.texts("table.nothing"))
            return
        value: int | float = float(figure) if isinstance(figure, Fraction) else figure
        if name == SHARE:
            cell = place.sheet.cell(row, place.column)
            if cell.number_format == "General":
                self._put(place, row, value, "0.0%")
                return
            # Their own format without a percent sign wants the number itself.
            value = value if "%" in cell.number_format else round(value * 100, 1)
        self._put(place, row, value)

    def _put(self, place: _Place, row: int, value: Any, shape: str = "") -> None:
        cell, words = place.sheet.cell(row, place.column), self.words
        where = _where(place.sheet, row, place.column)
        if isinstance(cell, MergedCell):
            self.faults.append(words("fill_in.merged", where=where))
            return
        if cell.data_type == "f":
            self.faults.append(words("fill_in.formula", where=where))
            return
        cell.value = value
        if shape:
            cell.number_format = shape
        self.done.cells += 1

    def _places(self) -> Iterator[tuple[str, _Place]]:
        known = {UNITS, AS_OF, *FIGURES, *(f"{TOTAL}{name}" for name in FIGURES)}
        scopes = [self.book.defined_names, *(s.defined_names for s in self.book.worksheets)]
        for names in scopes:
            for name, defined in names.items():
                if name.casefold() not in known:
                    continue
                if place := self._place(name, defined):
                    yield name, place

    def _place(self, name: str, defined: Any) -> _Place | None:
        try:
            ((title, cells),) = defined.destinations
            left, top, right, bottom = range_boundaries(cells)
            sheet = self.book[title]
        except (ValueError, KeyError, TypeError, AttributeError):
            left = None
        if left is None:
            self.faults.append(self.words("fill_in.nowhere", name=name))
            return None
        if left != right or not isinstance(sheet, Worksheet):
            self.faults.append(self.words("fill_in.wide", name=name))
            return None
        top, bottom = top or 1, min(bottom or sheet.max_row, ROWS_MOST)
        return _Place(sheet, left, range(top, bottom + 1))


def _where(sheet: Worksheet, row: int, column: int) -> str:
    return f"{sheet.title}!{get_column_letter(column)}{row}"
