"""Makes a backup while the bot works on; nothing stands under its name before it is whole."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.backup.archive import Advance, Writer, content_name
from bot.backup.manifest import DATABASE, FORMAT, Manifest, Part, program
from bot.backup.workplace import force, workplace
from bot.shelf import place
from storage.backup import Facts, copy_database, look_into


def take(
    url: str,
    database: Path | None,
    shelf: Path,
    to: Path,
    now: datetime,
    begin: Callable[[int], Advance],
) -> Manifest:
    """Back up a database and the contents under ``shelf`` that it refers to, into a new file.

    ``database`` is the SQLite file; None for a server, of which only the contents are kept.
    ``begin`` is told how many bytes there are, and gives who is told of each that is done.
    """
    with workplace(to.parent) as folder:
        copy = folder / DATABASE
        facts = copy_database(database, copy) if database else look_into(url)
        contents = [place(shelf, digest) for digest in facts.digests]
        advance = begin(sum(map(_size, contents)) + (_size(copy) if database else 0))
        made = folder / "archive"
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as raw:
            writer = Writer(raw, advance)
            if database:
                writer.add(DATABASE, copy)
            manifest = _add_contents(writer, facts, shelf, database is not None, now)
            writer.finish(manifest)
            raw.flush()
            os.fsync(raw.fileno())
        os.rename(made, to)
        force(to.parent)
    return manifest


def _add_contents(
    writer: Writer, facts: Facts, shelf: Path, with_database: bool, now: datetime
) -> Manifest:
    missing, damaged = [], []
    for digest in facts.digests:
        try:
            part: Part = writer.add(content_name(digest), place(shelf, digest))
        except FileNotFoundError:
            missing.append(digest)
            continue
        if part.sha256 != digest:
            damaged.append(digest)
    return Manifest(
        format=FORMAT,
        program=program(),
        made_at=now,
        database="sqlite" if with_database else "postgresql",
        revision=facts.revision,
        counts=facts.counts,
        parts=writer.parts,
        missing=missing,
        damaged=damaged,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
