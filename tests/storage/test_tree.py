"""Units move, merge, end and come back; what counted where as of a past day stays true."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import Rejected
from domain.group import Group
from domain.initiative import Tally
from domain.units import Place, Unit
from storage.store import Store
from storage.units import UnitName
from tests.support.union import MEMBER_CHAT, NOW, Union, a_unit, found_union

BEGAN = date(2020, 1, 1)
JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 1)
TODAY = NOW.date()
ONE = Tally(submitted=1, valid=1, benefit=5)


def below(store: Store, parent: Unit, code: str) -> Unit:
    return store.units.add(a_unit(code, parent.id))


def count(store: Store, union: Union, unit: Unit, day: date, times: int = 1) -> None:
    phase = union.programme.phase_on(day)
    assert phase is not None
    for _ in range(times):
        store.tallies.add(union.programme.id, phase.id, unit.id, day, ONE)


def valid(store: Store, union: Union, unit: Unit, day: date | None = None) -> int:
    programme = union.programme.id
    if day is None:
        return store.tallies.of(programme, unit.id).valid
    return store.tallies.as_of(programme, unit.id, day).valid


def test_lets_counts_follow_a_moved_subtree(store: Store) -> None:
    union = found_union(store)
    team = below(store, union.unit, "TO1")
    count(store, union, team, JUNE, 2)
    count(store, union, union.unit, JULY, 3)
    before = store.tallies.by_day(union.programme.id, union.root.id, BEGAN)
    store.tree.move(team.id, union.other.id, AUGUST, today=TODAY)
    count(store, union, team, AUGUST)

    assert store.units.path(team.id) == (union.root.id, union.other.id, team.id)
    assert store.units.places(team.id) == [
        Place(team.id, union.unit.id, BEGAN, AUGUST - timedelta(days=1)),
        Place(team.id, union.other.id, AUGUST),
    ]
    assert valid(store, union, union.unit) == 3
    assert valid(store, union, union.other) == 3
    assert valid(store, union, union.root) == 6
    early, late = (phase.id for phase in union.programme.phases)
    of = store.tallies.of
    assert of(union.programme.id, union.other.id, early).valid == 2
    assert of(union.programme.id, union.other.id, late).valid == 1
    assert of(union.programme.id, union.unit.id, early) == Tally()
    assert store.tallies.by_day(union.programme.id, union.other.id, BEGAN) == {
        JUNE: ONE + ONE,
        AUGUST: ONE,
    }
    assert store.tallies.by_day(union.programme.id, union.other.id, BEGAN, late) == {AUGUST: ONE}
    assert store.tallies.by_day(union.programme.id, union.root.id, BEGAN).items() >= before.items()
    # As of a day before, it stood where it stood.
    assert valid(store, union, union.unit, JULY) == 5
    assert valid(store, union, union.other, JULY) == 0
    assert valid(store, union, union.other, AUGUST) == 3
    children = store.tallies.of_children_as_of
    assert {id: t.valid for id, t in children(union.programme.id, union.unit.id, JULY).items()} == {
        team.id: 2
    }
    assert children(union.programme.id, union.other.id, JULY) == {}
    assert store.tallies.as_of(union.programme.id, union.unit.id, AUGUST, early) == Tally()
    assert store.tallies.as_of(union.programme.id, union.unit.id, JULY, early) == ONE + ONE
    assert store.tree.parent_on(team.id, JULY) == union.unit.id
    assert store.tree.parent_on(team.id, AUGUST) == union.other.id
    assert store.tree.parent_on(union.root.id, AUGUST) is None


def test_swaps_a_unit_with_the_one_above_it(store: Store) -> None:
    union = found_union(store)
    team = below(store, union.unit, "TO1")
    count(store, union, team, JUNE, 2)
    count(store, union, union.unit, JUNE, 3)
    store.tree.move(team.id, union.root.id, AUGUST)
    store.tree.move(union.unit.id, team.id, AUGUST)
    assert store.units.path(union.unit.id) == (union.root.id, team.id, union.unit.id)
    assert (valid(store, union, team), valid(store, union, union.unit)) == (5, 3)
    assert (valid(store, union, team, JULY), valid(store, union, union.unit, JULY)) == (2, 5)


def test_merges_a_unit_into_another(store: Store) -> None:
    union = found_union(store)
    team = below(store, union.unit, "TO1")
    group = Group(MEMBER_CHAT, union.unit.id, "Nhóm", union.chair.id, NOW)
    store.groups.bind(group)
    count(store, union, team, JUNE, 2)
    count(store, union, union.unit, JUNE, 3)
    count(store, union, union.other, JUNE, 10)
    store.tree.merge(union.unit.id, union.other.id, AUGUST, today=TODAY)

    ended = store.units.get(union.unit.id)
    assert ended == replace(
        union.unit,
        parent=union.other.id,
        valid_to=AUGUST - timedelta(days=1),
        replaced_by=union.other.id,
    )
    assert valid(store, union, union.other) == 15
    assert valid(store, union, union.unit) == 3
    assert store.units.path(team.id) == (union.root.id, union.other.id, team.id)
    assert (valid(store, union, union.unit, JULY), valid(store, union, union.other, JULY)) == (
        5,
        10,
    )
    member = store.people.get(union.member.id)
    assert member is not None and member.unit == union.other.id
    assert store.groups.at(MEMBER_CHAT) == replace(group, unit=union.other.id)
    assert store.units.present(union.unit.id, AUGUST) == store.units.get(union.other.id)
    assert store.units.present(union.unit.id, JULY) == ended
    assert store.units.open_children(union.other.id, AUGUST) == [
        replace(team, parent=union.other.id)
    ]
    assert UnitName(union.other.id, union.unit.code, union.unit.name) in store.units.names(TODAY)
    assert UnitName(union.unit.id, union.unit.code, union.unit.name) in store.units.names()


def test_lets_a_merged_unit_go_on(store: Store) -> None:
    union = found_union(store)
    count(store, union, union.unit, JUNE, 3)
    store.tree.merge(union.unit.id, union.other.id, JULY)
    store.tree.reopen(union.unit.id, AUGUST)
    assert store.units.get(union.unit.id) == union.unit
    assert valid(store, union, union.other) == 0
    assert valid(store, union, union.other, JULY) == 3
    assert store.units.path(union.unit.id) == (union.root.id, union.unit.id)


def test_ends_a_unit_whose_counts_stay(store: Store) -> None:
    union = found_union(store)
    count(store, union, union.unit, JUNE, 3)
    store.tree.close(union.unit.id, AUGUST, today=TODAY)
    assert store.units.present(union.unit.id, AUGUST) is None
    assert store.units.present(union.unit.id, AUGUST - timedelta(days=1)) is not None
    assert valid(store, union, union.root) == 3
    assert [unit.id for unit in store.units.open_children(union.root.id, TODAY)] == [union.other.id]
    assert union.unit.id not in {name.id for name in store.units.names(TODAY)}
    store.tree.reopen(union.unit.id, AUGUST)
    assert store.units.get(union.unit.id) == union.unit


def test_follows_mergers_of_mergers(store: Store) -> None:
    union = found_union(store)
    third = below(store, union.root, "X3")
    store.tree.merge(union.unit.id, union.other.id, JULY)
    store.tree.merge(union.other.id, third.id, AUGUST)
    assert store.units.present(union.unit.id, JULY) == store.units.get(union.other.id)
    assert store.units.present(union.unit.id, AUGUST) == third
    store.tree.close(third.id, TODAY)
    assert store.units.present(union.unit.id, TODAY) is None
    assert {name.id for name in store.units.names(TODAY)} == {union.root.id}


def test_forgets_later_moves_when_an_earlier_day_is_said(store: Store) -> None:
    union = found_union(store)
    team = below(store, union.root, "TO1")
    store.tree.move(team.id, union.unit.id, AUGUST)
    store.tree.move(team.id, union.other.id, JULY)
    assert store.units.places(team.id) == [
        Place(team.id, union.root.id, BEGAN, JUNE),
        Place(team.id, union.other.id, JULY),
    ]
    # Said again, it changes nothing.
    store.tree.move(team.id, union.other.id, AUGUST)
    assert len(store.units.places(team.id)) == 2


def test_counts_what_came_before_a_unit_began_where_it_began(store: Store) -> None:
    union = found_union(store)
    late = store.units.add(replace(a_unit("MOI", union.unit.id), valid_from=AUGUST))
    count(store, union, late, JUNE)
    store.tree.move(late.id, union.other.id, TODAY)
    assert valid(store, union, union.unit, JUNE) == 1
    assert valid(store, union, union.root, JUNE) == 1
    assert valid(store, union, union.other, JUNE) == 0


def test_refuses_a_ring_on_the_days_before_a_unit_began(store: Store) -> None:
    union = found_union(store)
    late = store.units.add(replace(a_unit("MOI", union.unit.id), valid_from=AUGUST))
    older = below(store, late, "CU")
    store.tree.move(older.id, union.root.id, AUGUST)
    with pytest.raises(Rejected, match="tree_cycle"):
        store.tree.move(late.id, older.id, AUGUST)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (lambda s, u, t: s.tree.move(u.unit.id, t.id, TODAY), "tree_cycle"),
        (lambda s, u, t: s.tree.move(u.unit.id, u.unit.id, TODAY), "tree_cycle"),
        (lambda s, u, t: s.tree.merge(u.unit.id, t.id, TODAY), "tree_cycle"),
        (lambda s, u, t: s.tree.merge(u.unit.id, u.unit.id, TODAY), "tree_cycle"),
        (lambda s, u, t: s.tree.move(u.root.id, u.unit.id, TODAY), "tree_root"),
        (lambda s, u, t: s.tree.merge(u.root.id, u.unit.id, TODAY), "tree_root"),
        (lambda s, u, t: s.tree.close(u.root.id, TODAY), "tree_root"),
        (lambda s, u, t: s.tree.close(u.unit.id, TODAY), "tree_children"),
        (lambda s, u, t: s.tree.reopen(u.unit.id, TODAY), "tree_open"),
        (
            lambda s, u, t: s.tree.move(
                u.unit.id, u.other.id, TODAY + timedelta(days=1), today=TODAY
            ),
            "tree_future",
        ),
        (lambda s, u, t: s.tree.move(u.unit.id, u.other.id, date(2019, 1, 1)), "tree_early"),
    ],
)
def test_refuses(store: Store, what: object, code: str) -> None:
    union = found_union(store)
    team = below(store, union.unit, "TO1")
    before = store.units.all()
    with pytest.raises(Rejected) as refused:
        what(store, union, team)  # type: ignore[operator]  # a row of the table
    assert refused.value.code == code
    assert store.units.all() == before


def test_refuses_what_has_ended(store: Store) -> None:
    union = found_union(store)
    store.tree.close(union.unit.id, AUGUST)
    with pytest.raises(Rejected, match="tree_closed"):
        store.tree.close(union.unit.id, TODAY)
    for change in (store.tree.move, store.tree.merge):
        for unit, other in ((union.unit, union.other), (union.other, union.unit)):
            with pytest.raises(Rejected, match="tree_closed"):
                change(unit.id, other.id, TODAY)


def test_refuses_a_ring_on_a_past_day(store: Store) -> None:
    union = found_union(store)
    team = below(store, union.unit, "TO1")
    store.tree.move(team.id, union.root.id, AUGUST)
    store.tree.move(union.unit.id, team.id, AUGUST)
    store.tree.move(union.unit.id, union.root.id, AUGUST + timedelta(days=9))
    with pytest.raises(Rejected, match="tree_cycle"):
        store.tree.move(team.id, union.unit.id, AUGUST + timedelta(days=1))
