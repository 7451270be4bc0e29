"""Each way in which sending fails, and the one class it is given."""

import asyncio
import logging

import pytest

from bot.channel import (
    Misconfigured,
    NotAccepted,
    OutsideWindow,
    Rendered,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.wire import AnswerLost, NotWritten
from bot.zalo_oa import assumptions, client
from bot.zalo_oa.errors import NoToken, NotStored, OAuthRefused, WrongOA, classed
from domain.address import Address
from domain.message import FileRef, Outgoing
from tests.bot.zalo_oa.conftest import Line

HELLO = Outgoing("Chào anh/chị")
CONSULT = assumptions.CONSULT_PATH


async def failure(line: Line, to: Address | None = None) -> SendError:
    with pytest.raises(SendError) as caught:
        await line.channel.send(to or line.private, HELLO, None)
    return caught.value


def refuse(line: Line, code: int, said: str = "Error") -> None:
    line.server.faults.refuse(CONSULT, code=code, description=said)


async def test_reads_error_and_not_the_status(line: Line) -> None:
    refuse(line, -999, "Strange")
    refusal = await failure(line)
    assert isinstance(refusal, NotAccepted)
    assert refusal.code == "Strange"
    assert line.server.world.heard(line.lan) == []


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ({assumptions.TOO_FAST}, TryLater),
        (assumptions.QUOTA_GONE, TryLater),
        (assumptions.MAYBE_DONE, Unsure),
        ({assumptions.BAD_PARAMETERS}, NotAccepted),
        (assumptions.CHAT_GONE, Unreachable),
        (assumptions.WINDOW_CLOSED, OutsideWindow),
        (assumptions.ACCOUNT_REFUSED, Misconfigured),
        (assumptions.NO_MONEY, NotAccepted),
    ],
)
async def test_classes_each_code(line: Line, codes: frozenset[int], kind: type[SendError]) -> None:
    for code in sorted(codes):
        refuse(line, code)
        assert type(await failure(line)) is kind, code


async def test_waits_a_little_or_long(line: Line) -> None:
    after = []
    for code in (assumptions.TOO_FAST, *sorted(assumptions.QUOTA_GONE)):
        refuse(line, code)
        refusal = await failure(line)
        assert isinstance(refusal, TryLater)
        after.append(refusal.after)
    assert after == [20.0, 1800.0, 1800.0]


async def test_takes_another_token_once(line: Line) -> None:
    """A token that was revoked while we run costs nobody a message."""
    old = await line.tokens.access()
    for code in sorted(assumptions.TOKEN_BAD):
        refuse(line, code)
        await line.channel.send(line.private, HELLO, None)
    assert line.tokens.renewed == 2
    assert await line.tokens.access() != old
    assert line.server.world.heard(line.lan) == [HELLO.text] * 2


async def test_takes_another_token_for_an_upload_as_well(line: Line) -> None:
    line.server.faults.refuse("/v2.0/oa/upload/file", code=-220)
    drawn = Rendered("document", "a.pdf", b"%PDF")
    await line.channel.send(line.private, Outgoing(""), drawn)
    assert line.tokens.renewed == 1


async def test_tries_later_when_the_other_token_is_refused_too(line: Line) -> None:
    line.server.faults.refuse(CONSULT, times=2, code=-216)
    assert isinstance(await failure(line), TryLater)
    assert line.tokens.renewed == 1


async def test_is_never_unsure_of_what_waited_for_a_token(line: Line) -> None:
    """An answer of OAuth was lost: nothing of the message was sent."""
    line.tokens.fails = AnswerLost("oauth: TimeoutError")
    assert isinstance(await failure(line), TryLater)


async def test_keeps_everything_while_there_is_no_token(line: Line) -> None:
    """Misconfigured costs no parcel an attempt, and somebody is told."""
    line.server.oauth.revoke(line.oa)
    assert isinstance(await failure(line), Misconfigured)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NoToken("no consent"), Misconfigured),
        (NotStored("the disk is full"), TryLater),
        (OAuthRefused(-14004, "Invalid secret key."), TryLater),
        (WrongOA("3001"), TryLater),
        (NotWritten("no way"), TryLater),
        (AnswerLost("lost"), Unsure),
    ],
)
def test_classes_what_happens_before_a_call(error: Exception, kind: type[SendError]) -> None:
    assert isinstance(error, NotWritten | AnswerLost | NoToken | OAuthRefused | WrongOA)
    assert type(classed(error)) is kind


