"""Waiting until something is so in a simulated network, without asking again and again."""

import asyncio
from collections.abc import Callable


class Watched:
    """Something whose changes are told by ``stir``."""

    def __init__(self) -> None:
        self._watchers: list[asyncio.Future[None]] = []

    async def until(self, happened: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait until something is so, looking after every call and delivery; real seconds."""
        async with asyncio.timeout(timeout):
            while not happened():
                watcher = asyncio.get_running_loop().create_future()
                self._watchers.append(watcher)
                await watcher

    def stir(self) -> None:
        """Let those who wait look again."""
        watchers, self._watchers = self._watchers, []
        for watcher in watchers:
            if not watcher.done():
                watcher.set_result(None)
