"""Starts the bot as a process of its own, talks to it, and kills it."""

import asyncio
import multiprocessing
import os
import signal
from collections import defaultdict
from datetime import timedelta
from multiprocessing.context import ForkServerContext

from tests.crash.victim import Given, Point, live

PATIENCE = 30.0
"""Seconds; a machine that is busy with other tests takes its time."""

TURN_STOPS = (Point.WRITTEN, Point.COMMITTED)
"""Where a turn stops and the rest of the process goes on."""

PRELOADED = ["tests.crash.victim", "bot.telegram.channel", "bot.respond", "psycopg"]
"""Imported once, so that a process is there in no time."""


def forks() -> ForkServerContext:
    """Where processes come from: each is forked from one that has everything loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class BotProcess:
    """One process. It is alone: nobody gives back what it held when it is killed."""

    def __init__(self, given: Given) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._line = ours
        self._process = forks().Process(target=live, args=(given, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._heard: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._gone = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._line.fileno(), self._hear)
        self._loop.add_reader(self._process.sentinel, self._end)
        self.alive = True

    async def running(self) -> "BotProcess":
        """Wait until it takes updates."""
        await self._wait("running")
        return self

    async def stop_at(self, point: Point) -> None:
        """Let it stop there from now on."""
        await self._order("stop_at", point.value)

    async def settle(self) -> None:
        """Wait until all that is due is sent and recorded."""
        await self._order("settle")

    async def take(self, raws: list[bytes]) -> None:
        """Hand it updates; returns once they are committed."""
        await self._order("take", raws)

    async def forward(self, by: timedelta) -> None:
        """Move its clock."""
        await self._order("forward", by)

    async def limit_pages(self, more: int) -> None:
        """Let its database grow by so many pages and no further."""
        await self._order("pages", more)

    async def reached(self, point: Point) -> None:
        """Wait until it stopped there, and whatever else it does has been heard."""
        await self.says(point.value)
        if point in TURN_STOPS:
            await self._order("look_round")

    async def says(self, word: str) -> None:
        """Wait until it has said a word."""
        await self._wait(word)

    def shoot(self) -> None:
        """Kill it, this instant, without waiting for its end."""
        if self.alive:
            self.alive = False
            pid = self._process.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Wait for its end."""
        async with asyncio.timeout(PATIENCE):
            await self._gone.wait()
        assert self._process.exitcode == -signal.SIGKILL

    async def kill(self) -> None:
        """Kill it, and wait for its end."""
        self.shoot()
        await self.gone()

    async def _order(self, word: str, value: object = None) -> None:
        self._heard[word].clear()
        self._line.send((word, value))
        await self._wait(word)

    async def _wait(self, word: str) -> None:
        heard = asyncio.ensure_future(self._heard[word].wait())
        ended = asyncio.ensure_future(self._gone.wait())
        done, left = await asyncio.wait(
            (heard, ended), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        for task in left:
            task.cancel()
        assert heard in done, f"the bot never said {word!r}: exit code {self._process.exitcode}"

    def _hear(self) -> None:
        try:
            word = self._line.recv()
        except (EOFError, OSError):
            self._loop.remove_reader(self._line.fileno())
            return
        self._heard[word].set()

    def _end(self) -> None:
        self._loop.remove_reader(self._process.sentinel)
        self._loop.remove_reader(self._line.fileno())
        self._process.join()
        self._line.close()
        self.alive = False
        self._gone.set()
