"""Entries that another may repeat: of the same unit or its neighbours, and of the same author."""

from typing import Any

from sqlalchemy import Select, bindparam, literal_column, or_, select

from domain.initiative import Initiative, Status
from domain.likeness import Filed
from storage.cursor import Cursor
from storage.tables import initiative, unit, unit_closure

COMPARED_MOST = 200
"""Titles held against one: some five milliseconds."""

_NOTHING: Any = literal_column("0")
_STAND = (Status.SUBMITTED, Status.RETURNED, Status.CONFIRMED, Status.VALID)
_FILED = tuple(
    initiative.c[name] for name in ("id", "code", "title", "author", "unit", "submitted_at")
)


def _standing(statement: Select[Any]) -> Select[Any]:
    return (
        statement.where(
            or_(*(initiative.c.status == status.value for status in _STAND)),
            # Sums keep SQLite from walking through the whole programme, or through all by number.
            initiative.c.programme + _NOTHING == bindparam("programme"),
        )
        .order_by((initiative.c.id + _NOTHING).desc())
        .limit(bindparam("most"))
    )


_OF_UNIT = _standing(
    select(*_FILED)
    .join(unit_closure, unit_closure.c.descendant == initiative.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"))
)
_OF_AUTHOR = _standing(select(*_FILED).where(initiative.c.author == bindparam("author")))
_OF_UNIT_ALONE = (
    select(*_FILED)
    .join(unit_closure, unit_closure.c.descendant == initiative.c.unit)
    .join(unit, unit.c.id == initiative.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        or_(unit.c.id == bindparam("unit"), unit.c.valid_to.is_not(None)),
        or_(*(initiative.c.status == status.value for status in _STAND)),
        initiative.c.programme + _NOTHING == bindparam("programme"),
    )
    .order_by(initiative.c.id + _NOTHING)
)


class Twins:
    """What to look through for duplicates; what fell out already is none."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def near(self, entry: Initiative, unit: int) -> list[Filed]:
        """Entries of this unit and all below it, and the author's own, wherever they are."""
        values = {"programme": entry.programme, "most": COMPARED_MOST}
        rows = self._cursor.all(_OF_UNIT, values | {"unit": unit})
        rows += self._cursor.all(_OF_AUTHOR, values | {"author": entry.author})
        return list({row[0]: Filed(*row) for row in rows if row[0] != entry.id}.values())

    def of_unit(self, programme: int, unit: int) -> list[Filed]:
        """What stands of this very unit and of those that went over to it, by id."""
        rows = self._cursor.all(_OF_UNIT_ALONE, {"programme": programme, "unit": unit})
        return [Filed(*row) for row in rows]


def filed(entry: Initiative) -> Filed:
    """The entry as it is held against others."""
    return Filed(entry.id, entry.code, entry.title, entry.author, entry.unit, entry.submitted_at)
