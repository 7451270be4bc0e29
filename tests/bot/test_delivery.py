"""Delivery: order, pace, windows and what is recorded."""

from bot.channel import TryLater
from domain.parcel import Lane, ParcelState
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.outbox import outbox, parcel, push


async def test_sends_a_posted_reply_and_records_it(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("hello"))
        await box.delivery.drain()
        assert channel.texts() == ["hello"]
        assert await box.state("hello") is ParcelState.SENT


async def test_sends_what_lies_in_the_table(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        await box.store(push("news", "a"), push("news too", "b"))
        await box.delivery.drain()
        assert sorted(channel.texts()) == ["news", "news too"]
        assert await box.states() == {"sent": 2}


async def test_keeps_the_order_of_replies_in_a_chat(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        for n in range(60):
            await box.answer(parcel(f"{n}"))
        await box.drain_for(90)
        assert channel.texts() == [f"{n}" for n in range(60)]


async def test_pauses_only_the_chat_that_the_network_named(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [TryLater(30)]
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("a1", "a"), parcel("a2", "a"), parcel("b1", "b"))
        await box.delivery.drain()
        await box.answer(parcel("a3", "a"), parcel("b2", "b"))
        await box.drain_for(29)
        assert channel.texts() == ["b1", "b2"]
        await box.drain_for(5)
        assert channel.texts("a") == ["a1", "a2", "a3"]


async def test_puts_replies_ahead_of_pushes(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        await box.store(*(push(f"p{n}", f"c{n}") for n in range(50)))
        await box.store(*(parcel(f"r{n}", f"d{n}", lane=Lane.REPLY) for n in range(10)))
        await box.drain_for(5, step=0.1)
        assert all(text.startswith("r") for text in channel.texts()[:10])
        assert len(channel.texts()) == 60
