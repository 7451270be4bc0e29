"""Each way in which sending fails, and the one class it is given."""

import logging
import socket

import pytest

from bot.channel import (
    Misconfigured,
    Moved,
    NotAccepted,
    Rendered,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.telegram.channel import TelegramChannel
from bot.telegram.request import AnswerLost
from domain.address import Address
from domain.message import FileRef, Outgoing
from tests.bot.telegram.conftest import NOW, Line

HELLO = Outgoing("Chào anh/chị")


async def failure(line: Line, to: Address) -> SendError:
    with pytest.raises(SendError) as caught:
        await line.channel.send(to, HELLO, None)
    return caught.value


async def test_does_not_call_it_later_when_the_file_has_arrived(line: Line) -> None:
    line.server.faults.flood("sendMessage")
    with pytest.raises(Unsure):
        await line.channel.send(line.private, Outgoing("x" * 1025), Rendered("document", "a", b"a"))


async def test_does_not_write_into_a_closed_topic(line: Line) -> None:
    forum = line.group(forum=True)
    topic = line.server.groups.open_topic(forum, "Tiến độ", line.lan)
    line.server.groups.close_topic(forum, topic, line.lan)
    assert isinstance(await failure(line, line.of(forum, topic.id)), Unreachable)


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
    line.server.faults.fail(code=code, description="a whole page of a proxy in between")
    refusal = await failure(line, line.private)
    assert isinstance(refusal, Unsure)
    assert str(refusal) == f"HTTP {code}"


async def test_is_unsure_when_the_answer_is_lost(line: Line) -> None:
    line.server.faults.lose_answer("sendMessage")
    assert isinstance(await failure(line, line.private), Unsure)
    assert [m.text for m in line.seen] == [HELLO.text]


async def test_is_unsure_when_something_in_between_answers_for_telegram(line: Line) -> None:
    line.server.faults.fail("sendMessage", code=200)
    assert isinstance(await failure(line, line.private), Unsure)


async def test_gives_up_on_an_answer_that_does_not_come(line: Line) -> None:
    line.server.faults.hang("getMe")
    with pytest.raises(AnswerLost):
        await line.channel.transport.exchange(
            "GET", f"{line.channel.client.base_url}/getMe", read=0.05
        )


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


async def test_takes_nothing_more_once_closed(line: Line) -> None:
    await line.channel.send(line.private, HELLO, None)
    await line.channel.close()
    assert isinstance(await failure(line, line.private), TryLater)
