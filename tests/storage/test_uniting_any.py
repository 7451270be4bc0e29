"""Whoever turns out to be one, the counts of entries stay what a fresh count says."""

from random import Random

import pytest

from domain.initiative import MOVES, Initiative, Status, moved
from storage import entering
from storage.store import Store
from tests.support.union import NOW, Union, an_entry, found_union

ENTRIES = 40
DAY = NOW.date()


@pytest.mark.parametrize("seed", range(4))
def test_changes_no_count(store: Store, seed: int) -> None:
    random, union = Random(seed), found_union(store)
    people = [union.member.id, union.chair.id, store.people.add("C", None, None, None, NOW).id]
    for _ in range(ENTRIES):
        _enter_and_move(store, union, random, people)
    programme = union.programme
    before = _counted(store, union)
    one, other = random.sample(people, 2)
    store.uniting.unite(one, other)
    entering.off_own_desk(store, one)
    assert _counted(store, union) == before
    assert store.tallies.drift(programme.id, programme.needs_recognition) == 0
    assert store.tallies.recount(programme.id, programme.needs_recognition) == 0


def _enter_and_move(store: Store, union: Union, random: Random, people: list[int]) -> None:
    entry = an_entry(
        union,
        unit=random.choice((union.unit, union.other)).id,
        author=random.choice(people),
        enterer=random.choice(people),
        phase=random.choice(union.programme.phases).id,
        benefit=random.choice((None, 0, 42_000_000)),
        recognised=random.random() < 0.5,
    )
    entry, counts = entering.enter(store, entry, union.programme, DAY, NOW)
    entering.add_counts(store, counts)
    for _ in range(random.randrange(4)):
        entry = _moved(store, entry, random, people)


def _moved(store: Store, entry: Initiative, random: Random, people: list[int]) -> Initiative:
    ways = sorted(MOVES[entry.status])
    if not ways:
        return entry
    after = moved(entry, Status(random.choice(ways)))
    by = random.choice(people)
    after, counts = entering.change(store, entry, after, by=by, at=NOW, day=DAY)
    entering.add_counts(store, counts)
    return after


def _counted(store: Store, union: Union) -> list[object]:
    units = (union.root.id, union.unit.id, union.other.id)
    phases = (None, *(phase.id for phase in union.programme.phases))
    return [store.tallies.of(union.programme.id, unit, phase) for unit in units for phase in phases]
