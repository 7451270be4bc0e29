"""Delivery: order, pace, windows and what is recorded."""

import asyncio
from bisect import bisect_right
from collections.abc import Callable

import pytest

from bot.channel import Limits, TryLater
from domain.address import Address
from domain.message import Outgoing
from domain.parcel import Lane, ParcelState, Resend
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.clock import Clock
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


async def test_keeps_the_order_while_older_replies_wait_in_the_table(database: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [TryLater(60)]
    async with outbox(database, channel) as box:
        for n in range(30):
            await box.answer(parcel(f"{n}"))
            await box.drain_for(3)
        await box.drain_for(60)
        assert channel.texts() == [f"{n}" for n in range(30)]


async def test_one_slow_chat_delays_no_other(sqlite: Database) -> None:
    channel = FakeChannel()
    gate = channel.gates["slow"] = asyncio.Event()
    async with outbox(sqlite, channel) as box:
        running = asyncio.create_task(box.delivery.run())
        await box.answer(parcel("s1", "slow"), parcel("s2", "slow"))
        for n in range(100):
            await box.answer(parcel(f"f{n}", f"c{n}"))
        await until(channel, lambda: len(channel.delivered) == 100)
        gate.set()
        await until(channel, lambda: len(channel.delivered) == 102)
        assert channel.texts("slow") == ["s1", "s2"]
        await box.delivery.close()
        await running


async def test_slow_pushes_leave_room_for_replies(sqlite: Database) -> None:
    channel = FakeChannel(limits=Limits(text=4096, a_second=0))
    gate = asyncio.Event()
    for n in range(50):
        channel.gates[f"p{n}"] = gate
    async with outbox(sqlite, channel) as box:
        await box.store(*(push(f"p{n}", f"p{n}") for n in range(50)))
        running = asyncio.create_task(box.delivery.run())
        await until(channel, lambda: channel.tried == 20)
        await box.answer(parcel("quick", "someone"))
        await until(channel, lambda: bool(channel.delivered))
        assert channel.texts() == ["quick"]
        gate.set()
        await until(channel, lambda: len(channel.delivered) == 51)
        assert channel.most_at_once <= 30
        await box.delivery.close()
        await running


@pytest.mark.parametrize("chats", [1, 40, 5000])
async def test_holds_a_window_of_a_long_table(sqlite: Database, chats: int) -> None:
    channel = FakeChannel(limits=Limits(text=4096, a_second=0, a_chat_second=0))
    most = 0

    def look(to: Address, say: Outgoing) -> None:
        nonlocal most
        most = max(most, len(box.delivery._window))

    channel.on_send = look
    async with outbox(sqlite, channel) as box:
        for start in range(0, 5000, 500):
            await box.store(
                *(push(f"{n:04}", f"c{n % chats}", Resend.AGAIN) for n in range(start, start + 500))
            )
        await box.drain_for(300)
        assert len(channel.delivered) == 5000
        assert most <= 200
        for chat in range(min(chats, 5)):
            assert channel.texts(f"c{chat}") == [f"{n:04}" for n in range(chat, 5000, chats)]
        assert not box.delivery._window._lines


async def test_holds_a_bounded_number_of_fresh_replies(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        for start in range(0, 3000, 100):
            await box.answer(*(parcel(f"{n}", f"c{n % 7}") for n in range(start, start + 100)))
        assert len(box.delivery._window) <= 3000
        await box.delivery._outcomes.flush()
        assert len(box.delivery._window) <= 1001
        await box.drain_for(500)
        for chat in range(7):
            assert channel.texts(f"c{chat}") == [f"{n}" for n in range(chat, 3000, 7)]


async def test_paces_pushes_under_the_networks_limits(sqlite: Database) -> None:
    channel = FakeChannel()
    sent: list[tuple[float, str]] = []
    async with outbox(sqlite, channel) as box:
        channel.on_send = lambda to, say: sent.append((box.clock().timestamp(), to.chat))
        await box.store(*(push(f"g{n}", "-1") for n in range(40)))
        await box.store(*(push(f"p{n}", f"c{n}") for n in range(400)))
        await box.drain_for(180, step=0.05)
    assert len(sent) == 440
    assert _busiest([at for at, _ in sent], 0.999) <= 30
    assert _busiest([at for at, chat in sent if chat == "-1"], 59.999) <= 20
    everybody = [at for at, chat in sent if chat != "-1"]
    assert everybody[-1] - everybody[0] < 400 / 25


async def test_takes_up_what_a_crash_left(database: Database) -> None:
    channel = FakeChannel()
    channel.gates["-1"] = channel.gates["a"] = asyncio.Event()
    async with outbox(database, channel, close=False) as box:
        await box.store(push("post on the wire", "-1"), push("post in memory", "-1"))
        await box.answer(parcel("answer on the wire", "a"), parcel("answer in memory", "a"))
        wire = asyncio.create_task(box.delivery.drain())
        await until(channel, lambda: channel.tried == 2)
        wire.cancel()
        for task in box.delivery._flying:
            task.cancel()
    after = FakeChannel()
    async with outbox(database, after, clock=box.clock) as box:
        await box.drain_for(5)
        assert after.texts("-1") == ["post in memory"]
        assert after.texts("a") == ["answer on the wire", "answer in memory"]
        assert await box.state("post on the wire") is ParcelState.UNSURE
        assert await box.states() == {"sent": 3, "unsure": 1}


async def test_gives_back_what_it_holds_when_it_closes(database: Database) -> None:
    channel = FakeChannel()
    async with outbox(database, channel) as box:
        await box.store(*(push(f"p{n}", "-1") for n in range(10)))
        await box.delivery.drain()
    other = FakeChannel()
    async with outbox(database, other, owner="two", clock=box.clock) as box:
        box.delivery._sole = False
        await box.drain_for(60)
        assert channel.texts() == ["p0"]
        assert other.texts() == [f"p{n}" for n in range(1, 10)]


async def test_two_processes_send_everything_once(database: Database) -> None:
    channel, clock = FakeChannel(), Clock()
    async with (
        outbox(database, channel, clock=clock, owner="one") as one,
        outbox(database, channel, clock=clock, owner="two") as two,
    ):
        one.delivery._sole = two.delivery._sole = False
        await one.store(*(push(f"p{n:03}", f"c{n}") for n in range(500)))
        await one.answer(*(parcel(f"r{n:03}", f"d{n}") for n in range(50)))
        for _ in range(120):
            await asyncio.gather(one.delivery.drain(), two.delivery.drain())
            clock.move(1)
        assert len(channel.texts()) == len(set(channel.texts())) == 550


async def test_does_not_send_a_post_whose_lease_went_to_another(database: Database) -> None:
    channel, clock = FakeChannel(), Clock()
    channel.faults["-1"] = [TryLater(4)]
    async with outbox(database, channel, clock=clock, owner="stalled") as stalled:
        await stalled.store(push("post", "-1", Resend.NEVER))
        await stalled.delivery.drain()
        held = stalled.delivery._window._held
        clock.move(600)
        async with outbox(database, channel, clock=clock, owner="awake") as awake:
            awake.delivery._sole = False
            await awake.delivery.drain()
            assert await awake.state("post") is ParcelState.UNSURE
        stalled.delivery._more = False
        stalled.delivery._pump()
        await asyncio.gather(*stalled.delivery._flying)
        assert channel.texts() == []
        assert held == {}


async def test_sends_what_was_added_after_it_started(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        running = asyncio.create_task(box.delivery.run())
        await box.store(push("first"))
        box.delivery.wake()
        await until(channel, lambda: channel.texts() == ["first"])
        await box.store(push("second", "b"))
        box.delivery.wake()
        await until(channel, lambda: channel.texts() == ["first", "second"])
        await box.delivery.close()
        await running
        assert await box.states() == {"sent": 2}


async def test_keeps_outcomes_while_the_database_refuses(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("told"))
        await until(channel, lambda: channel.texts() == ["told"])
        refused = box.turns.run
        box.turns.run = _refuse  # type: ignore[method-assign,assignment]  # a database that is down
        with pytest.raises(OSError):
            await box.delivery._outcomes.flush()
        box.turns.run = refused  # type: ignore[method-assign]  # it is up again
        await box.drain_for(5)
        assert channel.texts() == ["told"]
        assert await box.states() == {"sent": 1}


async def _refuse(*_: object, **__: object) -> None:
    raise OSError("down")


async def until(channel: FakeChannel, happened: Callable[[], bool]) -> None:
    """Wait for something that the channel will show."""
    async with asyncio.timeout(20):
        while not happened():
            channel.changed.clear()
            await channel.changed.wait()


def _busiest(times: list[float], seconds: float) -> int:
    """The most that any window of so many seconds holds."""
    times = sorted(times)
    return max(bisect_right(times, at + seconds) - n for n, at in enumerate(times))
