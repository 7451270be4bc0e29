"""A pair that was bought and that the database would not take: kept in mind, used by nobody."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot.playground.zalo_oa_server import ZaloOAServer
from bot.zalo_oa.errors import NotStored
from bot.zalo_oa.tokens import Tokens
from tests.bot.zalo_oa.granted import HOUR, good_at, in_place, issue, pair, refreshes, tokens
from tests.support.clock import Clock
from tests.support.logs import logged

FULL = (
    "CREATE TRIGGER full BEFORE UPDATE OF access ON oa_token "
    "BEGIN SELECT RAISE(ABORT, 'no room'); END"
)
"""Nothing is stored any more, as on a full disk."""
ROOM = "DROP TRIGGER full"


class Scene:
    def __init__(self, server: ZaloOAServer, clock: Clock, url: str, ours: Tokens) -> None:
        self.server, self.clock, self.url, self.ours = server, clock, url, ours

    def say(self, sql: str) -> None:
        """Say it to the database beside everybody else."""
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
            connection.execute(sql)
            connection.commit()


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    clock = Clock()
    async with ZaloOAServer(now=clock).serve() as server:
        server.world.add_oa()
        yield Scene(server, clock, sqlite_url, tokens(server, sqlite_url, clock))


async def test_gives_nobody_what_is_not_stored_and_stores_it_when_it_can(scene: Scene) -> None:
    before = issue(scene.server, scene.url)
    scene.clock.move((25 * HOUR).total_seconds())
    scene.say(FULL)
    with logged() as lines, pytest.raises(NotStored):
        await scene.ours.access()
    assert {line["event"] for line in lines} == {"oa_token_not_stored"}
    assert in_place(scene.url).pair == pair(before)
    with pytest.raises(NotStored):
        await scene.ours.access()
    scene.say(ROOM)
    assert await scene.ours.access() == good_at(scene.server)
    assert in_place(scene.url).pair.access == good_at(scene.server)
    assert refreshes(scene.server) == 1
    await scene.ours.close()


async def test_stores_it_at_the_end_at_latest(scene: Scene) -> None:
    issue(scene.server, scene.url)
    scene.clock.move((25 * HOUR).total_seconds())
    scene.say(FULL)
    with pytest.raises(NotStored):
        await scene.ours.access()
    scene.say(ROOM)
    await scene.ours.close()
    assert in_place(scene.url).pair.access == good_at(scene.server)
