"""The parcels of one chat that are held in memory, in the order in which they must go."""

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channel import Rendered, Sent
from domain.address import Address
from domain.message import Outgoing
from domain.parcel import Lane, Parcel

MOST = 200
"""Parcels of one chat and lane held in memory; the rest waits in the database."""

FEW = 20
"""So many of them may stay when a chat that cannot go on takes the room of others."""

Piece = tuple[Outgoing, Rendered | None]


@dataclass(slots=True, eq=False)
class Held:
    """A parcel in our hands until its lease runs out, and how far we got with it."""

    parcel: Parcel
    lease_until: datetime
    claimed: bool = False
    """It came out of the table, not fresh from its turn."""
    cleared: bool = False
    """It passed the gate, and no attempt has failed since."""
    paid: bool = False
    """The network bills it, as the gate saw it."""
    marked: bool = False
    """Whether the database says that it is being sent."""
    sending: bool = False
    """A call for it is on the wire."""
    pieces: tuple[Piece, ...] | None = None
    """The messages it became, once fitted and drawn."""
    done: int = 0
    """How many of them the network has."""
    sent: Sent | None = None
    moves: int = 0

    def reword(self, say: Outgoing) -> None:
        """This is what it says, as of now."""
        self.parcel, self.pieces = replace(self.parcel, say=say), None

    def move_to(self, new: Address) -> None:
        """The chat lives elsewhere now."""
        self.parcel = replace(self.parcel, to=new)

    def tried(self) -> int:
        """Count an attempt; how many there were."""
        self.parcel = replace(self.parcel, attempts=self.parcel.attempts + 1)
        return self.parcel.attempts


@dataclass(slots=True, eq=False)
class Queue:
    """One lane of a chat. ``back`` are ids given back to the database, which go first again."""

    parcels: deque[Held] = field(default_factory=deque)
    back: set[int] = field(default_factory=set)
    back_until: datetime | None = None
    """When the last of them is due."""

    def has_room(self) -> bool:
        """Whether one more may join."""
        return len(self.parcels) < MOST

    def is_next(self, id: int) -> bool:
        """Whether a parcel may join without overtaking an older one."""
        return not self.back or id <= min(self.back)


@dataclass(slots=True, eq=False)
class Line:
    """A chat: one message at a time, replies ahead of pushes."""

    to: Address
    replies: Queue = field(default_factory=Queue)
    pushes: Queue = field(default_factory=Queue)
    busy: bool = False
    """One of its parcels is on the wire."""
    since: datetime | None = None
    """Since when."""
    until: datetime | None = None
    """Nothing goes before: the network or our own backoff says so."""
    ready: Lane | None = None
    """The lane in which it stands among its account's ready lines."""
    ticket: int = 0
    """The number of its valid place among the ready or waiting lines; older ones are void."""

    def queue(self, lane: Lane) -> Queue:
        """The lane's queue."""
        return self.replies if lane is Lane.REPLY else self.pushes

    def head(self) -> Held | None:
        """What goes next."""
        if self.replies.parcels:
            return self.replies.parcels[0]
        return self.pushes.parcels[0] if self.pushes.parcels else None

    def pop(self, held: Held) -> None:
        """It is done with."""
        parcels = self.queue(held.parcel.lane).parcels
        if held in parcels:
            parcels.remove(held)

    def idle(self, now: datetime) -> bool:
        """Whether nothing of it needs to be remembered."""
        return not (
            self.busy
            or self.replies.parcels
            or self.pushes.parcels
            or self.replies.back
            or self.pushes.back
            or (self.until is not None and self.until > now)
        )
