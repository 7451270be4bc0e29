"""A network that means its published limits, and tells who exceeds them to wait (HTTP 429).

Thirty messages in any second over all chats and one a second to a chat (Telegram's bots FAQ); what
is refused counts for nothing, so that nobody is punished for what was already on its way.
"""

import math
from collections import deque
from time import monotonic

A_SECOND = 30
"""Messages taken in any second, over all chats."""


class Flood:
    """What one bot has sent of late."""

    def __init__(self) -> None:
        self.refused = 0
        self._taken: deque[tuple[float, int]] = deque()
        self._last: dict[int, float] = {}

    def refuse(self, chat: int) -> int:
        """Seconds to wait, in whole ones as Telegram names them; 0 takes the message."""
        now = monotonic()
        while self._taken and self._taken[0][0] <= now - 1:
            moment, known = self._taken.popleft()
            if self._last.get(known) == moment:
                del self._last[known]
        free = self._taken[0][0] + 1 if len(self._taken) >= A_SECOND else now
        free = max(free, self._last.get(chat, now - 1) + 1)
        if free > now:
            self.refused += 1
            return math.ceil(free - now)
        self._taken.append((now, chat))
        self._last[chat] = now
        return 0
