"""The process that is killed: the real app, that goes through the time it is told to go through.

It runs what is due at each tick, delivers what may go, and moves the clock from one to the next.
"""

import asyncio
import logging
import os
import resource
import signal
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.accounts import Account
from bot.app import App
from bot.channels import open_channels
from bot.installation import read_installation
from bot.lines import Held, Line
from bot.logs import set_up_logs
from bot.packaged import operator_texts
from bot.running import furnished
from bot.telegram.request import Request
from storage.engine import Session
from storage.parcels import Parcels
from storage.store import Store
from tests.soak.moved_clock import MovedClock
from tests.soak.network import NOBODY, TAG
from tests.soak.plan import ZONE

TICK_BY_NIGHT = timedelta(hours=1)

MORNING, EVENING = 6, 22
"""Local hours."""

SHORTEST, LONGEST = timedelta(seconds=0.1), timedelta(seconds=20)
"""The clock is moved by these while something waits for the network's pace."""

READ = 5.0
"""Real seconds without an answer after which the bot gives a call up; busy machines need some."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a process is started with."""

    config: Path
    clock: Path
    tick: timedelta
    """Between two ticks by day."""
    careless: bool = False
    """Whether it forgets to mark what it is about to send: what the checks must find."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Go on until then; before that take these updates."""

    until: datetime
    raws: Sequence[bytes] = ()
    dies_at: int = 0
    """Which commit from now on it does not survive; 0 survives all."""
    committed: bool = False
    """Whether that commit is made before."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took from the machine so far."""

    memory: int = 0
    """At most, in kilobytes."""
    processor: float = 0.0
    """Seconds."""


class Passage:
    """The app on its way through time."""

    def __init__(
        self, app: App, clock: MovedClock, by_day: timedelta, say: Callable[[str], None]
    ) -> None:
        self._app = app
        self._clock = clock
        self._by_day = by_day
        self._say = say
        self._tick = clock()

    async def go(self, stretch: Stretch) -> None:
        """Take the updates in, then do what falls due."""
        if stretch.raws:
            await self._app.receive(self._app.channels[0], stretch.raws)
        self._say("taken")
        while True:
            if self._clock() >= self._tick:
                await self._app.jobs.run_due(self._clock())
                self._tick = self._next_tick(self._clock())
            stop = min(stretch.until, self._tick)
            due = await self._deliver(stop)
            if self._clock() >= stretch.until:
                return
            self._clock.reach(min(stop, due or stop))

    async def _deliver(self, stop: datetime) -> datetime | None:
        """Deliver all that is due, at the pace of the network; when more is due."""
        pause = SHORTEST
        while True:
            before = self._done()
            await self._app.settled()
            due = await self._app.turns.run(_first_due)
            now = self._clock()
            if due is None or due > now or now >= stop:
                return due
            pause = SHORTEST if self._done() > before else min(2 * pause, LONGEST)
            self._clock.reach(min(now + pause, stop))

    def _next_tick(self, now: datetime) -> datetime:
        by_day = MORNING <= (now + ZONE).hour < EVENING
        return now.replace(second=0, microsecond=0) + (self._by_day if by_day else TICK_BY_NIGHT)

    def _done(self) -> int:
        return sum(self._app.delivery.counted.values())


def _first_due(store: Store) -> datetime | None:
    """When the first unsent parcel is due."""
    found = store.parcels._cursor.connection.execute(
        "SELECT min(not_before) FROM parcel WHERE state IN ('due', 'sending')"
    ).fetchone()[0]
    return datetime.fromisoformat(found) if isinstance(found, str) else found


def live(given: Given, line: Connection) -> None:
    """Run until killed."""
    set_up_logs(logging.CRITICAL, json=True)
    asyncio.run(_live(given, line))


async def _live(given: Given, line: Connection) -> None:
    installation = read_installation(given.config, operator_texts(), {})
    clock = MovedClock(given.clock)
    [opened] = await open_channels(installation.config, clock)
    house = furnished(installation.house(), installation.config.web, [opened])
    app = App(house, installation, clock, [opened.channel])
    _tag(app)
    if given.careless:
        _forget_marks()
    await app.start(background=False)
    passage = Passage(app, clock, given.tick, lambda word: line.send((word, Spent())))
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[Stretch] = asyncio.Queue()
    loop.add_reader(line.fileno(), lambda: orders.put_nowait(_heard(line)))
    line.send(("running", Spent()))
    while True:
        stretch = await orders.get()
        if stretch.dies_at:
            _die_at_commit(stretch.dies_at, committed=stretch.committed)
        await passage.go(stretch)
        line.send(("done", _spent()))


def _spent() -> Spent:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Spent(used.ru_maxrss, used.ru_utime + used.ru_stime)


def _heard(line: Connection) -> Stretch:
    """One order; without a test there is nothing left to do."""
    try:
        stretch: Stretch = line.recv()
    except EOFError:
        os._exit(0)
    return stretch


def _tag(app: App) -> None:
    """Let the network know which parcel a call is for, and be impatient with it."""
    parcel: ContextVar[int] = ContextVar("parcel", default=NOBODY)
    serve, exchange = app.delivery._serve, Request.exchange

    async def serving(account: Account, line: Line, held: Held) -> None:
        parcel.set(held.parcel.id)
        await serve(account, line, held)

    async def tagging(
        self: Request, method: str, url: str, body: Any = None, *, read: float = READ, **more: Any
    ) -> tuple[int, bytes]:
        tagged = f"{url}?{TAG}={parcel.get()}"
        return await exchange(self, method, tagged, body, read=min(read, READ), **more)

    app.delivery._serve = serving  # type: ignore[method-assign]  # in this process
    Request.exchange = tagging  # type: ignore[method-assign]  # in this process


def _die_at_commit(number: int, *, committed: bool) -> None:
    """Do not survive that commit."""
    commit, left = Session.commit, number

    def dying(self: Session) -> None:
        nonlocal left
        left -= 1
        if committed or left:
            commit(self)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    Session.commit = dying  # type: ignore[method-assign]  # in this process


def _forget_marks() -> None:
    """Send what was never marked as being sent."""

    def forget(self: Parcels, id: int, owner: str, lease_until: datetime) -> bool:
        return True

    Parcels.sending = forget  # type: ignore[method-assign]  # in this process
