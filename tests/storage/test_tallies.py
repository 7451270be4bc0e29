"""Counts stay equal to what a fresh count of all entries says, whatever happens in between."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.initiative import MOVES, Initiative, Move, Status, Tally, tally
from storage.engine import Database, Session
from storage.store import Store
from storage.tallies import utc_day
from tests.support.threads import side_by_side
from tests.support.union import NOW, Union, a_unit, an_entry, found_union

DAY = date(2026, 11, 22)


def test_counts_for_the_unit_and_all_above_it(store: Store) -> None:
    union = found_union(store)
    below = store.units.add(a_unit("TO1", union.unit.id))
    early, late = (phase.id for phase in union.programme.phases)
    add, of = store.tallies.add, store.tallies.of
    programme = union.programme.id
    add(programme, late, below.id, DAY, Tally(submitted=1, waiting=1))
    add(programme, late, below.id, DAY, Tally(valid=1, waiting=-1, benefit=5_000_000_000_000))
    add(programme, early, union.other.id, DAY - timedelta(days=9), Tally(submitted=1, invalid=1))
    add(programme, None, union.other.id, DAY, Tally())

    mine = Tally(submitted=1, valid=1, benefit=5_000_000_000_000)
    assert of(programme, below.id, late) == of(programme, union.unit.id) == mine
    assert of(programme, union.root.id) == mine + Tally(submitted=1, invalid=1)
    assert of(programme, union.root.id, early) == Tally(submitted=1, invalid=1)
    assert of(programme, union.other.id, late) == Tally()
    assert of(programme + 1, union.root.id) == Tally()
    assert store.tallies.of_children(programme, union.root.id) == {
        union.unit.id: mine,
        union.other.id: Tally(submitted=1, invalid=1),
    }
    assert store.tallies.of_children(programme, union.root.id, late) == {union.unit.id: mine}
    assert store.tallies.since(programme, union.root.id, DAY) == mine
    assert store.tallies.since(programme, union.root.id, DAY + timedelta(days=1)) == Tally()
    assert store.tallies.by_day(programme, union.root.id, DAY - timedelta(days=30)) == {
        DAY - timedelta(days=9): Tally(submitted=1, invalid=1),
        DAY: mine,
    }


def test_finds_and_mends_what_has_drifted(store: Store) -> None:
    union = found_union(store)
    programme = union.programme.id
    entry = submit(store, an_entry(union))
    assert store.tallies.recount(programme, True) == 0
    store.tallies.add(programme, entry.phase, union.other.id, DAY, Tally(submitted=3))
    assert store.tallies.recount(programme, True) == 4
    assert store.tallies.of(programme, union.root.id) == tally(entry, True)
    assert store.tallies.of(programme, union.other.id) == Tally()
    assert store.tallies.since(programme, union.root.id, date(2000, 1, 1)) == tally(entry, True)
    assert store.tallies.recount(programme, True) == 0


def test_counts_by_another_rule_when_the_programme_changes_it(store: Store) -> None:
    union = found_union(store)
    entry = submit(store, an_entry(union))
    change(store, entry, replace(entry, status=Status.VALID))
    assert store.tallies.of(union.programme.id, union.root.id).valid == 0
    assert store.tallies.recount(union.programme.id, False) == 4
    assert store.tallies.of(union.programme.id, union.root.id).valid == 1


def test_loses_no_count_when_many_write(database: Database) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        session.commit()

    def write(unit: int) -> None:
        with database.session() as session:
            for _ in range(12):
                session.begin()
                submit(session.store, an_entry(union, unit=unit))
                session.commit()

    side_by_side(
        lambda: write(union.unit.id), lambda: write(union.other.id), lambda: write(union.root.id)
    )
    with database.session() as session:
        session.begin()
        programme = union.programme.id
        assert session.store.tallies.of(programme, union.root.id).submitted == 36
        assert session.store.tallies.recount(programme, True) == 0
        session.rollback()


def submit(store: Store, entry: Initiative) -> Initiative:
    """Do what a turn does when an entry comes in."""
    added = store.initiatives.add(entry)
    store.initiatives.note_move(added.id, Move(added.status, added.author, added.submitted_at))
    store.tallies.add(
        added.programme, added.phase, added.unit, utc_day(added.submitted_at), tally(added, True)
    )
    return added


def change(store: Store, before: Initiative, after: Initiative, days: int = 1) -> None:
    """Do what a turn does when an entry changes."""
    at = before.submitted_at + timedelta(days=days)
    store.initiatives.save(after)
    if after.status is not before.status:
        store.initiatives.note_move(after.id, Move(after.status, after.author, at))
    store.tallies.add(
        after.programme,
        after.phase,
        after.unit,
        utc_day(at),
        tally(after, True) - tally(before, True),
    )


STEP = st.tuples(
    st.integers(0, 6),
    st.sampled_from(list(Status)),
    st.integers(0, 2),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 10**12)),
    st.booleans(),
)


@pytest.fixture
def union(store: Store) -> Iterator[Union]:
    """A union that stays while everything after it is undone."""
    yield found_union(store)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, max_size=25))
def test_agrees_with_a_fresh_count_after_anything(
    session: Session, union: Union, steps: list[tuple[int, Status, int, bool, int | None, bool]]
) -> None:
    store = session.store
    session.savepoint()
    units = (union.root.id, union.unit.id, union.other.id)
    phases = (None, *(phase.id for phase in union.programme.phases))
    entries: list[Initiative] = []
    for place, status, unit, recognised, benefit, undo in steps:
        if place >= len(entries):
            submitted_at = NOW - timedelta(days=place)
            entry = an_entry(
                union,
                unit=units[unit],
                phase=phases[unit],
                benefit=benefit,
                recognised=recognised,
                submitted_at=submitted_at,
            )
            entries.append(submit(store, entry))
            continue
        before = entries[place]
        to = status if status in MOVES[before.status] else before.status
        after = replace(before, status=to, recognised=recognised, benefit=benefit)
        change(store, before, after, days=unit)
        entries[place] = after
        if undo:
            change(store, after, before, days=unit)
            entries[place] = before
    assert store.tallies.recount(union.programme.id, True) == 0
    whole = sum((tally(entry, True) for entry in entries), Tally())
    assert store.tallies.of(union.programme.id, union.root.id) == whole
    assert store.tallies.since(union.programme.id, union.root.id, date(2000, 1, 1)) == whole
    session.rollback_to()
