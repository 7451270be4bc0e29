"""Opens the database and hands out sessions: one connection each, one thread each.

The drivers run in autocommit and we say BEGIN ourselves, so that no transaction starts or ends
behind our back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from storage.cursor import Cursor, Prepared, Remembering
from storage.faults import is_database_error, is_outage, is_retryable
from storage.store import Store

__all__ = [
    "Database",
    "Session",
    "is_database_error",
    "is_outage",
    "is_retryable",
    "open_database",
]

BUSY_MS = 10_000
"""How long SQLite waits for another process's write: longer than any turn of ours takes."""

LOCK_MS = 10_000
"""How long PostgreSQL waits for a row before the turn is run again."""

SCHEMA_LOCK = 5_381_642
"""Any number that no other program takes as its advisory lock."""

_BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}
_BEGIN_READING = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


class Session:
    """One connection: its transaction, and the store inside. Belongs to one thread."""

    def __init__(
        self, database: "Database", begin: str, *, reading: bool, remembers: bool = False
    ) -> None:
        self._database = database
        self._begin = begin
        self._reading = reading
        self._connection = database.connect(reading=reading)
        self._cursor = (Remembering if remembers else Cursor)(
            self._connection.driver_connection,
            database.engine.dialect,
            database.prepared,
            locks_rows=not database.shares_commits and not reading,
        )
        self.store = Store(self._cursor)

    @property
    def in_transaction(self) -> bool:
        """What the driver says: a full disk may have rolled everything back already."""
        driver = self._cursor.connection
        if not self._connection.is_valid:
            return False
        if self._database.shares_commits:
            return bool(driver.in_transaction)
        return driver.info.transaction_status.name in ("INTRANS", "INERROR", "ACTIVE")

    def begin(self) -> None:
        """Start the transaction; on SQLite it takes the write lock at once."""
        self._say(self._begin)

    def commit(self) -> None:
        """Make it durable."""
        self._say("COMMIT")

    def rollback(self) -> None:
        """Undo everything; nothing to do when the transaction is lost already."""
        if self.in_transaction:
            self._say("ROLLBACK")

    def savepoint(self) -> None:
        """Remember this place: what follows can be undone alone."""
        self._say("SAVEPOINT turn")

    def release(self) -> None:
        """Keep what was done since the savepoint."""
        self._say("RELEASE SAVEPOINT turn")

    def rollback_to(self) -> None:
        """Undo what was done since the savepoint, and forget the savepoint."""
        self._say("ROLLBACK TO SAVEPOINT turn")
        self._say("RELEASE SAVEPOINT turn")

    def reopen(self) -> None:
        """Replace a broken connection; the store stays the same object."""
        if self._connection.is_valid:
            self._connection.invalidate()
        self._connection = self._database.connect(reading=self._reading)
        self._cursor.connection = self._connection.driver_connection

    def close(self) -> None:
        """Give the connection back; an open transaction is undone."""
        self._connection.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _say(self, sql: str) -> None:
        self._cursor.connection.execute(sql)


class Database:
    """Where everything is kept: a SQLite file, or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.prepared: dict[int, Prepared] = {}
        self.shares_commits = engine.dialect.name == "sqlite"
        """One writer, whose waiting turns share a commit; otherwise many, who lock rows."""

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        database = self.engine.url.database
        return Path(database) if self.shares_commits and database else None

    def session(self) -> Session:
        """A connection that writes."""
        return Session(self, _BEGIN[self.engine.dialect.name], reading=False)

    def reader(self) -> Session:
        """A connection that can only read, and within a transaction sees one moment."""
        return Session(self, _BEGIN_READING[self.engine.dialect.name], reading=True)

    @contextmanager
    def snapshot(self) -> Iterator[Store]:
        """One moment of it, only to be read; what was asked once is remembered."""
        begin = _BEGIN_READING[self.engine.dialect.name]
        with Session(self, begin, reading=True, remembers=True) as session:
            session.begin()
            yield session.store
            session.rollback()

    def connect(self, *, reading: bool) -> Any:
        """A connection of the pool, with what its driver calls a connection inside."""
        connection = self.engine.raw_connection()
        if reading:
            driver: Any = connection.driver_connection
            if self.shares_commits:
                driver.execute("PRAGMA query_only=ON")
            else:
                driver.execute("SET default_transaction_read_only = on")
        return connection

    def close(self) -> None:
        """Close what the engine still holds."""
        self.engine.dispose()


@contextmanager
def change_schema(engine: Engine) -> Iterator[Connection]:
    """One transaction for a change of tables; two processes never change them at once."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            # A table that is rebuilt would otherwise take its referring rows along.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(_BEGIN[engine.dialect.name])
        if not sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
        yield connection
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")
        connection.exec_driver_sql("COMMIT")


def open_database(url: str) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://...``; connects when the first session does."""
    return Database(open_engine(url))


def open_engine(url: str) -> Engine:
    """An engine whose connections are set up our way and closed when given back."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return _postgres(parsed.set(drivername="postgresql+psycopg"))


def _sqlite(url: URL) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": BUSY_MS / 1000,
            "cached_statements": 256,
            "check_same_thread": False,
        },
    )
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _postgres(url: URL) -> Engine:
    return create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        paramstyle="format",
        connect_args={"options": f"-c timezone=UTC -c lock_timeout={LOCK_MS}"},
    )


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()
    # A receipt is a promise: a commit must outlive a power cut (2 is FULL).
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if synchronous != 2:
        raise RuntimeError(f"SQLite would not promise durable commits: synchronous={synchronous}")
