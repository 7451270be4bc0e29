"""Fixtures for all tests: real databases, fresh for every test."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from storage.engine import Database, Session, open_database
from tests.support.databases import PostgresServer, SqliteFiles, start_postgres

settings.register_profile("ours", deadline=None)
# A slow machine is no fault of ours.
settings.load_profile("ours")


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Where fresh SQLite files come from."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a test process."""
    yield from start_postgres()


@pytest.fixture
def sqlite_url(sqlite_files: SqliteFiles) -> str:
    """A fresh SQLite file with all tables."""
    return sqlite_files.new_url()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database with all tables."""
    url = postgres_server.new_url()
    yield url
    postgres_server.give_back(url)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """A fresh SQLite database."""
    database = open_database(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """A fresh PostgreSQL database."""
    database = open_database(postgres_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Any:
    """Every test that asks for it runs on both databases."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(kind)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, once SQLite and once PostgreSQL."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session inside a transaction, on both databases."""
    with database.session() as session:
        session.begin()
        yield session
        session.rollback()
