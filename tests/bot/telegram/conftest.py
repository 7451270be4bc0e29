"""A simulated Telegram on loopback, one bot on it, and our channel talking to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.playground.telegram.world import BotAccount, Chat, Message, Person
from bot.playground.telegram_server import TelegramServer
from bot.telegram.channel import TelegramChannel
from domain.address import Address

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass
class Line:
    """Both ends: the network with its people, and our channel. ``pauses`` were not waited for."""

    server: TelegramServer
    bot: BotAccount
    channel: TelegramChannel
    lan: Person
    pauses: list[float] = field(default_factory=list)

    @property
    def private(self) -> Address:
        return self.of(self.server.world.private(self.bot, self.lan))

    def of(self, chat: Chat, thread: int | str = "") -> Address:
        return Address("telegram", self.channel.bot, str(chat.id), str(thread))

    @property
    def seen(self) -> list[Message]:
        """What the bot has said to Lan."""
        return [m for m in self.server.people.history(self.bot, self.lan) if m.from_bot]

    def group(self, *, supergroup: bool = False, forum: bool = False) -> Chat:
        create = self.server.groups.create
        return create("Tổ 1", self.lan, [self.bot], supergroup=supergroup, forum=forum)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with TelegramServer(now=lambda: NOW).serve() as server:
        bot = server.world.add_bot("42:top-secret", "SangKienBot", "Sáng kiến")
        lan = server.world.add_person("Trần Thị B")
        server.people.start(lan, bot)
        bot.updates.clear()
        pauses: list[float] = []

        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        channel = TelegramChannel(
            bot.token,
            username=bot.username,
            now=lambda: NOW,
            base_url=server.url,
            poll_timeout=0,
            pause=pause,
        )
        yield Line(server, bot, channel, lan, pauses)
        await channel.close()
