"""Runs prebuilt statements straight on the driver's cursor.

SQLAlchemy writes the SQL and converts the types; its own execution is left out: with it the
statements of one answer take 1.5 to 1.8 times as long (SQLite, 32 turns a commit).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler

from storage.statements import PerDialect, Statement

Row = tuple[Any, ...]
Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Prepared:
    """A statement as the driver wants it, with the conversions that its values need."""

    __slots__ = ("constants", "names", "readers", "sql", "statement")

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        self.statement = statement
        """Held on to, because the cache knows it by its id."""
        if isinstance(statement, PerDialect):
            statement = statement.spell(dialect.name)
        if not isinstance(statement, ClauseElement):
            raise TypeError("not a statement")
        compiled = statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("not a statement that takes values")
        self.sql = str(compiled)
        order = compiled.positiontup or []
        self.names = [(name, _binder(compiled, name, dialect)) for name in order]
        self.constants = {
            name: bind.value for name, bind in compiled.binds.items() if not bind.required
        }
        self.readers = _readers(statement, dialect)

    def bind(self, values: Values) -> list[Any]:
        """Put the values into the driver's order and types."""
        if self.constants:
            values = {**self.constants, **values}
        return [
            values[name] if convert is None else convert(values[name])
            for name, convert in self.names
        ]

    def read(self, row: Row) -> Row:
        """Convert what the driver returned."""
        if not self.readers:
            return row
        cells = list(row)
        for index, convert in self.readers:
            cells[index] = convert(cells[index])
        return tuple(cells)


class Cursor:
    """One driver connection, and the statements prepared for its dialect."""

    __slots__ = ("_cache", "_dialect", "connection", "locks_rows")

    def __init__(
        self, connection: Any, dialect: Dialect, cache: dict[int, Prepared], locks_rows: bool
    ) -> None:
        self.connection = connection
        self.locks_rows = locks_rows
        """Whether others write at the same time, so that a turn must lock what it reads."""
        self._dialect = dialect
        self._cache = cache

    def one(self, statement: Statement, values: Values = {}) -> Row | None:  # noqa: B006  read only
        """The first row, or None."""
        prepared = self._prepared(statement)
        cursor = self.connection.execute(prepared.sql, prepared.bind(values))
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else prepared.read(row)

    def all(self, statement: Statement, values: Values = {}) -> list[Row]:  # noqa: B006  read only
        """All rows."""
        prepared = self._prepared(statement)
        rows = self.connection.execute(prepared.sql, prepared.bind(values)).fetchall()
        return [prepared.read(row) for row in rows] if prepared.readers else rows

    def run(self, statement: Statement, values: Values = {}) -> int:  # noqa: B006  read only
        """Do it; how many rows it changed."""
        prepared = self._prepared(statement)
        count: int = self.connection.execute(prepared.sql, prepared.bind(values)).rowcount
        return count

    def many(self, statement: Statement, rows: Iterable[Values]) -> None:
        """Do it for every set of values."""
        prepared = self._prepared(statement)
        bound: Sequence[list[Any]] = [prepared.bind(values) for values in rows]
        if bound:
            self.connection.cursor().executemany(prepared.sql, bound)

    def _prepared(self, statement: Statement) -> Prepared:
        prepared = self._cache.get(id(statement))
        if prepared is None:
            prepared = self._cache[id(statement)] = Prepared(statement, self._dialect)
        return prepared


class Remembering(Cursor):
    """Asks nothing twice: for one transaction that sees one moment and changes nothing."""

    __slots__ = ("_all", "_first")

    def __init__(
        self, connection: Any, dialect: Dialect, cache: dict[int, Prepared], locks_rows: bool
    ) -> None:
        super().__init__(connection, dialect, cache, locks_rows)
        self._first: dict[tuple[Any, ...], Row | None] = {}
        self._all: dict[tuple[Any, ...], list[Row]] = {}

    def one(self, statement: Statement, values: Values = {}) -> Row | None:  # noqa: B006  read only
        """The first row, or None."""
        asked = (id(statement), *values.items())
        if asked not in self._first:
            self._first[asked] = super().one(statement, values)
        return self._first[asked]

    def all(self, statement: Statement, values: Values = {}) -> list[Row]:  # noqa: B006  read only
        """All rows."""
        asked = (id(statement), *values.items())
        if asked not in self._all:
            self._all[asked] = super().all(statement, values)
        return list(self._all[asked])


def _binder(compiled: SQLCompiler, name: str, dialect: Dialect) -> _Convert | None:
    return compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)


def _readers(statement: Executable, dialect: Dialect) -> list[tuple[int, _Convert]]:
    columns = getattr(statement, "exported_columns", ())
    found = [
        (index, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for index, column in enumerate(columns)
    ]
    return [(index, convert) for index, convert in found if convert is not None]
