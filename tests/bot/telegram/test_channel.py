"""Our channel against the simulated network: what people see of what we say."""

import aiohttp
import pytest

from bot.channel import (
    NotAccepted,
    Rendered,
    Sent,
    TryLater,
)
from bot.playground.telegram import pictures
from bot.playground.telegram.world import Tap
from bot.telegram.channel import TelegramChannel
from domain.action import Action
from domain.address import MessageRef
from domain.message import Button, FileRef, Outgoing
from tests.bot.telegram.conftest import NOW, Line

HELLO = Outgoing("Chào anh/chị")
YES = ((Button("Xác nhận", Action("confirm", "17", 2)),),)
WIDE = pictures.plain(2100, 100)


async def test_sends_words_and_buttons_that_come_back_when_tapped(line: Line) -> None:
    sent = await line.channel.send(line.private, Outgoing("Xem lại", YES), None)
    (message,) = line.seen
    assert sent == Sent(MessageRef(f"{line.lan.id}/{message.id}"), NOW)
    assert (message.text, message.buttons) == ("Xem lại", (("Xác nhận",),))

    tap = line.server.people.tap(line.lan, message, "Xác nhận")
    assert isinstance(tap, Tap)
    (raw,) = line.bot.updates.take(0, 10)
    said = line.channel.decode(raw)
    assert said is not None
    assert (said.action, said.message) == (Action("confirm", "17", 2), sent.message)
    assert not tap.answered
    await line.channel.settle(said.tap)
    assert tap.answered


async def test_settling_an_old_tap_is_no_failure(line: Line) -> None:
    await line.channel.settle("1")
    line.server.faults.down = True
    await line.channel.settle("1")


async def test_changes_the_message_whose_button_was_tapped(line: Line) -> None:
    first = await line.channel.send(line.private, Outgoing("Xem lại", YES), None)
    again = Outgoing("Đã nộp", replaces=first.message)
    assert (await line.channel.send(line.private, again, None)).message == first.message
    assert (await line.channel.send(line.private, again, None)).message == first.message
    (message,) = line.seen
    assert (message.text, message.buttons) == ("Đã nộp", ())


async def test_says_it_anew_when_the_message_cannot_be_changed(line: Line) -> None:
    gone = Outgoing("Đã nộp", replaces=MessageRef(f"{line.lan.id}/999"))
    sent = await line.channel.send(line.private, gone, None)
    picture = Rendered("photo", "a.png", pictures.plain())
    shown = await line.channel.send(line.private, Outgoing("Tiến độ", YES), picture)
    after = Outgoing("Xong", replaces=shown.message)
    assert (await line.channel.send(line.private, after, None)).message != shown.message
    assert [m.text for m in line.seen] == ["Đã nộp", "Tiến độ", "Xong"]
    assert sent.message != gone.replaces


async def test_uploads_a_picture_and_a_document(line: Line) -> None:
    await line.channel.send(line.private, HELLO, Rendered("photo", "tiến độ.png", pictures.plain()))
    await line.channel.send(line.private, HELLO, Rendered("document", "mẫu.docx", b"docx"))
    kept = [(m.media.kind, m.media.data, m.text) for m in line.seen if m.media]
    assert kept == [
        ("photo", pictures.plain(), HELLO.text),
        ("document", b"docx", HELLO.text),
    ]


async def test_uploads_megabytes(line: Line) -> None:
    await line.channel.send(line.private, HELLO, Rendered("document", "a.zip", bytes(2**21)))
    (message,) = line.seen
    assert message.media
    assert message.media.size == 2**21


async def test_sends_a_picture_of_impossible_sides_as_a_document(line: Line) -> None:
    await line.channel.send(line.private, HELLO, Rendered("photo", "a.png", WIDE))
    (message,) = line.seen
    assert message.media
    assert (message.media.kind, message.text) == ("document", HELLO.text)


async def test_says_the_words_alone_where_files_are_forbidden(line: Line) -> None:
    said = "Bad Request: not enough rights to send photos to the chat"
    line.server.faults.fail("sendPhoto", code=400, description=said)
    await line.channel.send(
        line.private, Outgoing("Tiến độ", YES), Rendered("photo", "a.png", pictures.plain())
    )
    (message,) = line.seen
    assert (message.text, message.media, message.buttons) == (
        "Tiến độ",
        None,
        (("Xác nhận",),),
    )


async def test_writes_into_the_group_when_the_topic_is_gone(line: Line) -> None:
    forum = line.group(forum=True)
    topic = line.server.groups.open_topic(forum, "Tiến độ", line.lan)
    to = line.of(forum, topic.id)
    await line.channel.send(to, HELLO, None)
    line.server.groups.delete_topic(forum, topic)
    await line.channel.send(to, HELLO, None)
    left = [m for m in line.server.people.history(forum) if m.from_bot]
    assert [m.body.get("message_thread_id") for m in left] == [None]


async def test_leaves_a_session_open_that_is_not_its_own(line: Line) -> None:
    async with aiohttp.ClientSession() as session:
        url = line.server.url
        channel = TelegramChannel(line.bot.token, now=lambda: NOW, base_url=url, session=session)
        await channel.send(line.private, HELLO, None)
        await channel.close()
        assert not session.closed


async def test_asks_for_its_own_name(line: Line) -> None:
    url = f"{line.server.url}/"
    channel = TelegramChannel(line.bot.token, now=lambda: NOW, base_url=url)
    assert channel.username == ""
    await channel.introduce()
    assert channel.username == "SangKienBot"
    await channel.close()


async def test_fetches_what_a_person_sent(line: Line) -> None:
    line.server.people.send_document(line.lan, line.bot, "a.pdf", b"%PDF" * 1000)
    (raw,) = line.bot.updates.take(0, 10)
    said = line.channel.decode(raw)
    assert said is not None
    (file,) = said.files
    assert await line.channel.fetch(file, 4000) == b"%PDF" * 1000
    for most, ref, code in (
        (3999, file, "too_large"),
        (3999, FileRef(file.ref, "document"), "too_large"),
        (4000, FileRef("nonsense", "photo"), "file_gone"),
    ):
        with pytest.raises(NotAccepted) as caught:
            await line.channel.fetch(ref, most)
        assert caught.value.code == code
    line.server.faults.fail("getFile")
    with pytest.raises(TryLater):
        await line.channel.fetch(file, 4000)


async def test_stops_fetching_a_file_that_is_larger_than_was_said(line: Line) -> None:
    line.server.people.send_document(line.lan, line.bot, "a.pdf", bytes(5000), size=10)
    (raw,) = line.bot.updates.take(0, 10)
    said = line.channel.decode(raw)
    assert said is not None
    with pytest.raises(NotAccepted, match="too_large"):
        await line.channel.fetch(said.files[0], 4999)
