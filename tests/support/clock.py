"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday morning, 8:00 in Việt Nam."""


class Clock:
    """Call it for the time; move it by hand, forward only."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> datetime:
        """Let time pass."""
        assert seconds >= 0
        self.now += timedelta(seconds=seconds)
        return self.now
