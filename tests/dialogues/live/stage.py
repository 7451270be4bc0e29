"""Holds a conversation on a simulated network: what people do there, through the whole bot."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import msgspec

from bot.app import App
from bot.config import Web
from bot.installation import Installation
from bot.running import furnished
from bot.time_and_chance import Clock
from domain.address import Address
from domain.conversation import offered
from domain.draft import Draft
from domain.message import Outgoing
from domain.parcel import Parcel, ParcelState
from scheduler.clock import in_turns
from scheduler.jobs import JOBS
from storage.pushing import GATHERING
from storage.store import Store
from tests.dialogues import world
from tests.dialogues.checks import Owed, check_told
from tests.dialogues.live.network import N, Open
from tests.dialogues.live.transcript import Transcript
from tests.dialogues.script import Setting, Step
from tests.dialogues.stage import BLINK, PAUSE, Heard, button_of, changed

T = TypeVar("T")

WEB = Web(public_url="https://bot.congdoan.example")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LONG = 200
"""Characters of a message that a transcript shows whole."""

PATIENCE = 60
"""Seconds of the clock in which all that is due has gone, at the networks' pace."""


class Still(Clock):
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


@asynccontextmanager
async def live(
    opened: Open[N], setting: Setting, installation: Installation, url: str
) -> AsyncIterator["Live[N]"]:
    """The bot at work on a fresh network, in the world of a script."""
    clock = Still(setting.now)
    async with opened(clock) as network:
        stage = Live(network, clock, setting, installation, url)
        await stage.open(setting)
        try:
            yield stage
        finally:
            await stage.close()


