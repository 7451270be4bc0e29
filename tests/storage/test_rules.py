"""Changing what counts as hợp lệ: counts follow at once, up the tree and back again."""

from datetime import date

import pytest

from domain.initiative import Status, Tally
from storage import entering
from storage.store import Store
from tests.support.union import NOW, Union, an_entry, found_union

TODAY = date(2026, 11, 22)
LATER = date(2026, 11, 25)


@pytest.fixture
def union(store: Store) -> Union:
    found = found_union(store)
    for status, recognised, phase in (
        (Status.VALID, False, 1),
        (Status.VALID, False, 0),
        (Status.VALID, True, 1),
        (Status.SUBMITTED, False, 1),
        (Status.CONFIRMED, False, 1),
        (Status.INVALID, False, 1),
    ):
        entry = an_entry(
            found, status=status, recognised=recognised, phase=found.programme.phases[phase].id
        )
        _, counts = entering.enter(store, entry, found.programme, TODAY, NOW)
        entering.add_counts(store, counts)
    return found


def whole(store: Store, union: Union) -> Tally:
    return store.tallies.of(union.programme.id, union.root.id)


def test_moves_counts_with_the_rule_and_back(store: Store, union: Union) -> None:
    before = whole(store, union)
    assert (before.valid, before.waiting, store.rules.unrecognised(union.programme.id)) == (1, 4, 2)
    after = store.rules.set_needs_recognition(union.programme, False, LATER)
    assert store.programmes.get(union.programme.id) == after
    moved = whole(store, union)
    assert (moved.submitted, moved.valid, moved.waiting, moved.invalid) == (6, 3, 2, 1)
    assert moved.benefit == 3 * 42_000_000
    assert store.tallies.of(union.programme.id, union.unit.id) == moved
    first = union.programme.phases[0].id
    assert store.tallies.of(union.programme.id, union.root.id, first).valid == 1
    assert store.tallies.drift(union.programme.id, False) == 0
    assert store.tallies.as_of(union.programme.id, union.root.id, TODAY) == before
    store.rules.set_needs_recognition(after, True, LATER)
    assert whole(store, union) == before
    assert store.tallies.drift(union.programme.id, True) == 0


def test_changes_nothing_where_the_rule_is_so_already(store: Store, union: Union) -> None:
    assert store.rules.set_needs_recognition(union.programme, True, LATER) is union.programme
    assert whole(store, union).valid == 1
