"""Streams the cells of a sheet, row by row: typed as the file types them, blank ones left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import IO

from openpyxl.utils import column_index_from_string

from bot.documents.container import Container, SheetPart
from bot.documents.markup import Attributes, Broken, chunks, feeding
from bot.documents.shared import TEXT_MOST, Shape, plain, shapes, texts

BLANK_MOST = 2_000
"""Blank rows in a row after which the table is over: programs leave a million behind."""

MERGED_MOST = 1_000
"""More joined cells than anybody wants to be told of."""

ROW_LAST, COLUMN_LAST = 1_048_576, 16_384
"""Excel's own limits."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)")
_OVERLAP = 300
"""Bytes looked at twice, so that nothing is missed between two pieces."""


class CellKind(Enum):
    """What a cell holds."""

    TEXT = "s"
    NUMBER = "n"
    YES_NO = "b"
    ERROR = "e"
    DAY = "d"
    """ISO text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text, or its number as the file writes it."""

    kind: CellKind
    text: str
    formula: bool = False
    shape: Shape = Shape.PLAIN


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both corners included, counted from 1."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, container: Container, sheet: SheetPart) -> None:
        self.name = sheet.name
        self.cut_short = False
        """Whether something stands below so many blank rows that nobody looked at it."""
        self._container = container
        self._part = sheet.part
        self._strings = texts(container)
        self._shapes = shapes(container)

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Rows that hold anything: their number, and the cells by column, counted from 1."""
        reader = _Rows(self._strings, self._shapes)
        with self._container.open(self._part) as stream:
            for content, last in chunks(stream):
                reader.feed(content, last)
                yield from reader.take()
                if reader.blank > BLANK_MOST:
                    self.cut_short = _holds_more(stream)
                    return

    def merged(self) -> list[Area]:
        """Cells that were joined into one."""
        found: list[Area] = []
        with self._container.open(self._part) as stream:
            before = b""
            for content, _ in chunks(stream):
                text = before + content
                at = 0
                for match in _MERGED.finditer(text):
                    if len(found) == MERGED_MOST:
                        return found
                    found.append(_area(match[1].decode(), match[2].decode()))
                    at = match.end()
                before = text[max(at, len(text) - _OVERLAP) :]
        return found


class _Rows:
    """Puts rows together from what the parser sees."""

    def __init__(self, strings: list[str], shapes: list[Shape]) -> None:
        self.feed = feeding(self._start, self._end, self._text)
        self.blank = 0
        self._strings, self._shapes = strings, shapes
        self._done: list[tuple[int, dict[int, Cell]]] = []
        self._row = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._kind = self._style = ""
        self._formula = self._inside = False
        self._parts: list[str] = []
        self._length = 0

    def take(self) -> list[tuple[int, dict[int, Cell]]]:
        """The rows that are complete."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula, self._length = False, 0
            self._parts.clear()
        elif name in ("v", "t"):
            self._inside = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = _row(attributes.get("r", ""), self._row + 1)
            self._column = 0
            self._cells = {}

    def _text(self, text: str) -> None:
        if self._inside and self._length <= TEXT_MOST:
            self._parts.append(text)
            self._length += len(text)

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._inside = False
        elif name == "c":
            if self._parts or self._formula:
                cell = self._cell("".join(self._parts))
                if cell.formula or (cell.text and not cell.text.isspace()):
                    self._cells[self._column] = cell
        elif name == "row":
            if self._cells:
                self._done.append((self._row, self._cells))
            self.blank = 0 if self._cells else self.blank + 1

    def _cell(self, text: str) -> Cell:
        if self._kind == "s":
            if not text.isdecimal() or int(text[:9]) >= len(self._strings):
                raise Broken("no such text")
            return Cell(CellKind.TEXT, self._strings[int(text[:9])], self._formula)
        if self._kind in ("str", "inlineStr"):
            return Cell(CellKind.TEXT, plain(text), self._formula)
        if self._kind not in ("n", "b", "e", "d"):
            raise Broken("no such kind of cell")
        shape = Shape.PLAIN
        if self._style.isdecimal() and int(self._style[:9]) < len(self._shapes):
            shape = self._shapes[int(self._style[:9])]
        return Cell(CellKind(self._kind), text, self._formula, shape)


def _row(said: str, following: int) -> int:
    if not said:
        return following
    if not said.isdecimal() or not 0 < int(said[:9]) <= ROW_LAST:
        raise Broken("no such row")
    return int(said)


def _column(said: str, following: int) -> int:
    if not said:
        return following
    found = _REFERENCE.fullmatch(said)
    column = column_index_from_string(found[1]) if found else 0
    if not 0 < column <= COLUMN_LAST:
        raise Broken("no such cell")
    return int(column)


def _area(first: str, last: str) -> Area:
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last)]
    if None in corners:
        raise Broken("no such cell")
    rows = sorted(int(corner[2]) for corner in corners if corner)
    columns = sorted(column_index_from_string(corner[1]) for corner in corners if corner)
    return Area(f"{first}:{last}", rows[0], columns[0], rows[-1], columns[-1])


def _holds_more(stream: IO[bytes]) -> bool:
    """Whether anything stands in the rest of the rows."""
    before = b""
    for content, _ in chunks(stream):
        if _CONTENT.search(before + content):
            return True
        before = content[-20:]
    return False
