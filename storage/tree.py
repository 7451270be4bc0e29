"""Changing the tree: units move, merge, end and come back, each from a day on.

Kept counts describe the tree of today, so they follow in the same transaction, and come last.
Where others write at the same time, whoever changes the tree locks ``unit_place`` first, which
those who change or extend it wait for, and ``unit_closure`` before touching it, which those who
count wait for: nobody counts on a path that is about to change.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, delete, insert, literal_column, select, text, update

from domain.errors import Rejected
from domain.tree import (
    DAY,
    check_childless,
    check_day,
    check_not_root,
    check_open,
    place_on,
    placed,
    stands_above,
)
from domain.units import Unit
from storage import counts
from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import (
    bound_group,
    person,
    recognised_line,
    tally,
    tally_day,
    unit,
    unit_closure,
    unit_place,
)
from storage.units import Units

_HOLD_TREE = text("LOCK TABLE unit_place IN EXCLUSIVE MODE")
_HOLD_COUNTS = text("LOCK TABLE unit_closure IN EXCLUSIVE MODE")
_DROP_PLACES = delete(unit_place).where(unit_place.c.unit == bindparam("unit"))
_ADD_PLACE = insert_row(unit_place, ("unit", "valid_from", "valid_to", "parent"))
_PARENT = update(unit).where(unit.c.id == bindparam("key_id")).values(parent=bindparam("parent"))
_END = (
    update(unit)
    .where(unit.c.id == bindparam("key_id"))
    .values(valid_to=bindparam("valid_to"), replaced_by=bindparam("replaced_by"))
)
_PEOPLE = update(person).where(person.c.unit == bindparam("old")).values(unit=bindparam("new"))
_GROUPS = (
    update(bound_group).where(bound_group.c.unit == bindparam("old")).values(unit=bindparam("new"))
)
_LINES = (
    update(recognised_line)
    .where(recognised_line.c.unit == bindparam("old"))
    .values(unit=bindparam("new"))
)
_LOWER, _UPPER = unit_closure.alias("lower"), unit_closure.alias("upper")
_CUT = delete(unit_closure).where(
    unit_closure.c.descendant.in_(
        select(_LOWER.c.descendant).where(_LOWER.c.ancestor == bindparam("unit"))
    ),
    unit_closure.c.ancestor.in_(
        select(_UPPER.c.ancestor).where(_UPPER.c.descendant == bindparam("old"))
    ),
)
_GRAFT = insert(unit_closure).from_select(
    ["descendant", "ancestor", "depth"],
    select(
        _LOWER.c.descendant,
        _UPPER.c.ancestor,
        _LOWER.c.depth + _UPPER.c.depth + literal_column("1"),
    ).where(_LOWER.c.ancestor == bindparam("unit"), _UPPER.c.descendant == bindparam("new")),
)
_TRANSFERS = (
    counts.transfer(tally, counts.BY_PHASE),
    counts.transfer(tally_day, counts.BY_DAY),
)


class Tree:
    """Changes of the tree. All raise Rejected, and then nothing has changed.

    ``day`` is the first local day on which the change holds, and may be past; later than
    ``today`` it is refused.
    """

    def __init__(self, cursor: Cursor, units: Units) -> None:
        self._cursor = cursor
        self._units = units

    def move(self, unit: int, parent: int, day: date, *, today: date | None = None) -> None:
        """Let the unit stand below another from that day on, with all below it.

        Said of a day before it last moved, that move no longer holds.
        """
        self._hold()
        moving, above = self._unit(unit), self._unit(parent)
        for each in (moving, above):
            check_open(each)
            check_day(each, day, today)
        check_not_root(moving)
        self._check_place(moving, parent, day)
        self._place(moving, parent, day)

    def merge(self, unit: int, into: int, day: date, *, today: date | None = None) -> None:
        """End the unit and let all that is its count for another from that day on.

        What it had counts there today, and where it stood as of an earlier day; its people, groups,
        recognised lines and units right below go over. Its code and names lead to the other.
        """
        self._hold()
        ended, other = self._unit(unit), self._unit(into)
        for each in (ended, other):
            check_open(each)
            check_day(each, day, today)
        check_not_root(ended)
        children = [child for child in self._units.children(unit) if child.valid_to is None]
        for each in (ended, *children):
            self._check_place(each, into, day)
        self._cursor.run(_PEOPLE, {"old": unit, "new": into})
        self._cursor.run(_GROUPS, {"old": unit, "new": into})
        self._cursor.run(_LINES, {"old": unit, "new": into})
        self._cursor.run(_END, {"key_id": unit, "valid_to": day - DAY, "replaced_by": into})
        self._place(ended, into, day)
        for child in children:
            self._place(child, into, max(day, child.valid_from))

    def close(self, unit: int, day: date, *, today: date | None = None) -> None:
        """End the unit: the day before is its last. Its counts stay where they are."""
        self._hold()
        closing = self._unit(unit)
        check_open(closing)
        check_day(closing, day, today)
        check_not_root(closing)
        check_childless(closing, self._units.children(unit))
        self._cursor.run(_END, {"key_id": unit, "valid_to": day - DAY, "replaced_by": None})

    def reopen(self, unit: int, day: date, *, today: date | None = None) -> None:
        """Let a unit that ended go on; one that was merged stands again where it stood before.

        The people and units that went over stay where they are. It has no gap afterwards.
        """
        self._hold()
        closed = self._unit(unit)
        if closed.valid_to is None:
            raise Rejected("tree_open", unit=closed.name)
        check_day(closed, day, today)
        merged = closed.replaced_by is not None
        last = self.parent_on(unit, closed.valid_to)
        parent = last if merged else closed.parent
        if parent is not None:
            check_open(self._unit(parent))
            self._check_place(closed, parent, day)
        self._cursor.run(_END, {"key_id": unit, "valid_to": None, "replaced_by": None})
        if merged and parent is not None:
            self._place(closed, parent, day)

    def parent_on(self, unit: int, day: date) -> int | None:
        """The unit right above on that day; None for the root, and where there is no such unit."""
        places = self._units.places(unit)
        return place_on(places, day).parent if places else None

    def _hold(self) -> None:
        if self._cursor.locks_rows:
            self._cursor.run(_HOLD_TREE)

    def _unit(self, id: int) -> Unit:
        found = self._units.get(id)
        if found is None:
            raise LookupError(f"no unit {id}")
        return found

    def _check_place(self, moving: Unit, parent: int, day: date) -> None:
        # Moved on the day it began, its only place is that one, and reaches back.
        since = day if day > self._units.places(moving.id)[0].valid_from else date.min
        if stands_above(moving.id, parent, since, self._units.places):
            raise Rejected("tree_cycle", unit=moving.name)

    def _place(self, moving: Unit, parent: int, day: date) -> None:
        """Write down where it stands, and let paths and counts follow."""
        places = placed(self._units.places(moving.id), parent, day)
        self._cursor.run(_DROP_PLACES, {"unit": moving.id})
        self._cursor.many(
            _ADD_PLACE,
            (
                {
                    "unit": place.unit,
                    "valid_from": place.valid_from,
                    "valid_to": place.valid_to,
                    "parent": place.parent,
                }
                for place in places
            ),
        )
        if moving.parent != parent:
            self._graft(replace(moving, parent=parent), moving.parent)

    def _graft(self, moved: Unit, old: int | None) -> None:
        """Paths first; counts last, in ascending order of those above."""
        values = {"unit": moved.id, "old": old, "new": moved.parent}
        self._cursor.run(_PARENT, {"key_id": moved.id, "parent": moved.parent})
        if self._cursor.locks_rows:
            self._cursor.run(_HOLD_COUNTS)
        self._cursor.run(_CUT, values)
        self._cursor.run(_GRAFT, values)
        for transfer in _TRANSFERS:
            self._cursor.run(transfer, values)
