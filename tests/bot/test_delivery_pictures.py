"""Delivery of what comes with a picture: the words arrive, whatever becomes of the picture."""

import logging
import sqlite3

import pytest

from bot.channel import Limits, NotAccepted, Rendered, SendError, Unsure
from domain.address import MessageRef
from domain.message import Document, Outgoing
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import outbox, parcel, push

DOCUMENT = Document("chart", {}, START)
PICTURE = Rendered("photo", "tien-do.png", b"png")
SHORT = Outgoing("Tiến độ", document=DOCUMENT)
LONG = Outgoing("Tiến độ – " + "a" * 2000, document=DOCUMENT)


def arrived(channel: FakeChannel) -> list[tuple[str, bool]]:
    """Each message's words, and whether a picture came with it."""
    return [(each.say.text, each.drawn is not None) for each in channel.delivered]


@pytest.mark.parametrize("drawn", [None, OSError("no font")])
async def test_says_the_words_at_once_when_there_is_nothing_to_draw(
    sqlite: Database, drawn: OSError | None
) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = drawn
        await box.answer(parcel("with", say=SHORT), parcel("next"))
        await box.delivery.drain()
        assert arrived(channel) == [("Tiến độ", False), ("next", False)]
        assert await box.states() == {"sent": 2}


async def test_logs_what_could_not_be_drawn(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with outbox(sqlite, FakeChannel()) as box:
        box.drawn["chart"] = OSError("no font")
        with caplog.at_level(logging.ERROR):
            await box.answer(parcel("with", say=SHORT))
            await box.delivery.drain()
    assert [record.getMessage() for record in caplog.records] == ["not_drawn"]


async def test_keeps_the_place_of_the_message_it_answers_without_a_picture(
    sqlite: Database,
) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = None
        say = Outgoing("Tiến độ", document=DOCUMENT, replaces=MessageRef("a/1"))
        await box.answer(parcel("tapped", say=say))
        await box.delivery.drain()
        assert [each.say.replaces for each in channel.delivered] == ["a/1"]


async def test_sends_a_picture_and_a_long_text_both_whole(sqlite: Database) -> None:
    channel = FakeChannel()
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = PICTURE
        await box.answer(parcel("long", say=LONG), parcel("short", say=SHORT))
        await box.drain_for(5)
        assert arrived(channel) == [("", True), (LONG.text, False), ("Tiến độ", True)]


@pytest.mark.parametrize("say", [SHORT, LONG])
async def test_sends_the_words_alone_where_the_picture_is_refused(
    sqlite: Database, say: Outgoing
) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [NotAccepted("no_files")]
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = PICTURE
        await box.store(push("post", "-1", say=say))
        await box.drain_for(5)
        assert arrived(channel) == [(say.text, False)]
        assert await box.states() == {"sent": 1}


async def test_gives_up_what_is_refused_without_its_picture_too(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [NotAccepted("no_files"), NotAccepted("too_long")]
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = PICTURE
        await box.store(push("post", "-1", say=SHORT))
        await box.drain_for(5)
        assert await box.states() == {"failed": 1}


async def test_refuses_nothing_but_a_picture_as_a_whole(sqlite: Database) -> None:
    channel = FakeChannel()
    channel.faults["-1"] = [NotAccepted("no_files")]
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = PICTURE
        await box.store(push("post", "-1", say=Outgoing("", document=DOCUMENT)))
        await box.drain_for(5)
        assert await box.states() == {"failed": 1}


@pytest.mark.parametrize("where", ["faults", "lost"])
async def test_posts_the_words_once_when_the_picture_before_them_may_be_lost(
    sqlite: Database, where: str
) -> None:
    channel = FakeChannel()
    faults: dict[str, list[SendError]] = getattr(channel, where)
    faults["-1"] = [Unsure()]
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = PICTURE
        await box.store(push("post", "-1", say=LONG))
        await box.drain_for(60)
        assert arrived(channel)[-1] == (LONG.text, False)
        assert len(channel.delivered) == (2 if where == "lost" else 1)
        assert await box.states() == {"sent": 1}


async def test_draws_nothing_for_a_network_without_pictures(sqlite: Database) -> None:
    channel = FakeChannel(limits=Limits(text=2000, documents=False, pictures=False))
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("with", say=SHORT))
        await box.delivery.drain()
        assert arrived(channel) == [("Tiến độ", False)]


async def test_draws_again_when_the_database_was_down(sqlite: Database) -> None:
    channel = FakeChannel()
    down = sqlite3.OperationalError("disk I/O error")
    down.sqlite_errorcode = sqlite3.SQLITE_IOERR
    async with outbox(sqlite, channel) as box:
        box.drawn["chart"] = down
        await box.answer(parcel("with", say=SHORT))
        await box.delivery.drain()
        assert arrived(channel) == []
        box.drawn["chart"] = PICTURE
        await box.drain_for(10)
        assert arrived(channel) == [("Tiến độ", True)]
