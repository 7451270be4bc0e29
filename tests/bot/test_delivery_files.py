"""Delivery of files over a network that carries only some, and none with words beside it."""

import pytest

from bot.channel import Limits, Rendered
from domain.action import Action
from domain.message import Button, Document, Outgoing, Template
from storage.engine import Database
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import outbox, parcel

SOME = Limits(
    text=2000, caption=2000, document_types=frozenset({"pdf", "docx"}), file_captions=False
)
BUTTONS = ((Button("Sửa", Action("edit")),),)
SAY = Outgoing("Đơn của anh/chị", BUTTONS, Document("paper", {}, START))


def arrived(channel: FakeChannel) -> list[tuple[str, str, bool]]:
    """Each message's words, the file that came with it, and whether it had buttons."""
    return [
        (each.say.text, each.drawn.name if each.drawn else "", bool(each.say.buttons))
        for each in channel.delivered
    ]


@pytest.mark.parametrize("name", ["don.docx", "DON.PDF"])
async def test_says_the_words_after_the_file(sqlite: Database, name: str) -> None:
    channel = FakeChannel(limits=SOME)
    async with outbox(sqlite, channel) as box:
        box.drawn["paper"] = Rendered("document", name, b"%PDF")
        await box.answer(parcel("with", say=SAY))
        await box.delivery.drain()
    assert arrived(channel) == [("", name, False), ("Đơn của anh/chị", "", True)]


async def test_says_the_words_under_a_picture(sqlite: Database) -> None:
    channel = FakeChannel(limits=SOME)
    async with outbox(sqlite, channel) as box:
        box.drawn["paper"] = Rendered("photo", "don.png", b"png")
        await box.answer(parcel("with", say=SAY))
        await box.delivery.drain()
    assert arrived(channel) == [("Đơn của anh/chị", "don.png", True)]


@pytest.mark.parametrize("name", ["don.xlsx", "don"])
async def test_says_the_words_alone_where_such_a_file_is_not_carried(
    sqlite: Database, name: str
) -> None:
    channel = FakeChannel(limits=SOME)
    async with outbox(sqlite, channel) as box:
        box.drawn["paper"] = Rendered("document", name, b"PK")
        await box.answer(parcel("with", say=SAY))
        await box.delivery.drain()
    assert arrived(channel) == [("Đơn của anh/chị", "", True)]


async def test_leaves_what_was_approved_beforehand_whole(sqlite: Database) -> None:
    channel = FakeChannel(limits=Limits(text=10))
    approved = Template("77", {"ten": "Lan"})
    async with outbox(sqlite, channel) as box:
        await box.answer(parcel("approved", say=Outgoing("dài hơn mười chữ", template=approved)))
        await box.delivery.drain()
    assert [each.say.template for each in channel.delivered] == [approved]
