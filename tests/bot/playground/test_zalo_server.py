"""The simulated Zalo obeys what is known of the real one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.playground.zalo.world import Bot, Person
from bot.playground.zalo_server import SECRET_HEADER, USER_AGENT, ZaloServer

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


class Wire:
    """One bot's plain HTTP: no client of ours to hide anything."""

    def __init__(self, server: ZaloServer, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session
        self.bot: Bot = server.world.add_bot("1000:abc", "Bot X", can_join_groups=True)
        self.lan: Person = server.world.add_person("Lan")

    async def call(self, method: str, token: str = "", **said: Any) -> dict[str, Any]:
        """The whole answer; the status is 200 whatever it says."""
        url = f"{self.server.url}/bot{token or self.bot.token}/{method}"
        async with self.session.post(url, json=said) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def poll(self) -> Any:
        answer = await self.call("getUpdates", timeout=0)
        return answer["result"] if answer["ok"] else answer["error_code"]


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with (
        ZaloServer(now=lambda: NOW).serve() as server,
        aiohttp.ClientSession() as session,
    ):
        yield Wire(server, session)


async def test_says_who_a_bot_is(wire: Wire) -> None:
    assert await wire.call("getMe") == {
        "ok": True,
        "result": {
            "id": "1000",
            "account_name": "bot.1000",
            "account_type": "BASIC",
            "can_join_groups": True,
        },
    }


async def test_refuses_with_http_200(wire: Wire) -> None:
    wrong = await wire.call("getMe", token="1000:wrong")
    assert wrong == {"ok": False, "description": "Unauthorized", "error_code": 401}
    assert (await wire.call("getWebhookInfo"))["error_code"] == 404
    assert (await wire.call("editMessageText"))["error_code"] == 404
    assert (await wire.call("getme"))["error_code"] == 404, "names of methods have capitals"
    assert (await wire.call("testWebhook"))["errorCode"] == 426


async def test_brings_one_event_a_poll_and_forgets_it(wire: Wire) -> None:
    assert await wire.poll() == 408
    wire.server.people.say(wire.lan, wire.bot, "một")
    wire.server.people.say(wire.lan, wire.bot, "hai")
    first, second = await wire.poll(), await wire.poll()
    assert [each["message"]["text"] for each in (first, second)] == ["một", "hai"]
    assert await wire.poll() == 408
    message = first["message"]
    assert first["event_name"] == "message.text.received"
    assert message["from"]["id"] == message["chat"]["id"] == wire.lan.id
    assert int(wire.lan.id, 16), "hexadecimal"
    assert message["date"] == int(NOW.timestamp() * 1000), "milliseconds"


async def test_keeps_a_poller_waiting_until_something_comes(wire: Wire) -> None:
    polling = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await wire.server.until(lambda: wire.bot.polls == 1)
    wire.server.people.say(wire.lan, wire.bot, "một")
    assert (await polling)["ok"]


async def test_keeps_a_poller_silent_while_a_webhook_is_set(wire: Wire) -> None:
    hook = await wire.call("setWebhook", url="http://127.0.0.1:1/x", secret_token="a-secret")
    assert hook["result"]["verification"] == {
        "ok": False,
        "url": "http://127.0.0.1:1/x",
        "outcome": "webhook.err.unreachable",
        "hint": "Check that the address can be reached",
    }
    wire.server.world.put(wire.bot, {})
    assert await wire.poll() == 408
    assert (await wire.call("getWebhookInfo"))["result"]["url"] == "http://127.0.0.1:1/x"
    assert (await wire.call("deleteWebhook"))["ok"]
    assert (await wire.call("deleteWebhook"))["error_code"] == 400
    assert await wire.poll() == {}


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://bot.example.org", "a-secret"), ("https://bot.example.org", "short"), ("", "")],
)
async def test_refuses_a_webhook(wire: Wire, url: str, secret: str) -> None:
    assert (await wire.call("setWebhook", url=url, secret_token=secret))["error_code"] == 400


