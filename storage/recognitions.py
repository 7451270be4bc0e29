"""Decisions of recognition, each for many entries; and entries whose year is running out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from domain.initiative import Initiative, Recognition, Status
from domain.recognition import APPLIED, OPEN_TO_IT
from storage.cursor import Cursor
from storage.initiatives import ENTRY, entry_of
from storage.statements import PerDialect, insert_row
from storage.tables import initiative, recognition, unit_closure

_COLUMNS = ("programme", "unit", "level", "number", "day", "evidence")
_RECOGNITION = (recognition.c.id, *(recognition.c[name] for name in _COLUMNS))
_ADD = insert_row(recognition, (*_COLUMNS, "recorded_by", "recorded_at"), returning="id")
_GET = select(*_RECOGNITION).where(recognition.c.id == bindparam("id"))
_SAME = (
    select(*_RECOGNITION)
    .where(
        *(
            recognition.c[name] == bindparam(name)
            for name in ("unit", "programme", "level", "number", "day")
        )
    )
    .order_by(recognition.c.id)
    .limit(literal_column("1"))
)
_LOOKED_AT = (Status.CONFIRMED, Status.VALID)
_NOTHING: Any = literal_column("0")
_WAITING = (
    select(*ENTRY)
    .join(unit_closure, unit_closure.c.descendant == initiative.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        # Sums keep SQLite from walking through the whole programme, or through all by number.
        initiative.c.programme + _NOTHING == bindparam("programme"),
        or_(*(initiative.c.status == status.value for status in _LOOKED_AT)),
        initiative.c.recognised.is_(False),
        initiative.c.author != bindparam("not_by"),
    )
    .order_by(initiative.c.id + _NOTHING)
    .limit(bindparam("most"))
)


def _running_out(month: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*ENTRY)
        .where(
            initiative.c.id > bindparam("after"),
            initiative.c.id <= bindparam("upto"),
            initiative.c.recognised.is_(False),
            or_(*(initiative.c.status == status.value for status in sorted(OPEN_TO_IT))),
            month >= bindparam("first"),
            month <= bindparam("last"),
        )
        .order_by(initiative.c.id)
    )


_MONTH = 7
"""Characters of a day or month as it is stored, up to its month: 2026-03."""

_APPLIED = {
    "sqlite": func.json_extract(initiative.c.answers, f"$.{APPLIED}.value"),
    "postgresql": func.json_extract_path_text(cast(initiative.c.answers, JSON), APPLIED, "value"),
}
_RUNNING_OUT = PerDialect(lambda name: _running_out(func.substr(_APPLIED[name], 1, _MONTH)))
_LAST = select(func.max(initiative.c.id))


class Recognitions:
    """What councils and heads of workplaces decided."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, decision: Recognition, by: int | None, at: datetime) -> Recognition:
        """Keep a decision; its id is given here."""
        values = {name: getattr(decision, name) for name in _COLUMNS}
        row = self._cursor.one(_ADD, values | {"recorded_by": by, "recorded_at": at})
        assert row is not None
        return replace(decision, id=row[0])

    def get(self, id: int) -> Recognition | None:
        """The decision."""
        row = self._cursor.one(_GET, {"id": id})
        return Recognition(*row) if row else None

    def same_as(self, decision: Recognition) -> Recognition | None:
        """The same decision as it was kept before for the same unit."""
        row = self._cursor.one(_SAME, {name: getattr(decision, name) for name in _COLUMNS})
        return Recognition(*row) if row else None

    def waiting(self, programme: int, unit: int, not_by: int, limit: int) -> list[Initiative]:
        """Entries of a unit and below it that were confirmed and not recognised yet, by id.

        Reads all entries of the unit: for those with few units below.
        """
        values = {"programme": programme, "unit": unit, "not_by": not_by, "most": limit}
        return _entries(self._cursor.all(_WAITING, values))

    def running_out(self, first: str, last: str, after: int, upto: int) -> list[Initiative]:
        """Entries of these ids, not recognised, first applied from one month to another."""
        values = {"first": first, "last": last, "after": after, "upto": upto}
        return _entries(self._cursor.all(_RUNNING_OUT, values))

    def last_entry(self) -> int:
        """The highest id of an entry."""
        row = self._cursor.one(_LAST)
        return (row[0] if row else None) or 0


def _entries(rows: Sequence[Sequence[Any]]) -> list[Initiative]:
    return [entry_of(row) for row in rows]
