"""Flood control: a message a second to a chat, twenty a minute to a group, thirty a second in all.

The real numbers are unpublished and vary; these are the ones of the Bots FAQ. Whoever goes on
sending while told to wait is told to wait longer.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.telegram.refusals import Refused, too_many

OVERALL = (30, 1.0)  # messages, seconds
PRIVATE = (5, 5.0)  # one a second on average, short bursts allowed
GROUP = (20, 60.0)
EDITS = (20, 60.0)  # edits in one group; not official
LONGEST = 300
FORGIVEN = 60.0  # seconds of good behaviour after which waits start short again


@dataclass(slots=True)
class _Window:
    times: deque[float] = field(default_factory=deque)
    until: float = 0.0
    strikes: int = 0


class Flood:
    """The windows of one bot."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self._windows: dict[object, _Window] = {}

    def admit(self, chat_id: int, messages: int = 1, edit: bool = False) -> Refused | None:
        """Count some messages to a chat, or say how long to wait."""
        at = self.now().timestamp()
        group = chat_id < 0
        if edit and not group:
            return None
        where = ("edit" if edit else "send", chat_id)
        limit = EDITS if edit else GROUP if group else PRIVATE
        rules = [(where, limit)] if edit else [(where, limit), ("all", OVERALL)]
        for key, (most, seconds) in rules:
            wait = self._wait(key, at, most, seconds, messages)
            if wait:
                return too_many(wait)
        for key, _ in rules:
            self._windows[key].times.extend([at] * messages)
        return None

    def _wait(self, key: object, at: float, most: int, seconds: float, messages: int) -> int:
        window = self._windows.setdefault(key, _Window())
        while window.times and window.times[0] <= at - seconds:
            window.times.popleft()
        over = len(window.times) + min(messages, most) - most
        if at >= window.until and over <= 0:
            if at - window.until > FORGIVEN:
                window.strikes = 0
            return 0
        freed = window.times[over - 1] + seconds if over > 0 else at
        window.strikes += 1
        wait = max(1, math.ceil(max(freed, window.until) - at))
        if window.strikes > 1:
            wait = min(LONGEST, wait + 2 ** min(window.strikes, 8))
        window.until = max(window.until, at + wait)
        return wait
