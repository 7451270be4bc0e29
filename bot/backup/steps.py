"""Shows how far long work on files has come, to whoever sits at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.backup.archive import Advance

Beginning = Callable[[str, int], Advance]
"""Begins a step of so many bytes, named in words; gives who is told of each piece done."""


@contextmanager
def steps() -> Iterator[Beginning]:
    """A bar a step, on standard error; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _name, _size: _unseen
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:

        def begin(name: str, size: int) -> Advance:
            task = progress.add_task(name, total=size)
            return lambda done: progress.advance(task, done)

        yield begin


def _unseen(_done: int) -> None:
    """Nobody watches."""
