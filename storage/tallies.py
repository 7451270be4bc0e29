"""Counts kept for every unit and all above it, so that progress is a few indexed reads.

Whoever changes them does it last in the turn: the root's row is what all others wait for.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, Select, Table, bindparam, cast, func, select

from domain.initiative import Tally
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.recount import drift, recount
from storage.statements import upsert
from storage.tables import COUNTS, tally, tally_day, unit, unit_closure


def _change(table: Table, by: str) -> Any:
    # Ancestors in ascending id: writers who lock in one order cannot deadlock.
    rows = (
        select(
            bindparam("programme", type_=BigInteger()),
            unit_closure.c.ancestor,
            bindparam(by, type_=table.c[by].type),
            *(bindparam(name, type_=BigInteger()) for name in COUNTS),
        )
        .where(unit_closure.c.descendant == bindparam("unit"))
        .order_by(unit_closure.c.ancestor)
    )
    key = ("programme", "unit", by)
    return upsert(table, (*key, *COUNTS), key, add=COUNTS, rows=rows)


def _sums(table: Table) -> list[Any]:
    # The sum of 64-bit numbers is a decimal to PostgreSQL.
    return [cast(func.sum(table.c[name]), BigInteger).label(name) for name in COUNTS]


_ADD = _change(tally, "phase")
_ADD_DAY = _change(tally_day, "day")
_OF_UNIT = (tally.c.programme == bindparam("programme"), tally.c.unit == bindparam("unit"))
_OF_PHASE = select(*(tally.c[name] for name in COUNTS)).where(
    *_OF_UNIT, tally.c.phase == bindparam("phase")
)
_OF_WHOLE = select(*_sums(tally)).where(*_OF_UNIT).group_by(tally.c.unit)
_SINCE = (
    select(*_sums(tally_day))
    .where(
        tally_day.c.programme == bindparam("programme"),
        tally_day.c.unit == bindparam("unit"),
        tally_day.c.day >= bindparam("day"),
    )
    .group_by(tally_day.c.unit)
)
_BY_DAY = (
    select(tally_day.c.day, *(tally_day.c[name] for name in COUNTS))
    .where(
        tally_day.c.programme == bindparam("programme"),
        tally_day.c.unit == bindparam("unit"),
        tally_day.c.day >= bindparam("day"),
    )
    .order_by(tally_day.c.day)
)


def _children(columns: list[Any]) -> Select[Any]:
    return (
        select(unit.c.id, *columns)
        .join(tally, (tally.c.unit == unit.c.id) & (tally.c.programme == bindparam("programme")))
        .where(unit.c.parent == bindparam("parent"))
    )


_CHILDREN_PHASE = _children([tally.c[name] for name in COUNTS]).where(
    tally.c.phase == bindparam("phase")
)
_CHILDREN_WHOLE = _children(_sums(tally)).group_by(unit.c.id)


def utc_day(moment: datetime) -> date:
    """The day of a moment where nothing is said of a time zone."""
    return moment.astimezone(UTC).date()


class Tallies:
    """Counts by programme and phase, and by day."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, programme: int, phase: int | None, unit: int, day: date, change: Tally) -> None:
        """Count a signed change for the unit and everything above it, on the day of the event."""
        if not change:
            return
        values: Mapping[str, Any] = {
            "programme": programme,
            "phase": phase or WHOLE,
            "unit": unit,
            "day": day,
            **{name: getattr(change, name) for name in COUNTS},
        }
        self._cursor.run(_ADD, values)
        self._cursor.run(_ADD_DAY, values)

    def of(self, programme: int, unit: int, phase: int | None = None) -> Tally:
        """The counts of a unit; over the whole programme where no phase is named."""
        values = {"programme": programme, "unit": unit, "phase": phase}
        row = self._cursor.one(_OF_WHOLE if phase is None else _OF_PHASE, values)
        return Tally(*row) if row else Tally()

    def of_children(
        self, programme: int, parent: int, phase: int | None = None
    ) -> dict[int, Tally]:
        """The counts of the units right below that have any, by unit."""
        values = {"programme": programme, "parent": parent, "phase": phase}
        rows = self._cursor.all(_CHILDREN_WHOLE if phase is None else _CHILDREN_PHASE, values)
        return {row[0]: Tally(*row[1:]) for row in rows}

    def since(self, programme: int, unit: int, day: date) -> Tally:
        """What changed from that day on, that day included."""
        row = self._cursor.one(_SINCE, {"programme": programme, "unit": unit, "day": day})
        return Tally(*row) if row else Tally()

    def by_day(self, programme: int, unit: int, since: date) -> dict[date, Tally]:
        """What changed on each day that changed anything, oldest first."""
        values = {"programme": programme, "unit": unit, "day": since}
        return {row[0]: Tally(*row[1:]) for row in self._cursor.all(_BY_DAY, values)}

    def drift(self, programme: int, needs_recognition: bool) -> int:
        """How many rows differ from the entries; only reads, and needs to see one moment."""
        return drift(self._cursor, programme, needs_recognition).rows

    def recount(
        self,
        programme: int,
        needs_recognition: bool,
        day_of: Callable[[datetime], date] = utc_day,
    ) -> int:
        """Count all entries afresh and put right what differs; how many rows did.

        ``day_of`` says on which local day a move happened, for the counts by day.
        """
        return recount(self._cursor, programme, needs_recognition, day_of)
