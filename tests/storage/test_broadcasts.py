"""Broadcasts that were only looked at, and those to be looked at again."""

from dataclasses import replace
from datetime import timedelta

from domain.broadcast import Audience, Broadcast, To
from storage.store import Store
from tests.support.union import NOW, Union, found_union

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def shown(store: Store, union: Union, by: int) -> Broadcast:
    """A preview."""
    audience = Audience(union.root.id, frozenset({To.EVERYBODY}))
    return store.broadcasts.add(Broadcast(0, union.root.id, audience, "Họp lúc 8h.", by, NOW))


def test_withdraws_what_somebody_was_shown_and_did_not_agree_to(store: Store) -> None:
    union = found_union(store)
    mine, other = union.chair.id, union.member.id
    sent = replace(shown(store, union, mine), agreed_at=NOW)
    store.broadcasts.save(sent)
    first, theirs = shown(store, union, mine), shown(store, union, other)
    store.broadcasts.withdraw(mine, NOW + HOUR)
    store.broadcasts.withdraw(mine, NOW + DAY)
    found = [store.broadcasts.get(each.id) for each in (sent, first, theirs)]
    assert [each.stopped_at if each else NOW for each in found] == [None, NOW + HOUR, None]


def test_gives_no_number_a_second_time(store: Store) -> None:
    union = found_union(store)
    first, last = (shown(store, union, union.chair.id) for _ in range(2))
    assert store.broadcasts.forget(NOW + DAY) == 1
    assert store.broadcasts.get(first.id) is None
    assert shown(store, union, union.chair.id).id > last.id


def test_knows_what_was_sent_of_late(store: Store) -> None:
    union = found_union(store)
    old, stopped, first, last, _ = (shown(store, union, union.chair.id) for _ in range(5))
    for each, at in ((old, NOW - DAY), (stopped, NOW), (first, NOW), (last, NOW + HOUR)):
        store.broadcasts.save(replace(each, agreed_at=at))
    store.broadcasts.save(replace(stopped, agreed_at=NOW, stopped_at=NOW))
    assert [each.id for each in store.broadcasts.of_late(NOW)] == [last.id, first.id]
