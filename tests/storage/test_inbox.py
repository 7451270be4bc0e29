"""The inbox: an update is handled once, and nothing that failed is lost."""

from datetime import timedelta

from storage.inbox import Raw
from storage.store import Store
from tests.support.union import NOW

LATER = NOW + timedelta(days=4)


def test_takes_a_key_once(store: Store) -> None:
    assert store.inbox.record("telegram:b:1", NOW)
    assert not store.inbox.record("telegram:b:1", LATER)
    assert store.inbox.record("telegram:other:1", NOW)
    assert store.inbox.handled("telegram:b:1")
    assert not store.inbox.handled("telegram:b:2")


def test_keeps_what_failed_with_its_last_fault(store: Store) -> None:
    store.inbox.keep_dead("k", "telegram", "b", b"\x00{", "first", NOW)
    store.inbox.keep_dead("k", "telegram", "b", b"\x00{", "second", NOW)
    store.inbox.keep_dead("l", "zalo", "b", b"", "late", LATER)
    assert store.inbox.count_dead() == 2
    assert store.inbox.dead_letters(5) == [
        Raw("l", "zalo", "b", b"", LATER, "late"),
        Raw("k", "telegram", "b", b"\x00{", NOW, "second"),
    ]
    assert len(store.inbox.dead_letters(1)) == 1
    store.inbox.drop_dead("l")
    assert store.inbox.count_dead() == 1


def test_forgets_the_old(store: Store) -> None:
    store.inbox.record("old", NOW)
    store.inbox.record("new", LATER)
    store.inbox.keep_dead("dead", "telegram", "b", b"x", "f", NOW)
    assert store.inbox.drop(LATER, NOW) == 1
    assert [store.inbox.handled(key) for key in ("old", "new")] == [False, True]
    assert store.inbox.drop(NOW, LATER) == 1
    assert store.inbox.count_dead() == 0


def test_keeps_undecoded_updates_in_the_order_of_arrival(store: Store) -> None:
    assert store.inbox.keep_raw("z", "zalo", "b", b"1", LATER)
    assert store.inbox.keep_raw("a", "zalo", "b", b"2", NOW)
    assert not store.inbox.keep_raw("a", "zalo", "b", b"3", NOW)
    assert [(raw.key, raw.body) for raw in store.inbox.raw_waiting()] == [("z", b"1"), ("a", b"2")]
    store.inbox.drop_raw("z")
    assert [raw.key for raw in store.inbox.raw_waiting()] == ["a"]
