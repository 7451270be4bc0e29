"""Desks of review: what lies there for whom, the oldest first, and what has lain there too long.

A unit with few below it is read through its own entries; the desk of a whole province is walked
from its oldest entry until one of the subtree comes. Each is quick where the other is not.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, or_, select

from domain.initiative import Desk, Initiative
from domain.person import Role
from domain.review import COUNTED_MOST, DECISIONS, SUBJECT, UNDO, Pile
from storage.cursor import Cursor
from storage.initiatives import ENTRY, entry_of
from storage.tables import ON_A_DESK, audit, initiative, role_grant, unit_closure
from storage.types import Moment

WIDE, WIDE_TO_COUNT = 100, 5_000
"""Units: from here on the desk is walked. Looking for the oldest reads all that waits in them,
counting stops at the hundredth (1,000,000 entries, 50,000 and 310,000 of them on a desk)."""

BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)

_STATUSES = tuple(f"status_{number}" for number in range(2))
_WAITS: ColumnElement[bool] = (
    (initiative.c.desk == bindparam("desk"))
    & or_(*(initiative.c.status == bindparam(name) for name in _STATUSES))
    # Nobody reviews what they wrote themselves.
    & (initiative.c.author != bindparam("not_by"))
)
_LATER: ColumnElement[bool] = (initiative.c.desk_since >= bindparam("since", type_=Moment())) & or_(
    initiative.c.desk_since > bindparam("since", type_=Moment()),
    initiative.c.id > bindparam("after"),
)
_INSIDE = (
    select(literal_column("1"))
    .where(
        unit_closure.c.descendant == initiative.c.unit,
        unit_closure.c.ancestor == bindparam("unit"),
    )
    .correlate(initiative)
    .exists()
)


def _walked(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(initiative).where(ON_A_DESK, _WAITS, _INSIDE)


def _gathered(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(unit_closure)
        .join(initiative, initiative.c.unit == unit_closure.c.descendant)
        .where(unit_closure.c.ancestor == bindparam("unit"), _WAITS)
    )


def _oldest(statement: Select[Any]) -> Select[Any]:
    """Only ids are sorted: whole entries would be carried along by the thousand."""
    oldest = statement.order_by(initiative.c.desk_since, initiative.c.id).limit(literal_column("1"))
    return select(*_FOUND).where(_found.c.id == oldest.scalar_subquery())


def _counted(statement: Select[Any]) -> Select[Any]:
    some = statement.limit(bindparam("most")).subquery("some")
    return select(func.count()).select_from(some)


_found = initiative.alias("found")
_FOUND = tuple(_found.c[column.name] for column in ENTRY)
_BY_WALKING, _BY_GATHERING = _walked(initiative.c.id), _gathered(initiative.c.id)
_WALK, _GATHER = _oldest(_BY_WALKING), _oldest(_BY_GATHERING)
_WALK_ON, _GATHER_ON = _oldest(_BY_WALKING.where(_LATER)), _oldest(_BY_GATHERING.where(_LATER))
_COUNT_WALK, _COUNT_GATHER = _counted(_BY_WALKING), _counted(_BY_GATHERING)
_WIDTH = _counted(
    select(unit_closure.c.descendant).where(unit_closure.c.ancestor == bindparam("unit"))
)
_LATE = (
    select(*ENTRY)
    .where(
        ON_A_DESK,
        initiative.c.desk == bindparam("desk"),
        initiative.c.desk_since <= bindparam("by", type_=Moment()),
    )
    .order_by(initiative.c.desk_since, initiative.c.id)
    .limit(bindparam("most"))
)
_LYING = (
    select(*ENTRY)
    .where(ON_A_DESK, initiative.c.desk == bindparam("desk"), _INSIDE, _LATER)
    .order_by(initiative.c.desk_since, initiative.c.id)
    .limit(bindparam("most"))
)
_GRANTED, _NEARER = (role_grant.alias(n) for n in ("granted", "nearer"))
_PATH, _SHORTER = unit_closure.alias("path"), unit_closure.alias("shorter")
_NEAREST = (
    select(func.min(_SHORTER.c.depth))
    .join(_NEARER, (_NEARER.c.unit == _SHORTER.c.ancestor) & (_NEARER.c.role == bindparam("role")))
    .where(_SHORTER.c.descendant == initiative.c.unit)
    .correlate(initiative)
    .scalar_subquery()
)
_LATE_FOR = (
    select(_GRANTED.c.person, func.count())
    .select_from(initiative)
    .join(_PATH, _PATH.c.descendant == initiative.c.unit)
    .join(_GRANTED, (_GRANTED.c.unit == _PATH.c.ancestor) & (_GRANTED.c.role == bindparam("role")))
    .where(
        ON_A_DESK,
        initiative.c.desk == bindparam("desk"),
        initiative.c.desk_since <= bindparam("by", type_=Moment()),
        initiative.c.author != _GRANTED.c.person,
        _PATH.c.depth == _NEAREST,
    )
    .group_by(_GRANTED.c.person)
    .order_by(_GRANTED.c.person)
)


_DECIDED = (
    select(audit.c.deed, audit.c.subject)
    .where(audit.c.by == bindparam("by"), or_(*(audit.c.deed == deed for deed in DECISIONS)))
    .order_by(audit.c.id.desc())
    .limit(literal_column("1"))
)


class Desks:
    """What waits to be looked at."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def next(
        self, piles: Collection[Pile], not_by: int, after: Initiative | None = None
    ) -> Initiative | None:
        """What lies there longest, or longest after another; never what ``not_by`` wrote."""
        found = [entry for pile in piles if (entry := self._oldest(pile, not_by, after))]
        return min(found, key=_place, default=None)

    def count(self, piles: Collection[Pile], not_by: int) -> int:
        """How many wait, as far as COUNTED_MOST; piles that overlap count twice."""
        return min(sum(self._count(pile, not_by) for pile in piles), COUNTED_MOST)

    def lying(
        self, unit: int, desk: Desk, after: Initiative | None, limit: int
    ) -> list[Initiative]:
        """Everything of a unit and below it on a desk, the oldest first: a page at a time."""
        since = after.desk_since if after and after.desk_since else BEFORE_ALL
        values = {"unit": unit, "desk": desk.value, "since": since, "most": limit}
        rows = self._cursor.all(_LYING, values | {"after": after.id if after else 0})
        return [entry_of(row) for row in rows]

    def late(self, desk: Desk, by: datetime, limit: int) -> list[Initiative]:
        """What has lain on a desk since then or longer, the oldest first."""
        values = {"desk": desk.value, "by": by, "most": limit}
        return [entry_of(row) for row in self._cursor.all(_LATE, values)]

    def late_for(self, role: Role, desk: Desk, by: datetime) -> list[tuple[int, int]]:
        """Who holds the role nearest above what is late, and how many of others' that are."""
        values = {"role": role.value, "desk": desk.value, "by": by}
        return [(row[0], row[1]) for row in self._cursor.all(_LATE_FOR, values)]

    def decided_last(self, by: int) -> int | None:
        """The entry that somebody decided on last; None when that was undone, or there is none."""
        row = self._cursor.one(_DECIDED, {"by": by})
        if row is None or row[0] == UNDO:
            return None
        return int(row[1].removeprefix(SUBJECT))

    def _oldest(self, pile: Pile, not_by: int, after: Initiative | None) -> Initiative | None:
        values = _values(pile, not_by)
        wide = self.has_units(pile.unit, WIDE)
        if after is None or after.desk_since is None:
            row = self._cursor.one(_WALK if wide else _GATHER, values)
        else:
            values |= {"since": after.desk_since, "after": after.id}
            row = self._cursor.one(_WALK_ON if wide else _GATHER_ON, values)
        return entry_of(row) if row else None

    def _count(self, pile: Pile, not_by: int) -> int:
        wide = self.has_units(pile.unit, WIDE_TO_COUNT)
        values = _values(pile, not_by) | {"most": COUNTED_MOST}
        row = self._cursor.one(_COUNT_WALK if wide else _COUNT_GATHER, values)
        return row[0] if row else 0

    def has_units(self, unit: int, least: int) -> bool:
        """Whether the unit with all below it counts at least so many."""
        row = self._cursor.one(_WIDTH, {"unit": unit, "most": least})
        return row is not None and row[0] >= least


def _values(pile: Pile, not_by: int) -> dict[str, Any]:
    # The binds left over repeat the first status.
    wanted = [status.value for status in pile.statuses]
    padded = (wanted + wanted[:1] * len(_STATUSES))[: len(_STATUSES)]
    return dict(zip(_STATUSES, padded, strict=True)) | {
        "unit": pile.unit,
        "desk": pile.desk.value,
        "not_by": not_by,
    }


def _place(entry: Initiative) -> tuple[datetime, int]:
    assert entry.desk_since is not None
    return entry.desk_since, entry.id
