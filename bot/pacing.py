"""How soon one may write again: pure token buckets under a network's published limits.

Each bucket keeps one time, the moment at which it is full again, so a chat costs one number; the
clock is always an argument.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channel import Limits
from domain.address import Address
from domain.parcel import Lane

REPLY_BURST = 5
"""Answers to somebody who taps fast; networks allow short bursts (Telegram's bots FAQ)."""

CATCH_UP = 3
"""Pushes that may follow each other at once after the machine stuttered: with none, a stutter
is lost for ever and half the rate with it. The steady rate is lowered so that no second ever
holds more than the limit."""

SECOND = 1.0
"""What all chats together are counted in."""

SLACK = 1e-5
"""Seconds that adding up epoch seconds in floating point may be wrong."""

CHATS_KEPT = 4096
"""Above so many, and twice as many as were left last time, the chats that rest are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One message every ``every`` seconds, with ``burst`` of them at once after a rest."""

    every: float
    burst: int

    def ready(self, full_at: float, burst: int) -> float:
        """When one may go, if the bucket is full again at ``full_at`` (epoch seconds)."""
        return full_at - (min(burst, self.burst) - 1) * self.every

    def spent(self, full_at: float, now: float) -> float:
        """When the bucket is full again after one went at ``now``."""
        return max(full_at, now) + self.every


def rate_within(most: float, seconds: float, burst: int) -> Rate | None:
    """The steady rate at which no window of ``seconds`` holds more than ``most``, bursts included.

    None where the network sets no limit: ``most`` is 0 or infinite.
    """
    if most <= 0 or math.isinf(most):
        return None
    burst = max(1, min(burst, int(most)))
    return Rate(seconds / max(most - burst + 1, 1), burst)


class Pacing:
    """The buckets of one bot account."""

    def __init__(self, limits: Limits) -> None:
        """Read the rates out of the channel's limits."""
        self._account = rate_within(limits.a_second, 1.0, CATCH_UP)
        chat = limits.a_chat_second
        self._chat = None if chat <= 0 or math.isinf(chat) else Rate(1 / chat, REPLY_BURST)
        self._group = rate_within(limits.a_group_minute, 60.0, REPLY_BURST)
        self._account_full = 0.0
        self._full: dict[Address, float] = {}
        self._paused: dict[Address, float] = {}
        self._most = CHATS_KEPT

    def chat_ready(self, chat: Address, group: bool, lane: Lane, now: datetime) -> datetime:
        """When the chat may be written to: ``now`` or later. Pushes never come in bursts."""
        moment = now.timestamp()
        ready = max(moment, self._paused.get(chat, 0.0))
        if rate := self._rate(group):
            burst = REPLY_BURST if lane is Lane.REPLY else 1
            ready = max(ready, rate.ready(self._full.get(chat, 0.0), burst))
        return now if ready <= moment + SLACK else _at(ready)

    def account_ready(self, lane: Lane, now: datetime) -> datetime:
        """When the account may write, all chats together: holds back pushes, never replies."""
        if lane is Lane.REPLY or self._account is None:
            return now
        ready = self._account.ready(self._account_full, CATCH_UP)
        return now if ready <= now.timestamp() + SLACK else _at(ready)

    def next_at(self, chat: Address, group: bool, lane: Lane, now: datetime) -> datetime:
        """When one more may go to the chat: ``now`` or later."""
        return max(self.chat_ready(chat, group, lane, now), self.account_ready(lane, now))

    def spend(self, chat: Address, group: bool, lane: Lane, now: datetime) -> None:
        """Count one message that goes now."""
        moment = now.timestamp()
        if rate := self._rate(group):
            self._full[chat] = rate.spent(self._full.get(chat, 0.0), moment)
        if self._account:
            self._account_full = self._spent(self._account, lane, moment)
        if len(self._full) + len(self._paused) > self._most:
            self._forget(moment)
            self._most = max(CHATS_KEPT, 2 * (len(self._full) + len(self._paused)))

    def every(self, group: bool) -> float:
        """Seconds between two pushes to one chat, in the long run."""
        rate = self._rate(group)
        return rate.every if rate else 0.0

    def pause(self, chat: Address, until: datetime) -> None:
        """Leave the chat alone until then, as the network told us."""
        self._paused[chat] = max(until.timestamp(), self._paused.get(chat, 0.0))

    def _spent(self, account: Rate, lane: Lane, moment: float) -> float:
        """When the account's bucket is full again: replies take of it, and wait for nothing.

        However many they were, a second after them the network has forgotten them.
        """
        spent = account.spent(self._account_full, moment)
        return spent if lane is Lane.PUSH else max(self._account_full, min(spent, moment + SECOND))

    def _rate(self, group: bool) -> Rate | None:
        """A group is slower than a person; where it has no rate of its own, the same."""
        return self._group if group and self._group else self._chat

    def _forget(self, moment: float) -> None:
        """Drop the chats of which nothing is left to remember."""
        self._full = {chat: full for chat, full in self._full.items() if full > moment}
        self._paused = {chat: until for chat, until in self._paused.items() if until > moment}


def _at(moment: float) -> datetime:
    """Epoch seconds as UTC."""
    return datetime.fromtimestamp(moment, UTC)
