"""Delivery where a network refuses whoever wrote too long ago, and bills some messages."""

from datetime import datetime

import pytest

from bot.channel import OutsideWindow, TryLater, Unsure
from domain.address import Address
from domain.ledger import Outcome
from domain.message import Outgoing, Template
from domain.notice import Kind, Notice
from domain.parcel import Parcel, ParcelState
from domain.peace import Go
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import Outbox, outbox, parcel, push

CHAT = Address("fake", "1", "a")
MONTH = START.date().replace(day=1)


def paid(store: Store, held: Parcel, now: datetime) -> Go:
    """The gate of a network that bills all that is pushed."""
    return Go(paid=True)


async def bill(box: Outbox) -> tuple[int, int]:
    return await box.turns.run(lambda store: store.month_counts.paid("fake", "1", MONTH))


async def test_fails_what_is_refused_for_long_silence_and_lets_the_person_be(
    sqlite: Database,
) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [OutsideWindow("-230"), OutsideWindow("-232")]

    def carry(store: Store) -> tuple[int, int]:
        someone = store.people.add("A", None, None, CHAT, START)
        notice = store.notices.add(Notice("n", Kind.NEWS, START, someone.id))
        sent = store.parcels.add(push("news"))
        assert notice is not None and sent is not None
        store.notices.carry(notice.id, sent.id)
        return someone.id, notice.id

    async with outbox(sqlite, channel) as box:
        person, notice = await box.turns.run(carry)
        await box.answer(parcel("answer"))
        await box.drain_for(60)
        await box.store(push("later"))
        await box.drain_for(60)
        assert channel.texts() == ["later"]
        assert await box.state("answer") is ParcelState.FAILED
        found = await box.turns.run(lambda store: store.people.get(person))
        assert found is not None and found.reachable
        line = await box.turns.run(lambda store: store.ledger.get(notice))
        assert line is not None
        assert (line.outcome, line.reason) == (Outcome.BLOCKED, "window")
        assert line.carrier is not None and line.carrier.attempts == 1


async def test_counts_what_is_billed_and_no_answer(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel, gate=paid) as box:
        await box.answer(parcel("answer"))
        approved = Outgoing("x", template=Template("1", {}))
        await box.store(push("free words", "b"), push("approved", "c", say=approved))
        await box.drain_for(10)
        assert await bill(box) == (2, 1)
        assert await box.turns.run(lambda store: store.month_counts.of("fake", "1", MONTH)) == 0


@pytest.mark.parametrize(
    ("faults", "billed"), [([TryLater(1), TryLater(1)], 1), ([OutsideWindow("-230")], 0)]
)
async def test_bills_what_arrived_once(
    sqlite: Database, faults: list[Exception], billed: int
) -> None:
    channel = FakeChannel()
    channel.faults["a"] = list(faults)
    async with outbox(sqlite, channel, gate=paid) as box:
        await box.store(push("push"))
        await box.drain_for(30)
        assert await bill(box) == (billed, 0)


async def test_bills_what_may_have_arrived_and_every_piece(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.lost["a"] = [Unsure()]
    async with outbox(sqlite, channel, gate=paid) as box:
        long = " ".join(["chữ"] * (channel.limits.text // 3))
        await box.store(push("lost"), push("long", "b", say=Outgoing(long)))
        await box.drain_for(30)
        pieces = len(channel.texts("b"))
        assert pieces > 1
        assert await bill(box) == (1 + pieces, 0)
