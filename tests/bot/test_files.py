"""Files: fetched at once, kept by content, given up aloud."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.attempts import LEASE
from bot.channel import NotAccepted, TryLater, Unsure
from bot.files import MOST_ATTEMPTS, Files
from bot.shelf import drop, get, place, put
from domain.evidence import Evidence, EvidenceState, Purpose
from domain.message import FileRef
from domain.parcel import Parcel
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import Outbox, outbox, parcel


class Desk:
    """A file worker, its outbox and its directory."""

    files: Files

    def __init__(self, box: Outbox, root: Path) -> None:
        self.box, self.root = box, root
        self.taken: list[bytes] = []
        self.readable = True

    async def take(self, file: Evidence) -> None:
        """Read what was sent to be read, and forget it."""
        if not self.readable:
            raise RuntimeError("unreadable")
        await self.box.turns.run(lambda store: store.files.drop(file.id))

    async def expect(self, ref: str, purpose: Purpose = Purpose.EVIDENCE) -> int:
        """As a turn does when somebody sent a file."""
        file = FileRef(ref, "photo")
        return await self.box.turns.run(
            lambda store: store.files.expect(file, "fake", "1", None, None, START, purpose=purpose)
        )

    async def get(self, id: int) -> Evidence:
        """What the table says of it."""
        found = await self.box.turns.run(lambda store: store.files.get(id))
        assert found is not None
        return found


@asynccontextmanager
async def desk(database: Database, channel: FakeChannel, root: Path) -> AsyncIterator[Desk]:
    """A worker that apologises to chat "a"."""
    async with outbox(database, channel) as box:

        def lost(store: Store, file: Evidence, now: datetime) -> list[Parcel]:
            return store.parcels.add_all([parcel(f"lost:{file.id}")], box.owner, now + LEASE)

        made = Desk(box, root)

        async def take(file: Evidence, content: bytes) -> None:
            made.taken.append(content)
            await made.take(file)

        made.files = Files(
            box.turns, box.delivery, box.channels, root, box.clock, lambda: 0.5, lost, take
        )
        yield made
        await made.files.close()


async def test_fetches_and_keeps_a_file_by_its_content(sqlite: Database, tmp_path: Path) -> None:
    channel = FakeChannel()
    channel.files = {"x": b"photo", "y": b"photo"}
    async with desk(sqlite, channel, tmp_path / "files") as d:
        ids = [await d.expect("x"), await d.expect("y")]
        await d.files.drain()
        found = [await d.get(id) for id in ids]
        digest = hashlib.sha256(b"photo").hexdigest()
        assert [(f.state, f.digest, f.size) for f in found] == [
            (EvidenceState.STORED, digest, 5)
        ] * 2
        assert get(d.root, digest) == b"photo"
        assert [p for p in d.root.rglob("*") if p.is_file()] == [place(d.root, digest)]


async def test_says_so_when_the_link_is_dead(sqlite: Database, tmp_path: Path) -> None:
    channel = FakeChannel()
    channel.files = {"x": NotAccepted("gone")}
    async with desk(sqlite, channel, tmp_path) as d:
        id = await d.expect("x")
        await d.files.drain()
        await d.box.delivery.drain()
        assert (await d.get(id)).state is EvidenceState.FAILED
        assert channel.texts("a") == [f"lost:{id}"]


@pytest.mark.parametrize("fault", [TryLater(20), TryLater(), Unsure()])
async def test_tries_again_later_and_then_gives_up(
    sqlite: Database, tmp_path: Path, fault: TryLater | Unsure
) -> None:
    channel = FakeChannel()
    channel.files = {"x": fault, "y": b"fine"}
    async with desk(sqlite, channel, tmp_path) as d:
        bad, good = await d.expect("x"), await d.expect("y")
        await d.files.drain()
        assert (await d.get(bad)).state is EvidenceState.WAITING
        assert (await d.get(good)).state is EvidenceState.STORED
        for _ in range(6):
            d.box.clock.move(3600)
            await d.files.drain()
        await d.box.delivery.drain()
        assert (await d.get(bad)).state is EvidenceState.FAILED
        assert channel.texts("a") == [f"lost:{bad}"]


async def test_takes_up_what_a_crash_left(sqlite: Database, tmp_path: Path) -> None:
    channel = FakeChannel()
    channel.files = {"x": TryLater()}
    async with desk(sqlite, channel, tmp_path) as d:
        id = await d.expect("x")
        await d.files.drain()
    channel.files = {"x": b"back"}
    async with desk(sqlite, channel, tmp_path) as d:
        await d.files.drain()
        assert (await d.get(id)).state is EvidenceState.STORED


async def test_goes_on_after_a_fault_of_its_own(sqlite: Database, tmp_path: Path) -> None:
    channel = FakeChannel()
    channel.files = {"y": b"fine"}
    async with desk(sqlite, channel, tmp_path) as d:
        bad, good = await d.expect("unknown to the fake"), await d.expect("y")
        await d.files.drain()
        assert (await d.get(bad)).state is EvidenceState.WAITING
        assert (await d.get(good)).state is EvidenceState.STORED


def test_keeps_one_copy_and_replaces_half_a_file(tmp_path: Path) -> None:
    digest = put(tmp_path, b"content")
    place(tmp_path, digest).write_bytes(b"con")
    assert put(tmp_path, b"content") == digest
    assert get(tmp_path, digest) == b"content"
    drop(tmp_path, digest)
    drop(tmp_path, digest)
    assert not place(tmp_path, digest).exists()


async def test_hands_over_what_was_sent_to_be_read_and_keeps_nothing(
    sqlite: Database, tmp_path: Path
) -> None:
    channel = FakeChannel()
    channel.files = {"x": b"workbook"}
    async with desk(sqlite, channel, tmp_path / "files") as d:
        id = await d.expect("x", Purpose.REVIEW)
        await d.files.drain()
        assert d.taken == [b"workbook"]
        assert await d.box.turns.run(lambda store: store.files.get(id)) is None
        assert not (tmp_path / "files").exists()


async def test_forgets_what_was_sent_to_be_read_when_its_link_is_dead(
    sqlite: Database, tmp_path: Path
) -> None:
    channel = FakeChannel()
    channel.files = {"x": NotAccepted("gone")}
    async with desk(sqlite, channel, tmp_path) as d:
        id = await d.expect("x", Purpose.REVIEW)
        await d.files.drain()
        await d.box.delivery.drain()
        assert await d.box.turns.run(lambda store: store.files.get(id)) is None
        assert channel.texts("a") == [f"lost:{id}"]


async def test_gives_up_what_ends_every_reading_of_it(sqlite: Database, tmp_path: Path) -> None:
    channel = FakeChannel()
    channel.files = {"x": b"poison"}
    async with desk(sqlite, channel, tmp_path) as d:
        d.readable = False
        id = await d.expect("x", Purpose.REVIEW)
        for _ in range(8):
            await d.files.drain()
            d.box.clock.move(3600)
        await d.box.delivery.drain()
        assert len(d.taken) == MOST_ATTEMPTS - 1
        assert channel.texts("a") == [f"lost:{id}"]
