"""Counts as of a past day, in the tree of that day.

Kept counts describe the tree of today. A unit's counts in the tree of another day are its own,
plus those of every unit that stood below it then and no longer does, less those of every unit
that stands below it now and did not then: only units that moved since are looked at.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, union

from domain.initiative import Tally
from storage import counts
from storage.cursor import Cursor
from storage.tables import tally, tally_day, unit, unit_closure, unit_place

_EARLIER = unit_place.alias("earlier")
_FIRST = ~(
    select(_EARLIER.c.unit)
    .where(_EARLIER.c.unit == unit_place.c.unit, _EARLIER.c.valid_from < unit_place.c.valid_from)
    .exists()
)
# The first place reaches back: what counted before a unit began counts above where it began.
_LEFT_SINCE = (
    unit_place.c.valid_to >= bindparam("day"),
    (unit_place.c.valid_from <= bindparam("day")) | _FIRST,
    unit_place.c.parent != unit.c.parent,
)
_MOVED = (
    select(unit_place.c.unit, unit_place.c.parent)
    .join(unit, unit.c.id == unit_place.c.unit)
    .where(*_LEFT_SINCE)
)
_THOSE = select(unit_place.c.unit).join(unit, unit.c.id == unit_place.c.unit).where(*_LEFT_SINCE)
_INVOLVED = union(_THOSE, select(_MOVED.subquery().c.parent))
_PARENTS = (
    # Of those who moved, of where they stood then, and of all above them.
    select(unit.c.id, unit.c.parent)
    .join(unit_closure, unit_closure.c.ancestor == unit.c.id)
    .where(unit_closure.c.descendant.in_(_INVOLVED))
    .distinct()
)

_NOW = counts.of_unit(tally), counts.of_unit(tally, counts.IN_PHASE)
_LATER = (
    counts.of_unit(tally_day, counts.AFTER_DAY),
    counts.of_unit(tally_day, counts.AFTER_DAY, counts.DAY_IN_PHASE),
)
_CHILDREN_NOW = counts.of_children(tally), counts.of_children(tally, counts.IN_PHASE)
_CHILDREN_LATER = (
    counts.of_children(tally_day, counts.AFTER_DAY),
    counts.of_children(tally_day, counts.AFTER_DAY, counts.DAY_IN_PHASE),
)
_MOVED_NOW = counts.of_those(tally, _THOSE), counts.of_those(tally, _THOSE, counts.IN_PHASE)
_MOVED_LATER = (
    counts.of_those(tally_day, _THOSE, counts.AFTER_DAY),
    counts.of_those(tally_day, _THOSE, counts.AFTER_DAY, counts.DAY_IN_PHASE),
)


@dataclass(frozen=True, slots=True)
class Past:
    """The end of a local day, and which counts are asked for."""

    programme: int
    day: date
    phase: int | None

    @property
    def which(self) -> int:
        """Which of two statements: over all phases, or of one."""
        return int(self.phase is not None)

    def values(self, **more: Any) -> dict[str, Any]:
        """The binds."""
        return {
            "programme": self.programme,
            "day": self.day,
            "phase": self.phase,
        } | more


def as_of(cursor: Cursor, past: Past, unit: int) -> Tally:
    """The counts of a unit at the end of a day, as the tree stood that day."""
    values = past.values(unit=unit)
    now = counts.tally_of(cursor.one(_NOW[past.which], values))
    then = now - counts.tally_of(cursor.one(_LATER[past.which], values))
    trees = _trees(cursor, past)
    return then + _differences(trees, _of_moved(cursor, past))[unit] if trees.moved else then


def of_children_as_of(cursor: Cursor, past: Past, parent: int) -> dict[int, Tally]:
    """The counts of the units that stood right below at the end of a day, of those with any."""
    values = past.values(parent=parent)
    then = _less(
        cursor.all(_CHILDREN_NOW[past.which], values),
        cursor.all(_CHILDREN_LATER[past.which], values),
    )
    trees = _trees(cursor, past)
    if trees.moved:
        moved = _of_moved(cursor, past)
        differences = _differences(trees, moved)
        now = then | moved
        then = {
            unit: now.get(unit, Tally()) + differences[unit]
            for unit in {*now, *differences}
            if trees.then.get(unit, parent) == parent
        }
    return {unit: count for unit, count in then.items() if count}


@dataclass(frozen=True, slots=True)
class _Trees:
    """Parents of all whom moves since concern, today's and those of the day; else empty."""

    moved: Mapping[int, int]
    today: Mapping[int, int | None]
    then: Mapping[int, int | None]


def _trees(cursor: Cursor, past: Past) -> _Trees:
    moved: dict[int, int] = dict(cursor.all(_MOVED, past.values()))
    rows = cursor.all(_PARENTS, past.values()) if moved else []
    today: dict[int, int | None] = dict(rows)
    return _Trees(moved, today, today | moved)


def _of_moved(cursor: Cursor, past: Past) -> dict[int, Tally]:
    """What stands now below each unit that moved, counted as of that day."""
    values = past.values()
    return _less(
        cursor.all(_MOVED_NOW[past.which], values), cursor.all(_MOVED_LATER[past.which], values)
    )


def _differences(trees: _Trees, moved: Mapping[int, Tally]) -> defaultdict[int, Tally]:
    """What the counts in the tree of then have more than those in the tree of now, by unit."""
    found: defaultdict[int, Tally] = defaultdict(Tally)
    for id, count in moved.items():
        for above in _upwards(trees.then, trees.then[id]):
            found[above] += count
        for above in _upwards(trees.then, trees.today[id]):
            found[above] -= count
    return found


def _upwards(parents: Mapping[int, int | None], unit: int | None) -> Iterator[int]:
    while unit is not None:
        yield unit
        unit = parents[unit]


def _less(now: list[tuple[Any, ...]], later: list[tuple[Any, ...]]) -> dict[int, Tally]:
    """What there is now without what came later, by unit."""
    found: defaultdict[int, Tally] = defaultdict(Tally)
    for id, *row in now:
        found[id] = Tally(*row)
    for id, *row in later:
        found[id] -= Tally(*row)
    return found
