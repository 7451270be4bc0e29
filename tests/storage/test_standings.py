"""Where units stand, as it is read from what is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.initiative import Tally
from domain.programme import Counted, Quota, QuotaKind
from domain.progress import Progress
from domain.ranking import Rank
from storage.standings import progress_of
from storage.store import Store
from tests.support.union import Union, a_unit, found_union

TODAY = date(2026, 11, 22)
"""In phase 2."""
OPENS = date(2026, 1, 1)


@pytest.fixture
def union(store: Store) -> Union:
    return found_union(store)


def assign(
    store: Store, union: Union, unit: int, target: int, phase: int = 0, **more: object
) -> None:
    values = {"kind": QuotaKind.ASSIGNED, "effective_from": OPENS} | more
    number = union.programme.phases[phase - 1].id if phase else None
    row = Quota(union.programme.id, number, unit, target=target, **values)  # type: ignore[arg-type]  # named above
    store.quotas.set(row)


def count(
    store: Store, union: Union, unit: int, valid: int, day: date = TODAY, more: int = 0
) -> None:
    phase = union.programme.phase_on(day)
    assert phase is not None
    change = Tally(submitted=valid + more, valid=valid, waiting=more)
    store.tallies.add(union.programme.id, phase.id, unit, day, change)


def look(store: Store, union: Union, unit: int, **more: object) -> Progress:
    found = store.units.get(unit)
    assert found is not None
    return progress_of(store, union.programme, found, TODAY, **more)  # type: ignore[arg-type]  # named by the caller


def test_goes_by_the_phase_that_runs_only_with_a_quota_of_its_own(
    store: Store, union: Union
) -> None:
    assign(store, union, union.unit.id, 40)
    count(store, union, union.unit.id, 3)
    count(store, union, union.unit.id, 5, date(2026, 2, 1))
    whole = look(store, union, union.unit.id)
    assert (whole.phase, whole.standing.count, whole.standing.target) == (None, 8, 40)
    assert whole.days_left == (date(2026, 12, 31) - TODAY).days + 1
    assign(store, union, union.unit.id, 20, phase=2)
    usual = look(store, union, union.unit.id)
    assert usual.phase == union.programme.phases[1]
    assert (usual.standing.count, usual.standing.target) == (3, 20)
    assert look(store, union, union.unit.id, phase=0).standing.count == 8
    first = look(store, union, union.unit.id, phase=union.programme.phases[0].id)
    assert (first.standing.count, first.standing.target, first.days_left) == (5, None, 0)


def test_counts_and_measures_as_the_programme_says(store: Store, union: Union) -> None:
    assign(store, union, union.unit.id, 10)
    assign(store, union, union.unit.id, 16, kind=QuotaKind.REGISTERED)
    assign(store, union, union.other.id, 5)
    count(store, union, union.unit.id, 2, more=6)
    changed = replace(union.programme, counts=Counted.SUBMITTED, against=QuotaKind.REGISTERED)
    union = replace(union, programme=changed)
    one = look(store, union, union.unit.id).standing
    assert (one.count, one.target, one.kind) == (8, 16, QuotaKind.REGISTERED)
    # Without a registered quota the other unit is measured by the assigned one.
    other = look(store, union, union.other.id).standing
    assert (other.target, other.kind) == (5, QuotaKind.ASSIGNED)
    children = {c.unit.id: c for c in look(store, union, union.root.id).children}
    assert children[union.unit.id].count == 8
    assert children[union.other.id].kind is QuotaKind.ASSIGNED


def test_ranks_among_siblings_and_in_the_cluster_with_ties(store: Store, union: Union) -> None:
    store.units.save(replace(union.unit, cluster="Cụm 1"))
    far = store.units.add(replace(a_unit("XA", union.other.id), cluster="Cụm 1"))
    for unit, target, valid in ((union.unit.id, 10, 5), (union.other.id, 20, 9), (far.id, 2, 1)):
        assign(store, union, unit, target)
        count(store, union, unit, valid)
    found = look(store, union, union.unit.id)
    # far counts for union.other too: 10 of 20 is the same share as 5 of 10.
    assert found.rank == Rank(by_share=1, ranked=2, by_count=2, all=2)
    assert found.cluster == ("Cụm 1", Rank(by_share=1, ranked=2, by_count=1, all=2))
    assert look(store, union, far.id).rank is None


def test_says_what_was_handed_down_and_who_has_nothing(store: Store, union: Union) -> None:
    third = store.units.add(a_unit("XB", union.root.id))
    assign(store, union, union.root.id, 100)
    assign(store, union, union.unit.id, 60)
    assign(store, union, union.other.id, 30)
    count(store, union, union.unit.id, 1)
    below = look(store, union, union.root.id).below
    assert (below.units, below.empty, below.handed_down) == (3, 2, 90)
    assert below.empty_names == (union.other.name, third.name)


def test_keeps_what_ended_units_count_for_apart(store: Store, union: Union) -> None:
    count(store, union, union.other.id, 4)
    store.units.save(replace(union.other, valid_to=TODAY - timedelta(days=1)))
    found = look(store, union, union.root.id)
    assert found.below.ended == ((union.other.name, 4),)
    assert [child.unit.id for child in found.children] == [union.unit.id]
    assert found.standing.count == 4


def test_tells_a_revision_from_a_first_quota(store: Store, union: Union) -> None:
    assign(store, union, union.unit.id, 35)
    assert look(store, union, union.unit.id).standing.revised is None
    later = date(2026, 6, 1)
    assign(store, union, union.unit.id, 40, effective_from=later, reason="Điều chỉnh giữa năm")
    assert look(store, union, union.unit.id).standing.revised == later
    before = look(store, union, union.unit.id, as_of=date(2026, 5, 31), phase=0)
    assert (before.standing.target, before.standing.revised) == (35, None)


def test_looks_back_to_the_end_of_a_day(store: Store, union: Union) -> None:
    assign(store, union, union.unit.id, 10)
    assign(store, union, union.other.id, 10)
    count(store, union, union.unit.id, 2, date(2026, 8, 1))
    count(store, union, union.other.id, 1, date(2026, 8, 2))
    count(store, union, union.other.id, 5)
    then = look(store, union, union.other.id, as_of=date(2026, 8, 2))
    assert (then.standing.count, then.week.valid, then.past) == (1, 1, date(2026, 8, 2))
    assert then.rank == Rank(by_share=2, ranked=2, by_count=2, all=2)
    assert then.projection is None
    root = look(store, union, union.root.id, as_of=date(2026, 8, 1))
    assert [(c.unit.id, c.count) for c in root.children] == [
        (union.unit.id, 2),
        (union.other.id, 0),
    ]
    assert look(store, union, union.other.id).rank == Rank(1, 2, 1, 2)


def test_foretells_once_there_are_two_weeks(store: Store, union: Union) -> None:
    assign(store, union, union.unit.id, 100)
    for days in range(12):
        count(store, union, union.unit.id, 1, TODAY - timedelta(days=days))
    assert look(store, union, union.unit.id).projection is None
    count(store, union, union.unit.id, 3, TODAY - timedelta(days=20))
    found = look(store, union, union.unit.id).projection
    assert found is not None and found.weeks == 3
    assert 15 <= found.low < found.high


def test_foretells_by_the_phase_alone(store: Store, union: Union) -> None:
    assign(store, union, union.unit.id, 100, phase=2)
    count(store, union, union.unit.id, 50, date(2026, 6, 20))
    count(store, union, union.unit.id, 1, TODAY)
    assert look(store, union, union.unit.id).projection is None
