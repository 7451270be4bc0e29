"""Taking updates in by webhook: 200 only once they are committed."""

import asyncio
import io
from collections.abc import AsyncIterator, Sequence

import aiohttp
import pytest
from aiohttp import web

from bot.channel import Channel, Misconfigured
from bot.telegram.channel import TelegramChannel
from bot.telegram.webhook import SECRET_HEADER, Webhook
from bot.webhooks import MOST_BODY
from tests.bot.telegram.conftest import NOW, Line
from tests.support.logs import logged

SECRET = "s3cret_-"
UPDATE = b'{"update_id":1,"telepathy":{}}'


class Inbox:
    """Commits what is handed in; holds it back, or fails, when told to."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.fails = False
        self.open = asyncio.Event()
        self.open.set()
        self.arrived = asyncio.Event()

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        self.arrived.set()
        await self.open.wait()
        if self.fails:
            raise RuntimeError("the database is down")
        self.taken += raws


@pytest.fixture
async def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def address(line: Line, inbox: Inbox) -> AsyncIterator[str]:
    """Our own server on loopback, with the route mounted."""
    app = web.Application()
    hooked = hooked_channel(line, "https://bot.example.org/telegram")
    app.add_routes(hooked.routes("/telegram", inbox.receive))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    await runner.cleanup()


def hooked_channel(line: Line, url: str) -> TelegramChannel:
    async def stop(seconds: float) -> None:
        line.pauses.append(seconds)

    return TelegramChannel(
        line.bot.token,
        username=line.bot.username,
        now=lambda: NOW,
        base_url=line.server.url,
        webhook=Webhook(url, SECRET),
        pause=stop,
    )


async def post(address: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


async def test_is_delivered_by_telegram_itself(line: Line, inbox: Inbox, address: str) -> None:
    channel = hooked_channel(line, address)
    running = asyncio.create_task(channel.run(inbox.receive))
    line.server.people.say(line.lan, line.bot, "một")
    await line.server.until(lambda: line.server.calls.get("setwebhook") == 1)
    await inbox.arrived.wait()
    said = channel.decode(inbox.taken[0])
    assert said is not None
    assert said.text == "một"
    running.cancel()
    await channel.close()


async def test_answers_only_once_committed(inbox: Inbox, address: str) -> None:
    inbox.open.clear()
    delivery = asyncio.create_task(post(address, UPDATE))
    await inbox.arrived.wait()
    assert not delivery.done()
    inbox.open.set()
    assert await delivery == 200
    assert inbox.taken == [UPDATE]


async def test_does_not_confirm_what_could_not_be_taken(inbox: Inbox, address: str) -> None:
    inbox.fails = True
    with logged() as logs:
        assert await post(address, UPDATE) == 503
    assert [entry["event"] for entry in logs] == ["telegram_update_not_taken"]


@pytest.mark.parametrize("secret", [None, "", "s3cret_", "s3cret_-x", "bí mật"])
async def test_refuses_a_wrong_secret(inbox: Inbox, address: str, secret: str | None) -> None:
    assert await post(address, UPDATE, secret) == 403
    assert inbox.taken == []


async def test_hands_in_what_is_no_json_and_does_not_want_it_again(
    inbox: Inbox, address: str
) -> None:
    assert await post(address, b"<html>") == 200
    assert inbox.taken == [b"<html>"]


async def test_refuses_a_body_of_more_than_a_megabyte(inbox: Inbox, address: str) -> None:
    assert await post(address, bytes(MOST_BODY + 1)) == 413
    assert await post(address, bytes(MOST_BODY)) == 200


async def test_refuses_a_body_that_hides_its_size(inbox: Inbox, address: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield bytes(MOST_BODY // 16)

    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=pieces(), headers={SECRET_HEADER: SECRET}) as response,
    ):
        assert response.status == 413
    assert inbox.taken == []


@pytest.mark.parametrize("secret", ["", "has space", "bí_mật", "x" * 257])
def test_knows_a_secret_that_telegram_would_refuse(secret: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        Webhook("https://bot.example.org/telegram", secret)


def test_does_not_show_its_secret() -> None:
    assert SECRET not in repr(Webhook("https://bot.example.org/telegram", SECRET))


async def test_goes_on_trying_to_set_itself_while_the_network_is_down(
    line: Line, inbox: Inbox, address: str
) -> None:
    channel = hooked_channel(line, address)
    line.server.faults.fail("setWebhook", times=3)
    running = asyncio.create_task(channel.run(inbox.receive))
    with logged():
        await line.server.until(lambda: line.server.calls.get("setwebhook") == 1)
    assert line.pauses == [1, 2, 4]
    running.cancel()
    await channel.close()


async def test_stops_when_telegram_refuses_the_address(line: Line, inbox: Inbox) -> None:
    channel = hooked_channel(line, "http://bot.example.org/telegram")
    with pytest.raises(Misconfigured, match="https url"):
        await channel.run(inbox.receive)
    await channel.close()


async def test_mounts_nothing_when_it_polls(line: Line, inbox: Inbox) -> None:
    assert line.channel.routes("/telegram", inbox.receive) == []
