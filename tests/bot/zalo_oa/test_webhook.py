"""Events by webhook: signed, and 200 only once they are committed."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.channel import Misconfigured
from bot.webhooks import MOST_BODY, route
from bot.zalo_oa import assumptions
from bot.zalo_oa.webhook import signature, signed
from tests.bot.zalo.conftest import Inbox
from tests.bot.zalo_oa.conftest import SECRET, Line
from tests.support.logs import logged


@asynccontextmanager
async def served(routes: list[web.RouteDef]) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/oa"
    await runner.cleanup()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def hooked(line: Line, inbox: Inbox) -> AsyncIterator[Line]:
    """The network delivers to us."""
    async with served(line.channel.routes("/oa", inbox.receive)) as url:
        line.oa.webhook_url = url
        yield line


async def test_is_delivered_by_zalo_itself(hooked: Line, inbox: Inbox) -> None:
    hooked.server.people.say(hooked.lan, hooked.oa, "một")
    hooked.server.people.say(hooked.lan, hooked.group(), "hai")
    await hooked.server.people.settled()
    assert hooked.server.webhooks.answers == [200, 200]
    assert sorted(inbox.texts) == ["hai", "một"]


async def test_is_told_again_what_it_could_not_take(hooked: Line, inbox: Inbox) -> None:
    inbox.fails = 2
    with logged() as logs:
        hooked.server.people.say(hooked.lan, hooked.oa, "một")
        await hooked.server.people.settled()
        hooked.clock.move(30)
        await hooked.server.pass_time()
        hooked.clock.move(300)
        await hooked.server.pass_time()
    assert hooked.server.webhooks.answers == [503, 503, 200]
    assert inbox.texts == ["một"]
    assert [entry["event"] for entry in logs] == ["zalo_oa_update_not_taken"] * 2


async def test_answers_before_zalo_gives_up_and_goes_on_taking() -> None:
    """The commit is late: Zalo is told to come again, and finds it done."""
    begun, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def commit() -> None:
        begun.set()
        await go_on.wait()
        done.set()

    async def take(raws: Sequence[bytes]) -> None:
        await asyncio.shield(asyncio.create_task(commit()))

    late = route("/oa", lambda headers, body: True, take, "zalo_oa", within=0.05)
    async with served([late]) as url, aiohttp.ClientSession() as session:
        with logged() as logs:
            async with session.post(url, data=b"{}") as response:
                assert response.status == 503
        assert begun.is_set()
        go_on.set()
        await done.wait()
    assert [(entry["event"], entry["error"]) for entry in logs] == [
        ("zalo_oa_update_not_taken", "TimeoutError")
    ]


def test_leaves_zalo_time_to_hear_it() -> None:
    assert assumptions.ANSWER_WITHIN < 2


async def test_refuses_a_body_of_five_megabytes(hooked: Line, inbox: Inbox) -> None:
    with logged() as logs:
        assert await hooked.server.webhooks.post(hooked.oa, {}, bytes(MOST_BODY * 5)) == 413
    assert [entry["event"] for entry in logs] == ["zalo_oa_webhook_too_large"]
    assert inbox.texts == []


def test_signs_as_the_page_of_webhooks_says() -> None:
    """SHA-256 of app id, body, timestamp and secret, one after the other."""
    body = b'{"event_name":"follow","timestamp":"154390853474"}'
    whole = b"4000" + body + b"154390853474" + b"top-secret"
    expected = f"mac={hashlib.sha256(whole).hexdigest()}"
    assert signature("4000", body, b"154390853474", SECRET) == expected
    assert signed("4000", SECRET)({"X-ZEvent-Signature": expected}, body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"timestamp": 154390853474, "event_name": "follow"}',
        b'{"message":{"text":"\\"timestamp\\":\\"1\\""},"timestamp":"154390853474"}',
        b'{"message":{"timestamp":"1"},"timestamp":"154390853474"}',
    ],
)
def test_finds_the_time_that_was_signed(body: bytes) -> None:
    mac = signature("4000", body, b"154390853474", SECRET)
    verify = signed("4000", SECRET)
    assert verify({"X-ZEvent-Signature": mac}, body)
    assert not verify({"X-ZEvent-Signature": mac}, body.replace(b"follow", b"unfollow") + b" ")
    assert not signed("4001", SECRET)({"X-ZEvent-Signature": mac}, body)
    assert not signed("4000", "top-secre")({"X-ZEvent-Signature": mac}, body)


def test_tries_few_times_only() -> None:
    body = b'{"timestamp":"1"},' * 100_000 + b'{"timestamp":"2"}'
    mac = signature("4000", body, b"2", SECRET)
    assert not signed("4000", SECRET)({"X-ZEvent-Signature": mac}, body)


def test_lets_nobody_in_without_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        signed("4000", "")


async def test_waits_for_consent_and_then_keeps_its_tokens_fresh(line: Line, inbox: Inbox) -> None:
    line.server.oauth.revoke(line.oa)
    channel = line.another(pause=_consents_after(line, 3))
    with logged() as logs:
        running = asyncio.create_task(channel.run(inbox.receive))
        await asyncio.wait_for(line.tokens.kept_fresh.wait(), 5)
    assert [entry["event"] for entry in logs] == ["zalo_oa_does_not_tell_who_we_are"] * 3
    running.cancel()
    await channel.close()


def _consents_after(line: Line, waits: int) -> Callable[[float], Awaitable[None]]:
    async def pause(seconds: float) -> None:
        line.pauses.append(seconds)
        if len(line.pauses) == waits:
            line.server.issue(line.oa)
        await asyncio.sleep(0)  # no time: whoever waits gets a turn

    return pause


async def test_stops_when_zalo_refuses_the_account(line: Line, inbox: Inbox) -> None:
    line.oa.gone = True
    with pytest.raises(Misconfigured):
        await line.channel.run(inbox.receive)
