"""Delivery when the network refuses, moves, breaks or loses the answer."""

from datetime import timedelta

from bot.channel import Misconfigured, Moved, NotAccepted, TryLater, Unreachable, Unsure
from domain.address import Address
from domain.group import Group
from domain.message import Outgoing
from domain.parcel import ParcelState, Resend
from domain.units import Unit
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import outbox, parcel, push


async def test_never_repeats_what_may_have_arrived(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.lost["-1"] = [Unsure()]
    async with outbox(sqlite, channel) as box:
        await box.store(push("post", "-1"))
        await box.drain_for(4000, step=100)
        assert channel.texts() == ["post"]
        assert await box.state("post") is ParcelState.UNSURE
        assert box.delivery.counted[ParcelState.UNSURE] == 1


async def test_repeats_an_answer_that_may_not_have_arrived(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.lost["a"] = [Unsure()]
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("answer"), parcel("next"))
        await box.drain_for(10)
        assert channel.texts() == ["answer", "answer", "next"]
        assert await box.states() == {"sent": 2}


async def test_marks_what_must_not_go_twice_before_it_calls(sqlite: Database) -> None:
    channel = FakeChannel()
    seen: list[ParcelState] = []

    def look(to: Address, say: Outgoing) -> None:
        with sqlite.session() as other:
            found = other.store.parcels.get_by_key(say.text)
            assert found is not None
            seen.append(found.state)

    channel.on_send = look
    async with outbox(sqlite, channel) as box:
        await box.store(push("claimed", "-1"), push("again", "b", Resend.AGAIN))
        await box.delivery.drain()
        await box.answer(parcel("fresh", "c", resend=Resend.NEVER))
        await box.delivery.drain()
        assert sorted(seen) == ["due", "sending", "sending"]


async def test_gives_up_after_eight_attempts(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [TryLater(1) for _ in range(20)]
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("stubborn"))
        await box.drain_for(60)
        assert channel.tried == 8
        assert await box.state("stubborn") is ParcelState.FAILED


async def test_waits_longer_before_each_attempt(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [Unsure() for _ in range(4)]
    tried: list[int] = []
    async with outbox(sqlite, channel) as box:
        channel.on_send = lambda to, say: tried.append(round((box.clock.now - START).seconds))
        await box.answer(parcel("patient"))
        await box.drain_for(100)
        assert tried == [0, 2, 8, 26, 80]
        assert await box.states() == {"sent": 1}


async def test_stops_writing_to_a_chat_that_is_gone(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [Unreachable()]
    address = Address("fake", "1", "-1")

    def bind(store: Store) -> None:
        unit = store.units.add(Unit(0, "TINH", "LĐLĐ tỉnh", "tinh", None, START.date()))
        chair = store.people.add("A", unit.id, None, Address("fake", "1", "a"), START)
        store.groups.bind(Group(address, unit.id, "Tổ 1", chair.id, START))

    async with outbox(sqlite, channel) as box:
        await box.turns.run(bind)
        await box.store(*(push(f"p{n}", "-1") for n in range(40)), push("other", "-2"))
        await box.drain_for(10)
        assert channel.texts() == ["other"]
        assert await box.state("p0") is ParcelState.FAILED
        assert await box.states() == {"failed": 1, "dropped": 39, "sent": 1}
        found = await box.turns.run(lambda store: store.groups.at(address))
        assert found is None or not found.active


async def test_follows_a_group_that_moved_and_keeps_the_order(sqlite: Database) -> None:
    channel = FakeChannel()
    new = Address("fake", "1", "-100")
    async with outbox(sqlite, channel) as box:
        await box.store(*(push(f"p{n:02}", "-1") for n in range(30)))
        channel.on_send = lambda to, say: None
        channel.faults["-1"] = [Moved(new) for _ in range(30)]
        await box.drain_for(200)
        assert channel.texts("-1") == []
        assert channel.texts("-100") == [f"p{n:02}" for n in range(30)]
        assert channel.tried == 31
        assert await box.states() == {"sent": 30}


async def test_does_not_follow_a_group_in_circles(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [Moved(Address("fake", "1", "-2")) for _ in range(9)]
    channel.faults["-2"] = [Moved(Address("fake", "1", "-1")) for _ in range(9)]
    async with outbox(sqlite, channel) as box:
        await box.store(push("dizzy", "-1"))
        await box.drain_for(60)
        assert await box.state("dizzy") is ParcelState.FAILED


async def test_keeps_a_refused_message_visible_and_goes_on(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [NotAccepted("too_long")]
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("refused"), parcel("next"))
        await box.delivery.drain()
        assert channel.texts() == ["next"]
        assert await box.states() == {"failed": 1, "sent": 1}


async def test_loses_nothing_while_the_token_is_wrong(sqlite: Database) -> None:
    wrong, right = FakeChannel("wrong"), FakeChannel("right")
    for n in range(50):
        wrong.faults[f"c{n}"] = [Misconfigured() for _ in range(3)]
    async with outbox(sqlite, wrong, right) as box:
        await box.store(*(push(f"w{n:02}", f"c{n}", channel="wrong") for n in range(50)))
        await box.store(*(push(f"r{n:02}", f"c{n}", channel="right") for n in range(50)))
        await box.drain_for(10, step=0.5)
        assert len(right.texts()) == 50
        assert wrong.tried <= 30
        wrong.faults.clear()
        await box.drain_for(300, step=5)
        assert sorted(wrong.texts()) == [f"w{n:02}" for n in range(50)]
        assert await box.states() == {"sent": 100}


async def test_an_outage_costs_no_parcel_its_attempts(sqlite: Database) -> None:
    channel = FakeChannel()

    def down(to: Address, say: Outgoing) -> None:
        if box.clock() < START.replace(hour=3):
            raise TryLater

    channel.on_send = down
    async with outbox(sqlite, channel) as box:
        await box.answer(*(parcel(f"r{n:02}", f"c{n}") for n in range(40)))
        await box.store(*(push(f"p{n:02}", f"d{n}") for n in range(300)))
        await box.drain_for(2 * 3600, step=20)
        assert channel.delivered == []
        assert channel.tried < 600
        await box.drain_for(180)
        assert len(channel.texts()) == 340
        assert await box.states() == {"sent": 340}


async def test_leaves_the_account_alone_when_the_network_tells_several_chats_to_wait(
    sqlite: Database,
) -> None:
    channel = FakeChannel()
    ends = START + timedelta(seconds=20)

    def flooded(to: Address, say: Outgoing) -> None:
        nonlocal ends
        if (now := box.clock()) < ends:
            # Whoever goes on sending is told to wait anew.
            ends = now + timedelta(seconds=20)
            raise TryLater(20)

    channel.on_send = flooded
    async with outbox(sqlite, channel) as box:
        await box.answer(*(parcel(f"r{n:02}", f"c{n}") for n in range(40)))
        await box.store(*(push(f"p{n:02}", f"d{n}") for n in range(100)))
        await box.drain_for(120)
        assert await box.states() == {"sent": 140}
        assert channel.tried < 180


async def test_marks_nothing_as_being_sent_while_the_account_is_left_alone(
    sqlite: Database,
) -> None:
    channel = FakeChannel()

    def flooded(to: Address, say: Outgoing) -> None:
        if box.clock() < START + timedelta(seconds=60):
            raise TryLater(60)

    channel.on_send = flooded
    async with outbox(sqlite, channel) as box:
        await box.store(*(push(f"p{n}", f"c{n}") for n in range(3)))
        await box.drain_for(1, step=0.1)
        assert channel.tried == 3
        assert await box.states() == {"due": 3}
        await box.drain_for(70)
        assert await box.states() == {"sent": 3}


async def test_resumes_a_long_text_at_the_piece_that_was_not_sent(sqlite: Database) -> None:
    channel = FakeChannel()
    text = " ".join(f"word{n}" for n in range(1500))
    calls: list[str] = []

    def second_fails(to: Address, say: Outgoing) -> None:
        calls.append(say.text)
        if len(calls) == 2:
            raise TryLater(3)

    channel.on_send = second_fails
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("long", say=Outgoing(text)), parcel("after"))
        await box.drain_for(20)
        said = channel.texts()
        assert " ".join(said[:-1]) == text
        assert said[-1] == "after"
        assert await box.states() == {"sent": 2}


async def test_never_repeats_the_first_piece_of_a_post_over_a_long_pause(sqlite: Database) -> None:
    channel = FakeChannel()
    text = " ".join(f"word{n}" for n in range(1500))
    calls: list[str] = []

    def second_fails(to: Address, say: Outgoing) -> None:
        calls.append(say.text)
        if len(calls) == 2:
            raise TryLater(600)

    channel.on_send = second_fails
    async with outbox(sqlite, channel) as box:
        await box.store(push("long", "-1", say=Outgoing(text)))
        await box.drain_for(700, step=10)
        assert " ".join(channel.texts()) == text
        assert await box.states() == {"sent": 1}


async def test_drops_what_is_too_late_to_be_useful(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["a"] = [TryLater(100)]
    later = START.replace(minute=1)
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("late", expires=later), parcel("fine"))
        await box.drain_for(110, step=10)
        assert channel.texts() == ["fine"]
        assert await box.states() == {"dropped": 1, "sent": 1}


async def test_counts_a_fault_of_the_channel_itself_as_unsure(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [ZeroDivisionError()]
    channel.faults["a"] = [ZeroDivisionError()]
    async with outbox(sqlite, channel) as box:
        await box.store(push("post", "-1"))
        await box.answer(parcel("answer"))
        await box.drain_for(30)
        assert channel.texts() == ["answer"]
        assert await box.states() == {"unsure": 1, "sent": 1}


async def test_keeps_parcels_of_an_account_that_is_not_running(sqlite: Database) -> None:
    async with outbox(sqlite, FakeChannel()) as box:
        await box.store(push("p", channel="absent"))
        await box.answer(parcel("r", channel="absent"))
        await box.drain_for(5)
        assert await box.states() == {"due": 2}
    late = FakeChannel("absent")
    async with outbox(sqlite, late, clock=box.clock) as box:
        await box.drain_for(120, step=10)
        assert sorted(late.texts()) == ["p", "r"]
