"""The whole bot with one Official Account, behind its own web server on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from bot.app import App
from bot.channels import Opened, open_channels, webhook_path, windows
from bot.config import Web
from bot.playground.zalo_oa.webhooks import SIGNATURE, signature
from bot.playground.zalo_oa.world import OA, Group, Person
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.time_and_chance import Clock
from bot.web import Server, application
from domain.address import Account, Address
from domain.person import Consent, Role
from tests.bot.zalo_oa.granted import HOOK_SECRET, account, issue
from tests.dialogues import world
from tests.dialogues.script import Setting
from tests.support.conversation import START, sample

CHAIR = "Trần Thị B"


@dataclass(frozen=True, slots=True)
class Whole:
    """Both ends; the chair of CTN27 has joined, and is in the group."""

    app: App
    opened: Opened
    server: ZaloOAServer
    oa: OA
    chair: Person
    group: Group
    clock: Clock
    at: str
    """When its events happen, as Zalo writes it."""

    @property
    def user(self) -> str:
        return self.oa.user_id(self.chair)

    def event(self, **changes: Any) -> dict[str, Any]:
        """The chair writes "td"; with some of it changed."""
        usual: dict[str, Any] = {
            "timestamp": self.at,
            "app_id": self.oa.app_id,
            "sender": {"id": self.user},
            "recipient": {"id": self.oa.id},
            "event_name": "user_send_text",
            "message": {"text": "td", "msg_id": "96d3cdf3af150460"},
        }
        return usual | changes

    def signed(self, body: bytes, secret: str = HOOK_SECRET) -> dict[str, str]:
        """The headers of a body, as Zalo sends them."""
        return {SIGNATURE: signature(self.oa.app_id, body, self.at, secret)}

    async def deliver(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        """Post it, rightly signed where no headers are given; the status."""
        given = self.signed(body) if headers is None else headers
        return await self.server.webhooks.post(self.oa, given, body)

    async def answers(self) -> list[str]:
        """What the chair has read by now."""
        await self.app.settled()
        return self.server.world.heard(self.chair)


@asynccontextmanager
async def whole(folder: Path, url: str, **package: Any) -> AsyncIterator[Whole]:
    clock = Clock(START)
    async with ZaloOAServer(now=clock).serve() as server:
        server.faults.echoes = False
        oa = server.world.add_oa(package="Premium")
        installation = sample(folder)
        config = msgspec.structs.replace(
            installation.config,
            zalo_oa=[msgspec.structs.replace(account(server.url), **package)],
            web=Web(public_url="https://bot.example"),
        )
        [opened] = await open_channels(config, clock, database_url=url)
        house = replace(world.house(world.forms()), windows=windows([opened]))
        app = App(house, installation, clock, [opened.channel], url=url)
        issue(server, url)
        async with app:
            await app.start(background=False)
            chair = server.world.add_person(CHAIR)
            _join(app, oa, chair)
            web = Server(application(opened.routes(app.receive), app.healthy), "127.0.0.1", 0)
            port = await web.start()
            oa.webhook_url = f"http://127.0.0.1:{port}{webhook_path(opened.account)}"
            server.people.follow(chair, oa)
            await server.people.settled()
            await app.settled()
            server.world.log.clear()
            group = server.world.add_group(oa, "Tổ 1", chair)
            yield Whole(app, opened, server, oa, chair, group, clock, server.world.milliseconds())
            await web.close()


def _join(app: App, oa: OA, chair: Person) -> None:
    id = oa.user_id(chair)
    with app.database.session() as session:
        session.begin()
        store = session.store
        world.found(store, Setting(about="", now=START, quotas={"LS": 4100, "CTN27": 4}))
        unit = store.units.by_code("CTN27")
        assert unit is not None
        address = Address("zalo_oa", oa.id, id)
        person = store.people.add(CHAIR, unit.id, Consent("1", START), address, START)
        store.people.link(Account("zalo_oa", oa.id, id), person.id, START)
        store.people.grant(person.id, Role.CHAIR, unit.id, None, START)
        session.commit()
