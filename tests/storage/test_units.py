"""Units added by the thousand, called by former names, grouped by cluster."""

from dataclasses import replace
from datetime import date

import pytest

from domain.initiative import Tally
from domain.units import Place
from storage.store import Store
from tests.support.union import Union, a_unit, found_union

BEGAN = date(2020, 1, 1)
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)
ONE = Tally(submitted=1, valid=1, benefit=5)


def test_adds_many_at_once(store: Store) -> None:
    union = found_union(store)
    added = store.units.add_many(
        [
            replace(a_unit("B", -7), id=0),
            replace(a_unit("A", union.unit.id), id=-7),
            replace(a_unit("C", union.root.id), id=900),
            replace(a_unit("D", 900), id=0),
        ]
    )
    assert [unit.code for unit in added] == ["B", "A", "C", "D"]
    assert [store.units.get(unit.id) for unit in added] == added
    b, a, c, d = (unit.id for unit in added)
    assert store.units.path(b) == (union.root.id, union.unit.id, a, b)
    assert store.units.path(d) == (union.root.id, c, d)
    assert store.units.places(b) == [Place(b, a, BEGAN)]
    assert c == 900
    with pytest.raises(ValueError, match="ring"):
        store.units.add_many([replace(a_unit("E", -2), id=-1), replace(a_unit("F", -1), id=-2)])


def test_knows_a_unit_by_its_former_names(store: Store) -> None:
    union = found_union(store)
    store.units.save(replace(union.unit, name="Công ty mới", code="CTM"))
    found = store.units.get(union.unit.id)
    assert found is not None
    assert found.aliases == (union.unit.name, union.unit.code)


def test_moves_the_first_place_with_the_beginning(store: Store) -> None:
    union = found_union(store)
    store.units.save(replace(union.unit, valid_from=date(2024, 1, 1)))
    assert store.units.places(union.unit.id) == [
        Place(union.unit.id, union.root.id, date(2024, 1, 1))
    ]


def test_tells_what_changed_lately_by_phase_and_child(store: Store) -> None:
    union = found_union(store)
    early, late = (phase.id for phase in union.programme.phases)
    count(store, union, union.unit.id, JUNE)
    count(store, union, union.other.id, JULY)
    programme, root = union.programme.id, union.root.id
    assert store.tallies.since(programme, root, JUNE) == ONE + ONE
    assert store.tallies.since(programme, root, JUNE, late) == ONE
    assert store.tallies.since_children(programme, root, JULY) == {union.other.id: ONE}
    assert store.tallies.since_children(programme, root, JUNE, early) == {union.unit.id: ONE}


def count(store: Store, union: Union, unit: int, day: date) -> None:
    phase = union.programme.phase_on(day)
    assert phase is not None
    store.tallies.add(union.programme.id, phase.id, unit, day, ONE)


def test_adds_up_the_members_below_a_unit_that_told_none_of_its_own(store: Store) -> None:
    union = found_union(store)
    assert store.units.members(union.root) is None
    store.units.save(replace(union.unit, members=120))
    store.units.add(replace(a_unit("TO1", union.unit.id), members=60))
    store.units.add(replace(a_unit("TO2", union.other.id), members=7))
    assert store.units.members(union.root) == 127
    assert store.units.members(union.other) == 7
    assert store.units.members(replace(union.root, members=45_000)) == 45_000
