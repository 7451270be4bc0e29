"""Brings the tables of a database to the shape that this version needs, and back."""

from importlib import resources

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import change_schema, open_engine
from storage.faults import NewerDatabase

BASE = "base"
"""Before the first migration."""


def migrate(url: str) -> bool:
    """Bring the tables up to date; False when they were. Others wait, and find it done.

    Raises NewerDatabase.
    """
    engine = open_engine(url)
    # Asked without the migration library, which takes longer to load than to ask.
    if _at_head(engine):
        return False
    _move(engine, head())
    return True


def downgrade(url: str, to: str = BASE) -> None:
    """Take migrations back, down to ``to``."""
    _move(open_engine(url), to)


def at_head(url: str) -> bool:
    """Whether the tables are what this version needs. Raises NewerDatabase."""
    return _at_head(open_engine(url))


def head() -> str:
    """The newest migration: the number its file begins with."""
    versions = resources.files("storage.migrations.versions").iterdir()
    return max(file.name.partition("_")[0] for file in versions if file.name[:1].isdigit())


def _at_head(engine: Engine) -> bool:
    version = _version(engine)
    # Migrations are numbered in order, so one beyond ours is a later program's.
    if version is not None and version > head():
        raise NewerDatabase(version)
    return version == head()


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _done(connection)


def _done(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _move(engine: Engine, to: str) -> None:
    with change_schema(engine) as connection:
        _run(connection, to)


def _run(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    place = str(resources.files("storage.migrations"))
    # The option is read by configparser, to which a percent sign means something.
    config.set_main_option("script_location", place.replace("%", "%%"))
    config.attributes["connection"] = connection
    # Migrations are numbered in order, so their numbers tell which way to go.
    if to == BASE or to < (_done(connection) or ""):
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)
