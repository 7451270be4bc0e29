"""Counts every entry of a programme afresh, by the same rule that each turn counts by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, bindparam, cast, func, literal_column, select, text

from domain.initiative import Tally
from storage import counts
from storage.count_rule import weights
from storage.cursor import Cursor
from storage.day_counts import rebuild_days
from storage.quotas import WHOLE
from storage.statements import upsert
from storage.tables import COUNTS, initiative, tally_day, unit_closure
from storage.tables import tally as tally_table

Key: TypeAlias = tuple[int, int]
"""Unit and phase."""

Told: TypeAlias = Callable[[str, int, int], None]
"""Told now and then of a step (ENTRIES, DAYS) how many of how many entries it is done with."""

ENTRIES, DAYS = "entries", "days"

AT_ONCE = 100_000
"""Entries of one query: often enough for a progress bar, and little to hold in memory."""

_ENTRIES = (
    select(
        initiative.c.phase,
        initiative.c.unit,
        initiative.c.status,
        initiative.c.recognised,
        func.count(),
        cast(func.sum(func.coalesce(initiative.c.benefit, 0)), BigInteger),
    )
    .where(
        # Nothing is added: SQLite shall go by the ids, and not through all of the programme.
        initiative.c.programme + literal_column("0") == bindparam("programme"),
        initiative.c.id > bindparam("after"),
        initiative.c.id <= bindparam("last"),
    )
    .group_by(initiative.c.phase, initiative.c.unit, initiative.c.status, initiative.c.recognised)
)
_LAST = select(func.coalesce(func.max(initiative.c.id), 0))
_PATHS = select(unit_closure.c.descendant, unit_closure.c.ancestor)
_KEPT = select(
    tally_table.c.unit, tally_table.c.phase, *(tally_table.c[name] for name in COUNTS)
).where(tally_table.c.programme == counts.PROGRAMME)
_KEPT_DAYS = (
    select(tally_day.c.unit, tally_day.c.phase, *counts.sums(tally_day))
    .where(tally_day.c.programme == counts.PROGRAMME)
    .group_by(tally_day.c.unit, tally_day.c.phase)
)
_SET = upsert(
    tally_table,
    ("programme", "unit", "phase", *COUNTS),
    ("programme", "unit", "phase"),
)
_LOCK = text(
    "LOCK TABLE initiative, initiative_move, unit_closure, tally, tally_day"
    " IN SHARE ROW EXCLUSIVE MODE"
)
"""Nobody counts while we do. Turns take these tables in the same order, so none waits in a ring."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the kept counts differ from the entries: by phase, and whose days do not add up."""

    truth: Mapping[Key, Tally]
    wrong: tuple[Key, ...]
    days: tuple[Key, ...]

    @property
    def rows(self) -> int:
        """How many rows are wrong."""
        return len(self.wrong) + len(self.days)


def drift(
    cursor: Cursor, programme: int, needs_recognition: bool, told: Told | None = None
) -> Drift:
    """Count afresh and compare; only reads, and needs to see one moment."""
    values = {"programme": programme}
    truth = _roll_up(cursor, _own(cursor, programme, needs_recognition, told))
    kept = _by_key(cursor.all(_KEPT, values))
    days = _by_key(cursor.all(_KEPT_DAYS, values))
    return Drift(truth, _unlike(truth, kept), _unlike(truth, days))


def recount(
    cursor: Cursor,
    programme: int,
    needs_recognition: bool,
    day_of: Callable[[datetime], date],
    told: Told | None = None,
) -> int:
    """Put right what differs, by phase and by day; how many rows did.

    Days are told from the history of moves, for all units as soon as one's do not add up.
    """
    if cursor.locks_rows:
        cursor.run(_LOCK)
    found = drift(cursor, programme, needs_recognition, told)
    cursor.many(
        _SET,
        (
            {name: getattr(found.truth.get(key, Tally()), name) for name in COUNTS}
            | {"programme": programme, "unit": key[0], "phase": key[1]}
            for key in found.wrong
        ),
    )
    if found.days:
        rebuild_days(cursor, programme, needs_recognition, day_of, pages(cursor, DAYS, told))
    return found.rows


def pages(cursor: Cursor, step: str, told: Told | None) -> Iterator[tuple[int, int]]:
    """Ids of entries from after one to another, until all are done with."""
    row = cursor.one(_LAST)
    last = row[0] if row else 0
    for after in range(0, last, AT_ONCE):
        yield after, after + AT_ONCE
        if told is not None:
            told(step, min(after + AT_ONCE, last), last)


def _own(
    cursor: Cursor, programme: int, needs_recognition: bool, told: Told | None
) -> dict[Key, list[int]]:
    """The counts of each unit's own entries."""
    rule = weights(needs_recognition)
    found: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for after, last in pages(cursor, ENTRIES, told):
        values = {"programme": programme, "after": after, "last": last}
        for phase, unit, status, recognised, count, benefit in cursor.all(_ENTRIES, values):
            one, own = rule[status, bool(recognised)], found[unit, phase or WHOLE]
            own[0] += one.submitted * count
            own[1] += one.valid * count
            own[2] += one.waiting * count
            own[3] += one.invalid * count
            own[4] += one.benefit * benefit
    return found


def _roll_up(cursor: Cursor, own: Mapping[Key, list[int]]) -> dict[Key, Tally]:
    """The counts of each unit and all below it."""
    above: defaultdict[int, list[int]] = defaultdict(list)
    for descendant, ancestor in cursor.all(_PATHS):
        above[descendant].append(ancestor)
    found: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for (unit, phase), row in own.items():
        for ancestor in above[unit]:
            sums = found[ancestor, phase]
            for index, count in enumerate(row):
                sums[index] += count
    return {key: Tally(*row) for key, row in found.items()}


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[Key, Tally]:
    return {(unit, phase): Tally(*row) for unit, phase, *row in rows}


def _unlike(truth: Mapping[Key, Tally], kept: Mapping[Key, Tally]) -> tuple[Key, ...]:
    none = Tally()
    keys = {*truth, *kept}
    return tuple(sorted(key for key in keys if truth.get(key, none) != kept.get(key, none)))
