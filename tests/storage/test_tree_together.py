"""Several processes' worth of writers on PostgreSQL: units move while people submit."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from domain.errors import Rejected
from domain.initiative import Status, moved
from storage.engine import Database, Session, is_retryable
from storage.entering import add_counts, change, enter
from storage.store import Store
from tests.support.threads import side_by_side
from tests.support.union import MEMBER, MEMBER_CHAT, NOW, Union, a_unit, an_entry, found_union

TODAY = NOW.date()
ENTRIES, MOVES = 60, 40


def test_loses_no_entry_and_no_count_while_units_move(postgres: Database) -> None:
    with postgres.session() as session:
        session.begin()
        union = found_union(session.store)
        units = plant(session.store, union)
        session.commit()

    def submit(seed: int, address: bool) -> None:
        random = Random(seed)

        def once(store: Store) -> None:
            if address:
                store.conversations.enter(MEMBER_CHAT, MEMBER)
            entry = an_entry(union, unit=random.choice(units), recognised=True)
            added, counts = enter(store, entry, union.programme, TODAY, NOW)
            add_counts(store, counts)
            after = replace(moved(added, Status.VALID), unit=random.choice(units))
            _, counts = change(store, added, after, by=union.chair.id, at=NOW, day=TODAY)
            add_counts(store, counts)

        with postgres.session() as session:
            for _ in range(ENTRIES):
                turn(session, once)

    def shake(seed: int) -> None:
        random = Random(seed)

        def once(store: Store) -> None:
            unit, other = random.sample(units, 2)
            whole = random.random()
            if whole < 0.1:
                store.tree.merge(unit, other, TODAY)
            elif whole < 0.2:
                store.tree.reopen(unit, TODAY)
            elif whole < 0.3:
                store.units.add(a_unit(f"N{seed}.{random.random()}", unit))
            else:
                store.tree.move(unit, other, TODAY)

        with postgres.session() as session:
            for _ in range(MOVES):
                turn(session, once)

    side_by_side(
        lambda: submit(1, True), lambda: submit(2, False), lambda: shake(3), lambda: shake(4)
    )
    with postgres.session() as session:
        session.begin()
        tallies, programme = session.store.tallies, union.programme.id
        assert tallies.of(programme, union.root.id).submitted == 2 * ENTRIES
        assert tallies.drift(programme, True) == 0
        assert len(session.store.units.places(units[0])) >= 1
        session.rollback()


def plant(store: Store, union: Union) -> list[int]:
    """Ten units, two of them deep."""
    units = [store.units.add(a_unit(f"U{number}", union.root.id)).id for number in range(8)]
    units += [store.units.add(a_unit(f"V{unit}", unit)).id for unit in units[:2]]
    return units


def turn(session: Session, work: Callable[[Store], None]) -> None:
    """One transaction, again where the database asks for it."""
    while True:
        session.begin()
        try:
            work(session.store)
            session.commit()
        except Rejected:
            session.rollback()
        except Exception as error:
            session.rollback()
            if not is_retryable(error):
                raise
            continue
        return
