"""A clock over real turns, as the application puts it together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from bot.turns import Turns
from scheduler.clock import Clock, in_turns, rehearsed
from scheduler.job import Job
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.clock import Clock as Hand

T = TypeVar("T")


@asynccontextmanager
async def running(
    office: Office, jobs: tuple[Job, ...], hand: Hand, *, rehearses: bool = True
) -> AsyncIterator[Clock]:
    """A clock over real turns, as the application puts it together."""

    async def read(work: Callable[[Store], T]) -> T:
        return await asyncio.to_thread(lambda: office.look(work))

    async with Turns(office.database) as turns:
        run_job = partial(
            in_turns,
            house=office.house,
            now=hand,
            turn=lambda work: turns.run(work, alone=True),
            read=read,
        )
        rehearse = partial(rehearsed, house=office.house, read=read)
        yield Clock(run_job, jobs, hand, rehearse if rehearses else None)
