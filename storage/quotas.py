"""Quotas: a revision is a new row, and the row in force on a day is the latest that has begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, or_, select

from domain.programme import Quota, QuotaKind
from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import quota, unit

WHOLE = 0
"""Stands for "no phase" in the tables: a NULL would never equal itself in a key."""

_SET = insert_row(
    quota,
    (
        "programme",
        "unit",
        "phase",
        "kind",
        "target",
        "effective_from",
        "reason",
        "set_by",
        "set_at",
    ),
)
_IN_FORCE = (
    quota.c.programme == bindparam("programme"),
    quota.c.phase == bindparam("phase"),
    quota.c.kind == bindparam("kind"),
    quota.c.effective_from <= bindparam("on"),
)
_TARGET = (
    select(quota.c.target, quota.c.effective_from)
    .where(quota.c.unit == bindparam("unit"), *_IN_FORCE)
    .order_by(quota.c.effective_from.desc(), quota.c.id.desc())
    .limit(literal_column("2"))
)
_OF_CHILDREN = (
    select(quota.c.unit, quota.c.target)
    .join(unit, unit.c.id == quota.c.unit)
    .where(unit.c.parent == bindparam("parent"), *_IN_FORCE)
    .order_by(quota.c.effective_from, quota.c.id)
)
_OF_OPEN_CHILDREN = _OF_CHILDREN.where(
    or_(unit.c.valid_to.is_(None), unit.c.valid_to >= bindparam("on"))
)
_QUOTA = (
    quota.c.programme,
    quota.c.phase,
    quota.c.unit,
    quota.c.kind,
    quota.c.target,
    quota.c.effective_from,
    quota.c.reason,
)
_HISTORY = (
    select(*_QUOTA)
    .where(quota.c.programme == bindparam("programme"), quota.c.unit == bindparam("unit"))
    .order_by(quota.c.effective_from, quota.c.id)
)


@dataclass(frozen=True, slots=True)
class InForce:
    """A target, and since when where it revised another."""

    target: int
    revised: date | None = None


class Quotas:
    """Targets and all their revisions."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def set(self, quota: Quota, by: int | None = None, at: datetime | None = None) -> None:
        """Add a target or its revision."""
        self._cursor.run(
            _SET,
            {
                "programme": quota.programme,
                "unit": quota.unit,
                "phase": quota.phase or WHOLE,
                "kind": quota.kind.value,
                "target": quota.target,
                "effective_from": quota.effective_from,
                "reason": quota.reason,
                "set_by": by,
                "set_at": at,
            },
        )

    def target(
        self, programme: int, unit: int, kind: QuotaKind, phase: int | None, on: date
    ) -> int | None:
        """The target in force on a day; None where none was set, which is not 0."""
        row = self._cursor.one(_TARGET, _values(programme, kind, phase, on) | {"unit": unit})
        return row[0] if row else None

    def in_force(
        self, programme: int, unit: int, kind: QuotaKind, phase: int | None, on: date
    ) -> InForce | None:
        """The target in force on a day, and whether it is a revision (chỉ tiêu điều chỉnh)."""
        rows = self._cursor.all(_TARGET, _values(programme, kind, phase, on) | {"unit": unit})
        if not rows:
            return None
        target, since = rows[0]
        revised = len(rows) > 1 and rows[1][0] != target
        return InForce(target, since if revised else None)

    def of_children(
        self, programme: int, parent: int, kind: QuotaKind, phase: int | None, on: date
    ) -> dict[int, int]:
        """The targets in force of the units right below, by unit."""
        values = _values(programme, kind, phase, on) | {"parent": parent}
        # Rows come in order of force, so the last one of a unit stays.
        return dict(self._cursor.all(_OF_CHILDREN, values))

    def sum_of_children(
        self, programme: int, parent: int, kind: QuotaKind, phase: int | None, on: date
    ) -> int | None:
        """What the units right below that exist on that day have together; None where none has."""
        values = _values(programme, kind, phase, on) | {"parent": parent}
        # Rows come in order of force, so the last one of a unit stays.
        targets: dict[int, int] = dict(self._cursor.all(_OF_OPEN_CHILDREN, values))
        return sum(targets.values()) if targets else None

    def history(self, programme: int, unit: int) -> list[Quota]:
        """Every target a unit ever had, in order of force."""
        rows = self._cursor.all(_HISTORY, {"programme": programme, "unit": unit})
        return [_quota(row) for row in rows]


def _values(programme: int, kind: QuotaKind, phase: int | None, on: date) -> dict[str, Any]:
    return {"programme": programme, "kind": kind.value, "phase": phase or WHOLE, "on": on}


def _quota(row: Sequence[Any]) -> Quota:
    programme, phase, unit, kind, target, effective_from, reason = row
    return Quota(programme, phase or None, unit, QuotaKind(kind), target, effective_from, reason)
