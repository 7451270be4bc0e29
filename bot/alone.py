"""One bot a SQLite file: a second one would send the first one's replies again."""

import fcntl
from pathlib import Path
from typing import IO

from bot.config import Misconfig


def hold(database: Path, fault: str) -> IO[str]:
    """Hold the file that says somebody serves this database; Misconfig(fault) when one does.

    The system lets go of it when the process ends, however it ends.
    """
    held = database.with_name(f"{database.name}.lock").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        held.close()
        raise Misconfig((fault,)) from busy
    return held
