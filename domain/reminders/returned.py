"""When an author is reminded of an entry that was returned to them (yêu cầu bổ sung)."""

from collections.abc import Sequence
from datetime import datetime

from domain.initiative import Initiative, Move, Status
from domain.reminders.steps import step_due

RETURNED_KEYS = "returned:"
"""Begins the key of every such reminder."""

RETURNED_DAYS = (2, 5, 10)
"""Days after the one on which it was returned."""


def returned_key(move: int, days: int) -> str:
    """The key of one step; an entry that is returned a second time has another move.

    >>> returned_key(31, 5)
    'returned:31:5'
    """
    return f"{RETURNED_KEYS}{move}:{days}"


def waits_at(
    entry: Initiative, moves: Sequence[Move], days: int, end_of_day: datetime
) -> Move | None:
    """The return that the entry still waits on, while this step is the last that has come.

    ``end_of_day`` is the end of the local day: days count, not hours. None once it was handed in
    again, withdrawn or turned down.
    """
    if entry.status is not Status.RETURNED or not moves:
        return None
    step = step_due(moves[-1].at, end_of_day, RETURNED_DAYS)
    return moves[-1] if step is not None and step.days == days else None
