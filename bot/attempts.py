"""One attempt to send one parcel, and what follows from how it went."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.accounts import Account
from bot.channel import (
    Misconfigured,
    Moved,
    NotAccepted,
    OutsideWindow,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.lines import Held, Line
from bot.sending import Render, prepare, send
from bot.turns import Turns
from bot.window import Window
from domain.address import Address
from domain.parcel import Lane, Parcel, ParcelState, Resend
from domain.peace import Drop, Go, Hold, Verdict
from storage.parcels import Outcome
from storage.store import Store

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a parcel is ours: much longer than one attempt, short enough after a crash."""

LEASE_LEFT = timedelta(minutes=1)
"""With less than this left of it, the lease is renewed before the network is called."""

MOST_ATTEMPTS = 8
FIRST_RETRY = 2.0
LONGEST_RETRY = 600.0
"""Seconds before the next attempt: tripled each time, up to the longest; half an hour in all."""

MOST_MOVES = 3
"""A group that moves more often within one parcel runs in circles."""

Gone = Callable[[Store, Address, datetime], Address | None]
"""Returns where else the person is written to from now on."""
Gate = Callable[[Store, Parcel, datetime], Verdict]
MovedTo = Callable[[Store, Address, Address, datetime], None]


@dataclass(frozen=True, slots=True)
class Attempts:
    """All that an attempt needs to know."""

    turns: Turns
    window: Window
    clock: Callable[[], datetime]
    render: Render
    jitter: Callable[[], float]
    owner: str
    gone: Gone
    moved: MovedTo
    gate: Gate

    async def make(self, account: Account, line: Line, held: Held) -> None:
        """Send the parcel and see to what follows; raises only what is no SendError."""
        try:
            if not await self._may_go(account, line, held):
                return
            held.sending = True
            await send(held, account.channel, lambda: self._spend(account, line, held))
        except SendError as error:
            held.sending = False
            await self._failed(account, line, held, error)
        else:
            account.succeeded()
            held.tried()
            self.window.settle(line, held, ParcelState.SENT, self.clock())

    def again(
        self, account: Account, line: Line, held: Held, fault: str, after: float | None = None
    ) -> None:
        """Try later: after the seconds the network named, or our own growing pause."""
        now = self.clock()
        if account.failed(line.to.chat, now, after):
            # The network is down or flooded, not by this parcel: it costs it no attempt.
            held.cleared = held.marked = False
            line.until = account.closed_until
            self._leave_alone(account, fault, now)
            return
        attempts = held.tried()
        if attempts >= MOST_ATTEMPTS:
            self.window.settle(line, held, ParcelState.FAILED, now, fault=fault)
            log.warning("parcel_failed", extra={"parcel": held.parcel.id, "fault": fault})
            return
        # It did not arrive: before the next attempt the gate looks again.
        held.cleared = held.marked = False
        if after is None:
            after = min(LONGEST_RETRY, FIRST_RETRY * 3.0 ** (attempts - 1))
            after *= 0.5 + self.jitter()
        line.until = now + timedelta(seconds=after)
        account.pacing.pause(line.to, line.until)

    def broke(self, account: Account, line: Line, held: Held, fault: str) -> None:
        """An attempt ended in a fault that no network reports."""
        if held.sending and held.parcel.resend is Resend.NEVER:
            self.window.settle(line, held, ParcelState.UNSURE, self.clock(), fault=fault)
        elif held in line.queue(held.parcel.lane).parcels:
            self.again(account, line, held, fault)

    async def _may_go(self, account: Account, line: Line, held: Held) -> bool:
        """Make it ready and let it pass the gate; False when it goes nowhere now."""
        gated = held.parcel.lane is Lane.PUSH and not held.cleared and not held.done
        if not gated or held.parcel.say.document is not None:
            # Drawing takes its time: the gate is to look at the clock after it.
            await prepare(held, account.channel, self.render)
        verdict = await self._clear(held, gated)
        match verdict:
            case None:
                # Our lease ran out and another process has it.
                line.pop(held)
                self.window.recorded(held.parcel.id)
            case Hold():
                self.window.hold(line, held, verdict.until, self.clock())
            case Drop():
                self.window.settle(line, held, ParcelState.DROPPED, self.clock(), fault=verdict.why)
            case Go():
                if verdict.say is not None:
                    held.reword(verdict.say)
                await prepare(held, account.channel, self.render)
                return True
        return False

    async def _clear(self, held: Held, gated: bool) -> Verdict | None:
        """Make sure that it is ours to send, and marked where it must never go twice.

        What passes the gate is marked in the same turn; None: it is ours no more.
        """
        now = self.clock()
        never = held.parcel.resend is Resend.NEVER and not held.marked
        mark = never or held.lease_until - now <= LEASE_LEFT
        if not gated and not mark:
            return Go()
        until, parcel = now + LEASE, held.parcel

        def clear(store: Store) -> Verdict | None:
            if not store.parcels.is_held_by(parcel.id, self.owner):
                return None
            verdict = self.gate(store, parcel, now) if gated else Go()
            if mark and isinstance(verdict, Go):
                store.parcels.sending(parcel.id, self.owner, until)
            return verdict

        verdict = await self.turns.run(clear)
        if isinstance(verdict, Go):
            held.cleared = True
            held.paid = verdict.paid if gated else held.paid
            if mark:
                held.marked, held.lease_until = True, until
        return verdict

    def _spend(self, account: Account, line: Line, held: Held) -> None:
        account.pacing.spend(line.to, self.window.is_group(line.to), held.parcel.lane, self.clock())

    async def _failed(self, account: Account, line: Line, held: Held, error: SendError) -> None:
        """Class by class, as ``bot/channel.py`` names them."""
        now = self.clock()
        match error:
            case Unsure() if held.parcel.resend is Resend.NEVER:
                held.tried()
                account.failed(line.to.chat, now)
                self.window.settle(line, held, ParcelState.UNSURE, now, fault="unsure")
                log.warning("parcel_unsure", extra={"parcel": held.parcel.id})
            case Unsure():
                self.again(account, line, held, "unsure")
            case TryLater():
                self.again(account, line, held, "try_later", error.after)
            case Unreachable():
                await self._end(line, held)
            case OutsideWindow():
                account.succeeded()
                await self._unheard(line, held, "window", "window")
            case Moved():
                await self._follow(account, line, held, error.to)
            case Misconfigured():
                if account.misconfigured(now):
                    log.error(
                        "account_misconfigured",
                        extra={"channel": line.to.channel, "bot": line.to.bot},
                    )
                self._leave_alone(account, "misconfigured", now)
            case NotAccepted() if held.parcel.say.template is not None:
                account.succeeded()
                await self._unheard(line, held, error.code, "template_refused")
            case _:
                fault = error.code if isinstance(error, NotAccepted) else type(error).__name__
                account.succeeded()
                held.tried()
                self.window.settle(line, held, ParcelState.FAILED, now, fault=fault)
                log.warning("parcel_not_accepted", extra={"parcel": held.parcel.id, "fault": fault})

    def _leave_alone(self, account: Account, fault: str, now: datetime) -> None:
        until = account.closed_until or now
        self.window.put_back_account(account, until, now)
        log.warning("account_left_alone", extra={"channel": account.channel.name, "fault": fault})

    async def _end(self, line: Line, held: Held) -> None:
        """The chat is gone: fail this one, drop what else waits for it, tell the tables.

        What is said unasked goes to another chat of the person, if they have one: nothing of it
        has arrived.
        """
        now, to, id, attempts = self.clock(), line.to, held.parcel.id, held.tried()
        edits = held.parcel.say.replaces is not None
        turns = held.parcel.lane is Lane.PUSH and not held.done and not edits
        failed = Outcome(id, ParcelState.FAILED, now, fault="unreachable", attempts=attempts)
        again = Outcome(id, ParcelState.DUE, now, not_before=now, attempts=attempts)

        def end(store: Store) -> Address | None:
            elsewhere = self.gone(store, to, now)
            turned = elsewhere is not None and turns
            # Afterwards, or it would look as if nobody had tried.
            store.parcels.record([again if turned else failed])
            if not turned:
                store.notices.drop_carried(id, "unreachable")
            return elsewhere

        elsewhere = await self.turns.run(end)
        if elsewhere is not None and turns:
            line.pop(held)
            self.window.recorded(id)
        else:
            self.window.settle(line, held, ParcelState.FAILED, now, fault="unreachable")
        if elsewhere is not None:
            for other in list(line.queue(Lane.PUSH).parcels):
                self.window.hold(line, other, now, now)
        self.window.drop_line(line, "unreachable", now)
        log.info("chat_unreachable", extra={"parcel": held.parcel.id})

    async def _unheard(self, line: Line, held: Held, fault: str, why: str) -> None:
        """It fails, and so does all that it was to say, until they write; the chat is well."""
        now, id, attempts = self.clock(), held.parcel.id, held.tried()
        failed = Outcome(id, ParcelState.FAILED, now, fault=fault, attempts=attempts)

        def fail(store: Store) -> None:
            store.parcels.record([failed])
            store.notices.drop_carried(id, why)

        await self.turns.run(fail)
        self.window.settle(line, held, ParcelState.FAILED, now, fault=fault)
        log.warning("parcel_unheard", extra={"parcel": id, "fault": fault, "why": why})

    async def _follow(self, account: Account, line: Line, held: Held, new: Address) -> None:
        """The chat moved: so does all that is to be said there, and this one goes first."""
        now, old = self.clock(), line.to
        held.moves += 1
        if held.moves > MOST_MOVES or (new.channel, new.bot) != (old.channel, old.bot):
            held.tried()
            self.window.settle(line, held, ParcelState.FAILED, now, fault="moved_too_often")
            return
        await self.turns.run(lambda store: self.moved(store, old, new, now))
        self.window.readdress(line, new, now)
        log.info("chat_moved", extra={"parcel": held.parcel.id})
