"""Parcels: what is on its way to people, each under a key that is taken once and for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, null, or_, select, update

from domain.address import Address, MessageRef
from domain.allowance import month_of
from domain.message import Outgoing
from domain.parcel import Lane, Parcel, ParcelState
from storage.cursor import Cursor
from storage.month_counts import MonthCounts
from storage.parcel_rows import PARCEL, parcel_of, parcel_values
from storage.rows import address_values
from storage.statements import ADDRESS, at_address, insert_if_new
from storage.tables import UNSENT, parcel
from storage.types import Moment, dump

_ADD = insert_if_new(
    parcel,
    (
        "key",
        *ADDRESS,
        "say",
        "lane",
        "resend",
        "state",
        "due_at",
        "not_before",
        "expires",
        "attempts",
        "owner",
        "lease_until",
        "fault",
    ),
    returning="id",
)
_FREE = or_(parcel.c.lease_until.is_(None), parcel.c.lease_until <= bindparam("now"))
_CLAIMABLE = (
    select(parcel.c.id)
    .where(UNSENT, parcel.c.not_before <= bindparam("now"), _FREE)
    .order_by(parcel.c.lane.desc(), parcel.c.not_before, parcel.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(parcel)
    .where(parcel.c.id.in_(_CLAIMABLE.scalar_subquery()))
    .values(owner=bindparam("owner"), lease_until=bindparam("until"))
    .returning(*PARCEL)
)
_SENDING = (
    update(parcel)
    .where(
        UNSENT,
        parcel.c.id == bindparam("key_id"),
        or_(parcel.c.owner == bindparam("mine"), parcel.c.owner == ""),
    )
    .values(
        state=ParcelState.SENDING.value,
        owner=bindparam("owner"),
        lease_until=bindparam("until"),
    )
)
_HELD_BY = (
    select(parcel.c.id)
    .where(
        UNSENT,
        parcel.c.id == bindparam("id"),
        or_(parcel.c.owner == bindparam("mine"), parcel.c.owner == ""),
    )
    .with_for_update()
)
_REWORD = update(parcel).where(parcel.c.id == bindparam("key_id")).values(say=bindparam("words"))
_REDIRECT = (
    update(parcel)
    .where(UNSENT, parcel.c.id == bindparam("key_id"))
    .values({name: bindparam(f"new_{name}") for name in ADDRESS})
)
_LOOK_AGAIN = (
    update(parcel)
    .where(UNSENT, parcel.c.state == ParcelState.DUE.value, parcel.c.id == bindparam("key_id"))
    .values(not_before=bindparam("now"))
)
_RECORD = (
    update(parcel)
    .where(
        parcel.c.id == bindparam("key_id"),
        # What was dropped in the meantime is not brought back.
        or_(UNSENT, bindparam("new_state") != ParcelState.DUE.value),
    )
    .values(
        state=bindparam("new_state"),
        tried_at=bindparam("at"),
        sent_at=bindparam("sent"),
        message=bindparam("ref"),
        fault=bindparam("why"),
        not_before=func.coalesce(bindparam("later", type_=Moment()), parcel.c.not_before),
        attempts=bindparam("tries"),
        owner="",
        lease_until=null(),
    )
)
_UNSENT = (
    select(*PARCEL)
    .where(UNSENT, parcel.c.id > bindparam("after"))
    .order_by(parcel.c.id)
    .limit(bindparam("most"))
)
_FREE_ALL = update(parcel).where(UNSENT).values(owner="", lease_until=null())
_EXPIRE = (
    update(parcel)
    .where(
        UNSENT, parcel.c.state == ParcelState.DUE.value, parcel.c.expires <= bindparam("now"), _FREE
    )
    .values(state=ParcelState.DROPPED.value, fault="expired", tried_at=bindparam("now"))
)
_GET = select(*PARCEL).where(parcel.c.id == bindparam("id"))
_BY_KEY = select(*PARCEL).where(parcel.c.key == bindparam("key"))
_COUNTS = select(parcel.c.state, func.count()).group_by(parcel.c.state)
_READDRESS = (
    update(parcel)
    .where(UNSENT, at_address(parcel, "old_"))
    .values({name: bindparam(f"new_{name}") for name in ADDRESS})
)
_TURN_PUSHES = _READDRESS.where(parcel.c.lane == Lane.PUSH.value)
_DROP_TO = (
    update(parcel)
    .where(UNSENT, parcel.c.state == ParcelState.DUE.value, at_address(parcel, "old_"))
    .values(state=ParcelState.DROPPED.value, fault=bindparam("reason"))
)
_PURGE = (
    update(parcel)
    .where(
        parcel.c.say.is_not(None),
        parcel.c.due_at < bindparam("before"),
        parcel.c.state != ParcelState.DUE.value,
        parcel.c.state != ParcelState.SENDING.value,
    )
    .values(say=null())
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; ``not_before`` is when to try again, None leaves it."""

    id: int
    state: ParcelState
    at: datetime
    message_ref: MessageRef | None = None
    fault: str = ""
    not_before: datetime | None = None
    attempts: int = 0
    account: tuple[str, str] = ("", "")
    """The channel and bot whose month it is counted in."""
    messages: int = 0
    """0 where nobody counts."""
    paid: int = 0
    """How many messages the network bills."""
    approved: int = 0
    """How many of those in words that it approved beforehand."""


