"""Broadcasts (thông báo): what an officer writes once to many, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.address import Address, MessageRef
from domain.texts import Texts
from domain.vietnamese import fold

TEXT_MOST = 1500
"""Characters: with its head it still is one message everywhere (Zalo carries 2,000)."""

LIVES = timedelta(days=7)
"""Whoever cannot be written to within a week of its first hour is left out."""

OFFERED = timedelta(days=1)
"""So long somebody may agree to what they were shown: then it is another day's audience."""


class To(StrEnum):
    """Whom it is for."""

    EVERYBODY = "everybody"
    MEMBERS = "members"
    """Who belongs there and holds no role anywhere."""
    CHAIRS = "chairs"
    HELPERS = "helpers"
    OFFICERS = "officers"
    GROUPS = "groups"
    """Not people: the chats bound there."""


class State(StrEnum):
    """Which of them."""

    ALL = "all"
    NO_ENTRY = "no_entry"
    """Nothing of theirs is submitted."""
    DRAFT = "draft"
    """Something of theirs is being written."""
    EMPTY = "empty"
    """In their unit nothing is submitted."""
    BEHIND = "behind"
    """Their unit has reached less of its quota than is gone of the programme's time."""
    RETURNED = "returned"
    """An entry was returned: to them; where they hold a role, to anybody of the unit."""
    WAITING = "waiting"
    """An entry waits for its chair: their own; where they hold a role, anybody's of the unit."""


OF_UNITS = frozenset(State) - {State.NO_ENTRY, State.DRAFT}
"""What can be told of a group too."""


@dataclass(frozen=True, slots=True)
class Audience:
    """In a unit and all below it, whom of these in which state; never ``but``."""

    unit: int
    to: frozenset[To]
    state: State = State.ALL
    but: int = 0
    """Whoever writes need not be told."""

    @property
    def groups(self) -> bool:
        """Whether groups get it: a group itself writes no initiatives."""
        return To.GROUPS in self.to and self.state in OF_UNITS

    @property
    def people(self) -> frozenset[To]:
        """Which people."""
        return self.to - {To.GROUPS}


@dataclass(frozen=True, slots=True)
class Chat:
    """A bound group, by its own number."""

    number: int
    unit: int
    bound_at: datetime
    address: Address


@dataclass(frozen=True, slots=True)
class Reach:
    """How many it is for, and how many of the people nothing reaches now."""

    people: int = 0
    groups: int = 0
    never: int = 0
    """They never wrote to the bot."""
    blocked: int = 0
    muted: int = 0
    today: int = 0
    """Of those that can be reached: who already had their push today."""

    @property
    def reached(self) -> int:
        """People who will get it."""
        return self.people - self.never - self.blocked - self.muted


@dataclass(frozen=True, slots=True)
class Watch:
    """The message that shows how far it is; edited in place."""

    address: Address
    message: MessageRef
    parcel: int = 0
    """The last edit on its way; 0 for none."""
    told: tuple[int, ...] = ()
    """The counts that it shows."""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Written by ``made_by`` in the name of the unit ``sender``."""

    id: int
    sender: int
    audience: Audience
    said: str
    made_by: int
    made_at: datetime
    agreed_at: datetime | None = None
    after: int = 0
    """The last person who has it in the ledger."""
    after_group: int = 0
    expanded_at: datetime | None = None
    """Since when everybody has; or when it was stopped before."""
    stopped_at: datetime | None = None
    """When it was stopped; or, never agreed to, something else took its place."""
    watched: Watch | None = None

    def stale_at(self, now: datetime) -> bool:
        """Whether nobody may agree to it any more."""
        return now - self.made_at > OFFERED

    def stopped(self, now: datetime) -> "Broadcast":
        """What has not left stays, and nobody more is entered in the ledger."""
        return replace(self, stopped_at=now, expanded_at=self.expanded_at or now)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many copies came to what."""

    sent: int = 0
    waiting: int = 0
    """For the hour, the day or the network."""
    failed: int = 0
    muted: int = 0
    unsure: int = 0
    stopped: int = 0
    no_longer: int = 0
    """They were meant, and are not any more."""

    def counts(self) -> tuple[int, ...]:
        """One after the other."""
        return tuple(getattr(self, name) for name in self.__slots__)


def outcome(state: str, reason: str, parcel: str | None, *, stopped: bool) -> str:
    """The field of ``Outcomes`` that a copy counts in, by its notice and its parcel.

    What waits when the broadcast is stopped never leaves: the gate drops it.

    >>> outcome("posted", "", "due", stopped=False), outcome("posted", "", "due", stopped=True)
    ('waiting', 'stopped')
    >>> outcome("dropped", "blocked", None, stopped=False)
    'failed'
    """
    if state == "dropped":
        return reason if reason in ("muted", "stopped", "no_longer") else "failed"
    if parcel in ("due", "sending"):
        return "stopped" if stopped and parcel == "due" else "waiting"
    return parcel if parcel in ("sent", "unsure") else "failed"


def toggled(to: frozenset[To], one: To) -> frozenset[To]:
    """With one more, or one less; everybody leaves nobody else to name.

    >>> sorted(toggled(frozenset({To.EVERYBODY, To.GROUPS}), To.CHAIRS))
    [<To.CHAIRS: 'chairs'>, <To.GROUPS: 'groups'>]
    """
    if one in to:
        return to - {one}
    if one is To.EVERYBODY:
        return (to & {To.GROUPS}) | {one}
    return (to if one is To.GROUPS else to - {To.EVERYBODY}) | {one}


def read_to(text: str, texts: Texts) -> frozenset[To]:
    """Those named in words or by their numbers: "2, 6", "chủ tịch và nhóm"; none for anything else.

    The numbers are those under which they are offered, in the order of ``To``.
    """
    parts = [part.strip(" .") for part in fold(text).replace(" va ", ",").split(",")]
    known = {fold(texts(f"broadcast.to_{one}")): one for one in To}
    known |= {str(number): one for number, one in enumerate(To, start=1)}
    found = [known.get(part) for part in parts if part]
    return frozenset(one for one in found if one) if found and all(found) else frozenset()


@dataclass(frozen=True, slots=True)
class Writing:
    """A broadcast as far as it has been said."""

    said: str = ""
    unit: int = 0
    to: tuple[str, ...] = ()
    state: str = ""

    def dump(self) -> dict[str, Any]:
        """For the conversation: JSON."""
        return asdict(self)

    @classmethod
    def load(cls, about: Mapping[str, Any]) -> "Writing":
        """What ``dump`` wrote.

        >>> writing = Writing("Họp lúc 8h", 7, ("chairs", "groups"), "all")
        >>> Writing.load(writing.dump()) == writing
        True
        """
        known = {name: about[name] for name in cls.__slots__ if name in about}
        to: Sequence[str] = known.pop("to", ())
        return cls(**known, to=tuple(to))

    def audience(self, but: int) -> Audience:
        """Whom it is for."""
        return Audience(self.unit, frozenset(map(To, self.to)), State(self.state), but)
