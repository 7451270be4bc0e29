"""An Outgoing on its way: written in the turn, sent after the commit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.address import Address
from domain.message import Outgoing


class ParcelState(StrEnum):
    """Where a parcel is. ``unsure``: it may have arrived, is counted and not repeated."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    DROPPED = "dropped"


class Resend(StrEnum):
    """What to do when it may have arrived: an answer again, a group post never."""

    AGAIN = "again"
    NEVER = "never"


class Lane(StrEnum):
    """Replies to people go ahead of pushes."""

    REPLY = "reply"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to say to an address, under a key made of business words.

    The key is kept after the parcel is purged, so nothing is said twice.
    """

    key: str
    to: Address
    say: Outgoing
    not_before: datetime
    expires: datetime | None = None
    resend: Resend = Resend.AGAIN
    lane: Lane = Lane.REPLY
    state: ParcelState = ParcelState.DUE
    attempts: int = 0
    id: int = 0
    """0 until stored."""
