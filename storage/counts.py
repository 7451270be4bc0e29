"""Statements over kept counts: how they are read, and how they change up the tree."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)

from domain.initiative import Tally
from storage.statements import PerDialect, upsert
from storage.tables import COUNTS, programme, tally, tally_day, unit, unit_closure

BY_PHASE, BY_DAY = ("phase",), ("day", "phase")
"""What the two tables count by, besides programme and unit."""

PROGRAMME = bindparam("programme", type_=BigInteger())


def sums(table: FromClause) -> list[ColumnElement[Any]]:
    """The counts of several rows together; a sum of 64-bit numbers is a decimal to PostgreSQL."""
    return [cast(func.sum(table.c[name]), BigInteger).label(name) for name in COUNTS]


def change(table: Table, by: Sequence[str]) -> PerDialect:
    """Add a signed change to a unit and all above it.

    Ancestors in ascending id: writers who lock in one order cannot deadlock.
    """
    rows = (
        select(
            PROGRAMME,
            unit_closure.c.ancestor,
            *(bindparam(name, type_=table.c[name].type) for name in by),
            *(bindparam(name, type_=BigInteger()) for name in COUNTS),
        )
        .where(unit_closure.c.descendant == bindparam("unit"))
        .order_by(unit_closure.c.ancestor)
    )
    key = ("programme", "unit", *by)
    return upsert(table, (*key, *COUNTS), key, add=COUNTS, rows=rows)


def transfer(table: Table, by: Sequence[str]) -> PerDialect:
    """Take all counts of a unit from those above ``old``, and give them to those above ``new``."""
    paths = union_all(
        select(unit_closure.c.ancestor, literal_column("1").label("sign")).where(
            unit_closure.c.descendant == bindparam("new")
        ),
        select(unit_closure.c.ancestor, literal_column("-1").label("sign")).where(
            unit_closure.c.descendant == bindparam("old")
        ),
    ).subquery()
    sign = cast(func.sum(paths.c.sign), BigInteger)
    # Who stands above both keeps what they have.
    changed = (
        select(paths.c.ancestor, sign.label("sign"))
        .group_by(paths.c.ancestor)
        .having(sign != literal_column("0"))
        .subquery()
    )
    rows = (
        select(
            table.c.programme,
            changed.c.ancestor,
            *(table.c[name] for name in by),
            *(table.c[name] * changed.c.sign for name in COUNTS),
        )
        .select_from(programme)
        .join(table, table.c.programme == programme.c.id)
        .join(changed, literal_column("1") == literal_column("1"))
        .where(table.c.unit == bindparam("unit"))
        .order_by(changed.c.ancestor, table.c.programme, *(table.c[name] for name in by))
    )
    key = ("programme", "unit", *by)
    return upsert(table, (*key, *COUNTS), key, add=COUNTS, rows=rows)


def of_unit(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    """The counts of one unit; no row when there are none."""
    return (
        select(*sums(table))
        .where(table.c.programme == PROGRAMME, table.c.unit == bindparam("unit"), *where)
        .group_by(table.c.unit)
    )


def of_children(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    """The counts of the units right below one, by unit."""
    return (
        select(unit.c.id, *sums(table))
        .join(table, (table.c.unit == unit.c.id) & (table.c.programme == PROGRAMME))
        .where(unit.c.parent == bindparam("parent"), *where)
        .group_by(unit.c.id)
    )


def of_those(table: Table, those: Select[Any], *where: ColumnElement[bool]) -> Select[Any]:
    """The counts of the units that a query names, by unit."""
    return (
        select(table.c.unit, *sums(table))
        .where(table.c.programme == PROGRAMME, table.c.unit.in_(those), *where)
        .group_by(table.c.unit)
    )


IN_PHASE = tally.c.phase == bindparam("phase")
DAY_IN_PHASE = tally_day.c.phase == bindparam("phase")
FROM_DAY = tally_day.c.day >= bindparam("day")
AFTER_DAY = tally_day.c.day > bindparam("day")


def tally_of(row: Sequence[Any] | None) -> Tally:
    """The counts in a row; none when there is no row."""
    return Tally(*row) if row else Tally()
