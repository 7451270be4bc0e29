"""Looking behind a message: which parcel said it, and what became of that."""

from dataclasses import replace

from domain.address import MessageRef
from domain.message import Outgoing
from domain.parcel import Parcel, ParcelState
from storage.parcels import Outcome
from storage.store import Store
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, NOW

SHOWN = MessageRef("88")


def parcel(key: str) -> Parcel:
    return Parcel(key, MEMBER_CHAT, Outgoing(key), NOW)


def test_finds_what_a_message_says_and_said_before(store: Store) -> None:
    first, other, changed = store.parcels.add_all([parcel("a"), parcel("b"), parcel("c")])
    sent = Outcome(first.id, ParcelState.SENT, NOW, SHOWN)
    later = replace(sent, id=changed.id)
    store.parcels.record([sent, replace(sent, id=other.id, message_ref=MessageRef("89")), later])
    found = store.traces.of_message(MEMBER_CHAT, SHOWN)
    assert [each.parcel.key for each in found] == ["c", "a"]
    assert {each.message for each in found} == {SHOWN}
    assert not store.traces.of_message(CHAIR_CHAT, SHOWN)


def test_tells_what_went_wrong(store: Store) -> None:
    (failed,) = store.parcels.add_all([parcel("a")])
    store.parcels.record([Outcome(failed.id, ParcelState.FAILED, NOW, fault="no_files")])
    trace = store.traces.get(failed.id)
    assert trace is not None
    assert (trace.parcel.state, trace.message, trace.fault) == (
        ParcelState.FAILED,
        None,
        "no_files",
    )
    assert store.traces.get(failed.id + 1) is None


def test_lists_what_waits_the_newest_first(store: Store) -> None:
    one, two, sent, three = store.parcels.add_all([parcel(key) for key in "abcd"])
    store.parcels.record([Outcome(sent.id, ParcelState.SENT, NOW, SHOWN)])
    assert [each.parcel.id for each in store.traces.waiting(2)] == [three.id, two.id]
    assert [each.parcel.id for each in store.traces.waiting(9)] == [three.id, two.id, one.id]