class Live(Generic[N]):
    """The app, its clock, and what everybody saw last."""

    app: App

    def __init__(
        self, network: N, clock: Still, setting: Setting, installation: Installation, url: str
    ) -> None:
        self.network = network
        self.clock = clock
        self.carries = network.carries
        self.chat = network.chat
        self.steps: dict[str, Heard] = {}
        self.counts: dict[str, int] = {}
        self.transcript = Transcript(setting.about)
        self._installation = installation
        self._url = url
        self._config = msgspec.structs.replace(installation.config, web=WEB)
        self._house = world.house(world.forms())
        self._members = list(setting.people)
        self._acted: list[Heard] = []
        self._shown: dict[Address, list[Outgoing]] = {}
        self._on_its_way: list[int] = []
        self._last_parcel = 0

    async def open(self, setting: Setting | None = None) -> None:
        """Start the bot, the first time with the world that a script is set in."""
        opened = await self.network.open(self._config, self._url)
        self.opened, self.channel = opened, opened.channel
        house = furnished(self._house, WEB, [opened])
        self.app = App(house, self._installation, self.clock, [self.channel], url=self._url)
        await self.app.start(background=False)
        self._session = self.app.database.reader()
        if setting is not None:
            account = self.network.account
            await self.app.turns.run(lambda store: world.found(store, setting, account))
            await self.app.turns.run(lambda store: self.network.begin(store, self._members))

    async def close(self) -> None:
        """The end, or a restart."""
        self._session.close()
        await self.app.close()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """What is stored by now."""
        self._session.begin()
        yield self._session.store
        self._session.rollback()

    def draft(self, who: str) -> Draft | None:
        """The person's open draft."""
        with self.store() as store:
            person = store.people.by_account(self.network.account(who))
            return store.drafts.open_for(person.id) if person else None

    async def act(self, step: Step) -> Heard:
        """Do what a step says; what came of it, and in the transcript every call."""
        place = step.group or step.who
        if step.group:
            self.network.gather(step.group, self._members)
        await self._pass_time(step)
        if step.job:
            await self._run(step.job)
        heard = Heard(step.who, self.chat(place), before=self.draft(step.who))
        self._do(step)
        await self.hear(heard, place)
        heard.said = self.counts.get(step.who, 0)
        if step.name:
            self.steps[step.name] = heard
        return heard

    async def hear(self, heard: Heard, place: str) -> None:
        """Let the bot hear what was said, and people what it says to that, in ``place`` first."""
        known = self._last_parcel
        await self.app.receive(self.channel, self.network.updates())
        await self._settle()
        heard.parcels, waiting = self._parcels()
        heard.held = frozenset(parcel.to for parcel in waiting if parcel.id > known)
        self.transcript.end(self.network.calls(), place)
        heard.texts = self.network.read()
        for parcel in heard.parcels:
            self._shown.setdefault(parcel.to, []).append(parcel.say)
        self._acted.append(heard)

    async def rest(self, owed: list[Owed]) -> None:
        """Let the day pass by in which all that is held back goes, and whoever is owed it reads."""
        until = self.clock.now + DAY
        while due := [at for at in self._due() if at <= until]:
            self.clock.forward(max(min(due) - self.clock.now, SECOND))
            await self._settle()
        self._parcels()
        if calls := self.network.calls():
            self.transcript.note("~ later")
            self.transcript.end(calls, "")
        last = self.network.read()
        for each in owed:
            chat = self.chat(each.who)
            since = next(at for at, heard in enumerate(self._acted) if heard is each.since)
            later = [*(heard.texts for heard in self._acted[since:]), last]
            told = "\n".join(text for texts in later for text in texts.get(chat, ()))
            check_told(each.who, [each.part], told, each.here)

    async def _pass_time(self, step: Step) -> None:
        if step.wait or step.template:
            await self.close()
            if step.wait:
                number, unit = step.wait.split()
                self.clock.forward(timedelta(**{unit.rstrip("s") + "s": int(number)}))
                self.transcript.note(f"~ {step.wait}")
            if step.template:
                forms = changed(self._house.forms, step.template)
                self._house = replace(self._house, forms=forms)
                self.transcript.note(f"~ another template «{step.template.form}»")
            await self.open()
        self.clock.forward(BLINK if step.quick else PAUSE)
        if not step.quick:
            self.clock.now = self.clock.now.replace(microsecond=0)

    async def _run(self, name: str) -> None:
        """Run a job as the clock does, and let pass the minutes in which a push gathers."""
        self.transcript.note(f"* {name}")
        job = next(job for job in JOBS if job.name == name)
        app, now = self.app, self.clock.now
        await in_turns(
            job,
            now,
            house=app.house,
            now=self.clock,
            turn=lambda work: app.turns.run(work, alone=True),
            read=self._look,
            troubles=app.troubles,
        )
        if due := [at for at in self._due() if now < at <= now + GATHERING]:
            self.clock.forward(max(due) - now)

    async def _look(self, work: Callable[[Store], T], /) -> T:
        with self.store() as store:
            return work(store)

    def _do(self, step: Step) -> None:
        """Let the person do it."""
        network, who, group = self.network, step.who, step.group
        if step.tap:
            for _ in range(step.again):
                self._did(step, network.say(who, group, self._choice(step)))
        elif count := step.photo or step.album:
            for place in range(count):
                self._did(step, network.show(who, (step.say or "") if place == 0 else ""))
        elif step.sticker or step.voice or step.file:
            kind = "sticker" if step.sticker else "voice" if step.voice else "file"
            self._did(step, network.send(who, kind))
        elif step.say is not None or step.forward:
            self._did(step, network.say(who, group, step.forward or (step.say or "") * step.times))
        else:
            assert not step.edit, "nobody can change what they said"

    def _did(self, step: Step, what: str) -> None:
        self.counts[step.who] = self.counts.get(step.who, 0) + 1
        place = f"{step.who} @ {step.group}" if step.group else step.who
        if len(what) > LONG:
            what = f"{what[:LONG]}… ({len(what)})"
        self.transcript.note(f"> {place}: {what}".replace("\n", " / ").rstrip())

    def _choice(self, step: Step) -> str:
        """The number that a choice was shown under, or its label."""
        chat = self.chat(step.group or step.who)
        seen = self._shown.get(chat, [])
        if step.of:
            seen = [p.say for p in self.steps[step.of].parcels if p.to == chat]
        say, button = button_of(seen, step.tap)
        labels = [offer.label for offer in offered([say])]
        return str(labels.index(button.label) + 1) if button.label in labels else button.label

    async def _settle(self) -> None:
        """Wait until all that is due has gone, at the network's pace."""
        await self.app.settled()
        for _ in range(PATIENCE):
            if not any(at <= self.clock.now for at in self._due()):
                return
            self.clock.forward(SECOND)
            await self.app.settled()
        raise AssertionError("something due does not go")

    def _due(self) -> list[datetime]:
        """When what waits may go."""
        with self.store() as store:
            return [parcel.not_before for parcel in store.parcels.unsent(limit=1000)]

    def _parcels(self) -> tuple[list[Parcel], list[Parcel]]:
        """What has gone since the last time, and what waits."""
        with self.store() as store:
            while store.parcels.get(self._last_parcel + 1) is not None:
                self._last_parcel += 1
                self._on_its_way.append(self._last_parcel)
            found = [store.parcels.get(id) for id in self._on_its_way]
        parcels = [parcel for parcel in found if parcel is not None]
        lost = [p for p in parcels if p.state in (ParcelState.FAILED, ParcelState.UNSURE)]
        assert not lost, f"the network does not take {lost}"
        waiting = [p for p in parcels if p.state in (ParcelState.DUE, ParcelState.SENDING)]
        self._on_its_way = [parcel.id for parcel in waiting]
        return [p for p in parcels if p.state is ParcelState.SENT], waiting
