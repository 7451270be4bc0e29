"""Everything a delivery needs, put together by hand around a real database."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.attempts import LEASE, Gate
from bot.channel import Rendered
from bot.delivery import Delivery
from bot.turns import Turns
from domain.address import Address
from domain.message import Document, Outgoing
from domain.parcel import Lane, Parcel, ParcelState, Resend
from domain.peace import Go
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.clock import START, Clock


def parcel(
    key: str,
    chat: str = "a",
    *,
    lane: Lane = Lane.REPLY,
    resend: Resend = Resend.AGAIN,
    say: Outgoing | None = None,
    not_before: datetime = START,
    expires: datetime | None = None,
    channel: str = "fake",
) -> Parcel:
    """A parcel that says its key."""
    return Parcel(
        key=key,
        to=Address(channel, "1", chat),
        say=say or Outgoing(key),
        not_before=not_before,
        expires=expires,
        resend=resend,
        lane=lane,
    )


def push(key: str, chat: str = "a", resend: Resend = Resend.NEVER, **more: object) -> Parcel:
    """A parcel that must not go twice."""
    return parcel(key, chat, lane=Lane.PUSH, resend=resend, **more)  # type: ignore[arg-type]  # passed on


class Outbox:
    """A delivery over fake channels, with a clock that is moved by hand."""

    def __init__(
        self,
        turns: Turns,
        clock: Clock,
        *channels: FakeChannel,
        owner: str,
        gate: Gate,
        gives_way: Callable[[], bool],
    ) -> None:
        self.turns = turns
        self.clock = clock
        self.owner = owner
        self.drawn: dict[str, Rendered | Exception | None] = {}
        self.channels = {(each.name, each.bot): each for each in channels}
        self.delivery = Delivery(
            turns,
            self.channels,
            clock,
            self.render,
            lambda: 0.5,
            owner,
            sole=True,
            is_group=lambda to: to.chat.startswith("-"),
            gate=gate,
            gives_way=gives_way,
        )

    async def render(self, document: Document) -> Rendered | None:
        """Draw by the document's kind."""
        drawn = self.drawn[document.kind]
        if isinstance(drawn, Exception):
            raise drawn
        return drawn

    async def store(self, *parcels: Parcel) -> None:
        """As a job does: the sweep will find them."""
        await self.turns.run(lambda store: store.parcels.add_all(parcels))

    async def answer(self, *parcels: Parcel) -> list[Parcel]:
        """As a turn does: stored as ours, posted after the commit."""
        until = self.clock() + LEASE
        stored = await self.turns.run(
            lambda store: store.parcels.add_all(parcels, self.owner, until)
        )
        self.delivery.post(stored)
        return stored

    async def drain_for(self, seconds: float, step: float = 1.0) -> None:
        """Let the time pass in steps, delivering what comes due."""
        end = self.clock() + timedelta(seconds=seconds)
        await self.delivery.drain()
        while self.clock() < end:
            self.clock.move(step)
            await self.delivery.drain()

    async def states(self) -> dict[str, int]:
        """How many parcels are in each state that occurs."""
        counts = await self.turns.run(lambda store: store.parcels.counts())
        return {state.value: count for state, count in counts.items() if count}

    async def state(self, key: str) -> ParcelState:
        """Where one parcel is."""
        found = await self.turns.run(lambda store: store.parcels.get_by_key(key))
        assert found is not None
        return found.state


@asynccontextmanager
async def outbox(
    database: Database,
    *channels: FakeChannel,
    clock: Clock | None = None,
    owner: str = "one",
    close: bool = True,
    gate: Gate = lambda store, parcel, now: Go(),
    gives_way: Callable[[], bool] = lambda: False,
) -> AsyncIterator[Outbox]:
    """An outbox on a database; ``close=False`` leaves it as a crash would."""
    turns = Turns(database)
    await turns.start()
    box = Outbox(
        turns,
        clock or Clock(),
        *(channels or (FakeChannel(),)),
        owner=owner,
        gate=gate,
        gives_way=gives_way,
    )
    try:
        yield box
        if close:
            await box.delivery.close()
    finally:
        await turns.close()


def keys(parcels: Iterable[Parcel]) -> list[str]:
    """Their keys."""
    return [each.key for each in parcels]
