"""Finds the row of headers in a sheet, and which column is which."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice

from bot.documents.cell_reading import tidy
from bot.documents.cells import Cell, CellKind
from bot.documents.table import Heading, Table, spellings
from domain.texts import Texts
from domain.vietnamese import fold

WITHIN = 20
"""Rows that hold anything in which the headers are looked for: titles stand above them."""

LIKE = 0.8
"""How alike a strange header must be to a missing one to be taken for a misspelling."""

OTHERS_MOST = 50
"""Columns not of this table that are looked at."""

Rows = Iterator[tuple[int, dict[int, Cell]]]


@dataclass(frozen=True, slots=True)
class Headers:
    """The row of headers, and what is wrong with it."""

    row: int
    columns: Mapping[str, int]
    """The number of each declared column, from 1; empty when there is no row of headers."""
    missing: tuple[str, ...]
    """Required ones, as the template writes them."""
    rest: tuple[tuple[int, dict[int, Cell]], ...] = ()
    """Rows that were looked at and come after it."""
    headed: frozenset[int] = frozenset()
    """Columns with any header at all."""
    twice: Mapping[int, str] = field(default_factory=dict)
    misspelt: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """What is written, and what seems to be meant."""
    unknown: Mapping[int, str] = field(default_factory=dict)


def find_headers(rows: Rows, table: Table, words: Texts) -> Headers:
    """The row that names most of the table's columns, the first of several."""
    known = {
        _plain(spelling): heading
        for heading in table.headings
        for spelling in table.spellings(heading, words)
    }
    looked_at = list(islice(rows, WITHIN))
    counts = [len({h.key for h in _matches(cells, known).values()}) for _, cells in looked_at]
    if not any(counts):
        return Headers(0, {}, _names([h for h in table.headings if h.required], table, words))
    at = counts.index(max(counts))
    number, cells = looked_at[at]
    return _read(number, cells, tuple(looked_at[at + 1 :]), known, table, words)


def _read(
    number: int,
    cells: Mapping[int, Cell],
    rest: tuple[tuple[int, dict[int, Cell]], ...],
    known: Mapping[str, Heading],
    table: Table,
    words: Texts,
) -> Headers:
    columns: dict[str, int] = {}
    twice: dict[int, str] = {}
    matches = _matches(cells, known)
    for column, heading in sorted(matches.items()):
        if heading.key in columns:
            twice[column] = table.spellings(heading, words)[0]
        columns.setdefault(heading.key, column)
    others = sorted(cells.keys() - matches.keys())[:OTHERS_MOST]
    strange = {column: _written(cells[column]) for column in others}
    ignored = set(map(_plain, spellings(words("workbook.ignored"))))
    wanted = {said: heading for said, heading in known.items() if heading.key not in columns}
    misspelt: dict[int, tuple[str, str]] = {}
    unknown: dict[int, str] = {}
    for column, said in strange.items():
        if _plain(said) in ignored or not said:
            continue
        if alike := get_close_matches(_plain(said), wanted, 1, LIKE):
            misspelt[column] = said, table.spellings(wanted[alike[0]], words)[0]
        else:
            unknown[column] = said
    meant = {name for _, name in misspelt.values()}
    missing = [h for h in table.headings if h.required and h.key not in columns]
    names = tuple(name for name in _names(missing, table, words) if name not in meant)
    headed = frozenset(column for column, cell in cells.items() if _written(cell))
    return Headers(number, columns, names, rest, headed, twice, misspelt, unknown)


def _matches(cells: Mapping[int, Cell], known: Mapping[str, Heading]) -> dict[int, Heading]:
    found = {column: known.get(_plain(_written(cell))) for column, cell in cells.items()}
    return {column: heading for column, heading in found.items() if heading}


def _written(cell: Cell) -> str:
    return tidy(cell.text[:200]) if cell.kind in (CellKind.TEXT, CellKind.NUMBER) else ""


def _plain(said: str) -> str:
    """A header without case, accents, marks, and what stands in brackets.

    >>> _plain("Số đoàn viên * (người)")
    'so doan vien'
    """
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)", " ", fold(said))))


def _names(headings: list[Heading], table: Table, words: Texts) -> tuple[str, ...]:
    return tuple(table.spellings(heading, words)[0] for heading in headings)
