"""The soak itself: hour by hour people act, time passes for the bot, and the bot is killed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic

from domain.broadcast import Audience, Broadcast
from domain.parcel import ParcelState, Resend
from storage.store import Store
from tests.soak.child import Given, Stretch
from tests.soak.deeds import SAID, Deeds
from tests.soak.founding import found
from tests.soak.kills import Kill, OwnMoment, drawn
from tests.soak.moved_clock import MovedClock
from tests.soak.network import Moment, Network
from tests.soak.plan import ZONE, Plan
from tests.soak.process import BotProcess, Killed
from tests.soak.world import World

HOUR = timedelta(hours=1)

AWAKE = range(7, 21)
"""Local hours in which people do something; at night time passes in longer strides."""

NIGHT = timedelta(hours=5)

APART = timedelta(seconds=3)
"""Between two messages of one person."""

LONGEST_TALK = max(len(words) for words in SAID.values())

UNSETTLED = "SELECT id, state, resend FROM parcel WHERE state IN ('due', 'sending')"


@dataclass(slots=True)
class Soak:
    """One of them, under way."""

    world: World
    deeds: Deeds
    kills: list[Kill]
    tell: Callable[[str], None]
    killed: Counter[str] = field(default_factory=Counter)
    away: list[tuple[datetime, datetime]] = field(default_factory=list)
    """When nothing ran."""
    left: set[int] = field(default_factory=set)
    """Parcels that were not settled when it was killed."""
    sending: set[int] = field(default_factory=set)
    """Those of them that were marked as being sent, and must not be sent again."""
    memory: int = 0
    """The most any process held, in kilobytes."""
    processor: float = 0.0
    """Seconds of it that all of them took, together."""
    seconds: float = 0.0
    """Real ones, from first to last."""
    broadcast: Broadcast | None = None
    _process: BotProcess | None = None
    _armed: Kill | None = None

    async def run(self) -> None:
        """From the first morning to the last evening."""
        began = monotonic()
        plan, clock = self.world.plan, self.world.clock
        await self._start()
        while (now := clock()) < plan.ends:
            local = now + ZONE
            if now >= plan.calm_from:
                self._calm_down()
            elif local.hour in AWAKE:
                await self._talk()
                self._announce()
            end = min(_next_stop(now), plan.ends)
            await self._advance(end)
            self.world.network.faults.release()
            if local.hour == AWAKE.stop - 1:
                self.tell(self._line(monotonic() - began))
        assert self._process is not None
        await self._process.end()
        self._count(self._process)
        self.seconds = monotonic() - began

    async def stop(self) -> None:
        """Leave no process behind."""
        if self._process is not None:
            self._process.shoot()

    async def _talk(self) -> None:
        """Everybody who says something this hour says it, each waiting for the answers."""
        spoke = self.deeds.speakers()
        for turn in range(LONGEST_TALK):
            for soul, deed in spoke:
                self.deeds.say(soul, deed, turn)
            await self._hand_over()
            self.world.clock.forward(APART)
        self.deeds.note(spoke)
        # What the network tells of these comes to the bot in an hour.
        self.deeds.in_the_app()

    async def _hand_over(self) -> None:
        """Let the bot take what waits for it, again if it died over it."""
        pending = self.world.bot.updates.pending
        while pending:
            raws = tuple(update.body for update in pending)
            taken = await self._go(self.world.clock(), raws)
            if taken:
                for _ in raws:
                    pending.popleft()

    async def _advance(self, until: datetime) -> None:
        """Let time pass, whatever dies meanwhile."""
        while self.world.clock() < until:
            await self._go(until, ())

    async def _go(self, until: datetime, raws: tuple[bytes, ...]) -> bool:
        """A stretch of time; whether the updates were taken."""
        process = self._process
        assert process is not None
        number, committed = self._arm(until)
        try:
            await process.go(Stretch(until, raws, number, committed))
        except Killed:
            taken = process.taken
            await self._mourn(process)
            return taken
        return True

    def _arm(self, until: datetime) -> tuple[int, bool]:
        """Make ready the kill that is due; what the process itself has to know of it."""
        if self._armed is not None or not self.kills or self.kills[0].at > until:
            return 0, False
        kill = self._armed = self.kills.pop(0)
        match kill.moment:
            case Moment():
                self.world.network.armed = (kill.moment, kill.nth)
            case OwnMoment.ANY:
                asyncio.get_running_loop().call_later(kill.seconds, self.world.network.shoot)
            case OwnMoment.WRITTEN | OwnMoment.COMMITTED:
                return kill.nth, kill.moment is OwnMoment.COMMITTED
        return 0, False

    async def _mourn(self, process: BotProcess) -> None:
        """Clear up, stay away for as long as planned, and start again."""
        clock, kill = self.world.clock, self._armed
        assert kill is not None, "nobody was to kill it"
        self.killed[kill.moment] += 1
        self._armed = self.world.network.armed = None
        await process.end()
        self._count(process)
        self._look_at_what_is_left()
        since = clock()
        clock.reach(min(since + kill.away, max(since, self.world.plan.calm_from)))
        self.away.append((since, clock()))
        await self._start()

    def _count(self, process: BotProcess) -> None:
        self.memory = max(self.memory, process.spent.memory)
        self.processor += process.spent.processor

    def _look_at_what_is_left(self) -> None:
        for id, state, resend in self.world.look(unsettled):
            self.left.add(id)
            if state is ParcelState.SENDING and resend is Resend.NEVER:
                self.sending.add(id)

    async def _start(self) -> None:
        plan = self.world.plan
        given = Given(self.world.config, self.world.clock_file, plan.tick, plan.careless)
        self._process = BotProcess(given)
        self.world.network.shoot = self._process.shoot
        await self._process.running()

    def _calm_down(self) -> None:
        """Nothing breaks down any more, and nobody is killed."""
        self.world.network.calm = True
        self.world.network.armed = None
        self.kills.clear()

    def _announce(self) -> None:
        """Halfway an officer writes to everybody."""
        plan, now = self.world.plan, self.world.clock()
        if self.broadcast is not None or (now + ZONE).date() <= plan.halfway:
            return
        if (now + ZONE).hour < 9:
            return
        [officer] = [soul for soul in self.world.souls if soul.officer]
        audience = Audience(self.world.root.id, plan.told)
        said = "Mời anh/chị xem lại sáng kiến của tổ mình. (dữ liệu mô phỏng)"
        new = Broadcast(0, self.world.root.id, audience, said, officer.number, now, agreed_at=now)
        with self.world.store() as store:
            self.broadcast = store.broadcasts.add(new)

    def _line(self, seconds: float) -> str:
        """How far it is."""
        day = (self.world.clock() + ZONE).date()
        heard, faults = len(self.world.network.heard), self.world.network.met.total()
        return (
            f"{day}: {heard:,} messages, {faults} faults, {self.killed.total()} kills,"
            f" {seconds:.0f} s"
        )


def _next_stop(now: datetime) -> datetime:
    """The next full hour by day, the morning at night."""
    local = now + ZONE
    hour = now.replace(minute=0, second=0, microsecond=0)
    if local.hour in AWAKE:
        return hour + HOUR
    return hour + (NIGHT if local.hour == AWAKE.stop else HOUR)


def unsettled(store: Store) -> list[tuple[int, ParcelState, Resend]]:
    """Parcels that wait or are being sent."""
    found = store.parcels._cursor.connection.execute(UNSETTLED).fetchall()
    return [(id, ParcelState(state), Resend(resend)) for id, state, resend in found]


@asynccontextmanager
async def soaking(
    plan: Plan, folder: Path, url: str, tell: Callable[[str], None]
) -> AsyncIterator[Soak]:
    """A soak ready to be run; ``url`` is an empty database with its tables."""
    chance = Random(plan.seed)
    clock = MovedClock.begin(folder / "clock", plan.begins)
    async with Network(clock, Random(chance.random())).serve() as server:
        assert isinstance(server, Network)
        world = found(plan, server, clock, folder, url)
        soak = Soak(world, Deeds(world), drawn(plan, chance), tell)
        try:
            yield soak
        finally:
            await soak.stop()
            world.database.close()