@pytest.mark.parametrize("status", [502, 504])
async def test_is_unsure_after_an_outage_of_the_gateway(line: Line, status: int) -> None:
    line.server.faults.page(CONSULT, status=status)
    refusal = await failure(line)
    assert isinstance(refusal, Unsure)
    assert str(refusal) == f"{CONSULT}: HTTP {status}"


async def test_tries_later_when_something_in_between_refuses(line: Line) -> None:
    line.server.faults.page(CONSULT, status=403)
    assert isinstance(await failure(line), TryLater)


async def test_is_unsure_when_something_in_between_answers_for_zalo(line: Line) -> None:
    line.server.faults.page(CONSULT, status=200)
    assert isinstance(await failure(line), Unsure)


async def test_gives_up_on_an_answer_that_does_not_come(line: Line) -> None:
    line.server.faults.hang(CONSULT)
    with pytest.raises(AnswerLost):
        await line.channel.client.call("POST", CONSULT, {}, read=0.05)


async def test_cannot_reach_who_left_and_keeps_who_was_silent(line: Line) -> None:
    line.clock.move(8 * 24 * 3600)
    line.server.issue(line.oa)
    assert isinstance(await failure(line), OutsideWindow)
    line.server.people.unfollow(line.lan, line.oa)
    assert isinstance(await failure(line), Unreachable)


async def test_cannot_reach_a_group_whose_package_has_expired(line: Line) -> None:
    group = line.group()
    group.expired = True
    assert isinstance(await failure(line, line.of(group)), Unreachable)


async def test_alarms_when_the_package_is_gone(line: Line) -> None:
    line.oa.package = ""
    assert isinstance(await failure(line), Misconfigured)


async def test_keeps_its_calls_to_so_many_a_minute(line: Line) -> None:
    """However many come at one moment, those that go within a minute are few enough."""
    turns = client.Turns(client.PACE, line.pause)
    for _ in range(5000):
        await turns.take(1000.0)
    at_once = 5000 - len(line.pauses)
    assert at_once == client.BURST
    within = at_once + sum(seconds < 60.0 for seconds in line.pauses)
    assert within <= assumptions.CALLS_A_MINUTE <= 4000
    assert line.pauses == sorted(line.pauses)
    await turns.take(2000.0)
    assert len(line.pauses) == 5000 - at_once, "after a rest nothing waits"


async def test_waits_its_turn_before_every_call(line: Line) -> None:
    turns = line.channel.client._turns
    for _ in range(client.BURST * 100):
        await turns.take(asyncio.get_running_loop().time())
    line.pauses.clear()
    await line.channel.client.call("GET", assumptions.ABOUT_OA_PATH)
    (seconds,) = line.pauses
    assert seconds > 60


async def test_keeps_its_tokens_to_itself(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = await line.tokens.access()
    refuse(line, -999, f"token {token} is strange " * 20)
    told = [await failure(line)]
    for fail in (line.server.faults.lose_answer, line.server.faults.page):
        fail(CONSULT)
        told.append(await failure(line))
    line.server.faults.down = True
    with pytest.raises(TryLater) as down:
        await line.channel.fetch(FileRef(f"{line.server.url}/lent/0a", "photo"), 1)
    bad = line.another(base_url="http://[")
    with pytest.raises(SendError) as nowhere:
        await bad.send(line.private, HELLO, None)
    lines = [r.getMessage() for r in caplog.records if r.name != "aiohttp.access"]
    lines += [repr(line.channel), *map(str, told), str(down.value), str(nowhere.value)]
    assert not [each for each in lines if token in each or "top-secret" in each]
    assert len(str(told[0])) <= client.MOST_SAID
    await bad.close()


async def test_takes_nothing_more_once_closed(line: Line) -> None:
    await line.channel.send(line.private, HELLO, None)
    await line.channel.close()
    assert isinstance(await failure(line), TryLater)
