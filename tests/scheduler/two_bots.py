"""Two bots on one database, each with a connection, a clock and a memory of its own.

They run jobs page by page as ``scheduler/clock.py`` does, and send as ``bot/attempts.py`` does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.attempts import LEASE
from bot.leaving import mark_gone
from domain.house import House
from domain.parcel import Lane, Parcel, ParcelState, Resend
from domain.peace import Drop, Go, Hold, Verdict
from scheduler.context import Context
from scheduler.gate import consult
from scheduler.job import Job
from storage.engine import Session
from storage.parcels import Outcome
from storage.store import Store
from tests.scheduler.plans import Fault

T = TypeVar("T")

LATER = timedelta(minutes=25)
"""How long the network wants to be left alone."""

Network = Callable[[Parcel, datetime], Fault | None]
"""Takes what is said, or says what goes wrong."""


@dataclass(slots=True, eq=False)
class Bot:
    """One of them."""

    name: str
    session: Session
    house: House
    ahead: timedelta = timedelta(0)
    """Of the other's clock."""
    last: datetime | None = None
    claimed: list[Parcel] = field(default_factory=list)

    def dies(self) -> None:
        """It starts anew: jobs that were run and parcels that it held are forgotten."""
        self.last = None
        self.claimed.clear()

    def now(self, at: datetime) -> datetime:
        """What its clock says."""
        return at + self.ahead

    def run(self, job: Job, at: datetime) -> bool:
        """Run a job to its end if it is due by this bot's clock; whether it was."""
        now = self.now(at)
        if not job.due(self.last, now):
            return False
        look = job.look
        if look is not None and not self.turn(lambda store: look(self._context(store, now), now)):
            return True
        after: int | None = 0
        while after is not None:
            after = self.turn(self._page(job, now, after))
        return True

    def claim(self, at: datetime) -> None:
        """Take what is due and nobody's."""
        now = self.now(at)
        claim = self.turn(lambda store: store.parcels.claim(now, self.name, now + LEASE, 200))
        self.claimed += claim

    def send(self, at: datetime, network: Network, most: int = 1000) -> None:
        """Try what is claimed, the first ones first."""
        while most and self.claimed:
            most -= 1
            self._attempt(self.claimed.pop(0), self.now(at), network)

    def turn(self, work: Callable[[Store], T]) -> T:
        """Something in a transaction of its own."""
        self.session.begin()
        done = work(self.session.store)
        self.session.commit()
        return done

    def _context(self, store: Store, now: datetime) -> Context:
        return Context(store, self.house, now)

    def _page(self, job: Job, now: datetime, after: int) -> Callable[[Store], int | None]:
        return lambda store: job.run(self._context(store, now), now, after)

    def _attempt(self, parcel: Parcel, now: datetime, network: Network) -> None:
        if parcel.state is ParcelState.SENDING and parcel.resend is Resend.NEVER:
            # Its sender died between the mark and the record.
            self._record(Outcome(parcel.id, ParcelState.UNSURE, now, fault="interrupted"))
            return
        match self.turn(lambda store: self._clear(store, parcel, now)):
            case Hold() as hold:
                until = max(hold.until, parcel.not_before)
                self._record(Outcome(parcel.id, ParcelState.DUE, now, not_before=until))
            case Drop() as drop:
                self._record(Outcome(parcel.id, ParcelState.DROPPED, now, fault=drop.why))
            case Go() as go:
                self._call(replace(parcel, say=go.say or parcel.say), now, network)

    def _clear(self, store: Store, parcel: Parcel, now: datetime) -> Verdict | None:
        """Gate and mark in one turn; None: another bot has it."""
        if not store.parcels.is_held_by(parcel.id, self.name):
            return None
        pushed = parcel.lane is Lane.PUSH
        verdict = consult(self._context(store, now), parcel, now) if pushed else Go()
        if isinstance(verdict, Go) and parcel.resend is Resend.NEVER:
            store.parcels.sending(parcel.id, self.name, now + LEASE)
        return verdict

    def _call(self, parcel: Parcel, now: datetime, network: Network) -> None:
        match network(parcel, now):
            case Fault.DIED_BEFORE | Fault.DIED_AFTER:
                self.dies()
            case Fault.LATER:
                later = now + LATER
                self._record(Outcome(parcel.id, ParcelState.DUE, now, not_before=later))
            case Fault.REFUSED:
                self._record(Outcome(parcel.id, ParcelState.FAILED, now, fault="refused"))
            case Fault.BLOCKED:
                self._record(Outcome(parcel.id, ParcelState.FAILED, now, fault="unreachable"))
                usual = self.house.settings.calendar
                self.turn(
                    lambda store: mark_gone(
                        store, parcel.to, now, texts=self.house.texts, usual=usual
                    )
                )
            case None:
                self._record(Outcome(parcel.id, ParcelState.SENT, now))

    def _record(self, outcome: Outcome) -> None:
        self.turn(lambda store: store.parcels.record([outcome]))
