"""Who answers for which units, and what waits there for them to look after."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select

from domain.initiative import Desk, Status
from domain.person import Person, Role
from domain.reminders.queue import Waiting
from storage.cursor import Cursor
from storage.rows import PERSON, newest_open, person_of
from storage.tables import (
    bound_group,
    draft,
    initiative,
    person,
    role_grant,
    unit_closure,
)

_ONE: Any = literal_column("1")
_ROLES = ("role", "other_role")
_HOLDING = (
    select(role_grant.c.person)
    .where(
        role_grant.c.person > bindparam("after"),
        or_(*(role_grant.c.role == bindparam(name) for name in _ROLES)),
    )
    .distinct()
    .order_by(role_grant.c.person)
    .limit(bindparam("most"))
    .subquery("holding")
)
_HOLDERS = select(*PERSON).join(_HOLDING, _HOLDING.c.person == person.c.id).order_by(person.c.id)
_OWN, _NEARER = unit_closure.alias("own"), unit_closure.alias("nearer")
_HAS_NEARER = (
    select(_ONE)
    .select_from(_NEARER)
    .join(role_grant, role_grant.c.unit == _NEARER.c.ancestor)
    .where(
        _NEARER.c.descendant == _OWN.c.descendant,
        _NEARER.c.depth < _OWN.c.depth,
        role_grant.c.role == Role.CHAIR.value,
    )
    .correlate(_OWN)
    .exists()
)
_WAITING = (
    select(initiative.c.unit, func.count(), func.min(initiative.c.desk_since))
    .select_from(_OWN)
    .join(initiative, initiative.c.unit == _OWN.c.descendant)
    .where(
        _OWN.c.ancestor == bindparam("unit"),
        ~_HAS_NEARER,
        # With ON_A_DESK besides, SQLite would go through everybody's desk (1,100 units, 50,000
        # entries: 10 ms instead of 0.2); by unit and status there is an index.
        initiative.c.desk == Desk.CHAIR.value,
        initiative.c.status == Status.SUBMITTED.value,
        initiative.c.author != bindparam("not_by"),
    )
    .group_by(initiative.c.unit)
    .order_by(initiative.c.unit)
)
_AUTHOR = person.alias("author")
_DRAFTING = (
    select(_AUTHOR.c.name)
    .select_from(unit_closure)
    .join(person, person.c.unit == unit_closure.c.descendant)
    .join(draft, draft.c.person == person.c.id)
    .join(_AUTHOR, _AUTHOR.c.id == draft.c.author)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        person.c.id != bindparam("but"),
        draft.c.closed_at.is_(None),
        draft.c.initiative.is_(None),
        draft.c.programme == bindparam("programme"),
        draft.c.id == newest_open(person.c.id),
    )
    .order_by(draft.c.touched_at.desc().nulls_last(), draft.c.id.desc())
    .limit(bindparam("most"))
)
_BLOCKED = (
    select(func.count())
    .select_from(person)
    .join(unit_closure, unit_closure.c.descendant == person.c.unit)
    .where(~person.c.reachable, unit_closure.c.ancestor == bindparam("unit"))
)
_BOUND = bound_group.alias("bound")
_STILL_BOUND = (
    select(_ONE)
    .select_from(_BOUND)
    .where(_BOUND.c.unit == bound_group.c.unit, _BOUND.c.active)
    .correlate(bound_group)
    .exists()
)
_LOST = (
    select(func.count())
    .select_from(bound_group)
    .join(unit_closure, unit_closure.c.descendant == bound_group.c.unit)
    .where(~bound_group.c.active, unit_closure.c.ancestor == bindparam("unit"), ~_STILL_BOUND)
)


class Duties:
    """What the pushes to chairs and officers ask."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def holders(self, roles: Sequence[Role], after: int = 0, limit: int = 200) -> list[Person]:
        """Whoever holds one of one or two roles anywhere, by id: a page at a time."""
        wanted = [role.value for role in roles]
        values: dict[str, Any] = {"role": wanted[0], "other_role": wanted[-1]}
        rows = self._cursor.all(_HOLDERS, values | {"after": after, "most": limit})
        return [person_of(row) for row in rows]

    def waiting(self, unit: int, not_by: int) -> list[Waiting]:
        """What waits for the chair of a unit, there and below where nobody stands nearer.

        Never what ``not_by`` wrote.
        """
        rows = self._cursor.all(_WAITING, {"unit": unit, "not_by": not_by})
        return [Waiting(*row) for row in rows]

    def drafting(self, unit: int, programme: int, but: int, limit: int = 200) -> list[str]:
        """The names of those of a unit and below who began something new, the last one first."""
        values = {"unit": unit, "programme": programme, "but": but, "most": limit}
        return [row[0] for row in self._cursor.all(_DRAFTING, values)]

    def unreached(self, unit: int) -> tuple[int, int]:
        """In a unit and below: how many people blocked the bot, and how many groups are lost.

        A group is not lost whose unit has another one.
        """
        counts = [self._cursor.one(each, {"unit": unit}) for each in (_BLOCKED, _LOST)]
        people, groups = (row[0] if row else 0 for row in counts)
        return people, groups
