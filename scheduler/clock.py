"""Ticks: runs every job that has come due since the last look, whatever kept us from looking."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.alarms import Trouble
from domain.house import House
from scheduler.context import Context
from scheduler.job import Job
from storage.store import Store

T = TypeVar("T")

log = logging.getLogger(__name__)

TICK = timedelta(minutes=1)

RunJob = Callable[[Job, datetime], Awaitable[None]]
Rehearse = Callable[[Sequence[Job], datetime, datetime], Awaitable[datetime]]
InTurn = Callable[[Callable[[Store], int | None]], Awaitable[int | None]]


class Reading(Protocol):
    """Runs work with a store that only reads, on another thread."""

    async def __call__(self, work: Callable[[Store], T], /) -> T:
        """What it returned."""
        ...


async def in_turns(
    job: Job,
    at: datetime,
    *,
    house: House,
    now: Callable[[], datetime],
    turn: InTurn,
    read: Reading,
    troubles: Callable[[], tuple[Trouble, ...]] = tuple,
) -> None:
    """Run a job to its end, each page a turn of its own. Whoever puts the parts together says:

    ``run_job = partial(in_turns, house=house, now=clock, turn=turn, read=read)``, where ``turn``
    is ``lambda work: turns.run(work, alone=True)`` and ``read`` runs its work with the store of
    ``database.reader()``, on another thread. ``troubles`` tells what the process noticed.
    """
    look = job.look
    if look is not None and not await read(lambda store: look(Context(store, house, now()), at)):
        return
    after: int | None = 0
    while after is not None:
        after = await turn(_page(job, at, after, house, now(), troubles()))


async def rehearsed(
    jobs: Sequence[Job],
    last: datetime,
    until: datetime,
    *,
    house: House,
    read: Reading,
    troubles: Callable[[], tuple[Trouble, ...]] = tuple,
) -> datetime:
    """The last minute from ``last`` to ``until`` up to which no job has anything to write.

    Each minute's jobs are run as they would be, but on a connection that cannot write: one that
    tries to has something to do. What they only read costs a tenth of a turn each.
    """
    noticed = troubles()

    def rehearse(store: Store) -> datetime:
        at = last
        nexts = [job.next_due(last) for job in jobs]
        while at < until:
            tick = min(_next_tick(at), until)
            ctx = Context(store, house, tick, noticed)
            for place, job in enumerate(jobs):
                if nexts[place] > tick:
                    continue
                if _has_work(job, ctx, tick):
                    return at
                nexts[place] = job.next_due(tick)
            at = tick
        return at

    return await read(rehearse)


class Clock:
    """Runs the jobs: by itself once started, or minute by minute when its time is moved.

    With ``rehearse`` the minutes at which no job would do anything cost next to nothing.
    """

    def __init__(
        self,
        run_job: RunJob,
        jobs: Sequence[Job],
        now: Callable[[], datetime],
        rehearse: Rehearse | None = None,
    ) -> None:
        self._rehearse = rehearse
        self._run_job = run_job
        self._jobs = tuple(jobs)
        self._now = now
        self._last: datetime | None = None
        self._one_at_a_time = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        self._ticks: set[asyncio.Task[None]] = set()
        self._closing = False

    def start(self) -> None:
        """Tick every minute from now on; at first everything is due, which catches up."""
        defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._scheduler.add_job(self._tick, "cron", minute="*", second=0)
        self._scheduler.start()
        self._begin()

    async def close(self) -> None:
        """Stop ticking; the job that has begun ends, and no other begins."""
        self._closing = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        await asyncio.gather(*self._ticks, return_exceptions=True)

    async def run_due(self, at: datetime) -> None:
        """Run each job whose period has begun since the last time; the first time all of them."""
        async with self._one_at_a_time:
            last = self._last
            self._last = at if last is None else max(last, at)
            for job in self._jobs:
                if not self._closing and job.due(last, at):
                    await self._run(job, at)

    async def advance(self, to: datetime) -> None:
        """Run what falls due up to ``to``, minute by minute, as if that time had passed."""
        if self._last is None:
            await self.run_due(min(self._now(), to))
        while self._last is not None and self._last < to:
            at = await self.pass_quiet(to)
            if self._last < to:
                await self.run_due(at)

    async def pass_quiet(self, to: datetime) -> datetime:
        """Pass over the minutes before ``to`` at which no job has anything to do.

        Where that ends: at the first minute at which one has, which is not passed, or at ``to``.
        """
        async with self._one_at_a_time:
            if self._last is None:
                return min(self._now(), to)
            if self._rehearse is not None and self._last < to:
                self._last = await self._rehearse(self._jobs, self._last, to)
            return min(_next_tick(self._last), to)

    async def _tick(self) -> None:
        """Only starts the work: stopping the scheduler would cancel what it waits for itself."""
        self._begin()

    def _begin(self) -> None:
        if self._ticks:
            return  # the next tick finds what this one leaves
        task = asyncio.create_task(self.run_due(self._now()), name="jobs")
        self._ticks.add(task)
        task.add_done_callback(self._ticks.discard)

    async def _run(self, job: Job, at: datetime) -> None:
        try:
            await self._run_job(job, at)
        except Exception as error:
            # Its turn is rolled back; what it left undone is due again next time.
            log.error(
                "job_failed", extra={"job": job.name, "at": at.isoformat(), "fault": _fault(error)}
            )


def _page(
    job: Job,
    at: datetime,
    after: int,
    house: House,
    now: datetime,
    troubles: tuple[Trouble, ...],
) -> Callable[[Store], int | None]:
    return lambda store: job.run(Context(store, house, now, troubles), at, after)


def _has_work(job: Job, ctx: Context, at: datetime) -> bool:
    """Whether it would change anything, or fail: then it has to run for it to be told."""
    try:
        if job.look is not None and not job.look(ctx, at):
            return False
        after: int | None = 0
        while after is not None:
            after = job.run(ctx, at, after)
    except Exception:
        # Above all the database's refusal to write; what else fails is told when it runs.
        return True
    return False


def _next_tick(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + TICK


def _fault(error: Exception) -> str:
    """Which error and where: its message may quote a person, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
