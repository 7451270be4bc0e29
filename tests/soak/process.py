"""The bot's process as the soak holds it: told how far to go, shot, and mourned."""

import asyncio
import os
import signal
from contextlib import suppress
from multiprocessing import Pipe

from tests.crash.killing import forks
from tests.soak.child import Given, Spent, Stretch, live

PATIENCE = 1800.0
"""Real seconds that a stretch of time may take: a message to everybody, on a busy machine."""


class Killed(Exception):
    """It is dead."""


class BotProcess:
    """One life of the bot."""

    def __init__(self, given: Given) -> None:
        self._line, theirs = Pipe()
        self._process = forks().Process(target=live, args=(given, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._said: asyncio.Queue[tuple[str, Spent]] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._line.fileno(), self._hear)
        self._listens = True
        self.taken = False
        """Whether it committed the updates of this stretch."""
        self.spent = Spent()

    async def running(self) -> None:
        """Wait until it is there. Raises Killed."""
        await self._wait("running")

    async def go(self, stretch: Stretch) -> None:
        """Let it go through a stretch of time. Raises Killed."""
        self.taken = False
        try:
            self._line.send(stretch)
        except OSError:
            raise Killed from None
        self.spent = await self._wait("done")

    def shoot(self) -> None:
        """Kill it, this instant; who is dead stays dead."""
        if self._process.pid is not None and self._process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def end(self) -> None:
        """Kill it if it lives, and clear up."""
        self.shoot()
        await asyncio.to_thread(self._process.join)
        self._deaf()
        self._line.close()
        assert self._process.exitcode == -signal.SIGKILL, self._process.exitcode

    async def _wait(self, word: str) -> Spent:
        async with asyncio.timeout(PATIENCE):
            while True:
                said, value = await self._said.get()
                match said:
                    case "dead":
                        raise Killed
                    case "taken":
                        self.taken = True
                    case _ if said == word:
                        return value

    def _hear(self) -> None:
        try:
            self._said.put_nowait(self._line.recv())
        except (EOFError, OSError):
            self._deaf()
            self._said.put_nowait(("dead", Spent()))

    def _deaf(self) -> None:
        if self._listens:
            self._listens = False
            self._loop.remove_reader(self._line.fileno())
