"""Copies a database while others go on writing to it, and looks a copy over.

A copy is one moment of the database: whoever writes meanwhile neither waits nor is half in it.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, func, inspect, select, table, text, update

from domain.evidence import EvidenceState
from domain.parcel import ParcelState, Resend
from storage.engine import BUSY_MS, open_engine
from storage.tables import UNSENT, evidence, parcel

_DIGESTS = (
    select(evidence.c.digest)
    .where(evidence.c.state == EvidenceState.STORED.value, evidence.c.digest.is_not(None))
    .distinct()
    .order_by(evidence.c.digest)
)
_DOUBT = (
    update(parcel)
    .where(UNSENT, parcel.c.resend == Resend.NEVER.value)
    .values(state=ParcelState.UNSURE.value, fault=bindparam("why"))
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds at one moment; ``revision`` is None where there are no tables."""

    revision: str | None
    counts: dict[str, int]
    """Rows of each table."""
    digests: tuple[str, ...]
    """Contents that it refers to."""


def copy_database(file: Path, to: Path) -> Facts:
    """Copy a SQLite file that is in use to a file that stands alone; what the copy holds."""
    with closing(_open(file)) as source, closing(sqlite3.connect(to)) as target:
        # All in one step: in several it would begin anew whenever another process writes.
        source.backup(target, pages=-1)
    facts = look_into(f"sqlite:///{to}")
    with closing(sqlite3.connect(to)) as target:
        # Everything in the one file: no companion beside it has to be carried along.
        target.execute("PRAGMA journal_mode=DELETE").close()
    return facts


def look_into(url: str) -> Facts:
    """What a database holds."""
    engine = open_engine(url)
    with engine.connect() as connection:
        postgres = engine.dialect.name == "postgresql"
        reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN"
        connection.exec_driver_sql(reading)
        there = set(inspect(connection).get_table_names())
        if "alembic_version" not in there:
            return Facts(None, {}, ())
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        # As the database names its tables, not as this version does: a copy may be older.
        counts = {
            name: int(connection.scalar(select(func.count()).select_from(table(name))) or 0)
            for name in sorted(there - {"alembic_version"})
        }
        digests = tuple(connection.scalars(_DIGESTS)) if "evidence" in there else ()
        connection.exec_driver_sql("ROLLBACK")
    return Facts(revision, counts, digests)


def is_sound(file: Path) -> bool:
    """Whether SQLite finds a file whole, and every row what it refers to."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(said == "ok" and astray is None)


def doubt_pushes(url: str) -> None:
    """Send no push that the past had not sent yet: it may have gone out since."""
    with open_engine(url).connect() as connection:
        connection.execute(_DOUBT, {"why": "restored"})


def _open(file: Path) -> sqlite3.Connection:
    """Open a file that must be there already."""
    where = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(where, uri=True, timeout=BUSY_MS / 1000)
