"""How a parcel stands in its row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.address import Address
from domain.message import Outgoing
from domain.parcel import Lane, Parcel, ParcelState, Resend
from storage.rows import address_values
from storage.statements import ADDRESS
from storage.tables import parcel
from storage.types import dump, loader

PARCEL = (
    parcel.c.key,
    *(parcel.c[name] for name in ADDRESS),
    parcel.c.say,
    parcel.c.not_before,
    parcel.c.expires,
    parcel.c.resend,
    parcel.c.lane,
    parcel.c.state,
    parcel.c.attempts,
    parcel.c.id,
)

_read_say = loader(Outgoing)


def parcel_values(parcel: Parcel, owner: str, lease_until: datetime | None) -> dict[str, Any]:
    """The row of a parcel; ``owner`` has it from the start."""
    return address_values(parcel.to) | {
        "key": parcel.key,
        "say": dump(parcel.say),
        "lane": parcel.lane.value,
        "resend": parcel.resend.value,
        "state": parcel.state.value,
        "due_at": parcel.not_before,
        "not_before": parcel.not_before,
        "expires": parcel.expires,
        "attempts": parcel.attempts,
        "owner": owner,
        "lease_until": lease_until,
        "fault": "",
    }


def parcel_of(row: Sequence[Any]) -> Parcel:
    """The parcel in a row of ``PARCEL``; what it said is gone once it was purged."""
    key, channel, bot, chat, thread, say, not_before, expires, resend, lane, state, tries, id = row
    return Parcel(
        key=key,
        to=Address(channel, bot, chat, thread),
        say=_read_say(say) if say is not None else Outgoing(""),
        not_before=not_before,
        expires=expires,
        resend=Resend(resend),
        lane=Lane(lane),
        state=ParcelState(state),
        attempts=tries,
        id=id,
    )
