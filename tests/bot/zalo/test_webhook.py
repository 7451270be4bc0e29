"""Taking events in by webhook: 200 only once they are committed."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.channel import Misconfigured
from bot.webhooks import MOST_BODY
from bot.zalo.channel import ZaloChannel
from bot.zalo.webhook import SECRET_HEADER, Webhook, set_webhook
from tests.bot.zalo.conftest import Inbox, Line
from tests.bot.zalo.test_decode import payload
from tests.support.logs import logged

SECRET = "s3cret_-8"


@pytest.fixture
async def address(line: Line, inbox: Inbox) -> AsyncIterator[str]:
    """Our own server on loopback, with the route mounted."""
    app = web.Application()
    app.add_routes(hooked(line, "https://bot.example.org/zalo").routes("/zalo", inbox.receive))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/zalo"
    await runner.cleanup()


def hooked(line: Line, url: str) -> ZaloChannel:
    return line.another(webhook=Webhook(url, SECRET))


async def post(address: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


@pytest.mark.parametrize("wrapped", [False, True])
async def test_is_delivered_by_zalo_itself(
    line: Line, inbox: Inbox, address: str, wrapped: bool
) -> None:
    channel = hooked(line, address)
    line.server.faults.wrapped = wrapped
    running = asyncio.create_task(channel.run(inbox.receive))
    with logged() as logs:
        await line.server.until(lambda: line.server.answers == [200])
    assert logs == [], "Zalo found us"
    line.server.people.say(line.lan, line.bot, "một")
    await line.server.until(lambda: line.server.answers == [200, 200])
    assert inbox.texts == ["nobody's", "một"]
    running.cancel()
    await channel.close()


async def test_says_that_zalo_does_not_reach_it(line: Line) -> None:
    with logged() as logs:
        nowhere = Webhook("http://127.0.0.1:1/zalo", SECRET)
        await set_webhook(line.channel.client, nowhere)
    (said,) = logs
    assert (said["event"], said["outcome"]) == (
        "zalo_webhook_not_reached",
        "webhook.err.unreachable",
    )
    assert line.bot.target is not None, "Zalo keeps it all the same"


async def test_does_not_confirm_what_could_not_be_taken(inbox: Inbox, address: str) -> None:
    inbox.fails = 1
    with logged() as logs:
        assert await post(address, payload("text")) == 503
    assert [entry["event"] for entry in logs] == ["zalo_update_not_taken"]
    assert await post(address, payload("text")) == 200


@pytest.mark.parametrize("secret", [None, "", "s3cret_", "s3cret_-8x", "bí mật"])
async def test_refuses_a_wrong_secret(inbox: Inbox, address: str, secret: str | None) -> None:
    with logged() as logs:
        assert await post(address, payload("text"), secret) == 403
    assert [entry["event"] for entry in logs] == ["zalo_webhook_forged"]
    assert inbox.texts == []


async def test_refuses_a_body_of_five_megabytes(inbox: Inbox, address: str) -> None:
    with logged() as logs:
        assert await post(address, bytes(5 * 1024 * 1024)) == 413
    assert [entry["event"] for entry in logs] == ["zalo_webhook_too_large"]
    assert await post(address, bytes(MOST_BODY)) == 200


async def test_hands_in_what_is_cut_short_and_does_not_want_it_again(
    inbox: Inbox, address: str
) -> None:
    assert await post(address, payload("text")[:100]) == 200
    assert await post(address, payload("text")) == 200
    assert inbox.texts == ["poison", "Xin chào"]


@pytest.mark.parametrize("secret", ["", "seven_7", "has space", "bí_mật_lắm", "x" * 257])
def test_knows_a_secret_that_zalo_would_refuse(secret: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        Webhook("https://bot.example.org/zalo", secret)


def test_does_not_show_its_secret() -> None:
    assert SECRET not in repr(Webhook("https://bot.example.org/zalo", SECRET))


async def test_goes_on_trying_to_set_itself_while_the_gateway_is_out(
    line: Line, inbox: Inbox, address: str
) -> None:
    channel = hooked(line, address)
    line.server.faults.page("setWebhook", times=3)
    running = asyncio.create_task(channel.run(inbox.receive))
    with logged():
        await line.server.until(lambda: line.bot.target is not None)
    assert line.pauses == [1, 2, 4]
    running.cancel()
    await channel.close()


async def test_stops_when_zalo_refuses_the_address(line: Line, inbox: Inbox) -> None:
    channel = hooked(line, "http://bot.example.org/zalo")
    with pytest.raises(Misconfigured, match="https"):
        await channel.run(inbox.receive)
    await channel.close()


async def test_mounts_nothing_when_it_polls(line: Line, inbox: Inbox) -> None:
    assert line.channel.routes("/zalo", inbox.receive) == []
