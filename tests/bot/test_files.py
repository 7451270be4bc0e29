"""Files: fetched at once, kept by content, given up aloud."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.attempts import LEASE
from bot.channel import NotAccepted, TryLater, Unsure
from bot.files import Files
from bot.shelf import drop, get, place, put
from domain.evidence import Evidence, EvidenceState
from domain.message import FileRef
from domain.parcel import Parcel
from storage.engine import Database
from storage.store import Store
from tests.support.channels import FakeChannel
from tests.support.clock import START
from tests.support.outbox import Outbox, outbox, parcel


@dataclass
class Desk:
    """A file worker, its outbox and its directory."""

    box: Outbox
    files: Files
    root: Path

    async def expect(self, ref: str) -> int:
        """As a turn does when somebody sent a file."""
        file = FileRef(ref, "photo")
        return await self.box.turns.run(
            lambda store: store.files.expect(file, "fake", "1", None, None, START)
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

        files = Files(box.turns, box.delivery, box.channels, root, box.clock, lambda: 0.5, lost)
        yield Desk(box, files, root)
        await files.close()


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
