"""Runs turns: plain functions over a Store, each one transaction, on threads that own a connection.

Whoever asked learns the outcome after the commit and never before. Where the database has one
writer (SQLite), turns that wait at the same moment share one commit, each in its own savepoint;
where it has many (PostgreSQL), the turns of one chat stay in order on one thread.
"""

import asyncio
import itertools
import logging
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from storage.engine import Database, Session, is_database_error, is_retryable
from storage.store import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_TRIES = 12
"""Runs of one turn that meets locks, deadlocks or a lost connection: about a minute in all."""

FIRST_PAUSE = 0.02
LONGEST_PAUSE = 10.0
"""Seconds before such a turn runs again: doubled each time, up to the longest."""


@dataclass(slots=True, eq=False)
class Job:
    """A turn that waits, and then how it ended."""

    work: Callable[[Store], Any]
    future: asyncio.Future[Any]
    alone: bool
    value: Any = None
    fault: BaseException | None = None

    def settle(self) -> None:
        """Tell who waits; runs on the event loop."""
        if self.future.done():
            return
        if self.fault is None:
            self.future.set_result(self.value)
        elif isinstance(self.fault, StopIteration):
            # A future refuses StopIteration, and its waiter would wait for ever.
            stopped = RuntimeError("the turn raised StopIteration")
            stopped.__cause__ = self.fault
            self.future.set_exception(stopped)
        else:
            self.future.set_exception(self.fault)


class GroupLost(Exception):
    """The shared transaction cannot be trusted any more; each of its turns runs again alone."""


