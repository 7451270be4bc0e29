"""Puts notices on their way: into the one push that a person gets next, or straight to a group.

What a push says is put together only when it is sent (``scheduler/gate.py``), so that nothing
stale is said; here it is only decided which parcel carries which notice, and when at the earliest.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.address import Address
from domain.calendar import Calendar
from domain.hours import calendar_of
from domain.message import Outgoing
from domain.notice import AT_ONCE, Notice, NoticeState
from domain.parcel import Lane, Parcel, ParcelState, Resend
from domain.peace import Peace, hold_push
from domain.person import Person
from storage.store import Store
from storage.urgency import calendar_of_unit

GATHERING = timedelta(minutes=5)
"""A push waits so long for what else comes due: there is one a day."""

NEVER_SENT = 0
"""The number of no parcel."""


def notify(store: Store, notice: Notice, usual: Calendar, now: datetime) -> bool:
    """Let the person's next push carry a notice; False when its key is taken.

    ``usual`` is when the house writes to people. Who cannot be written to, or does not want to
    be, is left in peace, and the ledger says so.
    """
    person = store.people.get(notice.person or 0)
    if person is None:
        return False
    # It stands in the ledger of some unit: where none is concerned, in that of the person's own.
    added = store.notices.add(notice if notice.unit else replace(notice, unit=person.unit))
    if added is None:
        return False
    peace = store.peace.hold(person.id)
    if why := _undeliverable(person, peace, notice):
        store.notices.settle(added.id, NoticeState.DROPPED, why)
        return True
    assert person.address is not None
    carrier = _gathering(store, peace)
    if carrier is None:
        usual = calendar_of_unit(store, person.unit, usual, now)
        hold = hold_push(peace, calendar_of(peace.hours, usual), None, NEVER_SENT, now)
        carrier = _begin(store, added, person.address, hold.until if hold else now, now)
        why = hold.why if hold else ""
        store.peace.gather(person.id, carrier.id)
    else:
        # What joins a push waits for what it waits for.
        why = next((each.held for each in store.notices.of_parcel(carrier.id)), "")
    store.notices.carry(added.id, carrier.id, why)
    return True


def post(
    store: Store,
    notice: Notice,
    to: Address,
    say: Outgoing,
    now: datetime,
    *,
    not_before: datetime | None = None,
    resend: Resend = Resend.NEVER,
) -> bool:
    """Say this very thing: to a group, or news to a person; False when its key is taken."""
    added = store.notices.add(notice)
    if added is None:
        return False
    parcel = Parcel(
        notice.key,
        to,
        say,
        not_before=not_before or now,
        expires=notice.expires,
        resend=resend,
        lane=Lane.PUSH,
    )
    stored = store.parcels.add(parcel)
    if stored is None:
        return False
    store.notices.carry(added.id, stored.id)
    return True


def skip(store: Store, notice: Notice, why: str) -> bool:
    """Keep on record that it was not said; False when its key is taken."""
    skipped = replace(notice, state=NoticeState.SKIPPED, reason=why)
    return store.notices.add(skipped) is not None


def _undeliverable(person: Person, peace: Peace, notice: Notice) -> str:
    if person.address is None:
        return "no_chat"
    if not person.reachable:
        return "blocked"
    return "" if peace.wants(notice.kind) else "muted"


def _gathering(store: Store, peace: Peace) -> Parcel | None:
    """The push that still waits to be said."""
    parcel = store.parcels.get(peace.parcel) if peace.parcel else None
    return parcel if parcel is not None and parcel.state is ParcelState.DUE else None


def _begin(
    store: Store, notice: Notice, to: Address, allowed_at: datetime, now: datetime
) -> Parcel:
    assert notice.kind not in AT_ONCE
    earliest = max(allowed_at, now + GATHERING)
    parcel = Parcel(
        f"push:{notice.id}",
        to,
        Outgoing(""),
        not_before=earliest,
        resend=Resend.NEVER,
        lane=Lane.PUSH,
    )
    stored = store.parcels.add(parcel)
    assert stored is not None, "a notice is new, and so is the push that it begins"
    return stored
