"""A real database on disk for the machinery."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Database, open_database
from storage.tables import metadata


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """A new SQLite file with all tables."""
    database = open_database(f"sqlite:///{tmp_path}/bot.db")
    metadata.create_all(database.engine)
    yield database
    database.close()
