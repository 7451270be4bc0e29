"""The clock of the playground: forward only, through each due minute, one move at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import msgspec

from bot.playground.board import Board
from bot.playground.side import Cannot
from domain.calendar import last_weekly, next_allowed
from domain.house import House
from domain.programme import Programme

FARTHEST = timedelta(days=60)
"""Of one move."""

TOLD_EVERY = 0.1
"""Real seconds between two tellings of how far it is."""

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)

Forward = Callable[[timedelta, Callable[[], None]], Awaitable[Any]]
"""Moves the clock by so much; tells each time it has got further."""


class Minutes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many minutes from now."""

    minutes: int


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the clock shall go."""

    to: Literal["hour", "day", "monday", "deadline"] | Minutes


def destination(where: Where, house: House, programme: Programme | None, now: datetime) -> datetime:
    """The moment that is meant, UTC. Raises Cannot."""
    settings = house.settings
    match where.to:
        case "hour":
            return now + HOUR
        case "day":
            return now + DAY
        case "monday":
            # The weekly post to the groups goes then, or when the days off are over.
            slot = last_weekly(now + WEEK, settings.post_weekday, settings.post_at, settings.zone)
            return next_allowed(slot, settings.calendar)
        case "deadline":
            ends = _ends(programme) if programme else []
            over = [datetime.combine(day + DAY, time(), settings.zone) for day in ends]
            ahead = [moment for moment in over if moment > now]
            if not ahead:
                raise Cannot("no_deadline")
            return min(ahead)
        case Minutes(minutes=minutes):
            if not timedelta(0) < timedelta(minutes=minutes) <= FARTHEST:
                raise Cannot("too_far")
            return now + timedelta(minutes=minutes)


def _ends(programme: Programme) -> list[date]:
    """The last days of the programme and its phases."""
    return [programme.closes, *(phase.ends for phase in programme.phases)]


class Moving:
    """Moves it in the background and tells the board."""

    def __init__(
        self, forward: Forward, board: Board, now: Callable[[], datetime], wake: Callable[[], None]
    ) -> None:
        """``now`` is local; ``wake`` tells the networks that the clock was moved."""
        self._forward, self._board, self._now, self._wake = forward, board, now, wake
        self._to: datetime | None = None
        self._told_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def told(self) -> dict[str, Any]:
        """What the page is told of the clock."""
        to = self._to.isoformat() if self._to else None
        return {"now": self._now().isoformat(), "moving": self._to is not None, "to": to}

    def require_rest(self) -> None:
        """Raises Cannot while the clock is being moved."""
        if self._to is not None:
            raise Cannot("moving")

    def begin(self, to: datetime) -> None:
        """Go there; returns at once. Raises Cannot while another move runs."""
        self.require_rest()
        self._to = to
        self._tell()
        self._task = asyncio.create_task(self._move(to), name="moving")

    async def close(self) -> None:
        """Stop where it is."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _move(self, to: datetime) -> None:
        try:
            await self._forward(to - self._now(), self._progress)
        finally:
            self._to = None
            self._wake()
            self._tell()

    def _progress(self) -> None:
        self._wake()
        loop = asyncio.get_running_loop()
        if loop.time() - self._told_at >= TOLD_EVERY:
            self._tell()

    def _tell(self) -> None:
        self._told_at = asyncio.get_running_loop().time()
        told = self.told()
        self._board.change("clock", lambda: told)
