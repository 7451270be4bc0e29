"""Counts kept for every unit and all above it, so that progress is a few indexed reads.

Whoever changes them does it last in the turn: the root's row is what all others wait for.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, select, text

from domain.initiative import Tally
from storage import counts, dated
from storage.cursor import Cursor
from storage.dated import Past
from storage.quotas import WHOLE
from storage.recount import Told, drift, recount
from storage.tables import COUNTS, tally, tally_day

_ADD = counts.change(tally, counts.BY_PHASE)
_ADD_DAY = counts.change(tally_day, counts.BY_DAY)
_HOLD = text("LOCK TABLE unit_closure IN ROW SHARE MODE")
"""Nobody moves a unit between our reading its path and our commit; see ``Tree``."""

# Of each pair the first is over all phases, the second of one.
_OF = (
    counts.of_unit(tally),
    select(*(tally.c[name] for name in COUNTS)).where(
        tally.c.programme == counts.PROGRAMME,
        tally.c.unit == bindparam("unit"),
        counts.IN_PHASE,
    ),
)
_CHILDREN = counts.of_children(tally), counts.of_children(tally, counts.IN_PHASE)
_SINCE = (
    counts.of_unit(tally_day, counts.FROM_DAY),
    counts.of_unit(tally_day, counts.FROM_DAY, counts.DAY_IN_PHASE),
)
_SINCE_CHILDREN = (
    counts.of_children(tally_day, counts.FROM_DAY),
    counts.of_children(tally_day, counts.FROM_DAY, counts.DAY_IN_PHASE),
)
_ON_DAYS = (
    select(tally_day.c.day, *counts.sums(tally_day))
    .where(
        tally_day.c.programme == counts.PROGRAMME,
        tally_day.c.unit == bindparam("unit"),
        counts.FROM_DAY,
    )
    .group_by(tally_day.c.day)
    .order_by(tally_day.c.day)
)
_BY_DAY = _ON_DAYS, _ON_DAYS.where(counts.DAY_IN_PHASE)


def utc_day(moment: datetime) -> date:
    """The day of a moment where nothing is said of a time zone."""
    return moment.astimezone(UTC).date()


class Tallies:
    """Counts by programme and phase, and by day.

    ``phase`` None is the whole programme. All but those as of a past day are in the tree of today.
    """

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
        if self._cursor.locks_rows:
            self._cursor.run(_HOLD)
        self._cursor.run(_ADD, values)
        self._cursor.run(_ADD_DAY, values)

    def of(self, programme: int, unit: int, phase: int | None = None) -> Tally:
        """The counts of a unit."""
        values = {"programme": programme, "unit": unit, "phase": phase}
        return counts.tally_of(self._cursor.one(_OF[phase is not None], values))

    def of_children(
        self, programme: int, parent: int, phase: int | None = None
    ) -> dict[int, Tally]:
        """The counts of the units right below that have any, by unit; also of those that ended."""
        values = {"programme": programme, "parent": parent, "phase": phase}
        return self._by_unit(_CHILDREN[phase is not None], values)

    def since(self, programme: int, unit: int, day: date, phase: int | None = None) -> Tally:
        """What changed from that day on, that day included."""
        values = {"programme": programme, "unit": unit, "day": day, "phase": phase}
        return counts.tally_of(self._cursor.one(_SINCE[phase is not None], values))

    def since_children(
        self, programme: int, parent: int, day: date, phase: int | None = None
    ) -> dict[int, Tally]:
        """What changed from that day on in each unit right below that changed, by unit."""
        values = {"programme": programme, "parent": parent, "day": day, "phase": phase}
        return self._by_unit(_SINCE_CHILDREN[phase is not None], values)

    def by_day(
        self, programme: int, unit: int, since: date, phase: int | None = None
    ) -> dict[date, Tally]:
        """What changed on each day that changed anything, oldest first."""
        values = {"programme": programme, "unit": unit, "day": since, "phase": phase}
        rows = self._cursor.all(_BY_DAY[phase is not None], values)
        return {row[0]: Tally(*row[1:]) for row in rows if any(row[1:])}

    def as_of(self, programme: int, unit: int, day: date, phase: int | None = None) -> Tally:
        """The counts at the end of that local day, in the tree of that day."""
        return dated.as_of(self._cursor, Past(programme, day, phase), unit)

    def of_children_as_of(
        self, programme: int, parent: int, day: date, phase: int | None = None
    ) -> dict[int, Tally]:
        """The counts then of the units that stood right below that day, of those with any."""
        return dated.of_children_as_of(self._cursor, Past(programme, day, phase), parent)

    def drift(self, programme: int, needs_recognition: bool, told: Told | None = None) -> int:
        """How many rows differ from the entries; only reads, and needs to see one moment."""
        return drift(self._cursor, programme, needs_recognition, told).rows

    def recount(
        self,
        programme: int,
        needs_recognition: bool,
        day_of: Callable[[datetime], date] = utc_day,
        told: Told | None = None,
    ) -> int:
        """Count all entries afresh and put right what differs; how many rows did.

        ``day_of`` says on which local day a move happened, for the counts by day.
        """
        return recount(self._cursor, programme, needs_recognition, day_of, told)

    def _by_unit(self, statement: Any, values: Mapping[str, Any]) -> dict[int, Tally]:
        return {row[0]: Tally(*row[1:]) for row in self._cursor.all(statement, values)}
