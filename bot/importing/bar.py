"""Shows how many rows are done, to whoever sits at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Counted = Callable[[int], None]
"""Told now and then how many are done so far."""

Begin = Callable[[str, int | None], Counted]
"""Begins a step, named in words, of so many rows; None where nobody knows yet."""


@contextmanager
def bars() -> Iterator[Begin]:
    """A bar a step, on standard error; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda name, total: unseen
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def begin(name: str, total: int | None) -> Counted:
            task = progress.add_task(name, total=total)
            return lambda done: progress.update(task, completed=done)

        yield begin


def unseen(_done: int) -> None:
    """Nobody watches."""
