"""What went on inside each turn: the update it came from, who answered, and what it left behind.

It looks on and changes nothing; what it saw is in memory, the last turns only.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import TypeVar

from bot.channel import Channel, Receive
from bot.intake import Respond
from bot.playground.answering import answering
from domain.address import Account, Address, MessageRef
from domain.draft import Draft
from domain.message import Incoming
from domain.parcel import Parcel
from storage.store import Store

T = TypeVar("T")

MOST = 5000
"""Turns that are remembered, and updates."""


@dataclass(slots=True, eq=False)
class Turn:
    """One turn as it went; times that begin nowhere are real seconds of ``perf_counter``."""

    said: Incoming
    raw: bytes
    now: datetime
    """What the turn took for now, UTC."""
    number: int
    """Of the turns that there were."""
    moved: float
    """By how much the clock had been moved, as ``Tracer.moved`` tells."""
    acted: float | None
    """When the person did what began it."""
    took: float = 0.0
    """Seconds, with the looking on."""
    handler: str = ""
    draft_before: Draft | None = None
    draft_after: Draft | None = None
    parcels: list[Parcel] = field(default_factory=list)
    """As they were stored, for whomever."""
    codes: list[str] = field(default_factory=list)
    """One-time codes that it drew."""
    fault: str = ""
    """The name of the error that undid it."""


class Tracer:
    """Turns by the keys of their updates, the oldest first."""

    def __init__(self, clock: Callable[[], datetime], most: int = MOST) -> None:
        self._clock, self._most = clock, most
        self._raws: dict[str, bytes] = {}
        self._turns: dict[str, Turn] = {}
        self._acts: dict[Account, float] = {}
        self._drawn = threading.local()
        self.count = 0
        """Turns that there were."""

    def acts(self, who: Account) -> None:
        """Somebody does something now."""
        self._acts[who] = perf_counter()

    def moved(self) -> float:
        """Seconds by which the clock is ahead of what passes by itself, from some beginning."""
        return self._clock().timestamp() - perf_counter()

    def receive(self, receive: Receive) -> Receive:
        """Take updates in, remembering how they came."""

        async def taken(channel: Channel, raws: Sequence[bytes]) -> None:
            for raw in raws:
                self._remember(self._raws, channel.key_of(raw), raw)
            await receive(channel, raws)

        return taken

    def around(self, respond: Respond) -> Respond:
        """Handle updates, remembering what each did; runs on a turn thread, and may run again."""

        def looked_on(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
            if store.inbox.handled(said.key):
                return respond(store, said, now)
            turn = self._begin(store, said, now)
            self._drawn.codes = turn.codes
            began = perf_counter()
            try:
                with answering() as found:
                    turn.parcels = respond(store, said, now)
                turn.took = perf_counter() - began
                turn.draft_after = _draft(store, said)
                return turn.parcels
            finally:
                turn.took = turn.took or perf_counter() - began
                turn.handler, self._drawn.codes = found.handler, []
                if error := sys.exception():
                    turn.fault = type(error).__name__
                self._remember(self._turns, said.key, turn)

        return looked_on

    def codes(self, fresh_code: Callable[[], str]) -> Callable[[], str]:
        """Draw codes, remembering which turn drew them."""

        def drawn() -> str:
            code = fresh_code()
            getattr(self._drawn, "codes", []).append(code)
            return code

        return drawn

    @property
    def turns(self) -> list[Turn]:
        """All that are remembered, in their order."""
        return list(self._turns.values())

    def of_message(self, at: Address, ref: MessageRef) -> list[Turn]:
        """The turns that somebody's message began, written and changed: the latest first."""
        return [turn for turn in reversed(self.turns) if wrote(turn.said, at, ref)]

    def of_parcel(self, parcel: Parcel) -> Turn | None:
        """The turn that a parcel comes from; None where nobody's deed led to it."""
        for turn in reversed(self.turns):
            if any(each.id == parcel.id for each in turn.parcels):
                return turn
            # An apology is no part of the turn that failed.
            if turn.fault and parcel.key.endswith(f":{turn.said.key}"):
                return turn
        return None

    def _begin(self, store: Store, said: Incoming, now: datetime) -> Turn:
        account = said.sender.account
        self.count += 1
        return Turn(
            said=said,
            raw=self._raws.get(said.key, b""),
            now=now,
            number=self.count,
            moved=self.moved(),
            acted=self._acts.get(account) if account else None,
            draft_before=_draft(store, said),
        )

    def _remember(self, kept: dict[str, T], key: str, what: T) -> None:
        kept[key] = what
        while len(kept) > self._most:
            del kept[next(iter(kept))]


def wrote(said: Incoming, at: Address, ref: MessageRef) -> bool:
    """Whether this is somebody's own message, and not a tap on one of ours."""
    return said.message == ref and said.action is None and said.origin == at


def _draft(store: Store, said: Incoming) -> Draft | None:
    """The open draft of whoever does this."""
    account = said.sender.account
    person = store.people.by_account(account) if account else None
    return store.drafts.open_for(person.id) if person else None
