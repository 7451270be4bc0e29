"""Whatever happens to entries and to the tree, kept counts are those of a plain account."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from storage.engine import Database, Session
from tests.storage.forest import Forest
from tests.support.union import Union, found_union

STEPS = 16
"""How many kinds of things may happen."""


class Happenings(RuleBasedStateMachine):
    """Random steps, from a union that is put back to its beginning each time."""

    def __init__(self, session: Session, union: Union) -> None:
        super().__init__()
        self.session = session
        session.savepoint()
        self.forest = Forest(session.store, union, Random(0))

    @rule(kind=st.integers(0, STEPS - 1), chosen=st.randoms(use_true_random=False))
    def something_happens(self, kind: int, chosen: Random) -> None:
        self.forest.random = chosen
        self.forest.steps[kind]()

    @rule(chosen=st.randoms(use_true_random=False), days=st.lists(st.integers(0, 39), max_size=3))
    def somebody_looks(self, chosen: Random, days: list[int]) -> None:
        self.forest.random = chosen
        self.forest.check(days)

    def teardown(self) -> None:
        try:
            self.forest.check([0, self.forest.today])
        finally:
            self.session.rollback_to()


def play(database: Database, examples: int, steps: int) -> None:
    with database.session() as session:
        session.begin()
        union = found_union(session.store)

        class Here(Happenings):
            def __init__(self) -> None:
                super().__init__(session, union)

        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                suppress_health_check=list(HealthCheck),
            ),
        )
        session.rollback()


def test_agrees_with_a_plain_account(sqlite: Database) -> None:
    play(sqlite, 60, 50)


def test_agrees_on_postgres_too(postgres: Database) -> None:
    play(postgres, 10, 25)


@pytest.mark.parametrize("seed", [1, 2])
def test_shows_no_drift_after_ten_thousand_steps(sqlite: Database, seed: int) -> None:
    random = Random(seed)
    with sqlite.session() as session:
        session.begin()
        forest = Forest(session.store, found_union(session.store), random, 0.06)
        for batch in range(500):
            session.savepoint()
            before = forest.remember()
            for _ in range(20):
                step: Callable[[], None] = random.choice(forest.steps)
                step()
            if random.random() < 0.2:
                session.rollback_to()
                forest.come_back(before)
            else:
                session.release()
            if batch % 125 == 0:
                forest.check([random.randrange(40)])
        forest.check([*range(0, 40, 13)])
        session.rollback()
