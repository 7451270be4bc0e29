"""The simulated Telegram of the soak: it fails by chance, kills by plan, and keeps what it took.

What it knows of a call besides the call itself is the parcel's number, which the bot's process
puts into the address for it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random

from aiohttp import web

from bot.playground.telegram.world import Accepted
from bot.playground.telegram_server import TelegramServer

TAG = "parcel"
"""The part of an address that tells which parcel a call is for."""

NOBODY = 0
"""The number of no parcel: an answer to a tap, a question of the bot's own."""

SOON = 0.08
"""Seconds within which the bot is killed once it has the answer: it records within 50 ms."""


class Fault(StrEnum):
    """What a call that says something may meet."""

    FLOOD = "429"
    BROKEN = "5xx"
    CUT = "cut before"
    LOST = "answer lost"
    SILENT = "timeout before"
    DEAF = "timeout after"


SHARES = {
    Fault.FLOOD: 0.010,
    Fault.BROKEN: 0.003,
    Fault.CUT: 0.002,
    Fault.LOST: 0.002,
    Fault.SILENT: 0.0001,
    Fault.DEAF: 0.0001,
}
"""How many of all calls; those without an answer cost real seconds."""

MAY_ARRIVE = frozenset({Fault.BROKEN, Fault.CUT, Fault.LOST, Fault.SILENT, Fault.DEAF})
"""Nobody here can know whether it arrived."""


class Moment(StrEnum):
    """When in the course of a call the bot is killed."""

    ASKED = "asked"
    """The network has the request and did nothing yet."""
    ACCEPTED = "accepted"
    """It took the message and did not answer yet."""
    ANSWERED = "answered"
    """It answered a few milliseconds ago."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that was taken."""

    parcel: int
    chat: int
    text: str
    at: datetime


class Network(TelegramServer):
    """All calls come by here. ``calm`` turns chance off."""

    def __init__(self, now: Callable[[], datetime], chance: Random) -> None:
        super().__init__(now=now, chance=Random(chance.random()), flood=True)
        self.calm = False
        self.heard: list[Heard] = []
        self.met: Counter[str] = Counter()
        """Faults by their names."""
        self.unsure: set[int] = set()
        """Parcels one of whose calls may or may not have arrived."""
        self.refused: dict[int, list[int]] = {}
        """Parcels that were refused, with the codes."""
        self.shoot: Callable[[], None] = lambda: None
        self.armed: tuple[Moment, int] | None = None
        """Kill at such a moment, after so many more of them."""
        self._chance = chance
        self._parcel: ContextVar[int] = ContextVar("parcel", default=NOBODY)
        self.world.on_accept.append(self._hear)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer, or not."""
        parcel = int(request.query.get(TAG, NOBODY))
        self._parcel.set(parcel)
        says = "/send" in request.path
        if says:
            self._count(Moment.ASKED)
            self._plan(request.path.rpartition("/")[2], parcel)
        answer = await super().handle(request)
        if says:
            self._note(parcel, answer.status)
            self._count(Moment.ANSWERED)
        return answer

    def _plan(self, method: str, parcel: int) -> None:
        """Draw what this call meets."""
        if self.calm:
            return
        if self._chance.random() >= sum(SHARES.values()):
            return
        [fault] = self._chance.choices([*SHARES], [*SHARES.values()])
        self.met[fault] += 1
        if fault in MAY_ARRIVE:
            self.unsure.add(parcel)
        match fault:
            case Fault.FLOOD:
                self.faults.flood(method, retry_after=self._chance.choice((1, 3, 20, 90, 600)))
            case Fault.BROKEN:
                self.faults.fail(method, code=self._chance.choice((500, 502, 503, 504)))
            case Fault.CUT:
                self.faults.cut(method)
            case Fault.LOST:
                self.faults.lose_answer(method)
            case Fault.SILENT:
                self.faults.hang(method)
            case Fault.DEAF:
                self.faults.hang(method, accept=True)

    def _note(self, parcel: int, status: int) -> None:
        if status in (400, 403, 429):
            self.refused.setdefault(parcel, []).append(status)

    def _hear(self, sent: Accepted) -> None:
        self.heard.append(Heard(self._parcel.get(), sent.chat, sent.text, sent.at))
        self._count(Moment.ACCEPTED)

    def _count(self, moment: Moment) -> None:
        """Kill, if the time has come."""
        if self.armed is None or self.armed[0] is not moment:
            return
        left = self.armed[1] - 1
        self.armed = (moment, left) if left > 0 else None
        if left > 0:
            return
        if moment is Moment.ANSWERED:
            later = self._chance.uniform(0, SOON)
            asyncio.get_running_loop().call_later(later, self.shoot)
        else:
            self.shoot()
