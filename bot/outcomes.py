"""Records what became of parcels, many in one turn and at latest 50 ms after the first."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from itertools import islice

from bot.turns import Turns
from storage.parcels import Outcome
from storage.store import Store

log = logging.getLogger(__name__)

LATEST = 0.05
"""Seconds an outcome may wait for company: the window in which a crash sends an answer twice."""

MOST_AT_ONCE = 100
"""Outcomes in one turn, so that no answer waits long behind them."""

PAUSE = 1.0
"""Seconds until a database that refused is asked again."""


class Outcomes:
    """What is known and not recorded yet, in order."""

    def __init__(self, turns: Turns, recorded: Callable[[int], None]) -> None:
        """``recorded`` hears the id of each parcel whose outcome is committed."""
        self._turns = turns
        self._recorded = recorded
        self._waiting: deque[Outcome] = deque()
        self._flushing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        """How many are not recorded yet."""
        return len(self._waiting)

    def note(self, outcome: Outcome) -> None:
        """Record it soon; at once when there is enough for a turn."""
        self._waiting.append(outcome)
        if self._task is not None:
            return
        if len(self._waiting) >= MOST_AT_ONCE:
            self._start()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LATEST, self._start)

    async def flush(self) -> None:
        """Record all there is; raises when the database refuses, and then keeps them."""
        async with self._flushing:
            while self._waiting:
                batch = list(islice(self._waiting, MOST_AT_ONCE))

                def record(store: Store, batch: list[Outcome] = batch) -> None:
                    store.parcels.record(batch)

                await self._turns.run(record)
                for outcome in batch:
                    self._waiting.popleft()
                    self._recorded(outcome.id)

    async def close(self) -> None:
        """Record what is left and stop."""
        self._stop_timer()
        if self._task:
            await asyncio.gather(self._task, return_exceptions=True)
            self._stop_timer()
        await self.flush()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._stop_timer()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self.flush())
            self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Ask a database that refused again: what was sent must not be sent again."""
        self._task = None
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.error(
                "outcomes_not_recorded", extra={"count": len(self), "fault": type(fault).__name__}
            )
        if self._waiting and self._timer is None:
            pause = LATEST if fault is None else PAUSE
            self._timer = asyncio.get_running_loop().call_later(pause, self._start)
