"""A simulated Official Account on loopback, and our channel talking to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.zalo_oa.world import OA, Group, Person
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.zalo_oa.channel import ZaloOAChannel
from domain.address import Address
from tests.support.clock import Clock
from tests.support.oa_access import Consented

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NAME = "LĐLĐ Lạng Sơn"
SECRET = "top-secret"


@dataclass
class Line:
    """Both ends: the network with its people, and our channel. ``pauses`` were not waited for."""

    server: ZaloOAServer
    clock: Clock
    oa: OA
    lan: Person
    tokens: Consented
    channel: ZaloOAChannel = field(init=False)
    pauses: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.channel = self.another()

    @property
    def private(self) -> Address:
        return Address("zalo_oa", self.oa.id, self.oa.user_id(self.lan))

    def of(self, group: Group) -> Address:
        return Address("zalo_oa", self.oa.id, f"group:{group.id}")

    def group(self) -> Group:
        return self.server.world.add_group(self.oa, "Tổ 1", self.lan)

    def told(self) -> bytes:
        """The oldest event that waits."""
        _, body = self.oa.waiting.popleft()
        return body

    def sent(self) -> tuple[str, dict[str, Any]]:
        """The last call: its path and what it said."""
        return self.server.calls[-1]

    def another(self, **changes: Any) -> ZaloOAChannel:
        """Our channel, made otherwise."""
        given: dict[str, Any] = {
            "app_id": self.oa.app_id,
            "webhook_secret": SECRET,
            "now": self.clock,
            "name": NAME,
            "base_url": self.server.url,
            "pause": self.pause,
        }
        return ZaloOAChannel(self.oa.id, self.tokens, **(given | changes))

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    clock = Clock(NOW)
    async with ZaloOAServer(now=clock).serve() as server:
        server.faults.echoes = False
        oa = server.world.add_oa(webhook_secret=SECRET, name=NAME, package="Premium")
        lan = server.world.add_person("Trần Thị B")
        server.people.follow(lan, oa)
        oa.waiting.clear()
        ready = Line(server, clock, oa, lan, Consented(server, oa))
        yield ready
        await ready.channel.close()