class Parcels:
    """The outbox."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._months = MonthCounts(cursor)

    def add(
        self, parcel: Parcel, owner: str = "", lease_until: datetime | None = None
    ) -> Parcel | None:
        """Put it in the outbox; None when its key is taken, and then nothing is said again."""
        row = self._cursor.one(_ADD, parcel_values(parcel, owner, lease_until))
        return replace(parcel, id=row[0]) if row else None

    def add_all(
        self, parcels: Iterable[Parcel], owner: str = "", lease_until: datetime | None = None
    ) -> list[Parcel]:
        """Put these in; returns those whose keys were free.

        ``owner`` takes them at once, so that no other process claims what is about to be sent.
        """
        added = (self.add(parcel, owner, lease_until) for parcel in parcels)
        return [parcel for parcel in added if parcel is not None]

    def claim(self, now: datetime, owner: str, lease_until: datetime, limit: int) -> list[Parcel]:
        """Take what is due and nobody's, replies first.

        A parcel that comes back as SENDING was being sent when its owner died: it may have arrived.
        """
        rows = self._cursor.all(
            _CLAIM, {"now": now, "owner": owner, "until": lease_until, "most": limit}
        )
        claimed = [parcel_of(row) for row in rows]
        return sorted(claimed, key=lambda p: (p.lane is Lane.PUSH, p.not_before, p.id))

    def sending(self, id: int, owner: str, lease_until: datetime) -> bool:
        """It is handed to the network now: from here on it may have arrived.

        False when it is not ours: its lease ran out and another process has it, or sent it.
        """
        values = {"key_id": id, "mine": owner, "owner": owner, "until": lease_until}
        return self._cursor.run(_SENDING, values) == 1

    def is_held_by(self, id: int, owner: str) -> bool:
        """Whether it is still unsent, and nobody else's."""
        return self._cursor.one(_HELD_BY, {"id": id, "mine": owner}) is not None

    def reword(self, id: int, say: Outgoing) -> None:
        """This is what it says, as of now."""
        self._cursor.run(_REWORD, {"key_id": id, "words": dump(say)})

    def redirect(self, id: int, to: Address) -> None:
        """It goes elsewhere, unless it went already."""
        self._cursor.run(_REDIRECT, address_values(to, "new_") | {"key_id": id})

    def look_again(self, id: int | None, now: datetime) -> None:
        """Why it waits may hold no longer: let it be looked at now."""
        if id is not None:
            self._cursor.run(_LOOK_AGAIN, {"key_id": id, "now": now})

    def record(self, outcomes: Sequence[Outcome]) -> None:
        """Keep what became of these, and give up the claim on them."""
        self._cursor.many(_RECORD, map(_outcome, outcomes))
        for each in outcomes:
            if each.messages or each.paid:
                month = month_of(each.at)
                self._months.add(*each.account, month, each.messages, each.paid, each.approved)

    def unsent(self, after: int = 0, limit: int = 200) -> list[Parcel]:
        """What is not settled, whoever has it, by id: a page at a time."""
        return [
            parcel_of(row) for row in self._cursor.all(_UNSENT, {"after": after, "most": limit})
        ]

    def free_all(self) -> int:
        """Forget every claim: the only process has just started, so nobody is sending."""
        return self._cursor.run(_FREE_ALL)

    def expire(self, now: datetime) -> int:
        """Drop what is too late to be useful; how many."""
        return self._cursor.run(_EXPIRE, {"now": now})

    def get(self, id: int) -> Parcel | None:
        """The parcel."""
        row = self._cursor.one(_GET, {"id": id})
        return parcel_of(row) if row else None

    def get_by_key(self, key: str) -> Parcel | None:
        """The parcel of a key; what it said is gone once it was purged."""
        row = self._cursor.one(_BY_KEY, {"key": key})
        return parcel_of(row) if row else None

    def counts(self) -> dict[ParcelState, int]:
        """How many there are in each state."""
        found = {ParcelState(state): count for state, count in self._cursor.all(_COUNTS)}
        return {state: found.get(state, 0) for state in ParcelState}

    def readdress(self, old: Address, new: Address) -> int:
        """Send what is still unsent to where the chat lives now; how many."""
        values = address_values(old, "old_") | address_values(new, "new_")
        return self._cursor.run(_READDRESS, values)

    def turn_pushes(self, old: Address, new: Address) -> None:
        """Send what is said unasked to another chat of its person; answers stay where they are."""
        values = address_values(old, "old_") | address_values(new, "new_")
        self._cursor.run(_TURN_PUSHES, values)

    def drop_to(self, address: Address, reason: str) -> int:
        """Drop what is due at an address that nothing reaches; how many."""
        return self._cursor.run(_DROP_TO, address_values(address, "old_") | {"reason": reason})

    def purge(self, before: datetime) -> int:
        """Forget what settled parcels said; their keys stay taken."""
        return self._cursor.run(_PURGE, {"before": before})


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "key_id": outcome.id,
        "new_state": outcome.state.value,
        "at": outcome.at,
        "sent": outcome.at if outcome.state is ParcelState.SENT else None,
        "ref": outcome.message_ref,
        "why": outcome.fault,
        "later": outcome.not_before,
        "tries": outcome.attempts,
    }