async def test_delivers_with_the_secret_in_the_header(wire: Wire) -> None:
    seen: list[tuple[str, str, Any]] = []

    async def take(request: aiohttp.web.BaseRequest) -> aiohttp.web.Response:
        body = await request.read()
        headers = (request.headers[SECRET_HEADER], request.headers["User-Agent"])
        seen.append((*headers, msgspec.json.decode(body) if body else None))
        return aiohttp.web.Response()

    runner = aiohttp.web.ServerRunner(aiohttp.web.Server(take))
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/x"
    hook = await wire.call("setWebhook", url=url, secret_token="a-secret")
    assert hook["result"]["verification"]["outcome"] == "webhook.ok"
    wire.server.people.say(wire.lan, wire.bot, "một")
    wire.server.faults.wrapped = True
    await wire.server.people.settled()
    wire.server.people.say(wire.lan, wire.bot, "hai")
    await wire.server.people.settled()
    assert [each[:2] for each in seen] == [("a-secret", USER_AGENT)] * 3
    assert seen[0][2] is None, "a look whether somebody is there"
    assert "message" in seen[1][2] or "result" in seen[1][2]
    assert seen[2][2]["result"]["message"]["text"] == "hai"
    await runner.cleanup()


async def test_hears_in_groups_only_what_is_for_the_bot(wire: Wire) -> None:
    people, world = wire.server.people, wire.server.world
    group = world.add_group("Tổ 1", wire.lan)
    other = world.add_bot("2000:abc", "Bot Y")
    assert people.invite(wire.bot, group)
    assert not people.invite(other, group), "may not join groups"
    wire.bot.served.add(wire.lan.id)
    await wire.call("sendMessage", chat_id=group.id, text="Tiến độ")
    (post,) = world.history(group)
    people.say(wire.lan, group, "/progress")
    people.say(wire.lan, group, "@Bot Y /progress", mentions=other)
    assert await wire.poll() == 408
    people.say(wire.lan, group, "@Bot X /progress", mentions=wire.bot)
    people.say(wire.lan, group, "td", reply_to=post)
    people.send_photo(wire.lan, group, b"jpg", "@Bot X", mentions=wire.bot)
    events = [await wire.poll() for _ in range(3)]
    assert [each["message"]["chat"] for each in events] == [
        {"id": group.id, "chat_type": "GROUP"}
    ] * 3


async def test_lets_a_bot_into_as_many_groups_as_its_plan_allows(wire: Wire) -> None:
    groups = [wire.server.world.add_group(f"Tổ {n}") for n in range(4)]
    assert [wire.server.people.invite(wire.bot, each) for each in groups] == [True] * 3 + [False]


async def test_serves_as_many_people_as_its_plan_allows(wire: Wire) -> None:
    for number in range(51):
        wire.server.people.say(wire.server.world.add_person(f"Số {number}"), wire.bot, "chào")
    assert len(wire.bot.waiting) == 50


async def test_sends_as_many_messages_a_month_as_its_plan_allows(wire: Wire) -> None:
    wire.bot.served.add(wire.lan.id)
    wire.bot.month_most = 2
    answers = [await wire.call("sendMessage", chat_id=wire.lan.id, text="a") for _ in range(3)]
    assert [each.get("error_code", 200) for each in answers] == [200, 200, 429]
    assert wire.bot.sent == {"2026-11": 2}


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
async def test_refuses_a_text(wire: Wire, text: str) -> None:
    wire.bot.served.add(wire.lan.id)
    assert (await wire.call("sendMessage", chat_id=wire.lan.id, text=text))["error_code"] == 400


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        ("", "The photo must not be empty"),
        ("data:image/png;base64,AA", "The photo must start with http:// or https://"),
        ("http://127.0.0.1:1/a.png", "The photo URL is invalid"),
    ],
)
async def test_refuses_a_photo(wire: Wire, photo: str, said: str) -> None:
    wire.bot.served.add(wire.lan.id)
    answer = await wire.call("sendPhoto", chat_id=wire.lan.id, photo=photo)
    assert answer["description"] == said


async def test_cannot_write_first(wire: Wire) -> None:
    answer = await wire.call("sendMessage", chat_id=wire.lan.id, text="chào")
    assert answer["error_code"] == 400


async def test_delivers_nothing_when_told_so(wire: Wire) -> None:
    wire.bot.served.add(wire.lan.id)
    wire.server.faults.delivers_nothing = True
    assert (await wire.call("sendMessage", chat_id=wire.lan.id, text="chào"))["ok"]
    assert wire.server.world.heard(wire.lan) == []
    assert len(wire.server.world.accepted) == 1
