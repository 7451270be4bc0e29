"""Tells the counts by day afresh, from the history of moves."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    MetaData,
    Select,
    Table,
    bindparam,
    cast,
    delete,
    func,
    literal_column,
    select,
    text,
)

from storage import counts
from storage.count_rule import weight
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.statements import PerDialect, insert_row, upsert
from storage.tables import COUNTS, initiative, initiative_move, tally_day, unit, unit_closure
from storage.types import Moment

_A_DAY = 86_400
"""Seconds."""

_KEY = ("programme", "unit", "day", "phase")
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


_SPANS = tuple(
    select(func.min(column), func.max(column))
    for column in (initiative.c.submitted_at, initiative_move.c.at)
)

# Which local day a moment falls on is not for the database to say: it is told when days begin.
_BEGINNINGS = Table("recount_day", MetaData(), Column("starts", Moment), Column("day", Date))
_CREATE = text(
    "CREATE TEMPORARY TABLE recount_day AS SELECT initiative.submitted_at AS starts,"
    " tally_day.day AS day FROM initiative, tally_day WHERE 1 = 0"
)
_INDEX = text("CREATE UNIQUE INDEX ix_recount_day ON recount_day (starts)")
_BEGIN = insert_row(_BEGINNINGS, ("starts", "day"))
_FORGET = text("DROP TABLE recount_day")


def _moves() -> Select[Any]:
    """Each move: the status after it and before it, and on what day it was."""
    at = func.coalesce(initiative_move.c.at, initiative.c.submitted_at)
    day = (
        select(_BEGINNINGS.c.day)
        .where(_BEGINNINGS.c.starts <= at)
        .order_by(_BEGINNINGS.c.starts.desc())
        .limit(literal_column("1"))
        .correlate(initiative, initiative_move)
        .scalar_subquery()
    )
    before = func.lag(initiative_move.c.status).over(
        partition_by=initiative.c.id, order_by=(initiative_move.c.at, initiative_move.c.id)
    )
    return (
        select(
            initiative.c.unit,
            func.coalesce(initiative.c.phase, literal_column(str(WHOLE))).label("phase"),
            initiative.c.recognised,
            func.coalesce(initiative.c.benefit, literal_column("0")).label("worth"),
            func.coalesce(initiative_move.c.status, initiative.c.status).label("after"),
            before.label("before"),
            day.label("day"),
        )
        .join(initiative_move, initiative_move.c.initiative == initiative.c.id, isouter=True)
        .where(
            # Nothing is added: SQLite shall go by the ids, and not through all of the programme.
            initiative.c.programme + literal_column("0") == counts.PROGRAMME,
            initiative.c.id > bindparam("first"),
            initiative.c.id <= bindparam("last"),
        )
    )


def _own(needs_recognition: bool) -> PerDialect:
    """Add the changes of each unit's own entries to its days."""
    move = _moves().subquery()
    changes = []
    for name in COUNTS:
        now, was = (
            weight(name, move, status, needs_recognition=needs_recognition)
            for status in ("after", "before")
        )
        change = (now - was) * move.c.worth if name == "benefit" else now - was
        changes.append(cast(func.sum(change), BigInteger))
    rows = select(counts.PROGRAMME, move.c.unit, move.c.day, move.c.phase, *changes).group_by(
        move.c.unit, move.c.day, move.c.phase
    )
    return upsert(tally_day, (*_KEY, *COUNTS), _KEY, add=COUNTS, rows=rows)


_OWN = _own(False), _own(True)
_DROP_EMPTY = delete(tally_day).where(
    tally_day.c.programme == bindparam("programme"),
    *(tally_day.c[name] == literal_column("0") for name in COUNTS),
)


def rebuild_days(
    cursor: Cursor,
    programme: int,
    needs_recognition: bool,
    day_of: Callable[[datetime], date],
    pages: Iterable[tuple[int, int]],
) -> None:
    """Count each move on its day where its entry lies now, then give it to all above.

    ``pages`` are ranges of ids.
    """
    cursor.run(_DROP, {"programme": programme})
    cursor.run(_CREATE)
    cursor.many(_BEGIN, ({"starts": at, "day": day} for at, day in _beginnings(cursor, day_of)))
    cursor.run(_INDEX)
    for first, last in pages:
        values = {"programme": programme, "first": first, "last": last}
        cursor.run(_OWN[needs_recognition], values)
    cursor.run(_FORGET)
    cursor.run(_DROP_EMPTY, {"programme": programme})
    deepest = cursor.one(_DEEPEST)
    for depth in range(deepest[0] if deepest else 0, 0, -1):
        cursor.run(_GIVE_UP, {"programme": programme, "depth": depth})


def _beginnings(
    cursor: Cursor, day_of: Callable[[datetime], date]
) -> Iterator[tuple[datetime, date]]:
    """When each local day began on which anything happened, to the second."""
    spans = [cursor.one(span) or () for span in _SPANS]
    moments = [at for span in spans for at in span if at is not None]
    if not moments:
        return
    day, last = day_of(min(moments)), day_of(max(moments))
    while day <= last:
        # No zone is further than a day from UTC.
        noon = datetime.combine(day, time(12), UTC)
        seconds = range(-2 * _A_DAY, 2 * _A_DAY)
        found = bisect_left(seconds, day, key=lambda s: day_of(noon + timedelta(seconds=s)))
        yield noon + timedelta(seconds=seconds[found]), day
        day += timedelta(days=1)
