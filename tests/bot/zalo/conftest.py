"""A simulated Zalo on loopback, one bot on it, and our channel talking to it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channel import Channel
from bot.playground.zalo.world import Bot, Group, Person
from bot.playground.zalo_server import ZaloServer
from bot.zalo.channel import ZaloChannel
from domain.address import Address

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NAME = "Bot Sáng Kiến"


@dataclass
class Line:
    """Both ends: the network with its people, and our channel. ``pauses`` were not waited for."""

    server: ZaloServer
    bot: Bot
    channel: ZaloChannel
    lan: Person
    pauses: list[float] = field(default_factory=list)

    @property
    def private(self) -> Address:
        return Address("zalo", self.channel.bot, self.lan.id)

    def of(self, group: Group) -> Address:
        return Address("zalo", self.channel.bot, f"group:{group.id}")

    def group(self) -> Group:
        group = self.server.world.add_group("Tổ 1", self.lan)
        group.bots.add(self.bot.id)
        return group

    def another(self, **changes: Any) -> ZaloChannel:
        """Our channel, made otherwise."""
        given: dict[str, Any] = {
            "token": self.bot.token,
            "now": lambda: NOW,
            "name": NAME,
            "base_url": self.server.url,
            "poll_timeout": 0,
            "pause": self.pause,
        }
        return ZaloChannel(**(given | changes))

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


class Inbox:
    """Commits what is handed in, unless it is told to fail."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.texts: list[str] = []
        self.fails = 0

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the database is down")
        for raw in raws:
            self.keys.append(channel.key_of(raw))
            try:
                said = channel.decode(raw)
            except ValueError:
                self.texts.append("poison")
            else:
                self.texts.append(said.text or said.unreadable if said else "nobody's")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with ZaloServer(now=lambda: NOW).serve() as server:
        bot = server.world.add_bot("1000:top-secret", NAME, can_join_groups=True)
        lan = server.world.add_person("Trần Thị B")
        bot.served.add(lan.id)
        ready = Line(server, bot, ZaloChannel("1000:x", now=lambda: NOW), lan)
        ready.channel = ready.another()
        yield ready
        await ready.channel.close()
