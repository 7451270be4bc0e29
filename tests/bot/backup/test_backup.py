"""A backup is one moment of everything, whoever writes meanwhile and however it ends."""

import hashlib
import stat
import tarfile
from pathlib import Path

from bot.backup.archive import inspect
from storage.engine import open_database
from tests.bot.backup.conftest import Operator
from tests.bot.backup.writer import found, kill_half_way, writing
from tests.support.union import Union


def test_keeps_one_moment_while_another_process_writes(operator: Operator, union: Union) -> None:
    with writing(operator.url, union, operator.shelf) as more:
        for number in range(3):
            more(15)
            code, out, err = operator.gives("backup", f"{number}.tar.gz")
            assert (code, err) == (0, ""), out
    counts = []
    for number in range(3):
        place = operator.folder / f"there{number}"
        code, out, _ = operator.gives("restore", f"{number}.tar.gz", "--to", str(place))
        assert (code, "Đếm lại: số liệu tiến độ khớp" in out) == (0, True)
        counts.append(_looked_over(place, union))
    assert counts[0] < counts[1] < counts[2]


def _looked_over(place: Path, union: Union) -> int:
    """How many entries there are; each is counted, and its photo is there byte for byte."""
    database = open_database(f"sqlite:///{place / 'sangkien.sqlite3'}")
    with database.reader() as session:
        session.begin()
        store, programme = session.store, union.programme
        assert store.tallies.drift(programme.id, programme.needs_recognition) == 0
        counted = store.tallies.of(programme.id, union.root.id).submitted
        photos = store.files.of_person(union.member.id)
        session.rollback()
    database.close()
    for photo in photos:
        assert photo.digest is not None
        path = place / "files" / photo.digest[:2] / photo.digest[2:4] / photo.digest
        assert hashlib.sha256(path.read_bytes()).hexdigest() == photo.digest
    assert len(photos) == counted
    return counted


def test_is_read_by_its_owner_alone(operator: Operator, union: Union) -> None:
    operator.gives("backup", "b.tar.gz")
    assert stat.S_IMODE((operator.folder / "b.tar.gz").stat().st_mode) == 0o600


def test_can_be_opened_with_tar_alone(operator: Operator, union: Union) -> None:
    operator.writes(union, 2)
    operator.gives("backup", "b.tar.gz")
    with tarfile.open("b.tar.gz") as archive:
        names = archive.getnames()
    assert (names[0], names[-1], len(names)) == ("sangkien.sqlite3", "manifest.json", 4)


def test_leaves_no_half_a_file_when_it_is_killed(operator: Operator, union: Union) -> None:
    operator.writes(union, 5)
    backups = operator.folder / "backups"
    backups.mkdir()
    kill_half_way(operator.url, operator.shelf, backups / "b.tar.gz")
    assert [path.name[:10] for path in backups.iterdir()] == [".sangkien-"]
    # The next one clears away what it left.
    assert operator.gives("backup", "backups/b.tar.gz")[0] == 0
    assert [path.name for path in backups.iterdir()] == ["b.tar.gz"]


def test_keeps_the_last_backup_of_each_of_the_latest_days(operator: Operator, union: Union) -> None:
    backups = operator.folder / "backups"
    backups.mkdir()
    names = [f"sangkien-2020010{day}-0{hour}0000.tar.gz" for day in (1, 2, 3) for hour in (1, 2)]
    for name in (*names, "keep-me.tar.gz"):
        (backups / name).write_bytes(b"")
    code, out, _ = operator.gives("backup", "backups", "--keep", "3")
    assert (code, out.count("Đã xóa bản cũ")) == (0, 4)
    left = sorted(path.name for path in backups.iterdir())
    assert left[:3] == ["keep-me.tar.gz", names[3], names[5]]
    assert len(left) == 4


def test_tells_of_photos_that_the_disk_lost(operator: Operator, union: Union) -> None:
    operator.writes(union, 3)
    lost, changed, _ = sorted(path for path in operator.shelf.rglob("*") if path.is_file())
    lost.unlink()
    changed.write_bytes(b"not what it was")
    code, _, err = operator.gives("backup", "b.tar.gz")
    assert code == 0
    assert "Thiếu 1 tệp minh chứng" in err and "1 tệp minh chứng đã hỏng" in err
    manifest = inspect(operator.folder / "b.tar.gz", lambda _: None)
    assert (manifest.missing, manifest.damaged) == ([lost.name], [changed.name])
    code, _, _ = operator.gives("restore", "b.tar.gz", "--to", "there")
    assert code == 0
    kept = operator.folder / "there" / changed.relative_to(operator.data)
    assert kept.read_bytes() == b"not what it was"


def test_writes_down_that_it_was_made(operator: Operator, union: Union) -> None:
    operator.gives("backup", "b.tar.gz")
    database = open_database(operator.url)
    with database.reader() as session:
        session.begin()
        [line] = session.store.audit.list("backup")
        session.rollback()
    database.close()
    assert (line.deed, line.by, line.detail["files"]) == ("backup", None, 0)


def test_overwrites_nothing(operator: Operator, union: Union) -> None:
    operator.gives("backup", "b.tar.gz")
    before = (operator.folder / "b.tar.gz").read_bytes()
    code, _, err = operator.gives("backup", "b.tar.gz")
    assert (code, "b.tar.gz đã có" in err) == (1, True)
    assert (operator.folder / "b.tar.gz").read_bytes() == before


def test_makes_no_empty_database_to_back_up(operator: Operator) -> None:
    code, _, err = operator.gives("backup", "b.tar.gz")
    assert (code, err.startswith("Chưa có gì để sao lưu")) == (1, True)
    assert operator.seen() == {}


def test_keeps_the_photos_beside_a_database_server(operator: Operator, postgres_url: str) -> None:
    union = found(postgres_url)
    (operator.folder / "config.toml").write_text(f'[database]\nurl = "{postgres_url}"\n')
    operator.url = postgres_url
    operator.writes(union, 2)
    code, out, _ = operator.gives("backup", "b.tar.gz")
    assert (code, "2 tệp minh chứng" in out, "pg_dump" in out) == (0, True, True)
    for path in [path for path in operator.shelf.rglob("*") if path.is_file()]:
        path.unlink()
    code, out, _ = operator.gives("restore", "b.tar.gz")
    assert (code, "pg_restore" in out) == (0, True)
    assert len([path for path in operator.shelf.rglob("*") if path.is_file()]) == 2
