"""A process of its own that keeps writing, and one that is killed in the middle of a backup."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot import shelf
from bot.backup.taking import take
from domain.initiative import tally
from domain.message import FileRef
from storage.engine import open_database
from storage.store import Store
from storage.tallies import utc_day
from tests.support.union import NOW, Union, an_entry, found_union

PATIENCE = 60.0


def found(url: str) -> Union:
    """A union to write entries for."""
    database = open_database(url)
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        session.commit()
    database.close()
    return union


def write_entry(store: Store, union: Union, root: Path, number: int) -> None:
    """An entry with its counts and its photo, as one turn keeps them."""
    units = (union.root.id, union.unit.id, union.other.id)
    entry = replace(an_entry(union), unit=units[number % 3], submitted_at=NOW + number * SECOND)
    kept = store.initiatives.add(entry)
    content = os.urandom(50_000) + number.to_bytes(8, "big")
    photo = store.files.expect(
        FileRef(f"ref{number}", "photo"), "telegram", "bot", None, kept.author, NOW, kept.id
    )
    store.files.stored(photo, shelf.put(root, content), len(content), NOW)
    day = utc_day(kept.submitted_at)
    store.tallies.add(kept.programme, kept.phase, kept.unit, day, tally(kept, True))


SECOND = timedelta(seconds=1)


def _keep_writing(url: str, union: Union, root: Path, line: Connection) -> None:
    database = open_database(url)
    number = 0
    with database.session() as session:
        while not line.poll():
            session.begin()
            write_entry(session.store, union, root, number)
            session.commit()
            number += 1
            line.send(number)


@contextlib.contextmanager
def writing(url: str, union: Union, root: Path) -> Iterator[Callable[[int], None]]:
    """Somebody writes meanwhile; gives what waits until so many more entries are there."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_keep_writing, args=(url, union, root, theirs))
    process.start()
    theirs.close()

    def more(count: int) -> None:
        while ours.poll():
            ours.recv()
        for _ in range(count):
            assert ours.poll(PATIENCE)
            ours.recv()

    try:
        yield more
    finally:
        ours.send("stop")
        with contextlib.suppress(EOFError, ConnectionResetError):
            while ours.poll(PATIENCE):
                ours.recv()
        process.join(PATIENCE)
        assert process.exitcode == 0


def _stop_half_way(url: str, root: Path, to: Path, line: Connection) -> None:
    database = open_database(url).file

    def begin(_size: int) -> Callable[[int], None]:
        return advance

    def advance(_done: int) -> None:
        line.send("half way")
        threading.Event().wait()

    take(url, database, root, to, NOW, begin)


def kill_half_way(url: str, root: Path, to: Path) -> None:
    """Begin a backup, and kill it once it has written something."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_stop_half_way, args=(url, root, to, theirs))
    process.start()
    assert ours.poll(PATIENCE)
    process.kill()
    process.join(PATIENCE)
