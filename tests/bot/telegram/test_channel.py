"""Our channel against the simulated network: what people see, and how each failure is classed."""

import logging
import socket

import pytest

from bot.channel import (
    Misconfigured,
    Moved,
    NotAccepted,
    Rendered,
    SendError,
    Sent,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.playground.telegram import pictures
from bot.playground.telegram.world import Message, Tap
from bot.telegram.channel import TelegramChannel
from domain.action import Action
from domain.address import Address, MessageRef
from domain.message import Button, FileRef, Outgoing
from tests.bot.telegram.conftest import NOW, Line

HELLO = Outgoing("Chào anh/chị")
YES = ((Button("Xác nhận", Action("confirm", "17", 2)),),)
WIDE = pictures.plain(2100, 100)


def seen(line: Line) -> list[Message]:
    """What the bot has said to Lan."""
    return [m for m in line.server.people.history(line.bot, line.lan) if m.from_bot]


async def failure(line: Line, to: Address, drawn: Rendered | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        await line.channel.send(to, HELLO, drawn)
    return caught.value


async def test_sends_words_and_buttons_that_come_back_when_tapped(line: Line) -> None:
    sent = await line.channel.send(line.private, Outgoing("Xem lại", YES), None)
    (message,) = seen(line)
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
    (message,) = seen(line)
    assert (message.text, message.buttons) == ("Đã nộp", ())


async def test_says_it_anew_when_the_message_cannot_be_changed(line: Line) -> None:
    gone = Outgoing("Đã nộp", replaces=MessageRef(f"{line.lan.id}/999"))
    sent = await line.channel.send(line.private, gone, None)
    picture = Rendered("photo", "a.png", pictures.plain())
    shown = await line.channel.send(line.private, Outgoing("Tiến độ", YES), picture)
    after = Outgoing("Xong", replaces=shown.message)
    assert (await line.channel.send(line.private, after, None)).message != shown.message
    assert [m.text for m in seen(line)] == ["Đã nộp", "Tiến độ", "Xong"]
    assert sent.message != gone.replaces


async def test_uploads_a_picture_and_a_document(line: Line) -> None:
    await line.channel.send(line.private, HELLO, Rendered("photo", "tiến độ.png", pictures.plain()))
    await line.channel.send(line.private, HELLO, Rendered("document", "mẫu.docx", b"docx"))
    kept = [(m.media.kind, m.media.data, m.text) for m in seen(line) if m.media]
    assert kept == [
        ("photo", pictures.plain(), HELLO.text),
        ("document", b"docx", HELLO.text),
    ]


async def test_sends_a_picture_of_impossible_sides_as_a_document(line: Line) -> None:
    await line.channel.send(line.private, HELLO, Rendered("photo", "a.png", WIDE))
    (message,) = seen(line)
    assert message.media
    assert (message.media.kind, message.text) == ("document", HELLO.text)


async def test_says_the_words_alone_where_files_are_forbidden(line: Line) -> None:
    said = "Bad Request: not enough rights to send photos to the chat"
    line.server.faults.fail("sendPhoto", code=400, description=said)
    await line.channel.send(
        line.private, Outgoing("Tiến độ", YES), Rendered("photo", "a.png", pictures.plain())
    )
    (message,) = seen(line)
    assert (message.text, message.media, message.buttons) == (
        "Tiến độ",
        None,
        (("Xác nhận",),),
    )


async def test_does_not_call_it_later_when_the_file_has_arrived(line: Line) -> None:
    line.server.faults.flood("sendMessage")
    with pytest.raises(Unsure):
        await line.channel.send(line.private, Outgoing("x" * 1025), Rendered("document", "a", b"a"))


async def test_writes_into_the_group_when_the_topic_is_gone(line: Line) -> None:
    forum = line.group(forum=True)
    topic = line.server.groups.open_topic(forum, "Tiến độ", line.lan)
    to = line.of(forum, topic.id)
    await line.channel.send(to, HELLO, None)
    line.server.groups.delete_topic(forum, topic)
    await line.channel.send(to, HELLO, None)
    left = [m for m in line.server.people.history(forum) if m.from_bot]
    assert [m.body.get("message_thread_id") for m in left] == [None]


async def test_does_not_write_into_a_closed_topic(line: Line) -> None:
    forum = line.group(forum=True)
    topic = line.server.groups.open_topic(forum, "Tiến độ", line.lan)
    line.server.groups.close_topic(forum, topic, line.lan)
    refusal = await failure(line, line.of(forum, topic.id))
    assert isinstance(refusal, NotAccepted)
    assert refusal.code == "topic_closed"


async def test_says_where_an_upgraded_group_went(line: Line) -> None:
    group = line.group()
    upgraded = line.server.groups.upgrade(group, line.lan)
    refusal = await failure(line, line.of(group))
    assert isinstance(refusal, Moved)
    assert refusal.to == line.of(upgraded)
    await line.channel.send(refusal.to, HELLO, None)


async def test_cannot_reach_who_has_blocked_it(line: Line) -> None:
    line.server.people.block(line.lan, line.bot)
    assert isinstance(await failure(line, line.private), Unreachable)


async def test_cannot_reach_a_deleted_account(line: Line) -> None:
    line.server.people.deactivate(line.lan)
    assert isinstance(await failure(line, line.private), Unreachable)


async def test_cannot_reach_somebody_who_never_pressed_start(line: Line) -> None:
    stranger = line.server.world.add_person("Hoa")
    line.server.groups.add(line.group(), stranger, line.lan)
    to = Address("telegram", "42", str(stranger.id))
    assert isinstance(await failure(line, to), Unreachable)


async def test_cannot_reach_a_chat_that_is_not_there(line: Line) -> None:
    assert isinstance(await failure(line, Address("telegram", "42", "7")), Unreachable)


async def test_cannot_reach_a_group_that_threw_it_out_or_silenced_it(line: Line) -> None:
    first, second = line.group(), line.group(supergroup=True)
    line.server.groups.kick(first, line.bot, line.lan)
    line.server.groups.restrict(second, line.bot, line.lan)
    assert isinstance(await failure(line, line.of(first)), Unreachable)
    assert isinstance(await failure(line, line.of(second)), Unreachable)


async def test_waits_as_long_as_it_is_told(line: Line) -> None:
    line.server.faults.flood(retry_after=34)
    refusal = await failure(line, line.private)
    assert isinstance(refusal, TryLater)
    assert refusal.after == 34


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_is_unsure_after_a_fault_of_the_network(line: Line, code: int) -> None:
    line.server.faults.fail(code=code)
    assert isinstance(await failure(line, line.private), Unsure)


async def test_is_unsure_when_the_answer_is_lost(line: Line) -> None:
    line.server.faults.lose_answer("sendMessage")
    assert isinstance(await failure(line, line.private), Unsure)
    assert [m.text for m in seen(line)] == [HELLO.text]


async def test_tries_later_when_nothing_was_written(line: Line) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        channel = TelegramChannel("42:x", username="b", now=lambda: NOW, base_url=url)
        with pytest.raises(TryLater) as caught:
            await channel.send(line.private, HELLO, None)
        assert caught.value.after is None
        await channel.close()


async def test_alarms_when_the_token_is_refused(line: Line) -> None:
    for token in ("42:another", "42:no/such path"):
        channel = TelegramChannel(token, username="b", now=lambda: NOW, base_url=line.server.url)
        with pytest.raises(Misconfigured):
            await channel.send(line.private, HELLO, None)
        await channel.close()


async def test_gives_the_reason_when_the_message_itself_is_refused(line: Line) -> None:
    with pytest.raises(NotAccepted) as caught:
        await line.channel.send(line.private, Outgoing("x" * 4097), None)
    assert caught.value.code == "too_long"


async def test_takes_nothing_more_once_closed(line: Line) -> None:
    await line.channel.send(line.private, HELLO, None)
    await line.channel.close()
    assert isinstance(await failure(line, line.private), TryLater)


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


async def test_keeps_its_token_to_itself(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel = TelegramChannel(
        "42:top-secret", username="b", now=lambda: NOW, base_url=line.server.url
    )
    await channel.send(line.private, HELLO, None)
    line.server.faults.lose_answer()
    with pytest.raises(Unsure) as lost:
        await channel.send(line.private, HELLO, None)
    line.server.faults.down = True
    with pytest.raises(TryLater) as down:
        await channel.fetch(FileRef("x", "photo"), 1)
    bad = TelegramChannel("42:top-secret", username="b", now=lambda: NOW, base_url="http://[")
    with pytest.raises(SendError) as nowhere:
        await bad.send(line.private, HELLO, None)
    ours = [r.getMessage() for r in caplog.records if r.name != "aiohttp.access"]
    told = [*ours, repr(channel.client), *(str(e.value) for e in (lost, down, nowhere))]
    assert not [line for line in told if "top-secret" in line]
    await channel.close()
    await bad.close()
