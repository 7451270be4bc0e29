"""Tells the counts by day afresh, from the history of moves."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from domain.initiative import Tally
from storage import counts
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.statements import upsert
from storage.tables import COUNTS, initiative, initiative_move, tally_day, unit, unit_closure

_MOVES = (
    select(
        initiative.c.id,
        initiative.c.unit,
        initiative.c.phase,
        initiative.c.recognised,
        initiative.c.benefit,
        initiative.c.status,
        initiative.c.submitted_at,
        initiative_move.c.status,
        initiative_move.c.at,
    )
    .join(initiative_move, initiative_move.c.initiative == initiative.c.id, isouter=True)
    .where(
        initiative.c.programme == bindparam("programme"),
        initiative.c.id > bindparam("after"),
        initiative.c.id <= bindparam("last"),
    )
    .order_by(initiative.c.id, initiative_move.c.at, initiative_move.c.id)
)
_KEY = ("programme", "unit", "day", "phase")
_ADD = upsert(tally_day, (*_KEY, *COUNTS), _KEY, add=COUNTS)
_DROP = delete(tally_day).where(tally_day.c.programme == bindparam("programme"))
_TOP = unit.alias("top")
_AT_DEPTH = (
    select(unit_closure.c.descendant)
    .join(_TOP, (_TOP.c.id == unit_closure.c.ancestor) & _TOP.c.parent.is_(None))
    .where(unit_closure.c.depth == bindparam("depth"))
)
_DEEPEST = select(func.coalesce(func.max(unit_closure.c.depth), 0))
_GIVE_UP = upsert(
    tally_day,
    (*_KEY, *COUNTS),
    _KEY,
    add=COUNTS,
    rows=(
        select(
            tally_day.c.programme,
            unit.c.parent,
            tally_day.c.day,
            tally_day.c.phase,
            *counts.sums(tally_day),
        )
        .join(unit, unit.c.id == tally_day.c.unit)
        .where(tally_day.c.programme == counts.PROGRAMME, tally_day.c.unit.in_(_AT_DEPTH))
        .group_by(tally_day.c.programme, unit.c.parent, tally_day.c.day, tally_day.c.phase)
    ),
)


def rebuild_days(
    cursor: Cursor,
    programme: int,
    rule: Mapping[tuple[str, bool], Tally],
    day_of: Callable[[datetime], date],
    pages: Iterable[tuple[int, int]],
) -> None:
    """Count each move on its day where its entry lies now, then give it to all above.

    ``rule`` is what an entry counts for by status and recognition; ``pages`` are ranges of ids.
    """
    cursor.run(_DROP, {"programme": programme})
    for after, last in pages:
        values = {"programme": programme, "after": after, "last": last}
        own = _own(cursor.all(_MOVES, values), rule, day_of)
        cursor.many(
            _ADD,
            (
                dict(zip(COUNTS, row, strict=True))
                | {"programme": programme, "unit": unit, "phase": phase, "day": day}
                for (unit, day, phase), row in sorted(own.items())
                if any(row)
            ),
        )
    deepest = cursor.one(_DEEPEST)
    for depth in range(deepest[0] if deepest else 0, 0, -1):
        cursor.run(_GIVE_UP, {"programme": programme, "depth": depth})


def _own(
    moves: Iterable[tuple[Any, ...]],
    rule: Mapping[tuple[str, bool], Tally],
    day_of: Callable[[datetime], date],
) -> dict[tuple[int, date, int], list[int]]:
    """The signed changes of each unit's own entries, by unit, day and phase."""
    found: defaultdict[tuple[int, date, int], list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    nothing = Tally()
    before, was = 0, nothing
    for id, place, phase, recognised, benefit, status, submitted_at, moved_to, at in moves:
        if id != before:
            before, was = id, nothing
        now = rule[moved_to or status, bool(recognised)]
        if now is was:
            continue
        row = found[place, day_of(at or submitted_at), phase or WHOLE]
        row[0] += now.submitted - was.submitted
        row[1] += now.valid - was.valid
        row[2] += now.waiting - was.waiting
        row[3] += now.invalid - was.invalid
        row[4] += (now.benefit - was.benefit) * (benefit or 0)
        was = now
    return found
