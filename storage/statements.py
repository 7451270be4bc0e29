"""Statements that are built once: the few shapes that Core needs words for, and upserts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    insert,
    update,
)
from sqlalchemy.sql import Executable


@dataclass(frozen=True, slots=True, eq=False)
class PerDialect:
    """One statement in the two spellings, where Core has no common one; spelt when wanted.

    The dialect that nobody uses is not even imported: that is a tenth of a second of every start.
    """

    spell: Callable[[str], Executable]


Statement = Executable | PerDialect


def _insert_of(dialect: str) -> Any:
    """The INSERT of a dialect, which knows ON CONFLICT."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


def insert_row(table: Table, columns: Iterable[str], returning: str = "") -> Executable:
    """INSERT with one bind a column."""
    statement = insert(table).values({name: bindparam(name) for name in columns})
    return statement.returning(table.c[returning]) if returning else statement


def insert_if_new(table: Table, columns: Iterable[str], returning: str = "") -> PerDialect:
    """INSERT that leaves a row with the same key alone, and then returns nothing."""
    values: dict[str, Any] = {name: bindparam(name) for name in columns}

    def spell(dialect: str) -> Executable:
        statement = _insert_of(dialect)(table).values(values).on_conflict_do_nothing()
        if returning:
            statement = statement.returning(table.c[returning])
        return statement  # type: ignore[no-any-return]  # the two inserts share no type

    return PerDialect(spell)


def upsert(
    table: Table,
    columns: Iterable[str],
    key: Iterable[str],
    *,
    add: Iterable[str] = (),
    rows: Select[Any] | None = None,
    returning: str = "",
) -> PerDialect:
    """INSERT or, where ``key`` exists, overwrite; ``add`` sums up instead.

    ``rows`` inserts what it selects, in its order; otherwise there is one bind a column.
    """
    columns, key, add = list(columns), list(key), set(add)

    def spell(dialect: str) -> Executable:
        statement = _insert_of(dialect)(table)
        if rows is None:
            statement = statement.values({name: bindparam(name) for name in columns})
        else:
            statement = statement.from_select(columns, rows)
        changed = {
            name: table.c[name] + statement.excluded[name]
            if name in add
            else statement.excluded[name]
            for name in columns
            if name not in key
        }
        statement = statement.on_conflict_do_update(index_elements=key, set_=changed)
        if returning:
            statement = statement.returning(table.c[returning])
        return statement  # type: ignore[no-any-return]  # the two inserts share no type

    return PerDialect(spell)


def update_row(table: Table, columns: Iterable[str]) -> Update:
    """UPDATE of these columns by primary key; the key's bind is called ``key_id``."""
    return (
        update(table)
        .where(table.c.id == bindparam("key_id"))
        .values({name: bindparam(name) for name in columns})
    )


ADDRESS = ("channel", "bot", "chat", "thread")


def at_address(table: FromClause, prefix: str = "") -> ColumnElement[bool]:
    """The row of one address; its binds are ``channel``, ``bot``, ``chat`` and ``thread``."""
    return and_(*(table.c[name] == bindparam(prefix + name) for name in ADDRESS))
