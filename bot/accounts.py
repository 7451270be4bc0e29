"""One bot account as delivery sees it: its pace, its trouble, and the chats whose turn it is."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import Channel
from bot.lines import Line
from bot.pacing import Pacing

CHATS_IN_TROUBLE = 3
"""So many chats failing with no success between them: it is the network, not the chats."""

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=30)
"""How long an account in trouble is left alone before one parcel tries it: doubled each time."""

MISCONFIGURED_PAUSE = timedelta(minutes=1)
"""A wrong token does not heal quickly, and asking often gets a bot banned."""


@dataclass(slots=True, eq=False)
class Account:
    """A channel, and when it may be used."""

    channel: Channel
    pacing: Pacing
    replies: deque[tuple[int, Line]] = field(default_factory=deque)
    pushes: deque[tuple[int, Line]] = field(default_factory=deque)
    """Lines that are ready, each with the ticket that was valid when it queued."""
    flying: int = 0
    failing: set[str] = field(default_factory=set)
    """Chats that failed since the last success."""
    pauses: int = 0
    closed_until: datetime | None = None
    alarmed: bool = False

    def troubled(self) -> bool:
        """Whether only one parcel at a time may try it."""
        return self.pauses > 0

    def open(self, now: datetime) -> bool:
        """Whether one more may be sent now."""
        if self.closed_until is not None and now < self.closed_until:
            return False
        return not (self.troubled() and self.flying)

    def succeeded(self) -> None:
        """Something went through: all is well."""
        self.failing.clear()
        self.pauses = 0
        self.closed_until = None
        self.alarmed = False

    def failed(self, chat: str, now: datetime, after: float | None = None) -> bool:
        """A chat failed as it would if the network were down; True when that is so.

        ``after`` are the seconds that the network asked for: who goes on is told to wait longer.
        """
        self.failing.add(chat)
        if len(self.failing) < CHATS_IN_TROUBLE and not self.troubled():
            return False
        ours = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.pauses, 10))
        self._close(now, ours if after is None else timedelta(seconds=after))
        return True

    def misconfigured(self, now: datetime) -> bool:
        """Our token or rights are wrong; True the first time, when it is worth an alarm."""
        self._close(now, MISCONFIGURED_PAUSE)
        first, self.alarmed = not self.alarmed, True
        return first

    def _close(self, now: datetime, pause: timedelta) -> None:
        if self.closed_until is None or self.closed_until <= now:
            self.pauses += 1
        self.closed_until = max(now + pause, self.closed_until or now)
