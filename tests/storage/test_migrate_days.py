"""Counts by day come through the migration that gives them phases, down and up."""

from datetime import date, timedelta

from domain.initiative import Status, Tally, moved
from domain.units import Place
from storage.engine import Session, open_database
from storage.entering import add_counts, change, enter
from storage.migrate import downgrade, migrate
from tests.support.union import NOW, Union, an_entry, found_union

TODAY = NOW.date()
JUNE = date(2026, 6, 30)


def test_gives_days_their_phases_by_a_recount(database_url: str) -> None:
    union, before = _fill(database_url)
    downgrade(database_url, "0004")
    assert migrate(database_url)
    with open_database(database_url).session() as session:
        session.begin()
        tallies, programme, root = session.store.tallies, union.programme.id, union.root.id
        early, late = (phase.id for phase in union.programme.phases)
        # Nothing of the whole programme is lost, and what has no phase yet is told.
        assert tallies.by_day(programme, root, JUNE) == before
        assert tallies.since(programme, root, JUNE, early) == Tally()
        assert tallies.of(programme, root, early).submitted == 1
        assert tallies.drift(programme, True) > 0
        assert tallies.recount(programme, True) > 0
        assert tallies.drift(programme, True) == 0
        assert tallies.by_day(programme, root, JUNE) == before
        assert tallies.since(programme, root, JUNE, early).submitted == 1
        assert tallies.since(programme, root, JUNE, late).valid == 1
        assert session.store.units.places(union.unit.id) == [
            Place(union.unit.id, union.root.id, union.unit.valid_from)
        ]
        session.rollback()


def test_needs_no_recount_where_there_are_no_phases(database_url: str) -> None:
    union, _ = _fill(database_url, phases=False)
    downgrade(database_url, "0004")
    migrate(database_url)
    with open_database(database_url).session() as session:
        session.begin()
        assert session.store.tallies.drift(union.programme.id, True) == 0
        session.rollback()


def _fill(url: str, *, phases: bool = True) -> tuple[Union, dict[date, Tally]]:
    """Two entries in two phases, one decided on another day than it came, and an ended unit."""
    with open_database(url).session() as session:
        session.begin()
        union = found_union(session.store)
        for number, day in enumerate((JUNE, TODAY)):
            _submit(session, union, day, number if phases else None)
        session.store.tree.close(union.unit.id, TODAY)
        days = session.store.tallies.by_day(union.programme.id, union.root.id, JUNE)
        session.commit()
    return union, days


def _submit(session: Session, union: Union, day: date, phase: int | None) -> None:
    at = NOW - (TODAY - day)
    in_phase = None if phase is None else union.programme.phases[phase].id
    entry = an_entry(union, phase=in_phase, recognised=True, submitted_at=at)
    added, counts = enter(session.store, entry, union.programme, day, at)
    add_counts(session.store, counts)
    if day == TODAY:
        day, at = day + timedelta(days=1), at + timedelta(days=1)
        valid = moved(added, Status.VALID)
        _, counts = change(session.store, added, valid, by=union.chair.id, at=at, day=day)
        add_counts(session.store, counts)
