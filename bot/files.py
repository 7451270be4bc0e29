"""Fetches the files that people sent, at once: links on some networks expire.

A turn commits that a file is expected; this downloads it, keeps the content and records it, and
when the link is dead it lets a turn ask the person again. What was sent to be read is handed to
who reads it, and not kept.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.channel import Channel, NotAccepted, SendError, TryLater, Unreachable
from bot.delivery import Delivery
from bot.shelf import put
from bot.turns import Turns
from domain.evidence import Evidence, EvidenceState, Purpose
from domain.parcel import Parcel
from storage.store import Store

log = logging.getLogger(__name__)

MOST_BYTES = 20 * 1024 * 1024
"""What Telegram lets a bot download (Bot API, getFile)."""

MOST_AT_ONCE = 4
"""Downloads at the same time: each may hold ``MOST_BYTES`` in memory."""

PAGE = 50
MOST_ATTEMPTS = 6
FIRST_RETRY = 5.0
"""Seconds before the next attempt, tripled each time: ten minutes in all, as links live an hour."""

LOOK_EVERY = 30.0
"""Seconds between two looks into the database when nobody wakes us."""

Lost = Callable[[Store, Evidence, datetime], list[Parcel]]
"""Runs in the turn that gives a file up; returns the stored parcels that tell the person."""

Take = Callable[[Evidence, bytes], Awaitable[None]]
"""Reads what was sent to be read, tells the person what it says, and forgets the file."""


class Files:
    """The worker that fetches."""

    def __init__(
        self,
        turns: Turns,
        delivery: Delivery,
        channels: Mapping[tuple[str, str], Channel],
        root: Path,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        lost: Lost,
        take: Take,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """``root`` is where contents are kept, ``jitter`` draws from 0 to 1."""
        self._turns = turns
        self._delivery = delivery
        self._channels = channels
        self._root = root
        self._clock = clock
        self._jitter = jitter
        self._lost = lost
        self._take = take
        self._most_bytes = most_bytes
        self._fetching: dict[int, asyncio.Task[None]] = {}
        self._later: dict[int, datetime] = {}
        """Files whose next attempt has to wait."""
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """A file is expected: look now."""
        self._woken.set()

    async def run(self) -> None:
        """Fetch until closed or cancelled."""
        while not self._closing:
            self._woken.clear()
            look = asyncio.ensure_future(self._look())
            await asyncio.wait([look])
            if fault := look.exception():
                # The database is down: what is expected stays expected.
                log.error("files_not_looked_up", extra={"fault": type(fault).__name__})
            try:
                await asyncio.wait_for(self._woken.wait(), self._pause())
            except TimeoutError:
                continue

    async def drain(self) -> None:
        """Fetch all that is due now; what waits for its next attempt stays."""
        while await self._look() or self._fetching:
            if self._fetching:
                await asyncio.wait(self._fetching.values())

    async def close(self) -> None:
        """Stop; a download cut short is begun again at the next start."""
        self._closing = True
        self._woken.set()
        for task in self._fetching.values():
            task.cancel()
        await asyncio.gather(*self._fetching.values(), return_exceptions=True)

    async def _look(self) -> int:
        """Start what may start; how many did."""
        now, after, started = self._clock(), 0, 0
        self._later = {id: at for id, at in self._later.items() if at > now}
        while len(self._fetching) < MOST_AT_ONCE and not self._closing:

            def page_after(store: Store, after: int = after) -> list[Evidence]:
                return store.files.waiting(PAGE, after)

            page = await self._turns.run(page_after)
            for file in page:
                started += self._begin(file)
            if len(page) < PAGE:
                break
            after = page[-1].id
        return started

    def _begin(self, file: Evidence) -> bool:
        channel = self._channels.get((file.channel, file.bot))
        full = len(self._fetching) >= MOST_AT_ONCE
        if channel is None or full or file.id in self._fetching or file.id in self._later:
            return False
        task = asyncio.get_running_loop().create_task(self._fetch(channel, file))
        self._fetching[file.id] = task

        def ended(task: asyncio.Task[None]) -> None:
            del self._fetching[file.id]
            if not task.cancelled() and (fault := task.exception()):
                # Not the network's fault: ours, the disk's or the database's.
                log.error("file_not_kept", extra={"file": file.id, "fault": type(fault).__name__})
                self._wait(file)
            self._woken.set()

        task.add_done_callback(ended)
        return True

    async def _fetch(self, channel: Channel, file: Evidence) -> None:
        try:
            content = await channel.fetch(file.ref, self._most_bytes)
        except (NotAccepted, Unreachable) as error:
            await self._give_up(file, type(error).__name__)
            return
        except SendError as error:
            await self._try_later(file, error)
            return
        if file.purpose is not Purpose.EVIDENCE:
            await self._hand_over(file, content)
            return
        digest = await asyncio.to_thread(put, self._root, content)
        now, size = self._clock(), len(content)

        def keep(store: Store) -> None:
            store.files.stored(file.id, digest, size, now)

        await self._turns.run(keep)

    async def _hand_over(self, file: Evidence, content: bytes) -> None:
        """Let it be read; what ends the process each time that it is read is given up."""
        if file.attempts + 1 >= MOST_ATTEMPTS:
            await self._give_up(file, "unread")
            return
        await self._turns.run(lambda store: store.files.tried(file.id, "reading"))
        await self._take(file, content)
        self._delivery.wake()

    async def _try_later(self, file: Evidence, error: SendError) -> None:
        fault = type(error).__name__
        if file.attempts + 1 >= MOST_ATTEMPTS:
            await self._give_up(file, fault)
            return
        self._wait(file, error.after if isinstance(error, TryLater) else None)
        await self._turns.run(lambda store: store.files.tried(file.id, fault))

    def _wait(self, file: Evidence, after: float | None = None) -> None:
        if after is None:
            after = FIRST_RETRY * 3.0**file.attempts * (0.5 + self._jitter())
        self._later[file.id] = self._clock() + timedelta(seconds=after)

    async def _give_up(self, file: Evidence, fault: str) -> None:
        """Record that the file is lost and tell the person, once."""
        now = self._clock()

        def lose(store: Store) -> list[Parcel]:
            known = store.files.get(file.id)
            if known is None or known.state is not EvidenceState.WAITING:
                return []
            if known.purpose is Purpose.EVIDENCE:
                store.files.failed(file.id, fault, now)
            else:
                store.files.drop(file.id)
            return self._lost(store, known, now)

        parcels = await self._turns.run(lose)
        log.warning("file_lost", extra={"file": file.id, "fault": fault})
        self._delivery.post(parcels)

    def _pause(self) -> float:
        """Seconds until the next attempt of something, if nobody wakes us."""
        now = self._clock()
        waits = ((at - now).total_seconds() for at in self._later.values() if at > now)
        return min(LOOK_EVERY, min(waits, default=LOOK_EVERY))
