"""A folder in which something is made before it takes its place: what a crash leaves is cleared."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".sangkien-"


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder of our own on the same disk, so that renaming does; gone afterwards."""
    _clear_left_over(beside)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    held = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(held)


def force(directory: Path) -> None:
    """Make a rename durable."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_left_over(folder: Path) -> None:
    """Remove what nobody holds any more: the system lets go when a process ends."""
    for left in folder.glob(f"{PREFIX}*"):
        try:
            held = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        except (FileNotFoundError, NotADirectoryError):
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(held)
