"""Turns: one transaction each, shared commits, and what happens when the database refuses."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.turns import Turns
from storage.engine import Database
from storage.store import Store
from tests.support.clock import START


def took(key: str) -> Callable[[Store], bool]:
    """A turn that takes an inbox key."""
    return lambda store: store.inbox.record(key, START)


def has(*keys: str) -> Callable[[Store], list[bool]]:
    """A turn that tells which keys are taken."""
    return lambda store: [store.inbox.handled(key) for key in keys]


def execute(store: Store, sql: str) -> Any:
    """Say it straight to the database, for faults that no repository makes."""
    return store.inbox._cursor.connection.execute(sql)


class Gate:
    """Keeps the turn thread busy so that turns pile up behind it."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.leave = threading.Event()

    def __call__(self, store: Store) -> None:
        self.entered.set()
        assert self.leave.wait(10)


async def pile_up(turns: Turns, *works: Callable[[Store], Any], alone: int = -1) -> list[Any]:
    """Run these as if they had all been waiting at the same moment."""
    gate = Gate()
    first = turns.submit(gate)
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = [turns.submit(work, alone=n == alone) for n, work in enumerate(works)]
    gate.leave.set()
    await first
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_returns_what_the_turn_returned_after_committing_it(sqlite: Database) -> None:
    async with Turns(sqlite) as turns:
        assert await turns.run(took("a")) is True
        with sqlite.session() as other:
            assert other.store.inbox.handled("a")


async def test_shares_one_commit_among_turns_that_wait(sqlite: Database) -> None:
    async with Turns(sqlite) as turns:
        ended = await pile_up(turns, *(took(f"k{n}") for n in range(50)))
        assert ended == [True] * 50
        assert turns.commits == 2


async def test_shares_at_most_as_many_as_it_is_told(sqlite: Database) -> None:
    async with Turns(sqlite, most_shared=10) as turns:
        await pile_up(turns, *(took(f"k{n}") for n in range(50)))
        assert turns.commits == 1 + 5


async def test_keeps_a_long_turn_to_itself(sqlite: Database) -> None:
    async with Turns(sqlite) as turns:
        await pile_up(turns, *(took(f"k{n}") for n in range(5)), alone=2)
        assert turns.commits == 1 + 3


async def test_runs_in_the_order_of_submission(sqlite: Database) -> None:
    seen: list[int] = []
    async with Turns(sqlite) as turns:
        await pile_up(turns, *((lambda _, n=n: seen.append(n)) for n in range(30)), alone=7)
    assert seen == list(range(30))


async def test_undoes_a_failed_turn_alone_and_tells_only_its_caller(sqlite: Database) -> None:
    def fails(store: Store) -> None:
        store.inbox.record("bad", START)
        raise KeyError("handler")

    async with Turns(sqlite) as turns:
        ended = await pile_up(turns, took("a"), fails, took("b"))
        assert ended[0] is ended[2] is True
        assert isinstance(ended[1], KeyError)
        assert turns.commits == 2
        assert await turns.run(has("a", "bad", "b")) == [True, False, True]


async def test_runs_each_alone_after_a_database_error_in_the_group(sqlite: Database) -> None:
    def breaks(store: Store) -> None:
        store.inbox.record("bad", START)
        execute(store, "INSERT INTO inbox (key, handled_at) VALUES ('bad', 0)")

    runs: list[str] = []

    def counted(store: Store) -> bool:
        runs.append("a")
        return store.inbox.record("a", START)

    async with Turns(sqlite) as turns:
        ended = await pile_up(turns, counted, breaks, took("b"))
        assert ended[0] is ended[2] is True
        assert isinstance(ended[1], sqlite3.IntegrityError)
        assert runs == ["a", "a"]
        assert turns.commits == 3
        assert await turns.run(has("a", "bad", "b")) == [True, False, True]


async def test_survives_a_full_disk_that_rolls_back_the_whole_group(sqlite: Database) -> None:
    def limit(pages: int) -> Callable[[Store], None]:
        return lambda store: execute(store, f"PRAGMA max_page_count={pages}").close()

    def fills(store: Store) -> None:
        for n in range(2000):
            store.inbox.record(f"{n}" * 200, START)

    def swallows(store: Store) -> str:
        try:
            fills(store)
        except sqlite3.OperationalError:
            return "thought all was well"
        return "had room"

    async with Turns(sqlite) as turns:
        pages = await turns.run(lambda store: execute(store, "PRAGMA page_count").fetchone()[0])
        await turns.run(limit(pages + 20))
        ended = await pile_up(turns, took("a"), fills, took("b"), swallows, took("c"))
        assert ended[0] is ended[2] is ended[4] is True
        assert isinstance(ended[1], sqlite3.OperationalError)
        assert isinstance(ended[3], Exception)
        assert await turns.run(has("a", "b", "c", "1" * 200)) == [True, True, True, False]
        await turns.run(limit(100_000))
        assert await turns.run(swallows) == "had room"


async def test_tells_a_failed_commit_to_its_caller_alone(sqlite: Database) -> None:
    def deferred(store: Store) -> None:
        # Checked at the commit and not before.
        execute(store, "PRAGMA defer_foreign_keys=ON")
        execute(store, "INSERT INTO orphan VALUES (42)")

    async with Turns(sqlite) as turns:
        await turns.run(
            lambda store: execute(
                store, "CREATE TABLE orphan (id INTEGER REFERENCES person (id))"
            ).close()
        )
        ended = await pile_up(turns, took("a"), deferred, took("b"))
        assert ended[0] is ended[2] is True
        assert isinstance(ended[1], sqlite3.IntegrityError)


async def test_waits_for_another_process_that_holds_the_lock(sqlite: Database) -> None:
    other = sqlite.session()
    other.begin()
    other.store.inbox.record("theirs", START)
    async with Turns(sqlite) as turns:
        ours = turns.submit(took("ours"))
        other.commit()
        assert await ours is True
        assert await turns.run(has("theirs", "ours")) == [True, True]
    other.close()


@pytest.mark.parametrize("fault", [StopIteration(), SystemExit(3), KeyboardInterrupt()])
async def test_outlives_a_turn_that_raises_what_futures_refuse(
    sqlite: Database, fault: BaseException
) -> None:
    def raises(store: Store) -> None:
        raise fault

    async with Turns(sqlite) as turns:
        job = turns.submit(raises)
        while not job.done():
            await turns.run(took("x"))
        assert isinstance(job.exception(), RuntimeError | SystemExit | KeyboardInterrupt)
        assert await turns.run(has("x")) == [True]


async def test_runs_a_turn_whose_caller_has_gone(sqlite: Database) -> None:
    async with Turns(sqlite) as turns:
        turns.submit(took("a")).cancel()
        assert await turns.run(has("a")) == [True]


async def test_runs_what_waits_before_it_closes(sqlite: Database) -> None:
    turns = Turns(sqlite)
    await turns.start()
    waiting = [turns.submit(took(f"k{n}")) for n in range(200)]
    await turns.close()
    assert await asyncio.gather(*waiting) == [True] * 200
    with pytest.raises(RuntimeError, match="not running"):
        turns.submit(took("late"))


async def test_says_so_when_the_database_cannot_be_opened(sqlite: Database) -> None:
    def refuse() -> Any:
        raise sqlite3.OperationalError("unable to open database file")

    sqlite.session = refuse  # type: ignore[method-assign]  # a directory without rights, as root
    with pytest.raises(sqlite3.OperationalError):
        await Turns(sqlite).start()
