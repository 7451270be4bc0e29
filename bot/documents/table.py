"""A table that people fill in: its columns, its rows as read, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from bot.documents.cell_reading import Reads
from domain.errors import FaultyContent
from domain.texts import Texts

BETWEEN = "|"
"""Stands between accepted spellings in the words; the first one is written in templates."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that a table may have; its spellings are in the words, under the table's name."""

    key: str
    reads: Reads = Reads.TEXT
    required: bool = False
    """Neither the column nor any of its cells may be missing."""
    most: int = 300
    """Characters."""
    least: int = 0
    """Of a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name in the words, and its columns in the order of the template."""

    name: str
    headings: tuple[Heading, ...]
    joins: bool = False
    """Whether cells of a column that were joined say the same of all their rows: others draw up
    such lists, not our officers."""

    def spellings(self, heading: Heading, words: Texts) -> list[str]:
        """How the header may be written, the template's way first."""
        return spellings(words(f"{self.name}.column.{heading.key}"))

    def sheets(self, words: Texts) -> list[str]:
        """How the sheet may be called, the template's way first."""
        return spellings(words(f"{self.name}.sheet"))


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a value for each column that has one. ``bad`` are columns at fault."""

    number: int
    values: Mapping[str, Any]
    bad: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(slots=True)
class Reading:
    """What was read. More faults may be added while it is checked; ``finish`` raises them all."""

    words: Texts
    sheet: str
    header: int
    """The row of the headers."""
    columns: Mapping[str, int]
    """The number of each column that is there, from 1."""
    lines: list[Line] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What was left unread and does no harm."""
    examples: int = 0
    """Rows left out because they are marked as examples."""
    _faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def place(self, line: Line, key: str) -> str:
        """The address of a cell: ``Sheet!B7``."""
        return self._at(line.number, self.columns.get(key, 0))

    def fault(self, line: Line, key: str, sentence: str, /, **values: object) -> None:
        """A cell is wrong; ``sentence`` is a key of the words. The first fault of a cell counts."""
        self.note(*self.cell(line, key), self.words(sentence, **values))

    def cell(self, line: Line, key: str) -> tuple[int, int]:
        """Row and column of a cell; column 0 where the table has no such column."""
        return line.number, self.columns.get(key, 0)

    def note(self, row: int, column: int, said: str) -> None:
        """Something is wrong at a cell (of the row, where ``column`` is 0), in words."""
        self._faults.setdefault((row, column), f"{self._at(row, column)}: {said}")

    @property
    def sound(self) -> bool:
        """Whether all is well so far."""
        return not self._faults

    def finish(self) -> None:
        """Raise FaultyContent if anything is wrong, in the order of the sheet."""
        if self._faults:
            raise FaultyContent(tuple(self._faults[place] for place in sorted(self._faults)))

    def _at(self, row: int, column: int) -> str:
        where = (
            f"{get_column_letter(column)}{row}" if column else self.words("workbook.row", row=row)
        )
        return f"{self.sheet}!{where}"


def spellings(said: str) -> list[str]:
    """The spellings that stand in one sentence of the words.

    >>> spellings("Code | Unit code")
    ['Code', 'Unit code']
    """
    return [spelling.strip() for spelling in said.split(BETWEEN)]
