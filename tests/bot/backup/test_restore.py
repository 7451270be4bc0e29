"""What is there is set aside, and a backup that is not whole changes nothing."""

import gzip
import io
import random
import tarfile
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bot.alone import hold
from bot.backup.archive import Writer, inspect
from bot.backup.manifest import Manifest
from domain.message import Outgoing
from domain.parcel import Lane, Parcel, ParcelState, Resend
from storage.engine import open_database
from storage.migrate import at_head, downgrade
from tests.bot.backup.conftest import Operator
from tests.support.union import MEMBER_CHAT, NOW, Union

HEAD = 10
"""Bytes at the start of a gzip file that say nothing of what is in it."""


@pytest.fixture
def archive(operator: Operator, union: Union) -> Path:
    """A backup of three entries with a photo each; a fourth came after it."""
    operator.writes(union, 3)
    assert operator.gives("backup", "b.tar.gz")[0] == 0
    operator.writes(union, 1, first=3)
    return operator.folder / "b.tar.gz"


def entries(operator: Operator, url: str = "") -> int:
    database = open_database(url or operator.url)
    with database.reader() as session:
        session.begin()
        count = len(session.store.files.of_person(1))
        session.rollback()
    database.close()
    return count


def test_sets_aside_what_was_there(operator: Operator, archive: Path) -> None:
    photos = {path.name for path in operator.shelf.rglob("*") if path.is_file()}
    code, out, err = operator.gives("restore", "b.tar.gz")
    assert (code, err, out.count("được giữ lại ở")) == (0, "", 2)
    assert entries(operator) == 3
    [aside] = [p for p in operator.data.glob("*.sqlite3-before-restore-*") if p.suffix[1:2] == "s"]
    assert entries(operator, f"sqlite:///{aside}") == 4
    [files] = operator.data.glob("files-before-restore-*")
    assert {path.name for path in files.rglob("*") if path.is_file()} == photos
    assert len([path for path in operator.shelf.rglob("*") if path.is_file()]) == 3
    assert list(operator.data.glob(".sangkien*")) == []


def test_takes_along_what_was_not_yet_in_the_file(operator: Operator, archive: Path) -> None:
    kept = operator.data / "sangkien.sqlite3"
    writer = open_database(operator.url).session()
    writer.begin()
    writer.store.audit.note(None, "said", "test", NOW)
    writer.commit()
    wal = kept.with_name(f"{kept.name}-wal").read_bytes()
    assert wal
    operator.gives("restore", "b.tar.gz")
    [aside] = operator.data.glob("*-wal")
    assert ("before-restore" in aside.name, aside.read_bytes()) == (True, wal)
    writer.close()
    assert entries(operator) == 3


def test_restores_where_nothing_is(operator: Operator, archive: Path, tmp_path: Path) -> None:
    code, out, _ = operator.gives("restore", "b.tar.gz", "--to", "there")
    assert (code, "được giữ lại" in out) == (0, False)
    assert entries(operator, f"sqlite:///{operator.folder / 'there' / 'sangkien.sqlite3'}") == 3
    assert entries(operator) == 4


def test_refuses_while_the_bot_runs(operator: Operator, archive: Path) -> None:
    before = operator.seen()
    with hold(operator.data / "sangkien.sqlite3", ""):
        code, _, err = operator.gives("restore", "b.tar.gz")
    assert (code, "Hãy dừng bot đó trước" in err) == (1, True)
    assert operator.seen() == before


def test_only_looks_when_asked_to(operator: Operator, archive: Path) -> None:
    before = operator.seen()
    with hold(operator.data / "sangkien.sqlite3", ""):
        code, out, _ = operator.gives("restore", "b.tar.gz", "--check")
    assert (code, "nguyên vẹn: 2 người, 3 sáng kiến, 3 tệp" in out) == (0, True)
    assert operator.seen() == before


def test_refuses_an_archive_cut_off_anywhere(operator: Operator, archive: Path) -> None:
    whole = archive.read_bytes()
    before = operator.seen()
    places = random.Random(1).sample(range(len(whole)), 12)
    for place in (0, HEAD, len(whole) - 8, len(whole) - 1, *places):
        archive.write_bytes(whole[:place])
        _refused(operator, before | {archive.name: whole[:place]})


def test_refuses_an_archive_with_one_byte_changed(operator: Operator, archive: Path) -> None:
    whole = archive.read_bytes()
    before = operator.seen()
    places = random.Random(2).sample(range(HEAD, len(whole)), 20)
    for place in (HEAD, len(whole) - 5, len(whole) - 1, *places):
        changed = bytes((*whole[:place], whole[place] ^ 0x10, *whole[place + 1 :]))
        archive.write_bytes(changed)
        _refused(operator, before | {archive.name: changed})


def _refused(operator: Operator, before: dict[str, bytes]) -> None:
    code, _, err = operator.gives("restore", "b.tar.gz")
    assert (code, "đã hỏng" in err or "không bao giờ ghi" in err) == (1, True), err
    assert operator.seen() == before


