"""What the tests of the simulated Telegram share: a clock to move, a bare client, a busy day."""

from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp

from bot.playground.telegram.world import BotAccount, Chat, Person, Tap
from bot.playground.telegram_server import TelegramServer

EVERY_KIND = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


class Clock:
    """Stands still until moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Wire:
    """One bot's plain HTTP: no client library to hide anything."""

    def __init__(self, server: TelegramServer, bot: BotAccount) -> None:
        self.server = server
        self.bot = bot
        self.session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def call(self, method: str, token: str = "", **parameters: Any) -> dict[str, Any]:
        """The whole answer to a JSON call."""
        url = f"{self.server.url}/bot{token or self.bot.token}/{method}"
        async with self.session.post(url, json=parameters) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"] or answer["error_code"] == response.status
            return answer

    async def result(self, method: str, **parameters: Any) -> Any:
        answer = await self.call(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        answer = await self.call(method, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, offset: int = 0, limit: int = 100, timeout: int = 0) -> list[Any]:
        return list(
            await self.result(
                "getUpdates",
                offset=offset,
                limit=limit,
                timeout=timeout,
                allowed_updates=EVERY_KIND,
            )
        )

    async def drained(self) -> list[Any]:
        """What waits now, confirmed."""
        waiting = await self.updates()
        if waiting:
            await self.updates(offset=waiting[-1]["update_id"] + 1)
        return waiting


def friend(server: TelegramServer, bot: BotAccount, name: str = "Lan") -> Person:
    """Somebody who has pressed start."""
    person = server.world.add_person(name, "Nguyễn", f"{name.lower()}_nguyen")
    server.people.start(person, bot)
    return person


def busy_day(server: TelegramServer, bot: BotAccount) -> tuple[Person, Chat]:
    """Everything people can do that a bot hears of."""
    people, groups = server.people, server.groups
    bot.updates.allow(EVERY_KIND)
    lan, minh = friend(server, bot), server.world.add_person("Minh")
    said = people.say(lan, bot, "👍 /help @first_bot https://congdoan.vn #sangkien")
    people.edit(lan, said, "sửa lại")
    people.say(lan, bot, "trả lời", reply_to=said)
    people.send_photo(lan, bot, caption="ảnh trạm bơm")
    people.send_album(lan, bot, caption="hai ảnh")
    people.send_document(lan, bot, "quyết định.pdf")
    people.send_sticker(lan, bot)
    people.send_voice(lan, bot)
    people.forward(lan, said, bot)
    people.block(lan, bot)
    people.unblock(lan, bot)
    group = groups.create("Tổ 1", lan, [bot, minh])
    people.say(minh, group, "/progress")
    groups.promote(group, bot, lan)
    groups.add(group, server.world.add_person("Hoa"), lan)
    groups.rename(group, "Tổ 1A", lan)
    forum = groups.upgrade(group, lan, forum=True)
    people.say(lan, forum, "/progress", anonymous=True)
    topic = groups.open_topic(forum, "Tiến độ", lan)
    inside = people.say(minh, forum, "/progress", thread=topic.id)
    groups.pin(inside, lan)
    groups.close_topic(forum, topic, lan)
    groups.reopen_topic(forum, topic, lan)
    groups.close_topic(forum, None, lan)
    groups.restrict(forum, bot, lan)
    groups.leave(forum, minh)
    groups.kick(forum, bot, lan)
    return lan, group


def tapped(outcome: object) -> Tap:
    assert isinstance(outcome, Tap)
    return outcome
