"""Puts a backup in place of what is there, which is set aside and never destroyed."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.backup.archive import Advance, BadArchive, unpack
from bot.backup.manifest import DATABASE, Manifest
from bot.backup.workplace import workplace
from storage.backup import doubt_pushes, is_sound, look_into
from storage.engine import open_database
from storage.migrate import head, migrate
from storage.store import Store

ROOM = 64 << 20
"""Bytes left free beside what is unpacked: the database grows while it is brought up to date."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an installation keeps its things; ``database`` is None where a server has it."""

    database: Path | None
    files: Path


def fits(manifest: Manifest, place: Place, free: int) -> None:
    """Whether it can be restored here by this program. Raises BadArchive."""
    if manifest.revision is not None and manifest.revision > head():
        raise BadArchive("newer", program=manifest.program)
    if (place.database is None) is not (manifest.database == "postgresql"):
        raise BadArchive("other_database", kind=manifest.database)
    if manifest.size + ROOM > free:
        raise BadArchive("no_room", needed=manifest.size + ROOM, free=free)


def restore(
    archive: Path, manifest: Manifest, place: Place, stamp: str, advance: Advance
) -> list[Path]:
    """Unpack, look it over, bring it up to date, and only then change places.

    ``stamp`` marks what is set aside; gives where that is now. Raises BadArchive, and then
    nothing has changed.
    """
    place.files.parent.mkdir(parents=True, exist_ok=True)
    with workplace(place.files.parent) as folder:
        unpack(archive, manifest, folder, advance)
        if place.database:
            _make_ready(folder / DATABASE, manifest)
        (folder / "files").mkdir(exist_ok=True)
        # One call for a hundred thousand files, where one a file would take minutes.
        os.sync()
        aside = _swap(place, folder, stamp)
        os.sync()
    return aside


def drift(url: str) -> int:
    """How many kept counts differ from the entries."""
    database = open_database(url)
    try:
        with database.reader() as session:
            session.begin()
            found = _drift(session.store)
            session.rollback()
            return found
    finally:
        database.close()


def _drift(store: Store) -> int:
    return sum(
        store.tallies.drift(each.id, each.needs_recognition) for each in store.programmes.all()
    )


def _make_ready(file: Path, manifest: Manifest) -> None:
    """The copy as this program needs it. Raises BadArchive."""
    url = f"sqlite:///{file}"
    if not is_sound(file):
        raise BadArchive("damaged")
    facts = look_into(url)
    if (facts.revision, facts.counts) != (manifest.revision, manifest.counts):
        raise BadArchive("damaged")
    migrate(url)
    doubt_pushes(url)


def _swap(place: Place, folder: Path, stamp: str) -> list[Path]:
    """Set aside what is there, and put the new things in its place."""
    pairs = [(folder / "files", place.files)]
    if place.database:
        # The database may stand on another disk, where a rename cannot reach it.
        near = place.database.with_name(f".{place.database.name}-{stamp}")
        shutil.move(folder / DATABASE, near)
        # First: an older database misses nothing among newer files, but not the other way round.
        pairs.insert(0, (near, place.database))
    aside = []
    for new, there in pairs:
        away = there.with_name(f"{there.name}-before-restore-{stamp}")
        for ending in ("", "-wal", "-shm"):
            # What SQLite has not yet written into its file goes along under a name that fits.
            part = there.with_name(there.name + ending)
            if part.exists():
                part.rename(away.with_name(away.name + ending))
        if away.exists():
            aside.append(away)
        new.rename(there)
    return aside
