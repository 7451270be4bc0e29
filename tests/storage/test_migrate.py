"""Migrations: up, down and up again, and the tables that they leave are those we describe."""

import os
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from storage.engine import is_database_error, open_engine
from storage.faults import NewerDatabase, fault_code
from storage.migrate import at_head, downgrade, head, migrate
from storage.tables import metadata


def test_goes_up_and_down_and_up(database_url: str) -> None:
    assert at_head(database_url)
    assert not migrate(database_url)
    downgrade(database_url)
    assert not at_head(database_url)
    with open_engine(database_url).connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert migrate(database_url)
    assert at_head(database_url)
    downgrade(database_url, "0001")
    assert not at_head(database_url)
    assert migrate(database_url)


def test_leaves_the_tables_that_we_describe(database_url: str) -> None:
    with open_engine(database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_leaves_the_same_tables_as_the_description(sqlite_url: str, tmp_path: Path) -> None:
    described = open_engine(f"sqlite:///{tmp_path}/described.db")
    metadata.create_all(described)
    assert _shape(open_engine(sqlite_url)) == _shape(described)


def test_works_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a %(b)s dir"
    place.mkdir()
    monkeypatch.chdir(place)
    assert migrate("sqlite:///new/here.db")
    assert at_head("sqlite:///new/here.db")
    assert os.path.exists(place / "new" / "here.db")


def test_leaves_nothing_behind_when_a_migration_fails(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/half.db"
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE draft (id INTEGER)")
    with pytest.raises(Exception, match="already exists"):
        migrate(url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["draft"]


def test_names_the_newest_migration() -> None:
    assert head() >= "0003"


def _shape(engine: Engine) -> dict[str, Any]:
    """All that can be told of the tables; a column added later stands last in its table's text."""
    found = inspect(engine)
    return {
        name: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], c["default"])
                for c in found.get_columns(name)
            ),
            "key": found.get_pk_constraint(name),
            "references": sorted(map(str, found.get_foreign_keys(name))),
            "indexes": sorted(
                (str(index["name"]), index["column_names"], index["unique"], _condition(index))
                for index in found.get_indexes(name)
            ),
            "unique": sorted(map(str, found.get_unique_constraints(name))),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def _condition(index: Any) -> str:
    return str(index.get("dialect_options", {}).get("sqlite_where", ""))


def test_leaves_what_a_newer_program_wrote_alone(sqlite_url: str) -> None:
    migrate(sqlite_url)
    with open_engine(sqlite_url).connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for ask in (migrate, at_head):
        with pytest.raises(NewerDatabase) as caught:
            ask(sqlite_url)
        assert is_database_error(caught.value)
        assert fault_code(caught.value) == "newer"
