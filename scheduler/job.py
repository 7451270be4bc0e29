"""A job: what the bot does unasked, how often, and how it is cut into turns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduler.context import Context

PAGE = 200
"""Rows that one turn of a job goes through: people's turns wait meanwhile."""

Run = Callable[[Context, datetime, int], int | None]
"""Does what is due at a time. ``after`` is 0, or what the turn before returned to go on from."""


@dataclass(frozen=True, slots=True)
class Job:
    """Running it twice does nothing more than running it once."""

    name: str
    run: Run
    every: timedelta
    shift: timedelta = timedelta(0)
    """Periods are counted from midnight UTC plus this."""
    look: Callable[[Context, datetime], bool] | None = None
    """Asked first, on a connection that only reads: whether there is anything to do."""

    def due(self, last: datetime | None, at: datetime) -> bool:
        """Whether a period has begun since it was looked at last; at the start it always has."""
        return last is None or self._period(last) < self._period(at)

    def next_due(self, after: datetime) -> datetime:
        """When its next period begins, UTC."""
        begins = (self._period(after) + 1) * self.every.total_seconds()
        return datetime.fromtimestamp(begins + self.shift.total_seconds(), UTC)

    def _period(self, moment: datetime) -> int:
        return int((moment.timestamp() - self.shift.total_seconds()) // self.every.total_seconds())
