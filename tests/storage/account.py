"""A plain account of a tree and its counts, to compare what is kept with.

It knows nothing of paths, places or kept counts: for every unit the parent of every single day,
and every signed change of a unit's own counts. All else is summed up afresh.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.initiative import Tally
from storage.entering import Count

FIRST = date(2026, 6, 20)
"""A phase ends on the eleventh day."""

DAYS = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A unit: its parent on every day, and the first day on which it is no longer there."""

    parents: tuple[int | None, ...]
    ended: int | None = None


def placed(
    units: Mapping[int, Known], unit: int, parent: int, day: int, begins: int
) -> dict[int, Known] | None:
    """The account once the unit stands there from that day on; None when it cannot."""
    if day < begins:
        return None
    # Moved on the day it began, it never stood elsewhere.
    since = 0 if day == begins else day
    parents = units[unit].parents[:since] + (parent,) * (DAYS - since)
    changed = {**units, unit: replace(units[unit], parents=parents)}
    for each in range(since, DAYS):
        above: int | None = parent
        while above is not None:
            if above == unit:
                return None
            above = changed[above].parents[each]
    return changed


def summed(
    units: Mapping[int, Known],
    changes: Sequence[Count],
    day: int,
    phase: int | None,
    tree_of: int,
) -> dict[int, Tally]:
    """Every change up to a day, for its unit and all above it in the tree of a day."""
    own: dict[int, Tally] = {}
    for each in changes:
        if each.day <= day_of(day) and (phase is None or each.phase == phase):
            own[each.unit] = own.get(each.unit, Tally()) + each.change
    found: dict[int, Tally] = {}
    for unit, count in own.items():
        above: int | None = unit
        while above is not None:
            found[above] = found.get(above, Tally()) + count
            above = units[above].parents[tree_of]
    return found


def day_of(number: int) -> date:
    """A day of the account."""
    return FIRST + timedelta(days=number)


def moment(number: int) -> datetime:
    """Sometime that day."""
    return datetime.combine(day_of(number), time(8), UTC)