class Turns:
    """The queue of turns and the threads that run them."""

    def __init__(
        self,
        database: Database,
        threads: int = 1,
        most_shared: int = 64,
        jitter: Callable[[], float] = lambda: 0.5,
    ) -> None:
        """``threads`` counts on PostgreSQL alone; ``jitter`` draws from 0 to 1."""
        self._database = database
        self._shares = database.shares_commits
        self._most_shared = most_shared if self._shares else 1
        self._jitter = jitter
        count = 1 if self._shares else max(1, threads)
        self._queues: list[SimpleQueue[Job | None]] = [SimpleQueue() for _ in range(count)]
        self._next = itertools.cycle(self._queues)
        self._threads: list[threading.Thread] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = threading.Event()
        self.commits = 0
        """Transactions committed so far."""
        self.reruns = 0
        """Turns run again after a lost group, a lock or a lost connection."""

    async def start(self) -> None:
        """Open a connection for each thread; raises what opening raised."""
        self._loop = asyncio.get_running_loop()
        opened: list[asyncio.Future[None]] = []
        for number, queue in enumerate(self._queues):
            ready: asyncio.Future[None] = self._loop.create_future()
            opened.append(ready)
            thread = threading.Thread(
                target=self._serve, args=(queue, ready), name=f"turns-{number}", daemon=True
            )
            self._threads.append(thread)
            thread.start()
        try:
            await asyncio.gather(*opened)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Run what waits, then give the connections back. Nothing may be submitted any more."""
        if not self._closing.is_set():
            self._closing.set()
            for queue in self._queues:
                queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def __aenter__(self) -> "Turns":
        await self.start()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()

    async def run(self, work: Callable[[Store], T], *, chat: str = "", alone: bool = False) -> T:
        """Run one turn and return what it returned, once it is committed.

        Raises what the turn raised; then nothing of it is kept. ``chat`` keeps turns in order,
        ``alone`` keeps a long one from sharing its commit. ``work`` may run more than once.
        """
        return await self.submit(work, chat, alone=alone)

    def submit(
        self, work: Callable[[Store], T], chat: str = "", *, alone: bool = False
    ) -> asyncio.Future[T]:
        """Queue a turn now, await it later: what is submitted first runs first.

        Cancelling the future does not stop the turn.
        """
        if self._loop is None or self._closing.is_set():
            raise RuntimeError("turns are not running")
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue_of(chat).put(Job(work, future, alone))
        return future

    @property
    def waiting(self) -> int:
        """Turns queued and not begun."""
        return sum(queue.qsize() for queue in self._queues)

    def _queue_of(self, chat: str) -> SimpleQueue[Job | None]:
        if len(self._queues) == 1:
            return self._queues[0]
        if not chat:
            return next(self._next)
        return self._queues[zlib.crc32(chat.encode()) % len(self._queues)]

    # What follows runs on a turn thread.

    def _serve(self, queue: SimpleQueue[Job | None], ready: asyncio.Future[None]) -> None:
        try:
            session = self._database.session()
        except Exception as error:
            self._tell(_opened, ready, error)
            return
        self._tell(_opened, ready, None)
        try:
            held: Job | None = None
            while True:
                first = held or queue.get()
                if first is None:
                    return
                group, held, ended = self._gather(first, queue)
                self._run_group(session, group)
                self._tell(_settle_all, group)
                if ended:
                    return
        finally:
            session.close()

    def _gather(
        self, first: Job, queue: SimpleQueue[Job | None]
    ) -> tuple[list[Job], Job | None, bool]:
        """Who shares the commit, who was drawn but goes next, and whether the queue has ended."""
        group = [first]
        if first.alone:
            return group, None, False
        while len(group) < self._most_shared:
            try:
                job = queue.get_nowait()
            except Empty:
                break
            if job is None:
                return group, None, True
            if job.alone:
                return group, job, False
            group.append(job)
        return group, None, False

    def _run_group(self, session: Session, group: list[Job]) -> None:
        if len(group) > 1:
            try:
                self._share(session, group)
                return
            except Exception as error:
                # Ids of the turns are unknown here; the callers log what then fails.
                log.warning(
                    "group_lost", extra={"turns": len(group), "fault": type(error).__name__}
                )
                _undo(session)
                self.reruns += len(group)
        for job in group:
            self._run_alone(session, job)

    def _share(self, session: Session, group: list[Job]) -> None:
        """Run all in one transaction; raises when any of it cannot be trusted."""
        _begin(session)
        for job in group:
            job.value = job.fault = None
            session.savepoint()
            try:
                job.value = job.work(session.store)
            except BaseException as error:
                # Even SystemExit: a dead turn thread would leave everybody waiting for ever.
                # SQLite may have rolled back everything, so nothing is certain any more.
                if is_database_error(error) or not session.in_transaction:
                    raise GroupLost from error
                job.fault = error
                session.rollback_to()
            else:
                if not session.in_transaction:
                    raise GroupLost
                session.release()
        session.commit()
        self.commits += 1

    def _run_alone(self, session: Session, job: Job) -> None:
        """One turn, one transaction; run again while the fault is one that passes."""
        for tries in range(1, MOST_TRIES + 1):
            job.value = job.fault = None
            try:
                _begin(session)
                job.value = job.work(session.store)
                if not session.in_transaction:
                    raise GroupLost("the turn lost its transaction")
                session.commit()
                self.commits += 1
                return
            except BaseException as error:
                _undo(session)
                job.fault = error
                if not is_retryable(error) or tries == MOST_TRIES:
                    return
                self.reruns += 1
                self._pause(tries)

    def _pause(self, tries: int) -> None:
        """Wait before the next try; not at all when closing."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1))
        self._closing.wait(pause * (0.5 + self._jitter()))

    def _tell(self, told: Callable[..., None], *args: Any) -> None:
        """Say something on the event loop, once for a whole group."""
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(told, *args)
        except RuntimeError:
            # The loop is closed: nobody waits any more, and what is committed stays committed.
            log.warning("loop_closed_before_turn_was_told")


def _begin(session: Session) -> None:
    """Start the transaction, on a new connection if the old one broke."""
    try:
        session.begin()
    except Exception as error:
        if not is_retryable(error):
            raise
        _undo(session)
        session.reopen()
        session.begin()


def _undo(session: Session) -> None:
    """Roll back whatever is left; a connection too broken for that is replaced by ``_begin``."""
    try:
        session.rollback()
    except Exception as error:
        log.warning("rollback_failed", extra={"fault": type(error).__name__})


def _settle_all(group: Sequence[Job]) -> None:
    for job in group:
        job.settle()


def _opened(ready: asyncio.Future[None], fault: Exception | None) -> None:
    if ready.done():
        return
    if fault is None:
        ready.set_result(None)
    else:
        ready.set_exception(fault)
