"""Each way in which sending fails, and the one class it is given."""

import logging

import pytest

from bot.channel import (
    Misconfigured,
    NotAccepted,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.wire import AnswerLost
from bot.zalo import assumptions, client
from bot.zalo.errors import Refused
from domain.address import Address
from domain.message import FileRef, Outgoing
from tests.bot.zalo.conftest import Line

HELLO = Outgoing("Chào anh/chị")


async def failure(line: Line, to: Address) -> SendError:
    with pytest.raises(SendError) as caught:
        await line.channel.send(to, HELLO, None)
    return caught.value


async def test_reads_ok_and_not_the_status(line: Line) -> None:
    """Everything but an outage of the gateway comes with HTTP 200."""
    line.server.faults.refuse("sendMessage", code=400, description="Bad request")
    refusal = await failure(line, line.private)
    assert isinstance(refusal, NotAccepted)
    assert refusal.code == "Bad request"
    assert line.server.world.heard(line.lan) == []


async def test_alarms_when_the_token_is_refused(line: Line) -> None:
    line.server.revoke(line.bot)
    assert isinstance(await failure(line, line.private), Misconfigured)


async def test_waits_when_the_month_is_used_up(line: Line) -> None:
    line.bot.month_most = 1
    await line.channel.send(line.private, HELLO, None)
    refusal = await failure(line, line.private)
    assert isinstance(refusal, TryLater)
    assert refusal.after == assumptions.QUOTA_PAUSE


@pytest.mark.parametrize("code", sorted(assumptions.MAYBE_DONE))
async def test_is_unsure_after_a_refusal_that_may_come_late(line: Line, code: int) -> None:
    line.server.faults.refuse("sendMessage", code=code, description="Internal server error")
    assert isinstance(await failure(line, line.private), Unsure)


@pytest.mark.parametrize("status", [502, 504])
async def test_is_unsure_after_an_outage_of_the_gateway(line: Line, status: int) -> None:
    line.server.faults.page("sendMessage", status=status)
    refusal = await failure(line, line.private)
    assert isinstance(refusal, Unsure)
    assert str(refusal) == f"sendMessage: HTTP {status}"


async def test_tries_later_when_something_in_between_refuses(line: Line) -> None:
    line.server.faults.page("sendMessage", status=403)
    assert isinstance(await failure(line, line.private), TryLater)


async def test_is_unsure_when_something_in_between_answers_for_zalo(line: Line) -> None:
    line.server.faults.page("sendMessage", status=200)
    assert isinstance(await failure(line, line.private), Unsure)


async def test_is_unsure_when_the_answer_is_lost(line: Line) -> None:
    line.server.faults.lose_answer("sendMessage")
    assert isinstance(await failure(line, line.private), Unsure)
    assert line.server.world.heard(line.lan) == [HELLO.text]


async def test_tries_later_when_nothing_was_written(line: Line) -> None:
    nowhere = line.another(base_url="http://127.0.0.1:1")
    with pytest.raises(TryLater) as caught:
        await nowhere.send(line.private, HELLO, None)
    assert caught.value.after is None
    await nowhere.close()


async def test_gives_up_on_an_answer_that_does_not_come(line: Line) -> None:
    line.server.faults.hang("sendMessage")
    with pytest.raises(AnswerLost):
        await line.channel.client.call("sendMessage", {}, read=0.05)


@pytest.mark.parametrize("words", assumptions.GONE)
async def test_cannot_reach_a_chat_that_is_gone(line: Line, words: str) -> None:
    line.server.faults.refuse("sendMessage", code=400, description=f"Bot: {words.upper()}!")
    assert isinstance(await failure(line, line.private), Unreachable)


async def test_cannot_reach_who_blocked_it_or_never_wrote(line: Line) -> None:
    line.server.people.block(line.lan, line.bot)
    assert isinstance(await failure(line, line.private), Unreachable)
    stranger = line.server.world.add_person("Hoa")
    assert isinstance(await failure(line, Address("zalo", "1000", stranger.id)), Unreachable)


async def test_reads_a_code_under_either_name(line: Line) -> None:
    with pytest.raises(Refused) as caught:
        await line.channel.client.call("testWebhook")
    assert caught.value.code == 426


async def test_takes_an_answer_without_a_result(line: Line) -> None:
    said = {"chat_id": line.lan.id, "action": "typing"}
    assert await line.channel.client.call("sendChatAction", said) == b""


async def test_keeps_its_token_to_itself(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = f"/bot{line.bot.token}/sendMessage is wrong " * 9
    line.server.faults.refuse("sendMessage", code=400, description=said)
    told = [await failure(line, line.private)]
    for fail in (line.server.faults.lose_answer, line.server.faults.page):
        fail()
        told.append(await failure(line, line.private))
    line.server.faults.down = True
    with pytest.raises(TryLater) as down:
        await line.channel.fetch(FileRef(f"{line.server.url}/photo/0a", "photo"), 1)
    bad = line.another(base_url="http://[")
    with pytest.raises(SendError) as nowhere:
        await bad.send(line.private, HELLO, None)
    lines = [r.getMessage() for r in caplog.records if r.name != "aiohttp.access"]
    lines += [repr(line.channel.client), *map(str, told), str(down.value), str(nowhere.value)]
    assert not [each for each in lines if "top-secret" in each]
    assert len(str(told[0])) <= client.MOST_SAID
    await bad.close()


async def test_takes_nothing_more_once_closed(line: Line) -> None:
    await line.channel.send(line.private, HELLO, None)
    await line.channel.close()
    assert isinstance(await failure(line, line.private), TryLater)
