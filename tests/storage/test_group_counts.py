"""How far the units of many groups are, read at once: the same as progress says of each."""

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest

from domain.address import Address
from domain.group import Group
from domain.initiative import Tally
from domain.milestones import Count
from domain.programme import Counted, Programme, Quota, QuotaKind
from storage.standings import Asked, usual_phase
from storage.store import Store
from tests.support.union import NOW, Union, a_unit, found_union

TODAY = date(2026, 11, 22)
"""In phase 2."""

LATER = date(2026, 12, 1)


@pytest.fixture
def union(store: Store) -> Union:
    return found_union(store)


def bind(store: Store, unit: int, number: int) -> None:
    store.groups.bind(Group(Address("telegram", "bot", f"-{number}"), unit, "", 1, NOW))


def expected(store: Store, programme: Programme, id: int) -> tuple[Count, int]:
    """As progress reckons it."""
    unit = store.units.get(id)
    assert unit is not None
    phase = usual_phase(store, programme, unit, TODAY)
    standing = Asked(store, programme, phase, TODAY, past=False).standing(unit)
    submitted = store.tallies.of(programme.id, id).submitted
    if standing.target is None:
        return Count(submitted), 0
    return Count(submitted, standing.count, standing.target), phase.id if phase else 0


@pytest.mark.parametrize(("counts", "against"), list(product(Counted, QuotaKind)))
def test_says_of_each_what_progress_says(
    store: Store, union: Union, counts: Counted, against: QuotaKind
) -> None:
    programme = store.programmes.save(replace(union.programme, counts=counts, against=against))
    chance = Random(7)
    units = [store.units.add(a_unit(f"U{n}", union.root.id)).id for n in range(60)]
    numbers = (None, *(phase.id for phase in programme.phases))
    for place, unit in enumerate((union.root.id, *units)):
        bind(store, unit, place)
        for phase, kind in product(numbers, QuotaKind):
            if chance.random() < 0.3:
                target = chance.choice((0, 3, 8, 40))
                store.quotas.set(Quota(programme.id, phase, unit, kind, target, programme.opens))
            if chance.random() < 0.2:
                store.quotas.set(Quota(programme.id, phase, unit, kind, 5, TODAY))
            if chance.random() < 0.2:
                store.quotas.set(Quota(programme.id, phase, unit, kind, 90, LATER))
        for number in numbers:
            submitted = chance.randint(0, 6)
            valid = chance.randint(0, submitted)
            change = Tally(submitted=submitted, valid=valid, waiting=submitted - valid)
            store.tallies.add(programme.id, number, unit, TODAY, change)
    running = programme.phase_on(TODAY)
    found = store.group_counts.of_groups(programme, running, 0, 1000, TODAY)
    assert len(found) > 50
    assert {unit: (stand.count, stand.phase) for unit, stand in found.items()} == {
        unit: expected(store, programme, unit) for unit in found
    }


def test_reads_the_groups_of_a_page_that_are_bound(store: Store, union: Union) -> None:
    units = [store.units.add(a_unit(f"U{n}", union.root.id)).id for n in range(4)]
    for place, unit in enumerate(units):
        bind(store, unit, place)
        store.tallies.add(union.programme.id, None, unit, TODAY, Tally(submitted=1))
    store.groups.unbind(Address("telegram", "bot", "-2"), NOW)
    counts = store.group_counts
    assert set(counts.of_groups(union.programme, None, 1, 4, TODAY)) == {units[1], units[3]}
    assert set(counts.of_groups(union.programme, None, 0, 1, TODAY)) == {units[0]}
