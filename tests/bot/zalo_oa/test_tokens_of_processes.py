"""Several processes with one Official Account: one refreshes, and what a killed one leaves."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.playground.zalo_oa_server import ZaloOAServer
from tests.architecture.house import ROOT
from tests.bot.zalo_oa.asker import ANSWERED, BEFORE, STORED
from tests.bot.zalo_oa.granted import HOUR, good_at, in_place, issue, pair, refreshes
from tests.support.clock import Clock

PATIENCE = 30.0
"""Seconds; a machine that is busy with other tests takes its time."""


class Asker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def says(self) -> str:
        """Its next word."""
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        return line.decode().strip()

    def go(self) -> None:
        """Let it ask."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")

    async def kill(self) -> None:
        """SIGKILL, and wait for its end."""
        self._process.kill()
        await self._process.wait()


class Scene:
    """Zalo, a database, and a time at which the token has just run out."""

    def __init__(self, server: ZaloOAServer, clock: Clock, database_url: str) -> None:
        self.server, self.clock, self.database_url = server, clock, database_url
        self.issued = issue(server, database_url)
        clock.move((25 * HOUR).total_seconds())

    @asynccontextmanager
    async def asker(self, name: str, point: str = "") -> AsyncIterator[Asker]:
        """A process that is ready to ask, and stops at the point."""
        at = self.clock().isoformat()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bot.zalo_oa.asker",
            *(self.server.url, self.database_url, name, at, point),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            asker = Asker(process)
            assert await asker.says() == "ready"
            yield asker
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def killed_at(self, point: str) -> None:
        """One asks, and is killed there."""
        async with self.asker("victim", point) as victim:
            victim.go()
            assert await victim.says() == point
            await victim.kill()

    async def asked(self) -> str:
        """What the next one gets."""
        async with self.asker("next") as following:
            following.go()
            return await following.says()


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    clock = Clock()
    async with ZaloOAServer(now=clock).serve() as server:
        server.world.add_oa()
        yield Scene(server, clock, database_url)


async def test_refreshes_once_for_all_processes_that_ask_at_once(scene: Scene) -> None:
    async with AsyncExitStack() as stack:
        names = ("one", "two", "three")
        askers = [await stack.enter_async_context(scene.asker(name)) for name in names]
        scene.server.faults.delay = 0.3
        for asker in askers:
            asker.go()
        got = [await asker.says() for asker in askers]
    assert (set(got), refreshes(scene.server)) == ({good_at(scene.server)}, 1)


async def test_loses_nothing_when_killed_before_it_asks(scene: Scene) -> None:
    await scene.killed_at(BEFORE)
    assert refreshes(scene.server) == 0
    left = in_place(scene.database_url)
    assert (left.pair, left.is_leased(scene.clock())) == (pair(scene.issued), True)
    assert await scene.asked() == good_at(scene.server)
    assert refreshes(scene.server) == 1


async def test_wants_a_new_consent_when_killed_before_it_could_store(scene: Scene) -> None:
    await scene.killed_at(ANSWERED)
    assert in_place(scene.database_url).pair == pair(scene.issued)
    assert await scene.asked() == "NoToken"
    assert (in_place(scene.database_url).refused_at is not None, refreshes(scene.server)) == (
        True,
        2,
    )


async def test_loses_nothing_when_killed_after_it_stored(scene: Scene) -> None:
    await scene.killed_at(STORED)
    assert in_place(scene.database_url).pair.access == good_at(scene.server)
    assert await scene.asked() == good_at(scene.server)
    assert refreshes(scene.server) == 1
