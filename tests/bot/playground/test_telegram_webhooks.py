"""Updates sent to a bot's own address."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.bot.playground.network import Clock, Wire, friend


class Receiver:
    """A bot's web server: notes what comes, answers what it is told to."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[tuple[str, str]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.reply: dict[str, Any] | None = None

    async def handle(self, request: web.BaseRequest) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        update = await request.json()
        self.got.append((update["message"]["text"], secret))
        status = self.statuses.pop(0) if self.statuses else 200
        reply, self.reply = self.reply, None
        return web.json_response(reply, status=status, headers=self.headers)

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    it = Receiver()
    runner = web.ServerRunner(web.Server(it.handle), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    it.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield it
    await runner.cleanup()


async def pending(wire: Wire) -> int:
    info = await wire.result("getWebhookInfo")
    return int(info["pending_update_count"])


async def settled(wire: Wire, left: int) -> None:
    await wire.server.until(lambda: len(wire.bot.updates.pending) == left)


async def tried(wire: Wire, receiver: Receiver, times: int) -> None:
    await wire.server.until(lambda: len(receiver.got) >= times)


async def test_sends_updates_in_order_with_the_secret(wire: Wire, receiver: Receiver) -> None:
    lan = friend(wire.server, wire.bot)
    await wire.result("setWebhook", url=receiver.url, secret_token="bí-mật".encode().hex())
    wire.server.people.say(lan, wire.bot, "hai")
    await settled(wire, 0)
    secret = "bí-mật".encode().hex()
    assert receiver.got == [("/start", secret), ("hai", secret)]
    assert await wire.result("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
    }


async def test_tries_again_at_once_and_then_ever_later(
    wire: Wire, receiver: Receiver, clock: Clock
) -> None:
    receiver.statuses = [500, 500, 503, 200]
    lan = friend(wire.server, wire.bot)
    wire.server.people.say(lan, wire.bot, "hai")
    await wire.result("setWebhook", url=receiver.url)
    await tried(wire, receiver, 2)
    for seconds, tries in ((2, 3), (4, 4)):
        clock.advance(seconds - 0.5)
        wire.server.wake()
        assert await pending(wire) == 2
        assert len(receiver.got) == tries - 1
        clock.advance(0.5)
        wire.server.wake()
        await tried(wire, receiver, tries)
    await settled(wire, 0)
    assert receiver.texts == ["/start"] * 4 + ["hai"]
    info = await wire.result("getWebhookInfo")
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )


async def test_obeys_retry_after(wire: Wire, receiver: Receiver, clock: Clock) -> None:
    receiver.statuses, receiver.headers = [429], {"Retry-After": "30"}
    await wire.result("setWebhook", url=receiver.url)
    friend(wire.server, wire.bot)
    await wire.server.until(lambda: bool(wire.server.webhooks.last_error(wire.bot)))
    clock.advance(29)
    wire.server.wake()
    assert await pending(wire) == 1
    clock.advance(1)
    wire.server.wake()
    await settled(wire, 0)
    assert receiver.texts == ["/start"] * 2


async def test_lets_no_chat_wait_for_another(wire: Wire, receiver: Receiver) -> None:
    receiver.statuses = [429]
    receiver.headers = {"Retry-After": "600"}
    friend(wire.server, wire.bot)
    await wire.result("setWebhook", url=receiver.url)
    await wire.server.until(lambda: bool(wire.server.webhooks.last_error(wire.bot)))
    friend(wire.server, wire.bot, "Minh")
    await settled(wire, 1)
    assert receiver.texts == ["/start", "/start"]


async def test_keeps_updates_while_nobody_answers(wire: Wire) -> None:
    await wire.result("setWebhook", url="http://127.0.0.1:9/hook")
    friend(wire.server, wire.bot)
    await wire.server.until(lambda: bool(wire.server.webhooks.last_error(wire.bot)))
    info = await wire.result("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    assert await wire.result("deleteWebhook")
    assert len(await wire.updates()) == 1


async def test_runs_the_method_in_the_answer(wire: Wire, receiver: Receiver) -> None:
    await wire.result("setWebhook", url=receiver.url)
    lan = wire.server.world.add_person("Lan")
    receiver.reply = {"method": "sendMessage", "chat_id": lan.id, "text": "chào"}
    wire.server.people.start(lan, wire.bot)
    await wire.server.until(lambda: len(wire.server.accepted) == 1)
    assert wire.server.people.history(wire.bot, lan)[-1].text == "chào"


async def test_drops_what_waits_when_told_to(wire: Wire) -> None:
    friend(wire.server, wire.bot)
    assert await pending(wire) == 1
    answer = await wire.call("deleteWebhook", drop_pending_updates=True)
    assert answer["description"] == "Webhook is already deleted"
    assert await pending(wire) == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"url": "http://example.org/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:444/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.org/x", "secret_token": "bí mật"},
            "secret token contains unallowed characters",
        ),
        ({"url": "https://example.org/x", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_refuses_a_bad_webhook(wire: Wire, said: dict[str, str], words: str) -> None:
    assert await wire.refusal("setWebhook", **said) == f"Bad Request: {words}"
