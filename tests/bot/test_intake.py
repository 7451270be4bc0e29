"""Intake: committed before confirmed, in order, and nothing poisonous stops it."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from bot.attempts import LEASE
from bot.intake import Intake, TryAgain
from domain.address import Address
from domain.message import Incoming
from domain.parcel import Parcel
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.outbox import Outbox, outbox, parcel


def update(n: int, text: str = "hi", chat: str = "a", **more: Any) -> bytes:
    """A raw update of the fake channel."""
    return json.dumps({"n": n, "chat": chat, "text": text, **more}).encode()


@dataclass
class Door:
    """An intake with a handler that repeats what was said, unless it is told to fail."""

    box: Outbox
    intake: Intake
    files: list[str]
    faults: dict[str, Exception] = field(default_factory=dict)

    async def dead(self) -> dict[str, str]:
        """Dead letters: key to fault."""
        letters = await self.box.turns.run(lambda store: store.inbox.dead_letters(1000))
        return {letter.key: letter.fault for letter in letters}


@asynccontextmanager
async def door(database: Database, channel: FakeChannel) -> AsyncIterator[Door]:
    """An intake on a real database."""
    async with outbox(database, channel) as box:
        faults: dict[str, Exception] = {}
        files: list[str] = []

        def respond(store: Store, said: Incoming, now: datetime) -> list[Parcel]:
            if not store.inbox.record(said.key, now):
                return []
            if fault := faults.get(said.text):
                raise fault
            answer = parcel(f"re:{said.key}", said.origin.chat)
            return store.parcels.add_all([answer], box.owner, now + LEASE)

        def apology(said: Incoming) -> Parcel:
            return parcel(f"sorry:{said.key}", said.origin.chat)

        intake = Intake(
            box.turns,
            box.delivery,
            respond,
            apology,
            box.clock,
            box.owner,
            on_files=lambda: files.append("woken"),
        )
        yield Door(box, intake, files, faults)
        await intake.close()


async def test_answers_in_order_and_once(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        raws = [update(n, chat=f"c{n % 20}") for n in range(100)]
        await d.intake.receive(channel, raws)
        await d.intake.receive(channel, raws)
        await d.box.delivery.drain()
        for chat in range(20):
            said = [f"re:fake:1:{n}" for n in range(100) if n % 20 == chat]
            assert channel.texts(f"c{chat}") == said


async def test_shares_commits_among_the_updates_of_one_poll(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        await d.intake.receive(channel, [update(n, chat=f"c{n}") for n in range(100)])
        assert d.box.turns.commits <= 4


async def test_returns_only_after_the_commit(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        await d.intake.receive(channel, [update(1)])
        with sqlite.session() as other:
            assert other.store.inbox.handled("fake:1:1")


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'{"n": 7}', "fake:1:7"),
        (b"\xff\x00 no json", "fake:1:sha256:"),
        (b"[]", "fake:1:sha256:"),
    ],
)
async def test_keeps_what_cannot_be_decoded_and_goes_on(
    sqlite: Database, raw: bytes, key: str
) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        await d.intake.receive(channel, [update(1, chat="a"), raw, b"null", update(2, chat="b")])
        await d.box.delivery.drain()
        assert sorted(channel.texts()) == ["re:fake:1:1", "re:fake:1:2"]
        letters = await d.box.turns.run(lambda store: store.inbox.dead_letters(10))
        assert [letter.body for letter in letters] == [raw]
        assert letters[0].key.startswith(key)


async def test_apologises_once_for_a_turn_that_fails(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        d.faults["bad"] = ValueError("quotes what the person said")
        for _ in range(2):
            await d.intake.receive(channel, [update(1), update(2, "bad"), update(3)])
        await d.box.delivery.drain()
        assert sorted(channel.texts()) == ["re:fake:1:1", "re:fake:1:3", "sorry:fake:1:2"]
        dead = await d.dead()
        assert list(dead) == ["fake:1:2"]
        assert dead["fake:1:2"].startswith("ValueError at test_intake.py")


async def test_asks_the_network_to_keep_updates_while_the_database_is_down(
    sqlite: Database,
) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        await d.box.turns.run(_pages(lambda used: used))
        with pytest.raises(TryAgain):
            await d.intake.receive(channel, [update(n, chat="x" * 4000) for n in range(20)])
        await d.box.turns.run(_pages(lambda used: 100_000))
        await d.intake.receive(channel, [update(n, chat="x" * 4000) for n in range(20)])
        assert await d.dead() == {}
        await d.box.drain_for(30)
        assert sorted(channel.texts()) == sorted(f"re:fake:1:{n}" for n in range(20))


async def test_stops_spinners_even_when_the_tap_was_handled_before(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        for _ in range(2):
            await d.intake.receive(channel, [update(1, tap="t1"), update(2)])
        await d.intake.close()
        assert channel.settled == ["t1", "t1"]


async def test_wakes_the_file_worker(sqlite: Database) -> None:
    channel = FakeChannel()
    async with door(sqlite, channel) as d:
        await d.intake.receive(channel, [update(1), update(2, files=["x"])])
        assert d.files == ["woken"]


async def test_survives_a_channel_that_cannot_even_name_the_update(sqlite: Database) -> None:
    class Broken(FakeChannel):
        def key_of(self, raw: bytes) -> str:
            raise RecursionError

    channel = Broken()
    async with door(sqlite, channel) as d:
        await d.intake.receive(channel, [b"{", update(1)])
        await d.box.delivery.drain()
        assert channel.delivered[0].to == Address("fake", "1", "a")
        assert len(await d.dead()) == 1


def _pages(most: Callable[[int], int]) -> Callable[[Store], None]:
    """A turn that sets how large the database may grow, from how large it is."""

    def limit(store: Store) -> None:
        connection = store.inbox._cursor.connection
        (used,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={most(used)}").close()

    return limit
