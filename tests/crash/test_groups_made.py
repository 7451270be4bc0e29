"""A group that somebody wished for is made once, wherever the bot is killed on the way to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.zalo_oa.world import OA, Group, Pack, Person
from bot.playground.zalo_oa_server import ZaloOAServer
from domain.address import Account, Address
from domain.group_wish import GroupWish, Wanted, WishState
from domain.person import Consent, Role
from storage.store import Store
from tests.bot.zalo_oa.granted import HOOK_SECRET, SECRET, change, issue
from tests.crash.killing import PATIENCE, BotProcess
from tests.crash.victim import Given, Point
from tests.support.clock import START, Clock
from tests.support.union import a_unit

DEAD_FOR = timedelta(minutes=3)
"""How long the bot is away after it was killed: longer than a lease lasts."""

NAME = "Công ty cấp nước"
CONFIG = """
[zalo_oa]
oa_id = "3000"
app_id = "4000"
secret_key = "{secret}"
webhook_secret = "{hook}"
api_url = "{api}"
oauth_url = "{api}"
gmf_asset = "gmf50"

[web]
public_url = "https://sangkien.test"

[database]
url = "{url}"
"""


class Scene:
    """The network, a chair who wishes for a group, and a bot that dies."""

    def __init__(self, server: ZaloOAServer, oa: OA, chair: Person, url: str, folder: Path) -> None:
        self.server, self.oa, self.chair, self.url = server, oa, chair, url
        self.kills = 0
        self.process: BotProcess | None = None
        self._config = folder / "config.toml"
        given = {"secret": SECRET, "hook": HOOK_SECRET, "api": server.url, "url": url}
        self._config.write_text(CONFIG.format(**given))
        change(url, self._found)

    async def start(self) -> BotProcess:
        """Start it, as long after it died as a lease lasts."""
        starts = START + self.kills * DEAD_FOR
        self.process = await BotProcess(Given(self._config, starts)).running()
        return self.process

    async def killed_at(self, point: Point) -> None:
        """Let it come to that point, and no further."""
        process = await self.start()
        await process.stop_at(point)
        if not self.kills:
            change(self.url, self._wish)
        await process.says(point.value)
        await process.kill()
        self.kills += 1

    async def told(self) -> None:
        """Start it once more, and wait until the chair reads how it went."""
        await self.start()
        await self.server.until(lambda: bool(self.server.world.heard(self.chair)), PATIENCE)
        assert self.process is not None
        await self.process.settle()

    def groups(self) -> list[Group]:
        return list(self.server.world.groups.values())

    def _found(self, store: Store) -> None:
        root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
        unit = store.units.add(a_unit("CTN27", root.id, NAME))
        user = self.oa.user_id(self.chair)
        at = Address("zalo_oa", self.oa.id, user)
        chair = store.people.add(self.chair.name, unit.id, Consent("1", START), at, START)
        store.people.link(Account("zalo_oa", self.oa.id, user), chair.id, START)
        store.people.grant(chair.id, Role.CHAIR, unit.id, None, START)

    def _wish(self, store: Store) -> None:
        unit = store.units.by_code("CTN27")
        user = self.oa.user_id(self.chair)
        chair = store.people.by_account(Account("zalo_oa", self.oa.id, user))
        assert unit is not None and chair is not None
        wish = GroupWish(
            0, unit.id, "zalo_oa", self.oa.id, Wanted.GROUP, chair.id, NAME, (user,), START
        )
        assert store.group_wishes.add(wish)


@asynccontextmanager
async def scene(url: str, folder: Path) -> AsyncIterator[Scene]:
    async with ZaloOAServer(now=Clock(START)).serve() as server:
        oa = server.world.add_oa(secret_key=SECRET, webhook_secret=HOOK_SECRET)
        oa.packs["pack"] = Pack(50, 10)
        chair = server.world.add_person("Lê Thị B")
        server.people.follow(chair, oa)
        # Of the same name, and somebody else's.
        server.world.add_group(oa, NAME)
        here = Scene(server, oa, chair, url, folder)
        issue(server, url)
        try:
            yield here
        finally:
            if here.process and here.process.alive:
                await here.process.kill()


@pytest.mark.parametrize(
    "points", [[Point.MAKING], [Point.MADE], [Point.MAKING, Point.MADE]], ids="-".join
)
async def test_is_made_once(sqlite_url: str, tmp_path: Path, points: list[Point]) -> None:
    await check_made_once(sqlite_url, tmp_path, points)


async def test_is_made_once_on_postgres(postgres_url: str, tmp_path: Path) -> None:
    await check_made_once(postgres_url, tmp_path, [Point.MAKING, Point.MADE])


async def check_made_once(url: str, folder: Path, points: list[Point]) -> None:
    """Killed at each point in turn, then left alone."""
    async with scene(url, folder) as here:
        for point in points:
            await here.killed_at(point)
        assert len(here.groups()) == 1 + (points[-1] is Point.MADE)
        await here.told()
        _, made = here.groups()
        assert set(made.members.values()) == {here.chair}
        (told,) = here.server.world.heard(here.chair)
        assert told.startswith(f"Đã lập nhóm «{NAME}», mời 1 người.")
        assert len(here.server.world.heard(made)) == 1
        kept: list[tuple[WishState | None, int]] = []

        def look(store: Store) -> None:
            at = Address("zalo_oa", here.oa.id, f"group:{made.id}")
            group = store.groups.at(at)
            unit = store.units.by_code("CTN27")
            assert group is not None and unit is not None
            wish = store.group_wishes.last(unit.id, "zalo_oa", here.oa.id, Wanted.GROUP)
            kept.append((wish.state if wish else None, group.unit - unit.id))

        change(url, look)
        assert kept == [(WishState.MADE, 0)]
