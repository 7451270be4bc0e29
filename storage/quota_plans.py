"""Proposed quotas, and the last years' figures that they are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from domain.allocation import Record
from domain.quota_plan import QuotaPlan, Share
from storage.cursor import Cursor
from storage.statements import insert_row, update_row, upsert
from storage.tables import quota_plan, unit, unit_history
from storage.types import dump, loader

_COLUMNS = ("programme", "unit", "phase", "total", "shares", "made_by", "made_at", "applied_at")
_PLAN = (quota_plan.c.id, *(quota_plan.c[name] for name in _COLUMNS))
_ADD = insert_row(quota_plan, _COLUMNS, returning="id")
_SAVE = update_row(quota_plan, ("shares", "applied_at"))
_GET = select(*_PLAN).where(quota_plan.c.id == bindparam("id"))
_OPEN = (
    select(*_PLAN)
    .where(
        quota_plan.c.applied_at.is_(None),
        quota_plan.c.made_at >= bindparam("since", type_=quota_plan.c.made_at.type),
    )
    .order_by(quota_plan.c.id)
)
_SET_YEAR = upsert(unit_history, ("unit", "year", "recognised"), ("unit", "year"))
_YEARS = select(unit_history.c.year, unit_history.c.recognised).where(
    unit_history.c.unit == bindparam("unit")
)
_MEMBERS = (
    select(unit.c.id, unit.c.members, unit.c.valid_to)
    .where(unit.c.parent == bindparam("parent"), unit.c.valid_from <= bindparam("on"))
    .order_by(unit.c.id)
)
_YEARS_BELOW = (
    select(unit_history.c.unit, unit_history.c.year, unit_history.c.recognised)
    .join(unit, unit.c.id == unit_history.c.unit)
    .where(unit.c.parent == bindparam("parent"))
)


@dataclass(frozen=True, slots=True)
class _Body:
    """What of a plan is kept as JSON."""

    shares: tuple[Share, ...]
    floor: int
    growth: str
    since: date | None
    agreed_by: int | None
    done: int


_read_body = loader(_Body)


class QuotaPlans:
    """Plans, each kept with all its shares; none is removed."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, plan: QuotaPlan) -> int:
        """Keep a proposal; its number."""
        row = self._cursor.one(
            _ADD,
            {
                "programme": plan.programme,
                "unit": plan.unit,
                "phase": plan.phase,
                "total": plan.total,
                "shares": _body(plan),
                "made_by": plan.made_by,
                "made_at": plan.made_at,
                "applied_at": plan.applied_at,
            },
        )
        assert row is not None
        number: int = row[0]
        return number

    def save(self, plan: QuotaPlan) -> None:
        """Keep who agreed, and how far it is applied."""
        values = {"shares": _body(plan), "applied_at": plan.applied_at}
        self._cursor.run(_SAVE, values | {"key_id": plan.id})

    def get(self, id: int) -> QuotaPlan | None:
        """The plan."""
        row = self._cursor.one(_GET, {"id": id})
        return _plan(row) if row else None

    def agreed(self, since: datetime) -> list[QuotaPlan]:
        """Those made since then that somebody agreed to and that are not all applied."""
        plans = (_plan(row) for row in self._cursor.all(_OPEN, {"since": since}))
        return [plan for plan in plans if plan.agreed_by is not None]

    def set_years(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Keep recognised counts: unit, year, count; what was said of that year before goes."""
        self._cursor.many(
            _SET_YEAR, ({"unit": u, "year": y, "recognised": count} for u, y, count in rows)
        )

    def years(self, unit: int) -> dict[int, int]:
        """A unit's recognised counts by year."""
        return dict(self._cursor.all(_YEARS, {"unit": unit}))

    def records(self, parent: int, on: date) -> list[Record]:
        """What is known of the units right below that exist on that day, by id."""
        years: dict[int, dict[int, int]] = {}
        for id, year, count in self._cursor.all(_YEARS_BELOW, {"parent": parent}):
            years.setdefault(id, {})[year] = count
        return [
            Record(id, years.get(id, {}), members)
            for id, members, ended in self._cursor.all(_MEMBERS, {"parent": parent, "on": on})
            if ended is None or ended >= on
        ]


def _body(plan: QuotaPlan) -> str:
    body = _Body(plan.shares, plan.floor, plan.growth, plan.since, plan.agreed_by, plan.done)
    return dump(body)


def _plan(row: tuple[Any, ...]) -> QuotaPlan:
    id, programme, unit, phase, total, shares, made_by, made_at, applied_at = row
    body = _read_body(shares)
    return QuotaPlan(
        id,
        programme,
        unit,
        phase,
        total,
        body.shares,
        body.floor,
        body.growth,
        body.since,
        made_by,
        made_at,
        body.agreed_by,
        body.done,
        applied_at,
    )
