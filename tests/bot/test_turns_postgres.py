"""Turns on a database with many writers: reruns, order by chat, and lost connections."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.turns import Turns
from storage.engine import Database, open_database
from storage.store import Store
from tests.support.clock import START


@pytest.fixture
def postgresql(postgres_url: str) -> Iterator[Database]:
    """A fresh PostgreSQL database."""
    database = open_database(postgres_url)
    yield database
    database.close()


@asynccontextmanager
async def four(database: Database) -> AsyncIterator[Turns]:
    """Turns on four threads with a table to quarrel about."""
    async with Turns(database, threads=4, jitter=lambda: 0.0) as turns:
        await turns.run(lambda store: say(store, "CREATE TABLE counter (id int, value int)"))
        await turns.run(lambda store: say(store, "INSERT INTO counter VALUES (1, 0), (2, 0)"))
        yield turns


def say(store: Store, sql: str) -> Any:
    """Straight to the driver."""
    return store.inbox._cursor.connection.execute(sql)


async def test_runs_chats_side_by_side_and_each_in_order(postgresql: Database) -> None:
    seen: dict[str, list[int]] = {}
    threads: dict[str, set[str]] = {}

    async with four(postgresql) as turns:

        def note(chat: str, n: int) -> Callable[[Store], None]:
            def work(store: Store) -> None:
                seen.setdefault(chat, []).append(n)
                threads.setdefault(chat, set()).add(threading.current_thread().name)

            return work

        chats = [f"c{n % 20}" for n in range(400)]
        await asyncio.gather(*(turns.submit(note(chat, n), chat) for n, chat in enumerate(chats)))
    assert all(numbers == sorted(numbers) for numbers in seen.values())
    assert all(len(names) == 1 for names in threads.values())
    assert len(set.union(*threads.values())) > 1


async def test_runs_a_deadlocked_turn_again(postgresql: Database) -> None:
    both = threading.Barrier(2, timeout=10)

    def crossed(first: int, second: int) -> Any:
        met = False

        def work(store: Store) -> str:
            nonlocal met
            say(store, f"UPDATE counter SET value = value + 1 WHERE id = {first}")
            if not met:
                met = True
                both.wait()
            say(store, f"UPDATE counter SET value = value + 1 WHERE id = {second}")
            return "done"

        return work

    async with four(postgresql) as turns:
        ended = await asyncio.gather(
            turns.run(crossed(1, 2), chat=CHATS[0]), turns.run(crossed(2, 1), chat=CHATS[1])
        )
        assert list(ended) == ["done", "done"]
        assert turns.reruns >= 1
        values = await turns.run(lambda store: say(store, "SELECT value FROM counter").fetchall())
        assert values == [(2,), (2,)]


async def test_opens_a_new_connection_when_the_old_one_breaks(postgresql: Database) -> None:
    runs: list[int] = []

    def breaks(store: Store) -> bool:
        runs.append(1)
        store.inbox.record("kept", START)
        if len(runs) == 1:
            say(store, "SELECT pg_terminate_backend(pg_backend_pid())")
        return store.inbox.handled("kept")

    async with four(postgresql) as turns:
        assert await turns.run(breaks, chat="a") is True
        assert len(runs) == 2
        assert await turns.run(lambda store: store.inbox.handled("kept"), chat="a") is True


async def test_tells_a_lasting_fault_to_its_caller_at_once(postgresql: Database) -> None:
    async with four(postgresql) as turns:
        with pytest.raises(Exception, match="nowhere"):
            await turns.run(lambda store: say(store, "SELECT * FROM nowhere"), chat="a")
        assert turns.reruns == 0
        assert await turns.run(lambda store: store.inbox.record("a", START), chat="a")


async def test_shares_no_commits(postgresql: Database) -> None:
    async with four(postgresql) as turns:
        before = turns.commits
        await asyncio.gather(*(turns.submit(lambda store: None, "a") for _ in range(20)))
        assert turns.commits == before + 20


CHATS = ("c0", "c1")
"""Two chats whose turns run on different threads."""