def test_brings_an_older_database_up_to_date(operator: Operator, archive: Path) -> None:
    downgrade(operator.url, "0003")
    operator.gives("backup", "old.tar.gz")
    assert operator.gives("restore", "old.tar.gz")[0] == 0
    assert at_head(operator.url)
    assert entries(operator) == 4


def test_says_no_push_again_that_may_have_gone_out_since(operator: Operator, union: Union) -> None:
    database = open_database(operator.url)
    with database.session() as session:
        session.begin()
        add = session.store.parcels.add
        add(Parcel("post", MEMBER_CHAT, Outgoing("a"), NOW, resend=Resend.NEVER, lane=Lane.PUSH))
        add(Parcel("receipt", MEMBER_CHAT, Outgoing("b"), NOW))
        session.commit()
    operator.gives("backup", "b.tar.gz")
    operator.gives("restore", "b.tar.gz")
    with database.session() as session:
        session.begin()
        known = [session.store.parcels.get_by_key(key) for key in ("post", "receipt")]
        [claimed] = session.store.parcels.claim(
            NOW + timedelta(days=9), "me", NOW + timedelta(days=10), 9
        )
        session.rollback()
    database.close()
    assert [p.state for p in known if p] == [ParcelState.UNSURE, ParcelState.DUE]
    assert claimed.key == "receipt"


def test_refuses_an_archive_for_the_other_kind_of_database(
    operator: Operator, archive: Path, postgres_url: str
) -> None:
    (operator.folder / "config.toml").write_text(f'[database]\nurl = "{postgres_url}"\n')
    code, _, err = operator.gives("restore", "b.tar.gz")
    assert (code, "config.toml đang dùng PostgreSQL" in err) == (1, True)
    assert operator.gives("restore", "b.tar.gz", "--to", "there")[0] == 0


@pytest.mark.parametrize(("field", "value"), [("format", 2), ("revision", "9999")])
def test_refuses_what_a_newer_program_made(
    operator: Operator, archive: Path, field: str, value: object
) -> None:
    manifest = msgspec.structs.replace(
        inspect(archive, lambda _: None), **{field: value, "program": "7.1"}
    )
    _made_anew(archive, manifest)
    before = operator.seen()
    code, _, err = operator.gives("restore", "b.tar.gz")
    assert (code, "bản chương trình mới hơn (7.1)" in err) == (1, True)
    assert operator.seen() == before


def _made_anew(archive: Path, manifest: Manifest) -> None:
    """The same parts under another list."""
    parts = archive.with_name("parts")
    with tarfile.open(archive) as old:
        old.extractall(parts, filter="data")
    with archive.open("wb") as raw:
        writer = Writer(raw, lambda _: None)
        for part in manifest.parts:
            writer.add(part.name, parts / part.name)
        writer.finish(manifest)


HOSTILE = {
    "a path upwards": ("../../outside", tarfile.REGTYPE, b"x"),
    "an absolute path": ("/tmp/outside", tarfile.REGTYPE, b"x"),
    "a strange file": ("files/config.toml", tarfile.REGTYPE, b"x"),
    "a content in the wrong place": (f"files/aa/bb/{'c' * 64}", tarfile.REGTYPE, b"x"),
    "a link": (f"files/cc/cc/{'c' * 64}", tarfile.SYMTYPE, b""),
    "a hard link": (f"files/cc/cc/{'c' * 64}", tarfile.LNKTYPE, b""),
    "a device": (f"files/cc/cc/{'c' * 64}", tarfile.CHRTYPE, b""),
    "a folder": ("files", tarfile.DIRTYPE, b""),
    "an endless name": ("x", tarfile.GNUTYPE_LONGNAME, b"n" * 100_000),
    "an extended header": ("x", tarfile.XHDTYPE, b"30 mtime=1350244992.023960108\n"),
    "something after its list": (f"files/cc/cc/{'c' * 64}", tarfile.REGTYPE, b"x"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_takes_nothing_from_an_archive_that_we_would_not_write(
    operator: Operator, archive: Path, kind: str
) -> None:
    name, type_, content = HOSTILE[kind]
    head = tarfile.TarInfo(name)
    head.type, head.size, head.linkname = type_, len(content), "/etc/passwd"
    block = head.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % 512)
    with gzip.open(archive) as old:
        tar = old.read()
    first = tar.rstrip(b"\0")
    whole = first + b"\0" * (-len(first) % 512)
    later = kind == "something after its list"
    archive.write_bytes(gzip.compress((whole + block if later else block + whole) + b"\0" * 1024))
    before = operator.seen()
    code, _, err = operator.gives("restore", "b.tar.gz")
    assert (code, "không bao giờ ghi" in err) == (1, True), err
    assert operator.seen() == before
    assert not Path("/tmp/outside").exists()


def test_unpacks_no_more_than_was_announced(operator: Operator, archive: Path) -> None:
    # A part that claims a size which the archive does not hold.
    head = tarfile.TarInfo("sangkien.sqlite3")
    head.size = 1 << 40
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(head.tobuf(tarfile.GNU_FORMAT) + b"\0" * (1 << 20))
    archive.write_bytes(packed.getvalue())
    before = operator.seen()
    assert operator.gives("restore", "b.tar.gz")[0] == 1
    assert operator.seen() == before
