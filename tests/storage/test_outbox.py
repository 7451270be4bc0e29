"""The outbox looked at and not touched: when the next parcel may leave."""

from dataclasses import replace
from datetime import timedelta

from domain.message import Outgoing
from domain.parcel import Parcel, ParcelState
from storage.parcels import Outcome
from storage.store import Store
from tests.support.union import MEMBER_CHAT, NOW

MINUTE = timedelta(minutes=1)


def test_knows_when_the_next_parcel_of_an_account_may_leave(store: Store) -> None:
    parcel = Parcel("now", MEMBER_CHAT, Outgoing("Chào"), NOW)
    elsewhere = replace(MEMBER_CHAT, bot="another")
    later = [
        replace(parcel, key="later", not_before=NOW + 3 * MINUTE),
        replace(parcel, key="soon", not_before=NOW + 2 * MINUTE),
        replace(parcel, key="elsewhere", to=elsewhere, not_before=NOW + MINUTE),
    ]
    _, _, soon, _ = store.parcels.add_all([parcel, *later])
    ours = MEMBER_CHAT.channel, MEMBER_CHAT.bot
    assert store.outbox.next_due(*ours, NOW - MINUTE) == NOW
    assert store.outbox.next_due(*ours, NOW) == NOW + 2 * MINUTE
    store.parcels.record([Outcome(soon.id, ParcelState.SENT, NOW)])
    assert store.outbox.next_due(*ours, NOW) == NOW + 3 * MINUTE
    assert store.outbox.next_due(*ours, NOW + 3 * MINUTE) is None
