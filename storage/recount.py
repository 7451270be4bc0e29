"""Counts every entry of a programme afresh, by the same rule that each turn counts by."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, bindparam, cast, delete, func, select, text

from domain.initiative import Initiative, Status, Tally, tally
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.statements import upsert
from storage.tables import (
    COUNTS,
    initiative,
    initiative_move,
    tally_day,
    unit_closure,
)
from storage.tables import tally as tally_table

K = TypeVar("K")

_ENTRIES = (
    select(
        initiative.c.phase,
        initiative.c.unit,
        initiative.c.status,
        initiative.c.recognised,
        func.count(),
        cast(func.sum(func.coalesce(initiative.c.benefit, 0)), BigInteger),
    )
    .where(initiative.c.programme == bindparam("programme"))
    .group_by(initiative.c.phase, initiative.c.unit, initiative.c.status, initiative.c.recognised)
)
_MOVES = (
    select(
        initiative.c.id,
        initiative.c.unit,
        initiative.c.recognised,
        initiative.c.benefit,
        initiative.c.status,
        initiative.c.submitted_at,
        initiative_move.c.status,
        initiative_move.c.at,
    )
    .join(initiative_move, initiative_move.c.initiative == initiative.c.id, isouter=True)
    .where(initiative.c.programme == bindparam("programme"))
    .order_by(initiative.c.id, initiative_move.c.at, initiative_move.c.id)
)
_PATHS = select(unit_closure.c.descendant, unit_closure.c.ancestor)
_KEPT = select(
    tally_table.c.unit, tally_table.c.phase, *(tally_table.c[name] for name in COUNTS)
).where(tally_table.c.programme == bindparam("programme"))
_KEPT_DAYS = select(
    tally_day.c.unit, tally_day.c.day, *(tally_day.c[name] for name in COUNTS)
).where(tally_day.c.programme == bindparam("programme"))
_SET = upsert(
    tally_table,
    ("programme", "unit", "phase", *COUNTS),
    ("programme", "unit", "phase"),
)
_SET_DAY = upsert(
    tally_day,
    ("programme", "unit", "day", *COUNTS),
    ("programme", "unit", "day"),
)
_DROP_DAYS = delete(tally_day).where(
    tally_day.c.programme == bindparam("programme"), tally_day.c.unit == bindparam("unit")
)

_LOCK = text("LOCK TABLE initiative, initiative_move, tally, tally_day IN SHARE ROW EXCLUSIVE MODE")
"""Nobody counts while we do. Turns take these tables in the same order, so none waits in a ring."""

_SAMPLE = Initiative(
    id=0,
    code="",
    programme=0,
    phase=None,
    unit=0,
    author=0,
    enterer=0,
    form="",
    form_version=0,
    title="",
    answers={},
    benefit=None,
    recognised=False,
    status=Status.SUBMITTED,
    submitted_at=datetime(2000, 1, 1, tzinfo=UTC),
)
"""What the rule does not look at."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the kept counts differ from the entries: by phase, and whose days do not add up."""

    truth: defaultdict[tuple[int, int], Tally]
    wrong: tuple[tuple[int, int], ...]
    days: frozenset[int]
    above: Mapping[int, list[int]]

    @property
    def rows(self) -> int:
        """How many rows are wrong."""
        return len(self.wrong) + len(self.days)


def drift(cursor: Cursor, programme: int, needs_recognition: bool) -> Drift:
    """Count afresh and compare; only reads, and needs to see one moment."""
    values = {"programme": programme}
    above = _ancestors(cursor)
    truth = _roll_up(_by_phase(cursor, programme, needs_recognition), above)
    kept = {(unit, phase): Tally(*row) for unit, phase, *row in cursor.all(_KEPT, values)}
    wrong = [key for key in {*truth, *kept} if truth[key] != kept.get(key, Tally())]
    whole: defaultdict[int, Tally] = defaultdict(Tally)
    for (unit, _), count in truth.items():
        whole[unit] += count
    for unit, _, *row in cursor.all(_KEPT_DAYS, values):
        whole[unit] -= Tally(*row)
    days = frozenset(unit for unit, rest in whole.items() if rest)
    return Drift(truth, tuple(sorted(wrong)), days, above)


def recount(
    cursor: Cursor, programme: int, needs_recognition: bool, day_of: Callable[[datetime], date]
) -> int:
    """Put right what differs, by phase and by day; how many rows did.

    Days are told from the history of moves, and only for units whose days do not add up.
    """
    if cursor.locks_rows:
        cursor.run(_LOCK)
    found = drift(cursor, programme, needs_recognition)
    cursor.many(
        _SET,
        (
            _row(found.truth[unit, phase]) | {"programme": programme, "unit": unit, "phase": phase}
            for unit, phase in found.wrong
        ),
    )
    if found.days:
        _rebuild_days(cursor, programme, needs_recognition, day_of, found.above, found.days)
    return found.rows


def _by_phase(
    cursor: Cursor, programme: int, needs_recognition: bool
) -> dict[tuple[int, int], Tally]:
    found: defaultdict[tuple[int, int], Tally] = defaultdict(Tally)
    for phase, unit, status, recognised, count, benefit in cursor.all(
        _ENTRIES, {"programme": programme}
    ):
        alike = replace(_SAMPLE, status=Status(status), recognised=recognised, benefit=benefit)
        one = tally(alike, needs_recognition)
        found[unit, phase or WHOLE] += Tally(
            one.submitted * count,
            one.valid * count,
            one.waiting * count,
            one.invalid * count,
            one.benefit,
        )
    return found


def _rebuild_days(
    cursor: Cursor,
    programme: int,
    needs_recognition: bool,
    day_of: Callable[[datetime], date],
    above: Mapping[int, list[int]],
    units: Collection[int],
) -> None:
    found: defaultdict[tuple[int, date], Tally] = defaultdict(Tally)
    before: tuple[int, Tally] = (0, Tally())
    for id, unit, recognised, benefit, status, submitted_at, moved_to, at in cursor.all(
        _MOVES, {"programme": programme}
    ):
        entry = replace(
            _SAMPLE,
            status=Status(moved_to or status),
            recognised=recognised,
            benefit=benefit,
        )
        now = tally(entry, needs_recognition)
        found[unit, day_of(at or submitted_at)] += now - (before[1] if before[0] == id else Tally())
        before = (id, now)
    days = _roll_up(found, above)
    for unit in sorted(units):
        cursor.run(_DROP_DAYS, {"programme": programme, "unit": unit})
    cursor.many(
        _SET_DAY,
        (
            _row(count) | {"programme": programme, "unit": unit, "day": day}
            for (unit, day), count in sorted(days.items())
            if unit in units and count
        ),
    )


def _ancestors(cursor: Cursor) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for descendant, ancestor in cursor.all(_PATHS):
        found[descendant].append(ancestor)
    return found


def _roll_up(
    counts: Mapping[tuple[int, K], Tally], above: Mapping[int, Iterable[int]]
) -> defaultdict[tuple[int, K], Tally]:
    found: defaultdict[tuple[int, K], Tally] = defaultdict(Tally)
    for (unit, by), count in counts.items():
        for ancestor in above[unit]:
            found[ancestor, by] += count
    return found


def _row(count: Tally) -> dict[str, Any]:
    return {name: getattr(count, name) for name in COUNTS}
