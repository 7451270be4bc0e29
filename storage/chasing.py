"""Whom to chase within a unit: entries that wait longest, and drafts that lie idle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select

from domain.initiative import Desk
from storage.cursor import Cursor
from storage.tables import ON_A_DESK, draft, initiative, person, unit, unit_closure
from storage.types import Moment

WIDE = 100
"""Units: from here on the desks are walked from their oldest entry instead of gathering from
every unit; ``storage.desks`` measured it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that nobody has decided on."""

    code: str
    author: str
    unit: str
    since: datetime


def _shown(found: Select[Any], *where: ColumnElement[bool]) -> Select[Any]:
    return (
        found.join(person, person.c.id == initiative.c.author)
        .join(unit, unit.c.id == initiative.c.unit)
        .where(ON_A_DESK, initiative.c.desk == bindparam("desk"), *where)
        .order_by(initiative.c.desk_since, initiative.c.id)
        .limit(bindparam("most"))
    )


_COLUMNS = (initiative.c.code, person.c.name, unit.c.name, initiative.c.desk_since)
_INSIDE = (
    select(literal_column("1"))
    .where(
        unit_closure.c.descendant == initiative.c.unit,
        unit_closure.c.ancestor == bindparam("unit"),
    )
    .correlate(initiative)
    .exists()
)
_WALK = _shown(select(*_COLUMNS).select_from(initiative), _INSIDE)
_GATHER = _shown(
    select(*_COLUMNS)
    .select_from(unit_closure)
    .join(initiative, initiative.c.unit == unit_closure.c.descendant),
    unit_closure.c.ancestor == bindparam("unit"),
)
_SOME = (
    select(unit_closure.c.descendant)
    .where(unit_closure.c.ancestor == bindparam("unit"))
    .limit(bindparam("most"))
    .subquery("some")
)
_WIDTH = select(func.count()).select_from(_SOME)
_IDLE = (
    select(unit.c.name, func.count())
    .select_from(draft)
    .join(unit, unit.c.id == draft.c.unit)
    .join(unit_closure, unit_closure.c.descendant == draft.c.unit)
    .where(
        draft.c.closed_at.is_(None),
        draft.c.touched_at < bindparam("before", type_=Moment()),
        unit_closure.c.ancestor == bindparam("unit"),
    )
    .group_by(unit.c.id, unit.c.name)
    .order_by(func.count().desc(), unit.c.id)
)


class Chasing:
    """Names; only for whoever may see them."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def waiting(self, unit: int, most: int) -> list[Waiting]:
        """The entries of the unit and below that have waited longest."""
        width = self._cursor.one(_WIDTH, {"unit": unit, "most": WIDE})
        statement = _WALK if width and width[0] == WIDE else _GATHER
        rows: list[Sequence[Any]] = []
        for desk in (Desk.CHAIR, Desk.OFFICER):
            values = {"unit": unit, "desk": desk.value, "most": most}
            rows += self._cursor.all(statement, values)
        return sorted((Waiting(*row) for row in rows), key=lambda each: each.since)[:most]

    def idle_drafts(self, unit: int, before: datetime) -> list[tuple[str, int]]:
        """How many drafts nobody touched since then, by unit, most first."""
        rows = self._cursor.all(_IDLE, {"unit": unit, "before": before})
        return [(name, count) for name, count in rows]
