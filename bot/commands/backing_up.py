"""``backup`` and ``restore``: a copy of all that is kept, and the way back from it."""

import shutil
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.alone import hold
from bot.backup.archive import BadArchive, inspect
from bot.backup.keeping import name_for, superseded
from bot.backup.manifest import DATABASE, Manifest
from bot.backup.restoring import Place, drift, fits, restore
from bot.backup.steps import Beginning, steps
from bot.backup.taking import take
from bot.installation import Installation
from bot.telling import Refused, complain, say
from domain.texts import Texts
from domain.vietnamese import format_decimal, format_moment
from storage.engine import is_database_error, open_database

SUBJECT = "backup"
"""What it is under in the audit log."""

SHOWN = 5
"""Contents that are named one by one; of more, the number says enough."""


def backup(installation: Installation, target: Path, keep: int | None, now: datetime) -> None:
    """Back up to a file, or into a folder under a name of its time. Raises Refused.

    ``keep`` is for how many days the folder keeps backups.
    """
    words, url = installation.words, installation.database_url
    at = _local(installation, now)
    file = _target(target, keep, at, words)
    database = open_database(url).file
    if database and not database.is_file():
        raise Refused(words("backup.no_database", path=database))
    shelf = installation.data / "files"
    try:
        with steps() as begin:
            named = words("backup.copying")
            made = take(url, database, shelf, file, now, lambda size: begin(named, size))
    except BaseException as error:
        _note_failure(url, error, now)
        raise
    size = file.stat().st_size
    _note(url, "backup", now, bytes=size, files=made.files, missing=len(made.missing))
    say(words("backup.made", path=file, size=_megabytes(size), files=made.files))
    if not database:
        say(words("backup.no_server_data"))
    _tell_of(made.missing, "backup.missing", words)
    _tell_of(made.damaged, "backup.files_damaged", words)
    if keep is not None:
        for old in superseded((path.name for path in file.parent.iterdir()), keep):
            (file.parent / old).unlink(missing_ok=True)
            say(words("backup.removed", name=old))


def restore_from(
    installation: Installation, archive: Path, to: Path | None, now: datetime, *, look: bool
) -> None:
    """Restore what an archive holds; ``look`` only says whether it could be. Raises Refused."""
    words = installation.words
    place = _place(installation, to)
    held = None
    if place.database and place.database.parent.is_dir() and not look:
        held = hold(place.database, words("said.already_runs"))
    try:
        with steps() as begin:
            manifest = _looked_at(archive, place, begin, words)
            at = format_moment(_local(installation, manifest.made_at))
            entries = manifest.counts.get("initiative", 0)
            people = manifest.counts.get("person", 0)
            say(words("backup.sound", at=at, entries=entries, people=people, files=manifest.files))
            if look:
                return
            if place.database and held is None:
                place.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                held = hold(place.database, words("said.already_runs"))
            stamp = f"{_local(installation, now):%Y%m%d-%H%M%S}"
            advance = begin(words("backup.unpacking"), archive.stat().st_size)
            aside = restore(archive, manifest, place, stamp, advance)
    except BadArchive as error:
        raise Refused(_why(error, archive, words)) from error
    finally:
        if held:
            held.close()
    for path in aside:
        say(words("backup.set_aside", path=path))
    say(words("backup.restored", path=place.database or place.files))
    if not place.database:
        say(words("backup.no_server_restored"))
        return
    url = f"sqlite:///{place.database}"
    _note(url, "restore", now, made_at=manifest.made_at.isoformat())
    rows = drift(url)
    say(words("backup.counts_agree") if not rows else words("backup.counts_differ", rows=rows))


def _target(target: Path, keep: int | None, at: datetime, words: Texts) -> Path:
    """The file to be written. Raises Refused."""
    if keep is not None and not target.exists():
        target.mkdir(mode=0o700, parents=True)
    if target.is_dir():
        target = target / name_for(at)
    elif keep is not None:
        raise Refused(words("backup.keep_needs_folder", path=target))
    if not target.parent.is_dir():
        raise Refused(words("backup.no_folder", path=target.parent))
    if target.exists():
        raise Refused(words("backup.exists", path=target))
    return target


def _place(installation: Installation, to: Path | None) -> Place:
    if to is not None:
        return Place(to / DATABASE, to / "files")
    return Place(open_database(installation.database_url).file, installation.data / "files")


def _looked_at(archive: Path, place: Place, begin: Beginning, words: Texts) -> Manifest:
    if not archive.is_file():
        raise Refused(words("backup.no_archive", path=archive))
    manifest = inspect(archive, begin(words("backup.checking"), archive.stat().st_size))
    near = place.files.absolute()
    while not near.exists():
        near = near.parent
    fits(manifest, place, shutil.disk_usage(near).free)
    return manifest


def _why(error: BadArchive, archive: Path, words: Texts) -> str:
    """Why it cannot be restored, and what to do."""
    values = dict(error.values)
    for name in ("needed", "free"):
        if name in values:
            values[name] = _megabytes(values[name])
    if error.code == "other_database":
        return words(f"backup.refused.{values['kind']}")
    return words(f"backup.refused.{error.code}", path=archive, **values)


def _note(url: str, deed: str, now: datetime, **detail: object) -> None:
    """Write it down where the bot looks for it: one that is too old, or failed, is told of."""
    database = open_database(url)
    try:
        with database.session() as session:
            session.begin()
            session.store.audit.note(None, deed, SUBJECT, now, detail)
            session.commit()
    finally:
        database.close()


def _note_failure(url: str, error: BaseException, now: datetime) -> None:
    """Write down that it failed, if the database still takes anything."""
    if not (isinstance(error, OSError) or is_database_error(error)):
        return
    try:
        _note(url, "backup_failed", now, fault=type(error).__name__)
    except BaseException as another:
        if is_database_error(another):
            return
        raise


def _tell_of(digests: list[str], key: str, words: Texts) -> None:
    if digests:
        more = ", …" if len(digests) > SHOWN else ""
        shown = ", ".join(digest[:12] for digest in digests[:SHOWN]) + more
        complain([words(key, count=len(digests), digests=shown)])


def _local(installation: Installation, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(installation.config.union.timezone))


def _megabytes(size: int) -> str:
    return format_decimal(max(Fraction(size, 1_000_000), Fraction(1, 10)))
