"""Who blocked one network is written to on another, once."""

from datetime import timedelta

from bot.channel import Unreachable
from domain.address import Account, Address
from domain.conversation import Conversation
from domain.notice import Kind, Notice
from domain.parcel import ParcelState
from domain.person import Person
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import Outbox, outbox, parcel, push

TELEGRAM, ZALO = Address("telegram", "1", "t"), Address("zalo", "1", "z")


def somebody(store: Store) -> int:
    """Last on Telegram, once on Zalo."""
    person = store.people.add("Nguyễn Văn Vũ", None, None, TELEGRAM, START)
    for chat in (TELEGRAM, ZALO):
        store.people.link(Account(chat.channel, chat.bot, chat.chat), person.id, START)
        store.conversations.save(Conversation(chat, person.id))
    return person.id


async def known(box: Outbox, id: int) -> Person:
    """The person as they are stored."""
    found = await box.turns.run(lambda store: store.people.get(id))
    assert found is not None
    return found


async def test_says_on_the_other_network_what_one_would_not_take(database: Database) -> None:
    telegram, zalo = FakeChannel("telegram"), FakeChannel("zalo")
    telegram.faults["t"] = [Unreachable() for _ in range(9)]
    async with outbox(database, telegram, zalo) as box:
        id = await box.turns.run(somebody)
        await box.store(*(push(f"p{n}", "t", channel="telegram") for n in range(3)))
        await box.drain_for(30)
        assert zalo.texts() == ["p0", "p1", "p2"]
        assert telegram.tried == 1
        assert await box.states() == {"sent": 3}
        assert (await known(box, id)).address == ZALO

        # And what comes later goes there at once, however long ago they blocked it.
        await box.store(push("later", "t", channel="telegram"))
        await box.drain_for(10)
        assert zalo.texts()[3:] == ["later"]


async def test_leaves_answers_where_they_were_asked_for(database: Database) -> None:
    telegram, zalo = FakeChannel("telegram"), FakeChannel("zalo")
    telegram.faults["t"] = [Unreachable() for _ in range(9)]
    async with outbox(database, telegram, zalo) as box:
        await box.turns.run(somebody)
        await box.answer(parcel("answer", "t", channel="telegram"))
        await box.store(push("push", "t", channel="telegram"))
        await box.drain_for(30)
        assert zalo.texts() == ["push"]
        assert await box.state("answer") is ParcelState.FAILED


async def test_gives_somebody_up_who_is_gone_everywhere(database: Database) -> None:
    telegram, zalo = FakeChannel("telegram"), FakeChannel("zalo")
    telegram.faults["t"] = [Unreachable() for _ in range(9)]
    zalo.faults["z"] = [Unreachable() for _ in range(9)]
    async with outbox(database, telegram, zalo) as box:
        id = await box.turns.run(somebody)
        await box.store(push("push", "t", channel="telegram"))
        await box.drain_for(30)
        assert (telegram.tried, zalo.tried) == (1, 1)
        assert await box.state("push") is ParcelState.FAILED
        assert not (await known(box, id)).reachable


async def test_keeps_on_record_what_reached_nobody(database: Database) -> None:
    telegram, zalo = FakeChannel("telegram"), FakeChannel("zalo")
    telegram.faults["t"] = [Unreachable()]
    zalo.faults["z"] = [Unreachable()]

    def news(store: Store) -> None:
        id = somebody(store)
        stored = store.parcels.add(push("news", "t", channel="telegram"))
        notice = store.notices.add(Notice("news", Kind.NEWS, START, id))
        assert stored is not None and notice is not None
        store.notices.carry(notice.id, stored.id)

    async with outbox(database, telegram, zalo) as box:
        await box.turns.run(news)
        await box.drain_for(30)
        since = START - timedelta(days=1)
        (notice,) = await box.turns.run(lambda store: store.notices.since(since))
        assert (notice.state, notice.reason) == ("dropped", "unreachable")
