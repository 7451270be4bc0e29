"""Figures that were fixed: kept as they were, never changed and never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from domain.papers import ProgressTable
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.statements import insert_row
from storage.tables import snapshot
from storage.types import dump, loader

_FIX = insert_row(
    snapshot,
    ("programme", "unit", "phase", "name", "as_of", "fixed_by", "fixed_at", "lines"),
    returning="id",
)
_SNAPSHOT = (
    snapshot.c.id,
    snapshot.c.programme,
    snapshot.c.unit,
    snapshot.c.phase,
    snapshot.c.name,
    snapshot.c.as_of,
    snapshot.c.fixed_by,
    snapshot.c.fixed_at,
)
_GET = select(*_SNAPSHOT).where(snapshot.c.id == bindparam("id"))
_TABLE = select(snapshot.c.lines).where(snapshot.c.id == bindparam("id"))
_OF_UNIT = (
    select(*_SNAPSHOT)
    .where(snapshot.c.programme == bindparam("programme"), snapshot.c.unit == bindparam("unit"))
    .order_by(snapshot.c.id.desc())
    .limit(bindparam("most"))
)

_read_table = loader(ProgressTable)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Số liệu chốt: the figures of a unit as they stood; ``phase`` None is the whole programme."""

    id: int
    programme: int
    unit: int
    phase: int | None
    name: str
    as_of: datetime
    fixed_by: int | None
    """None is the operator."""
    fixed_at: datetime


class Snapshots:
    """Fixed figures. There is no way to change or delete one: a report once sent stays."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def fix(
        self,
        programme: int,
        unit: int,
        phase: int | None,
        name: str,
        table: ProgressTable,
        by: int | None,
        at: datetime,
    ) -> Snapshot:
        """Keep the figures of a unit under a name."""
        values = {
            "programme": programme,
            "unit": unit,
            "phase": phase or WHOLE,
            "name": name,
            "as_of": table.as_of,
            "fixed_by": by,
            "fixed_at": at,
        }
        row = self._cursor.one(_FIX, values | {"lines": dump(table)})
        assert row is not None
        return Snapshot(row[0], programme, unit, phase, name, table.as_of, by, at)

    def get(self, id: int) -> Snapshot | None:
        """When, by whom and of what it was."""
        row = self._cursor.one(_GET, {"id": id})
        return _snapshot(row) if row else None

    def table(self, id: int) -> ProgressTable | None:
        """The figures themselves."""
        row = self._cursor.one(_TABLE, {"id": id})
        return _read_table(row[0]) if row else None

    def of_unit(self, programme: int, unit: int, limit: int = 20) -> list[Snapshot]:
        """What was fixed of a unit, the latest first."""
        values = {"programme": programme, "unit": unit, "most": limit}
        return [_snapshot(row) for row in self._cursor.all(_OF_UNIT, values)]


def _snapshot(row: Sequence[Any]) -> Snapshot:
    id, programme, unit, phase, *rest = row
    return Snapshot(id, programme, unit, phase or None, *rest)
