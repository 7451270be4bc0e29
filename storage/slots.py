"""Scheduled slots that were skipped because it was too late: shown to the officer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.cursor import Cursor
from storage.statements import insert_if_new
from storage.tables import skipped_slot

_COLUMNS = ("job", "slot", "reason", "at")
_NOTE = insert_if_new(skipped_slot, _COLUMNS)
_SKIPPED = (
    select(*(skipped_slot.c[name] for name in _COLUMNS))
    .where(skipped_slot.c.at >= bindparam("since"))
    .order_by(skipped_slot.c.at, skipped_slot.c.job, skipped_slot.c.slot)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A slot in which a job did nothing, and why."""

    job: str
    slot: str
    reason: str
    at: datetime


class Slots:
    """What the scheduler left out."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def note_skipped(self, job: str, slot: str, reason: str, at: datetime) -> bool:
        """Keep that a slot was skipped; False when that is known already."""
        values = {"job": job, "slot": slot, "reason": reason, "at": at}
        return self._cursor.run(_NOTE, values) == 1

    def skipped(self, since: datetime, limit: int = 50) -> list[Skipped]:
        """What was skipped since then, oldest first."""
        rows = self._cursor.all(_SKIPPED, {"since": since, "most": limit})
        return [Skipped(*row) for row in rows]
