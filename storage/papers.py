"""What papers list of units: those at the grassroots with nothing submitted."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from domain.papers import Named
from domain.units import is_grassroots
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.tables import tally, tally_day, unit, unit_closure

_KIND_BINDS = tuple(f"kind_{number}" for number in range(4))
"""A union writes the kind of its CĐCS in one way, or in a few."""

_KINDS = select(unit.c.kind).distinct()


def _at_the_grassroots(table: FromClause) -> ColumnElement[bool]:
    return table.c.kind.in_([bindparam(name) for name in _KIND_BINDS])


_CHILD, _LOWER, _ABOVE = unit.alias("child"), unit_closure.alias("lower"), unit.alias("above")
_NO_CHILD = ~exists(
    select(_CHILD.c.id).where(_CHILD.c.parent == unit.c.id, _CHILD.c.valid_to.is_(None))
)
_PART_OF_ONE = exists(
    select(_ABOVE.c.id)
    .join(_LOWER, _LOWER.c.ancestor == _ABOVE.c.id)
    .where(
        _LOWER.c.descendant == unit.c.id,
        _LOWER.c.depth > literal_column("0"),
        _at_the_grassroots(_ABOVE),
    )
)
_COUNTED_NOW = exists(
    select(tally.c.unit).where(
        tally.c.programme == bindparam("programme"),
        tally.c.unit == unit.c.id,
        or_(bindparam("phase") == literal_column("0"), tally.c.phase == bindparam("phase")),
        tally.c.submitted > literal_column("0"),
    )
)
_COUNTED_BY = exists(
    select(tally_day.c.unit)
    .where(
        tally_day.c.programme == bindparam("programme"),
        tally_day.c.unit == unit.c.id,
        tally_day.c.day <= bindparam("day"),
        or_(bindparam("phase") == literal_column("0"), tally_day.c.phase == bindparam("phase")),
    )
    .group_by(tally_day.c.unit)
    .having(func.sum(tally_day.c.submitted) > literal_column("0"))
)


def _empty(counted: ColumnElement[bool], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(unit_closure, unit_closure.c.descendant == unit.c.id)
        .outerjoin(_UPPER, _UPPER.c.id == unit.c.parent)
        .where(
            unit_closure.c.ancestor == bindparam("unit"),
            unit.c.valid_from <= bindparam("day"),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= bindparam("day")),
            # Its own groups are not chased.
            or_(_at_the_grassroots(unit), _NO_CHILD & ~_PART_OF_ONE),
            ~counted,
        )
    )


_UPPER = unit.alias("upper")
_NAMED = (unit.c.code, unit.c.name, _UPPER.c.name)


def _listed(counted: ColumnElement[bool]) -> Select[Any]:
    return _empty(counted, *_NAMED).order_by(unit.c.parent, unit.c.id).limit(bindparam("most"))


_EMPTY_NOW, _EMPTY_BY = _listed(_COUNTED_NOW), _listed(_COUNTED_BY)
_COUNT_NOW, _COUNT_BY = _empty(_COUNTED_NOW, func.count()), _empty(_COUNTED_BY, func.count())

EMPTY_MOST = 20_000
"""More units than a province has."""


class Papers:
    """Lists for papers; read off the turn thread."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def empty_units(
        self, programme: int, unit: int, day: date, phase: int | None = None, *, past: bool = False
    ) -> tuple[int, list[Named]]:
        """How many grassroots units have nothing submitted, and the first of them by name.

        ``past`` looks at what was there at the end of ``day``.
        """
        values: dict[str, Any] = {
            "programme": programme,
            "unit": unit,
            "phase": phase or WHOLE,
            "day": day,
            "most": EMPTY_MOST,
        }
        kinds = [row[0] for row in self._cursor.all(_KINDS) if is_grassroots(row[0])]
        some = (kinds or [""])[: len(_KIND_BINDS)]
        some += some[:1] * (len(_KIND_BINDS) - len(some))
        values |= dict(zip(_KIND_BINDS, some, strict=True))
        row = self._cursor.one(_COUNT_BY if past else _COUNT_NOW, values)
        rows = self._cursor.all(_EMPTY_BY if past else _EMPTY_NOW, values)
        return row[0] if row else 0, [Named(code, name, above or "") for code, name, above in rows]
