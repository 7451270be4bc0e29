"""Sends parcels: in order within a chat, replies ahead of pushes, at the networks' pace.

What is held in memory is a window of the table. One message to a chat is on the wire at a time,
so a slow or failing chat delays no other; what must wait longer goes back into the database.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.accounts import Account
from bot.attempts import LEASE, Attempts, Gate, Gone, MovedTo
from bot.channel import Channel, Rendered
from bot.leaving import mark_gone, mark_moved
from bot.lines import Held, Line
from bot.outcomes import Outcomes
from bot.pacing import Pacing
from bot.sending import Render
from bot.turns import Turns
from bot.window import Window
from domain.address import Address
from domain.message import Document
from domain.parcel import Lane, Parcel, ParcelState
from domain.peace import Go
from storage.faults import is_outage

log = logging.getLogger(__name__)

WINDOW = 200
"""Parcels claimed at a time; the table may be as long as it likes."""

MOST_FLYING = 30
MOST_PUSHES_FLYING = 20
"""Calls at the same time; pushes leave some to the replies."""

SWEEP_EVERY = 1.0
"""Seconds between two looks into the database when nobody wakes us."""

CLOSING_GRACE = 10.0
"""Seconds that calls on the wire get to end when we close."""


class Delivery:
    """The outbox on its way out."""

    def __init__(
        self,
        turns: Turns,
        channels: Mapping[tuple[str, str], Channel],
        clock: Callable[[], datetime],
        render: Render,
        jitter: Callable[[], float],
        owner: str,
        *,
        sole: bool = False,
        is_group: Callable[[Address], bool] = lambda to: False,
        gone: Gone = mark_gone,
        moved: MovedTo = mark_moved,
        gate: Gate = lambda store, parcel, now: Go(),
        gives_way: Callable[[], bool] = lambda: False,
    ) -> None:
        """``channels`` go by (name, bot); ``jitter`` draws from 0 to 1.

        ``owner`` is this process among those that share the database; ``sole`` says that there is
        no other, so that what a crash left behind is taken up at once instead of when its lease
        ends. ``gone`` and ``moved`` run in a turn when a network says so of a chat, ``gate`` in
        the one before each push. While it ``gives_way`` no call is begun.
        """
        self._turns = turns
        self._clock = clock
        self._owner = owner
        self._sole = sole
        self._accounts = {
            name: Account(channel, Pacing(channel.limits)) for name, channel in channels.items()
        }
        self._outcomes = Outcomes(turns, self._recorded)
        self._window = Window(self._accounts, self._outcomes.note, is_group)
        self._render = render
        self._gives_way = gives_way
        self._attempts = Attempts(
            turns, self._window, clock, self._drawn, jitter, owner, gone, moved, gate
        )
        self._flying: set[asyncio.Task[None]] = set()
        self._pushes_flying = 0
        self._woken = asyncio.Event()
        self._sweeping = asyncio.Lock()
        self._wakes_at: datetime | None = None
        """When the loop looks next, if nobody wakes it."""
        self._more = True
        """Whether the table may hold more that is due."""
        self._started = False
        self._closing = False

    @property
    def counted(self) -> Mapping[ParcelState, int]:
        """How many parcels ended in each state since this process started."""
        return self._window.counted

    @property
    def waits(self) -> bool:
        """Whether anything is held that waits for the clock or the network."""
        return len(self._window) > 0

    def post(self, parcels: Iterable[Parcel]) -> None:
        """Send fresh replies now; their turn stored them as ours, with ``LEASE`` to run."""
        if self._closing:
            return
        now = self._clock()
        for parcel in parcels:
            self._window.place(parcel, now + LEASE, now)
        self._pump()
        self._hurry(now)

    def wake(self) -> None:
        """Look into the database soon: something was added, or the clock was moved."""
        self._more = True
        self._woken.set()

    def go_on(self) -> None:
        """There is nothing to give way to any more."""
        self._pump()

    async def run(self) -> None:
        """Deliver until closed or cancelled."""
        while not self._closing:
            self._woken.clear()
            try:
                await self._sweep()
                pause = self._pause()
            except Exception as error:
                # The database is down: nothing is lost, and we ask again.
                log.error("sweep_failed", extra={"fault": type(error).__name__})
                pause = SWEEP_EVERY
            self._pump()
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                self._more = True

    async def drain(self) -> None:
        """Deliver all that is due now and record it; what waits for the clock stays."""
        self._more = True
        while not self._closing:
            claimed = await self._sweep()
            self._pump()
            if self._flying:
                await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            elif len(self._outcomes):
                await self._outcomes.flush()
                self._more = True
            elif not claimed:
                return

    async def close(self) -> None:
        """Let the calls on the wire end, give back what was not sent, record the rest."""
        self._closing = True
        self._woken.set()
        if self._flying:
            _, late = await asyncio.wait(self._flying, timeout=CLOSING_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        now = self._clock()
        for account in self._accounts.values():
            self._window.put_back_account(account, now, now)
        await self._outcomes.close()

    # Taking parcels up.

    async def _sweep(self) -> int:
        """Claim what is due and nobody's, as far as there is room; how many came."""
        async with self._sweeping:
            if not self._started and self._sole:
                await self._turns.run(lambda store: store.parcels.free_all())
            self._started = True
            if self._more and not self._may_claim():
                self._window.make_room(self._clock())
                await self._outcomes.flush()
            if not self._may_claim():
                return 0
            await self._outcomes.flush()
            now = self._clock()
            if not any(account.open(now) for account in self._accounts.values()):
                self._more = False
                return 0
            room = WINDOW - self._window.claimed
            until = now + LEASE
            backs = self._window.backs(now)
            parcels = await self._turns.run(
                lambda store: store.parcels.claim(now, self._owner, until, room)
            )
            self._more = len(parcels) == room
            for parcel in parcels:
                self._window.place(parcel, until, now, claimed=True)
            if not self._more:
                # All that is due has come back: what did not is somebody else's now.
                self._window.forget_backs(backs, now)
            return len(parcels)

    def _may_claim(self) -> bool:
        """Whether there may be more, and half a window of room: no turn for a handful."""
        return self._more and WINDOW - self._window.claimed >= WINDOW // 2

    def _pause(self) -> float:
        """Seconds until something may be done, if nobody wakes us."""
        now = self._clock()
        self._wakes_at = now + timedelta(seconds=SWEEP_EVERY)
        if self._may_claim():
            return 0.0
        if (at := self._window.next_time(now)) is not None:
            self._wakes_at = min(at, self._wakes_at)
        return (self._wakes_at - now).total_seconds()

    def _hurry(self, now: datetime) -> None:
        """Wake the loop if it would sleep past something."""
        at = self._window.next_time(now)
        if at is not None and self._wakes_at is not None and at < self._wakes_at:
            self._woken.set()

    def _recorded(self, id: int) -> None:
        self._window.recorded(id)
        if self._may_claim():
            self._woken.set()

    # Sending them.

    def _pump(self) -> None:
        """Start every call that may start now: all replies before any push."""
        if self._closing or self._gives_way():
            return
        now = self._clock()
        self._window.wake(now)
        for lane in (Lane.REPLY, Lane.PUSH):
            for account in self._accounts.values():
                while self._may_fly(lane) and (found := self._window.next_of(account, lane, now)):
                    self._start(account, *found)

    def _may_fly(self, lane: Lane) -> bool:
        if lane is Lane.PUSH and self._pushes_flying >= MOST_PUSHES_FLYING:
            return False
        return len(self._flying) < MOST_FLYING

    def _start(self, account: Account, line: Line, held: Held) -> None:
        push = held.parcel.lane is Lane.PUSH
        self._pushes_flying += push
        account.flying += 1
        task = asyncio.get_running_loop().create_task(self._serve(account, line, held))
        self._flying.add(task)

        def landed(task: asyncio.Task[None]) -> None:
            self._flying.discard(task)
            self._pushes_flying -= push
            account.flying -= 1
            line.busy = False
            if not self._closing:
                now = self._clock()
                self._window.queue(line, now)
                self._pump()
                self._hurry(now)

        task.add_done_callback(landed)

    async def _drawn(self, document: Document) -> Rendered | None:
        """The document; what cannot be drawn is left out, and the words go alone."""
        try:
            return await self._render(document)
        except Exception as error:
            if is_outage(error):
                raise
            log.error("not_drawn", extra={"kind": document.kind, "fault": type(error).__name__})
            return None

    async def _serve(self, account: Account, line: Line, held: Held) -> None:
        try:
            await self._attempts.make(account, line, held)
        except Exception as error:
            # A fault of ours, or the database is down: it may have been sent or not.
            log.error(
                "attempt_broke", extra={"parcel": held.parcel.id, "fault": type(error).__name__}
            )
            self._attempts.broke(account, line, held, type(error).__name__)
