"""A union as large as a province's or a country's, with entries by the million."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.installation import Installation
from domain.address import Account, Address
from domain.person import Consent, Role
from domain.programme import Phase, Programme, Quota, QuotaKind
from domain.units import Unit
from storage.engine import Database, open_database
from storage.migrate import migrate
from storage.store import Store
from tests.bench.world import CONFIG, installation

BEGAN = date(2024, 1, 1)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

CHANNEL, BOT = "telegram", "1001"

# One entry in nineteen columns; numbers scatter them over units and days the same way each time.
_ENTRIES = """
INSERT INTO initiative (id, code, programme, phase, unit, author, enterer, form, form_version,
    title, answers, benefit, recognised, status, submitted_at, version, desk, desk_since)
WITH RECURSIVE numbers (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last),
    placed (n, day, state) AS (SELECT n, n * 7907 % 690, n * 31 % 20 FROM numbers)
SELECT n, 'LD-' || n, 1, CASE WHEN day < 365 THEN 1 ELSE 2 END,
    (SELECT unit FROM bench_leaf WHERE number = n * 7919 % :leaves), 1, 1, 'khac', 1, 'Bench',
    '{}', n % 50 * 1000000, state < 12, CASE WHEN state < 14 THEN 'valid' WHEN state < 16
    THEN 'submitted' WHEN state < 18 THEN 'confirmed' ELSE 'invalid' END,
    datetime('2025-01-01', day || ' days') || '.000000+00:00', 1, '', NULL
FROM placed
"""
_MOVES = """
INSERT INTO initiative_move (initiative, status, by, at, reason)
SELECT id, 'submitted', 1, submitted_at, '' FROM initiative WHERE id BETWEEN :first AND :last
UNION ALL
SELECT id, status, 1, datetime(substr(submitted_at, 1, 19), (id % 9) || ' days') || '.000000+00:00',
    '' FROM initiative WHERE id BETWEEN :first AND :last AND status <> 'submitted'
"""
_WRITTEN = ("initiative", "initiative_move")


@dataclass(frozen=True, slots=True)
class BigUnion:
    """An installation, and one unit of each level, from the root to a leaf."""

    folder: Path
    installation: Installation
    database: Database
    programme: Programme
    levels: tuple[Unit, ...]
    units: int


def found(folder: Path, widths: Sequence[int]) -> BigUnion:
    """Units in levels, each with so many below it; every one has a quota."""
    folder.mkdir(parents=True)
    (folder / CONFIG).write_text("")
    ours = installation(folder)
    migrate(ours.database_url)
    database = open_database(ours.database_url)
    with database.session() as session:
        session.begin()
        store = session.store
        added = store.units.add_many([*_units(widths)])
        programme = store.programmes.add(_programme())
        for unit in added:
            assigned = QuotaKind.ASSIGNED
            store.quotas.set(Quota(programme.id, None, unit.id, assigned, 9 + unit.id % 90, BEGAN))
        first = {unit.kind: unit for unit in reversed(added)}
        levels = tuple(first[f"{level}"] for level in range(len(widths) + 1))
        for unit in levels:
            _person(store, unit)
        session.commit()
    return BigUnion(folder, ours, database, programme, levels, len(added))


def person_of(unit: Unit) -> Account:
    """Who asks how far this unit is."""
    return Account(CHANNEL, BOT, f"{unit.id}")


def submit(union: BigUnion, first: int, last: int) -> None:
    """Entries of these numbers, with their moves, written past the store: nothing is counted."""
    file = union.database.file
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("CREATE TEMP TABLE bench_leaf (number INTEGER PRIMARY KEY, unit INTEGER)")
        deepest = f"{len(union.levels) - 1}"
        leaves = raw.execute("SELECT id FROM unit WHERE kind = ? ORDER BY id", (deepest,))
        rows = list(enumerate(row[0] for row in leaves))
        raw.executemany("INSERT INTO bench_leaf VALUES (?, ?)", rows)
        indexes = [*_indexes(raw)]
        # A million rows are indexed faster afterwards than one by one.
        for name, _ in indexes:
            raw.execute(f"DROP INDEX {name}")
        values = {"first": first, "last": last}
        raw.execute(_ENTRIES, values | {"leaves": len(rows)})
        raw.execute(_MOVES, values)
        for _, sql in indexes:
            raw.execute(sql)
        raw.execute("COMMIT")


def _indexes(raw: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for table in _WRITTEN:
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql"
        yield from raw.execute(f"{found} IS NOT NULL", (table,)).fetchall()


def _units(widths: Sequence[int]) -> Iterator[Unit]:
    """Negative ids, by which those below name their parents; the kind is the level."""
    above, number = [-1], 1
    yield Unit(-1, "LD", "LĐLĐ", "0", None, BEGAN)
    for level, width in enumerate(widths, start=1):
        parents, above = above, []
        for parent in parents:
            for _ in range(width):
                number += 1
                above.append(-number)
                name = f"CĐCS Công ty {number} (dữ liệu mô phỏng)"
                yield Unit(-number, f"D{number}", name, f"{level}", parent, BEGAN)


def _programme() -> Programme:
    opens, closes = date(2025, 1, 1), date(2026, 12, 31)
    halves = (
        Phase(0, "Giai đoạn 1", opens, date(2025, 12, 31)),
        Phase(0, "Giai đoạn 2", date(2026, 1, 1), closes),
    )
    return Programme(0, "bench", "Bench", "LD", opens, closes, BEGAN, closes, halves)


def _person(store: Store, unit: Unit) -> None:
    account = person_of(unit)
    to = Address(CHANNEL, BOT, account.user)
    someone = store.people.add("Lan", unit.id, Consent("1", NOW), to, NOW)
    store.people.link(account, someone.id, NOW)
    store.people.grant(someone.id, Role.OFFICER, unit.id, None, NOW)
