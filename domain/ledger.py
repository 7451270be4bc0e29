"""The delivery ledger: what became of each notice, in one word, and why.

What was held back for somebody's peace and then said is never late. Late is what nothing held and
what still went more than an hour after it might first be said: we were away, or too slow. The gate
finds that out, in the moment before it is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.notice import Kind, Notice, NoticeState
from domain.parcel import ParcelState
from domain.units import Unit

LATE_AFTER = timedelta(hours=1)
"""Pushes of a morning take turns for minutes; what takes longer did not come when it should."""


class Outcome(StrEnum):
    """Where a notice has got to."""

    FAILED = "failed"
    """The network would not take it."""
    BLOCKED = "blocked"
    """Nothing reaches the person or the group, or they wrote never, or too long ago."""
    UNSURE = "unsure"
    """It may have arrived: it is not said again."""
    SKIPPED = "skipped"
    """Too late to be of use."""
    LATE = "late"
    """Said more than an hour after it might first be said, and nothing had held it."""
    HELD = "held"
    """Waits for a moment at which it may be said."""
    DUE = "due"
    """Goes out next."""
    SENT = "sent"
    """Said alone; the reason tells what it had waited for."""
    MERGED = "merged"
    """Said in one message with others."""
    TEMPLATE = "template"
    """Said, alone or with others, in a message approved beforehand, which is billed."""
    STOPPED = "stopped"
    """Somebody stopped it."""
    DROPPED = "dropped"
    """Pointless or unwanted before it was said."""


PROBLEMS = (Outcome.FAILED, Outcome.BLOCKED, Outcome.UNSURE, Outcome.SKIPPED, Outcome.LATE)
"""What somebody may have to do something about, the worst first."""

ARRIVED = (Outcome.SENT, Outcome.MERGED, Outcome.TEMPLATE, Outcome.LATE)

ENDS: Mapping[str, Outcome] = {
    "blocked": Outcome.BLOCKED,
    "unreachable": Outcome.BLOCKED,
    "no_chat": Outcome.BLOCKED,
    "window": Outcome.BLOCKED,
    "template_refused": Outcome.BLOCKED,
    "late": Outcome.SKIPPED,
    "expired": Outcome.SKIPPED,
    "stopped": Outcome.STOPPED,
}
"""Reasons that say more than that it was dropped, or could not be sent."""

WAYS: Mapping[str, Outcome] = {
    Outcome.LATE.value: Outcome.LATE,
    Outcome.MERGED.value: Outcome.MERGED,
    Outcome.TEMPLATE.value: Outcome.TEMPLATE,
}
"""Reasons of what was said: they tell how."""

UNCARRIED = "uncarried"
"""A notice that no parcel carries: there is none, or we have a fault."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The parcel of a notice, as far as the ledger asks."""

    state: ParcelState
    not_before: datetime
    fault: str = ""
    sent_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One notice with its parcel; None where there never was one."""

    notice: Notice
    carrier: Carrier | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        state, carrier = self.notice.state, self.carrier
        if state is NoticeState.SKIPPED:
            return Outcome.SKIPPED
        if state is NoticeState.DROPPED:
            return ENDS.get(self.notice.reason, Outcome.DROPPED)
        if carrier is None:
            return Outcome.FAILED
        match carrier.state:
            case ParcelState.DUE:
                return Outcome.HELD if self.notice.held else Outcome.DUE
            case ParcelState.SENDING:
                return Outcome.DUE
            case ParcelState.SENT:
                return WAYS.get(self.notice.reason, Outcome.SENT)
            case ParcelState.UNSURE:
                return Outcome.UNSURE
            case ParcelState.FAILED:
                return ENDS.get(carrier.fault, Outcome.FAILED)
            case ParcelState.DROPPED:
                return ENDS.get(carrier.fault, Outcome.DROPPED)

    @property
    def reason(self) -> str:
        """Why, as a code; "" where the outcome says it all."""
        if self.notice.state is not NoticeState.POSTED:
            return self.notice.reason
        if self.carrier is None:
            return UNCARRIED
        if self.carrier.state in (ParcelState.DUE, ParcelState.SENDING, ParcelState.SENT):
            return self.notice.held
        return self.carrier.fault

    @property
    def until(self) -> datetime | None:
        """When what still waits may go, UTC."""
        waits = self.outcome in (Outcome.HELD, Outcome.DUE)
        return self.carrier.not_before if waits and self.carrier else None


@dataclass(frozen=True, slots=True)
class Named:
    """A line with its names: only for who may see names in its unit."""

    line: Line
    to: str
    """A person or a group by its title; "" where nobody knows it."""
    unit: Unit | None


def way(
    carried: int, held: str, allowed_at: datetime, at: datetime, *, template: bool = False
) -> str:
    """How something is said together with so many others, itself included; "" is as it should be.

    ``allowed_at`` is when it might first be said; ``template`` that it is said in approved words.

    >>> nine = datetime(2026, 11, 23, 9)
    >>> way(1, "", nine, nine), way(3, "", nine, nine), way(1, "", nine, nine + 2 * LATE_AFTER)
    ('', 'merged', 'late')
    """
    if not held and at - allowed_at > LATE_AFTER:
        return Outcome.LATE.value
    if template:
        return Outcome.TEMPLATE.value
    return Outcome.MERGED.value if carried > 1 else ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many notices of one kind had one outcome."""

    kind: Kind
    outcome: Outcome
    count: int


def by_outcome(counts: Sequence[Count]) -> dict[Outcome, int]:
    """How many of each that occurs, problems first.

    >>> by_outcome([Count(Kind.DRAFT, Outcome.SENT, 3), Count(Kind.YEAR, Outcome.FAILED, 1)])
    {<Outcome.FAILED: 'failed'>: 1, <Outcome.SENT: 'sent'>: 3}
    """
    sums = {o: sum(each.count for each in counts if each.outcome is o) for o in Outcome}
    return {outcome: count for outcome, count in sums.items() if count}


def by_kind(counts: Sequence[Count]) -> dict[Kind, tuple[int, int]]:
    """Of each kind that occurs, how many there were, and how many of them are problems."""
    sums: dict[Kind, tuple[int, int]] = {}
    for each in counts:
        every, problems = sums.get(each.kind, (0, 0))
        wrong = each.count if each.outcome in PROBLEMS else 0
        sums[each.kind] = every + each.count, problems + wrong
    return {kind: sums[kind] for kind in Kind if kind in sums}
