"""Turns beside the app's own: short, in a thread of their own, each on a connection of its own.

Tokens are wanted while a turn or a send is under way, and before the app has opened anything.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.zalo_oa.errors import NotStored
from storage.engine import Database, is_database_error, open_database
from storage.migrate import migrate
from storage.store import Store

STORED_AFTER = (0.2, 1.0, 3.0, 10.0)
"""Seconds between tries to store what the database would not take."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Rows:
    """The database at ``url``. Nothing is opened before the first turn, which finds its tables."""

    def __init__(self, url: str, pause: Callable[[float], Awaitable[None]]) -> None:
        self._url = url
        self._pause = pause
        self._database: Database | None = None
        # What was bought must not queue behind drawings before it is stored.
        self._thread = ThreadPoolExecutor(1, "oa-tokens")
        self._owed: Callable[[Store], bool] | None = None

    async def change(self, work: Callable[[Store], T]) -> T:
        """Run one turn: all of it is kept, or nothing. Never hold it over a call elsewhere."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._change, work)

    async def look(self, work: Callable[[Store], T]) -> T:
        """Look at one moment, without holding up who writes."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._look, work)

    async def store(self, work: Callable[[Store], bool]) -> bool:
        """Run a turn that stores what nobody else has, however often it takes.

        Raises NotStored; ``settle`` tries again.
        """
        self._owed = work
        for pause in STORED_AFTER:
            try:
                return await self.settle()
            except NotStored:
                await self._pause(pause)
        return await self.settle()

    async def settle(self) -> bool:
        """Store what could not be stored before, if there is such a thing. Raises NotStored."""
        if self._owed is None:
            return True
        try:
            stored = await self.change(self._owed)
        except BaseException as fault:
            # The drivers' errors share no class; all that is not theirs goes on.
            if is_database_error(fault):
                log.error("oa_token_not_stored", extra={"fault": type(fault).__name__})
                raise NotStored("the database would not take it") from None
            raise
        self._owed = None
        return stored

    def close(self) -> None:
        """Give thread and database back."""
        self._thread.shutdown(wait=False)
        if self._database is not None:
            self._database.close()

    def _change(self, work: Callable[[Store], T]) -> T:
        with self._opened().session() as session:
            session.begin()
            try:
                value = work(session.store)
            except BaseException:
                # Whatever it was goes on, once nothing of the turn is left.
                session.rollback()
                raise
            session.commit()
            return value

    def _look(self, work: Callable[[Store], T]) -> T:
        with self._opened().reader() as session:
            session.begin()
            seen = work(session.store)
            session.rollback()
            return seen

    def _opened(self) -> Database:
        database = self._database
        if database is None:
            migrate(self._url)
            self._database = database = open_database(self._url)
        return database
