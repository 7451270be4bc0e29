"""The process that is killed: the real app on a simulated Telegram, stopping where it is told to.

What it hears and says over its line are single words, some with a number after them.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from bot.app import App
from bot.channel import Channel, Rendered, Sent
from bot.channels import Opened, open_channels
from bot.groups import Made, MakesGroups
from bot.installation import Installation, read_installation
from bot.intake import Respond, TryAgain
from bot.logs import set_up_logs
from bot.packaged import operator_texts
from bot.running import furnished
from bot.telegram.channel import TelegramChannel
from bot.time_and_chance import Clock
from domain.address import Address
from domain.house import House
from domain.message import Incoming, Outgoing
from domain.parcel import Parcel
from storage.engine import Session
from storage.store import Store

FAST = 1000.0
"""Messages a second: what is killed here is not the pacing."""


ROUNDS = 5
"""Questions to the network, one after the other: time enough for it to hear all that it will."""


class Point(StrEnum):
    """Where the process stops and waits to be killed."""

    RECEIVED = "received"
    """The updates are in memory, nothing has begun."""
    WRITTEN = "written"
    """Everything that turns change is written, and not committed."""
    COMMITTED = "committed"
    """It is durable, and nobody knows: neither the network nor the event loop."""
    POSTING = "posting"
    """The network is about to be called for a group."""
    MAKING = "making"
    """The network is about to be asked for a new group."""
    MADE = "made"
    """It made one and said so, and nothing of that is written."""


ANSWERING = (Point.RECEIVED, Point.WRITTEN, Point.COMMITTED)
"""Those before anything was said."""

NOT_KEPT = "not_kept"
"""What it says when updates could not be kept, so that the network must."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a process is started with."""

    config: Path
    starts: datetime
    """The time on its clock."""
    polls: bool = True
    """Whether it asks the network for updates; another one is handed them over its line."""


class Stops:
    """The point to stop at, when there is one."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.armed: Point | None = None
        self.say = say
        self._once = threading.Lock()

    def at(self, point: Point) -> None:
        """Stop here for ever, if it is the point; only the first to come says so."""
        if self.armed is point:
            self._once.acquire()
            self.say(point.value)
            threading.Event().wait()

    def around_commits(self) -> Callable[[], None]:
        """Stop before and after commits that hold an answer; returns what marks one."""
        this, stops = threading.local(), self
        commit = Session.commit

        def stopping(self: Session) -> None:
            answered, this.answered = getattr(this, "answered", False), False
            if answered:
                stops.at(Point.WRITTEN)
            commit(self)
            if answered:
                stops.at(Point.COMMITTED)

        def mark() -> None:
            this.answered = True

        Session.commit = stopping  # type: ignore[method-assign]  # in this process alone
        return mark

    def before_posts(self, channel: Channel) -> None:
        """Stop before a group is written to."""
        send = channel.send

        async def stopping(to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
            if to.chat.startswith("-"):
                self.at(Point.POSTING)
            return await send(to, say, drawn)

        channel.send = stopping  # type: ignore[method-assign]  # in this process alone

    def around_groups(self, channel: Channel) -> None:
        """Stop before and after the network makes a group."""
        if not isinstance(channel, MakesGroups):
            return
        create = channel.create_group

        async def stopping(name: str, members: Sequence[str]) -> Made:
            self.at(Point.MAKING)
            made = await create(name, members)
            self.at(Point.MADE)
            return made

        channel.create_group = stopping  # type: ignore[method-assign]  # in this process alone


class Victim(App):
    """The app as it is run, with the points."""

    def __init__(
        self,
        stops: Stops,
        house: House,
        installation: Installation,
        clock: Clock,
        channels: Sequence[Channel],
    ) -> None:
        self._stops = stops
        self._mark = stops.around_commits()
        for channel in channels:
            stops.before_posts(channel)
            stops.around_groups(channel)
        super().__init__(house, installation, clock, channels)

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        self._stops.at(Point.RECEIVED)
        try:
            await super().receive(channel, raws)
        except TryAgain:
            self._stops.say(NOT_KEPT)
            raise

    def _respond(self, owner: str) -> Respond:
        whole = super()._respond(owner)

        def respond(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
            replies = whole(store, said, now)
            self._mark()
            return replies

        return respond


class Orders:
    """What the test asks for while the app runs."""

    def __init__(
        self, app: Victim, opened: Opened, stops: Stops, clock: Clock, line: Connection
    ) -> None:
        self._app = app
        self._opened = opened
        self._stops = stops
        self._clock = clock
        self._line = line
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self) -> None:
        """Read one order; without a test there is nothing left to do."""
        try:
            word, value = self._line.recv()
        except EOFError:
            os._exit(0)
        task = asyncio.get_running_loop().create_task(self._obey(word, value))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _obey(self, word: str, value: object) -> None:
        match word, value:
            case "stop_at", str():
                self._stops.armed = Point(value)
            case "look_round", _:
                channel = self._opened.channel
                assert isinstance(channel, TelegramChannel)
                for _ in range(ROUNDS):
                    await channel.introduce()
            case "settle", _:
                await self._app.settled()
            case "take", list():
                await self._app.receive(self._app.channels[0], value)
            case "forward", timedelta():
                self._clock.forward(value)
                self._app.delivery.wake()
            case "pages", int():
                await self._app.turns.run(lambda store: limit_pages(store, value), alone=True)
        self._line.send(word)


def limit_pages(store: Store, more: int) -> None:
    """Let the database grow by so many pages from now on; SQLite's own way of a full disk."""
    connection = store.inbox._cursor.connection
    (used,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={used + more}").close()


def live(given: Given, line: Connection) -> None:
    """Run until killed."""
    set_up_logs(logging.CRITICAL, json=True)
    asyncio.run(_live(given, line))


async def _live(given: Given, line: Connection) -> None:
    installation = read_installation(given.config, operator_texts(), {})
    clock = Clock(given.starts)
    opened = await open_channels(installation.config, clock, database_url=installation.database_url)
    stops = Stops(line.send)
    channels = [_fast(each) for each in opened]
    house = furnished(installation.house(), installation.config.web, opened)
    app = Victim(stops, house, installation, clock, channels)
    await app.start()
    orders = Orders(app, opened[0], stops, clock, line)
    asyncio.get_running_loop().add_reader(line.fileno(), orders.heard)
    line.send("running")
    if given.polls:
        await asyncio.gather(*(channel.run(app.receive) for channel in channels))
    await asyncio.Event().wait()


def _fast(opened: Opened) -> Channel:
    channel = opened.channel
    channel.limits = replace(
        channel.limits, a_second=FAST, a_chat_second=FAST, a_group_minute=60 * FAST
    )
    return channel
