"""Puts the parts together: the one place that knows them all."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.alone import hold
from bot.apology import apology, file_lost
from bot.attempts import LEASE
from bot.channel import Channel, Rendered
from bot.channels import allowances, by_name, is_group
from bot.crowd import Crowd
from bot.delivery import Delivery
from bot.files import Files
from bot.group_wishes import GroupWishes
from bot.installation import Installation
from bot.intake import Intake, Respond
from bot.leaving import mark_gone
from bot.review_plans import SentWorkbooks
from bot.time_and_chance import Clock, fresh_jitter, fresh_name
from bot.troubles import Troubles
from bot.turns import Turns
from domain.alarms import Alarm
from domain.house import House
from domain.message import Document, Incoming
from domain.parcel import Parcel
from domain.peace import Verdict
from scheduler.clock import TICK, in_turns, rehearsed
from scheduler.clock import Clock as Ticks
from scheduler.context import Context
from scheduler.gate import consult
from scheduler.jobs import ALARMS, JOBS
from storage.engine import open_database
from storage.migrate import migrate
from storage.store import Store

LAST_WORDS = 5.0
"""Seconds for an alarm to go out before what it is about ends the process."""

STRIDE = timedelta(hours=1)
"""Looked ahead at once when the clock is moved: what somebody does meanwhile is never found later
than that by jobs that saw nothing coming."""

THREADS = 4
"""Turn threads where the database has many writers."""


T = TypeVar("T")


class App:
    """One running bot: what comes in is handled, what is due goes out."""

    def __init__(
        self,
        house: House,
        installation: Installation,
        clock: Clock,
        channels: Sequence[Channel],
        *,
        url: str = "",
        respond: Respond | None = None,
        around: Callable[[Respond], Respond] = lambda respond: respond,
    ) -> None:
        """``url`` replaces the installation's database; ``respond`` the handlers, in tests.

        ``around`` is put about them by whoever looks on.
        """
        self.clock = clock
        self.channels = list(channels)
        self.house = house = replace(house, allowances=allowances(self.channels), is_group=is_group)
        url = url or installation.database_url
        migrate(url)
        self.database = open_database(url)
        file = self.database.file
        self._held = hold(file, installation.words("said.already_runs")) if file else None
        self._shelf = installation.data / "files"
        owner, named = fresh_name(), by_name(self.channels)
        jitter = fresh_jitter()
        self.turns = Turns(self.database, THREADS, jitter=jitter)
        self.delivery = Delivery(
            self.turns,
            named,
            clock,
            self.draw,
            jitter,
            owner,
            sole=self.database.shares_commits,
            is_group=is_group,
            gone=partial(mark_gone, texts=house.texts, usual=house.settings.calendar),
            gate=self._gate,
            gives_way=lambda: self._crowd.goes_first(),
        )
        self._crowd = Crowd(clock, self.delivery.go_on)
        self.files = Files(
            self.turns,
            self.delivery,
            named,
            self._shelf,
            clock,
            jitter,
            partial(file_lost, house),
            SentWorkbooks(self.turns, self.database, house, clock).take,
        )
        self.group_wishes = GroupWishes(
            self.turns, self.delivery, named, self.house, clock, jitter, owner
        )
        self.intake = Intake(
            self.turns,
            self.delivery,
            around(respond or self._respond(owner)),
            self._apology,
            clock,
            owner,
            on_files=self.files.wake,
        )
        self.troubles = Troubles(clock, installation.data)
        self._run_job = partial(
            in_turns,
            house=house,
            now=clock,
            turn=self._job,
            read=self._look,
            troubles=self.troubles,
        )
        rehearse = partial(rehearsed, house=house, read=self._look, troubles=self.troubles)
        self.jobs = Ticks(self._run_job, JOBS, clock, rehearse)
        self._taking: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []

    async def start(self, *, background: bool = True) -> None:
        """Open the database; ``background`` also starts what works unasked."""
        await self.turns.start()
        logging.getLogger().addHandler(self.troubles)
        if background:
            self._loops = [
                asyncio.create_task(self.delivery.run(), name="delivery"),
                asyncio.create_task(self.files.run(), name="files"),
                asyncio.create_task(self.group_wishes.run(), name="group_wishes"),
            ]
            self.jobs.start()

    async def watch(self) -> None:
        """Wait for a loop of ours to end, which none may; raises what ended it."""
        done, _ = await asyncio.wait(self._loops, return_when=asyncio.FIRST_COMPLETED)
        for loop in done:
            loop.result()

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        """Take updates in; what has begun ends, even when the channel is stopped meanwhile."""
        task = asyncio.create_task(self.intake.receive(channel, raws))
        self._taking.add(task)
        self._crowd.came()
        task.add_done_callback(self._taken)
        await asyncio.shield(task)

    def _taken(self, task: asyncio.Task[None]) -> None:
        self._taking.discard(task)
        self._crowd.left()

    async def settled(self) -> None:
        """Wait until everything due now is fetched and said."""
        await self.files.drain()
        await self.group_wishes.drain()
        await self.delivery.drain()

    async def alarm(self, alarm: Alarm, detail: str) -> None:
        """Tell of something now: there may be no next time to look."""
        self.troubles.note(alarm, detail)
        await self._run_job(ALARMS, self.clock())
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await self.delivery.drain()

    async def forward(self, by: timedelta, told: Callable[[], None] = lambda: None) -> str:
        """Move the clock through each due minute, doing what falls due; the new local time.

        ``told`` is called each time it has got further.
        """
        end = self.clock() + by
        await self.jobs.advance(self.clock())
        while (now := self.clock()) < end:
            stride = TICK if self.delivery.waits else STRIDE
            parcel_at = await self._look(partial(self._next_parcel, now))
            at = await self.jobs.pass_quiet(min(end, now + stride, parcel_at or end))
            self.clock.forward(max(timedelta(0), at - self.clock()))
            await self.jobs.advance(self.clock())
            await self.delivery.drain()
            told()
        return self.house.local(self.clock()).strftime("%H:%M %d/%m/%Y")

    def _next_parcel(self, now: datetime, store: Store) -> datetime | None:
        """When one may leave that may not leave yet, of those that we can send."""
        ours = ((each.name, each.bot) for each in self.channels)
        found = (store.outbox.next_due(*account, now) for account in ours)
        return min((at for at in found if at is not None), default=None)

    async def healthy(self) -> bool:
        """Whether the database still takes turns."""
        return await self.turns.run(lambda store: store.units.count()) >= 0

    async def close(self) -> None:
        """Stop taking in, finish what has begun, give everything back."""
        await asyncio.gather(*self._taking, return_exceptions=True)
        await self.jobs.close()
        await self.files.close()
        await self.group_wishes.close()
        await self.delivery.close()
        await self.intake.close()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self.turns.close()
        logging.getLogger().removeHandler(self.troubles)
        for channel in self.channels:
            await channel.close()
        self.database.close()
        if self._held:
            self._held.close()

    async def __aenter__(self) -> "App":
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    def _respond(self, owner: str) -> Respond:
        # Handlers are loaded when the first bot is put together, not by `sangkien --help`.
        from bot.respond import respond

        def handle(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
            return respond(store, self.house, said, now, owner, now + LEASE)

        return handle

    async def _job(self, work: Callable[[Store], int | None]) -> int | None:
        """One page of a job, in a turn that shares its commit with nobody."""
        after = await self.turns.run(work, alone=True)
        self.delivery.wake()
        return after

    async def _look(self, work: Callable[[Store], T]) -> T:
        """Something to be read that would keep turns waiting."""

        def read() -> T:
            with self.database.snapshot() as store:
                return work(store)

        return await asyncio.to_thread(read)

    def _gate(self, store: Store, parcel: Parcel, now: datetime) -> Verdict:
        return consult(Context(store, self.house, now), parcel, now)

    def _apology(self, said: Incoming) -> Parcel | None:
        return apology(self.house, said, self.clock())

    async def draw(self, document: Document) -> Rendered | None:
        """Draw a document, off the event loop; so is what drawing loads the first time."""

        def draw() -> Rendered | None:
            from bot.documents import drawing

            return drawing.draw(document, self.database, self._shelf, self.house)

        return await asyncio.to_thread(draw)
