"""Whom to phone: people whom something was to reach and nothing could, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.notice import Kind
from domain.units import Unit

LOOKED_BACK = timedelta(days=30)
"""What did not arrive before that is no reason to phone any more."""

UNREACHED = ("blocked", "no_chat", "unreachable", "window", "template_refused")
"""Why nothing reaches somebody until they write to us, as the ledger has it."""

URGENCY = (
    Kind.ALARM,
    Kind.DEADLINE,
    Kind.DESK,
    Kind.QUEUE,
    Kind.RETURNED,
    Kind.YEAR,
    Kind.RECOGNISED,
    Kind.BROADCAST,
    Kind.CAMPAIGN,
    Kind.PACE,
    Kind.VOUCH,
    Kind.NEWS,
    Kind.DRAFT,
)
"""What somebody is phoned for, the most urgent first: what ends or keeps others waiting. Not for
what only tells how it went, nor to hear whom else nothing reaches."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """What of one kind did not reach somebody, for one reason."""

    person: int
    unit: int | None
    """Where they hold a role, of the units looked at; else their own."""
    spoken_at: datetime | None
    """When they last wrote, UTC."""
    kind: Kind
    reason: str
    count: int
    last: int
    """The newest of these notices."""
    broadcast: int | None = None
    """The newest of what an officer wrote to many."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to phone."""

    person: int
    unit: int | None
    spoken_at: datetime | None
    reason: str
    """The newest."""
    matters: tuple[tuple[Kind, int], ...]
    """What it is about and how many of each, the most urgent first."""
    last: int
    """The newest notice that did not arrive: what comes after it is new."""
    broadcast: int | None = None
    """What an officer wrote to many, the newest that did not arrive."""

    @property
    def count(self) -> int:
        """How many things did not reach them."""
        return sum(count for _, count in self.matters)


@dataclass(frozen=True, slots=True)
class Callee:
    """A call with all that whoever phones wants to know; only for who may see names there."""

    call: Call
    name: str
    unit: Unit | None
    phone: str = ""
    waiting: int = 0
    """How many entries wait for them to be looked at, as of now."""
    said: str = ""
    """The words of the broadcast."""
    link: str = ""
    """Opens their chat with the bot; "" where there are no links."""


def calls(found: Iterable[Unheard]) -> list[Call]:
    """One a person, the most urgent first; of equals whom most did not reach, longest silent.

    >>> rows = [Unheard(7, 1, None, Kind.DRAFT, "no_chat", 2, 5),
    ...         Unheard(8, 1, None, Kind.QUEUE, "window", 1, 6),
    ...         Unheard(8, 1, None, Kind.DRAFT, "blocked", 1, 9)]
    >>> [(call.person, call.reason, call.count) for call in calls(rows)]
    [(8, 'blocked', 2), (7, 'no_chat', 2)]
    """
    people: dict[int, list[Unheard]] = {}
    for each in found:
        if each.kind in URGENCY:
            people.setdefault(each.person, []).append(each)
    return sorted((_call(rows) for rows in people.values()), key=_urgency)


def _call(rows: list[Unheard]) -> Call:
    newest = max(rows, key=lambda each: each.last)
    counts = {kind: sum(row.count for row in rows if row.kind is kind) for kind in URGENCY}
    matters = tuple((kind, count) for kind, count in counts.items() if count)
    return Call(
        newest.person,
        newest.unit,
        newest.spoken_at,
        newest.reason,
        matters,
        newest.last,
        max((row.broadcast for row in rows if row.broadcast), default=None),
    )


def _urgency(call: Call) -> tuple[int, int, bool, float, int]:
    rank = URGENCY.index(call.matters[0][0])
    silent = call.spoken_at
    return rank, -call.count, silent is not None, silent.timestamp() if silent else 0.0, call.person
