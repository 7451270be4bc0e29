"""One bot's updates: numbered, kept a day, confirmed only by a higher offset."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

import msgspec

from bot.playground.telegram import limits
from bot.playground.telegram.refusals import OTHER_POLLER, Refused, conflict

UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it will be sent; `lane` keeps its order on a webhook."""

    id: int
    kind: str
    lane: str
    expires: float
    body: bytes


class Updates:
    """What waits for one bot."""

    def __init__(self, now: Callable[[], datetime], chance: Random) -> None:
        self.now = now
        self.chance = chance
        self.pending: deque[Update] = deque()
        self.allowed: frozenset[str] | None = None
        self.heard: list[Callable[[], None]] = []
        self._next = chance.randint(100_000_000, 900_000_000)
        self._last: float | None = None
        self._soonest = math.inf
        self.polled = asyncio.Event()  # set while a long poll waits
        self._waiting: asyncio.Future[Refused | None] | None = None

    def allow(self, kinds: Any) -> None:
        """Remember `allowed_updates`; it says nothing about updates that exist already."""
        if kinds is None:
            return
        self.allowed = frozenset(map(str, kinds)) or None

    def wanted(self, kind: str) -> bool:
        return kind not in UNLESS_ASKED if self.allowed is None else kind in self.allowed

    def put(self, kind: str, content: Any, lane: str) -> int | None:
        """Queue an update and return its number; None when the bot did not ask for its kind."""
        if not self.wanted(kind):
            return None
        return self.inject({kind: content}, lane)

    def inject(self, raw: dict[str, Any], lane: str = "") -> int:
        """Queue an update as it stands, however odd; only its number is set."""
        at = self.now().timestamp()
        if self._last is not None and at - self._last > limits.SILENCE:
            self._next = self.chance.randint(100_000_000, 900_000_000)
        self._last = at
        number, self._next = self._next, self._next + 1
        kind = next((key for key in raw if key != "update_id"), "")
        lives = limits.QUERY_LIVES if kind == "callback_query" else limits.UPDATE_LIVES
        body = msgspec.json.encode({**raw, "update_id": number})
        self._soonest = min(self._soonest, at + lives)
        self.pending.append(Update(number, kind, lane or str(number), at + lives, body))
        self._wake(None)
        for listener in self.heard:
            listener()
        return number

    def take(self, offset: int, limit: int) -> list[bytes]:
        """Confirm what is below the offset and read what follows."""
        self.expire()
        self._confirm(offset)
        chosen: list[bytes] = []
        room = limits.POLL_ANSWER
        for update in self.pending:
            room -= 50 + len(update.body)
            if len(chosen) == limit or (room <= 0 and chosen):
                break
            chosen.append(update.body)
        return chosen

    async def poll(self, offset: int, limit: int, timeout: float) -> list[bytes]:
        """`getUpdates`: answer at once, or wait for the first update until the timeout (seconds).

        A second poll that has to wait ends the first with a conflict.
        """
        ready = self.take(offset, limit)
        if ready or timeout <= 0:
            return ready
        self.interrupt(conflict(OTHER_POLLER))
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self.polled.set()
        try:
            reason = await asyncio.wait_for(waiting, timeout)
        except TimeoutError:
            return []
        finally:
            if self._waiting is waiting:
                self._waiting = None
                self.polled.clear()
        if reason is not None:
            raise reason
        return self.take(0, limit)

    def interrupt(self, reason: Refused) -> None:
        """End a waiting poll with a refusal."""
        self._wake(reason)

    def drop(self, number: int) -> None:
        """Forget one update: a webhook took it."""
        for place, update in enumerate(self.pending):
            if update.id == number:
                del self.pending[place]
                return

    def clear(self) -> None:
        self.pending.clear()

    def expire(self) -> None:
        """Forget what nobody fetched in time."""
        at = self.now().timestamp()
        if at >= self._soonest:
            self.pending = deque(update for update in self.pending if update.expires > at)
            self._soonest = min((update.expires for update in self.pending), default=math.inf)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        elif offset <= self._next + limits.FUTURE_OFFSET:
            while self.pending and self.pending[0].id < offset:
                self.pending.popleft()

    def _wake(self, reason: Refused | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reason)
