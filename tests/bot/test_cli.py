"""The commands, as an operator gives them: the real entry, in a process or through its runner."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from tests.architecture.house import ROOT

EXAMPLE = ROOT / "docs" / "chuong-trinh.example.toml"


class Operator:
    """Gives commands in an empty folder of their own."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._patch = patch
        patch.chdir(folder)

    def gives(self, *command: str) -> tuple[int, str, str]:
        """The exit code, what was answered, and what was complained of."""
        self._patch.setattr(sys, "argv", ["sangkien", *command])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = self._capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err


@pytest.fixture
def operator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Operator:
    monkeypatch.delenv("SANGKIEN_TELEGRAM_TOKEN", raising=False)
    return Operator(tmp_path, capsys, monkeypatch)


def process(*command: str, folder: Path, said: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if k != "SANGKIEN_TELEGRAM_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *command],
        input=said,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        timeout=60,
    )


def test_plays_the_demonstration_to_its_end(tmp_path: Path) -> None:
    done = process("demo", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Đã nộp: 6.308 · Hợp lệ: 6.308" in done.stdout
    assert "đạt 153,9% (vượt 53,9%)" in done.stdout
    assert "đạt 215,1% (vượt 115,1%)" in done.stdout
    # Every step of the script found what it was for.
    assert "Không có nút" not in done.stdout
    assert "Anh/chị chọn một mục" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_talks_from_a_script(tmp_path: Path) -> None:
    done = process("chat", "--as", "Vũ", folder=tmp_path, said="# Chào\nxin chào\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "—— Chào\n> xin chào\nBot:\n  Chào anh/chị." in done.stdout


def test_loads_nothing_heavy_to_show_its_help() -> None:
    heavy = ("sqlalchemy", "alembic", "telegram", "aiohttp", "apscheduler")
    code = (
        "import sys; from bot.cli import main; sys.argv = ['sangkien', '--help']\n"
        "try: main()\n"
        f"finally: print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "demo" in done.stdout


def test_finds_all_well_without_settings(operator: Operator) -> None:
    code, out, err = operator.gives("check")
    assert (code, err) == (0, "")
    assert "Mọi thứ ổn." in out
    assert list(operator.folder.iterdir()) == []


def test_shows_everything_that_is_wrong_on_one_screen(operator: Operator) -> None:
    (operator.folder / "config.toml").write_text('[union]\nname = 1\n[posts]\nat = "x"\n')
    code, out, err = operator.gives("check")
    assert (code, out) == (1, "")
    assert [line.split(" ")[0] for line in err.splitlines()] == ["config.toml:2:", "config.toml:4:"]


def test_says_that_the_database_has_to_be_migrated(operator: Operator) -> None:
    (operator.folder / "config.toml").write_text("")
    assert operator.gives("check")[0] == 1
    assert operator.gives("migrate")[0] == 0
    assert operator.gives("check")[0] == 0


def test_imports_a_programme_once(operator: Operator) -> None:
    code, out, _ = operator.gives("import", "programme", str(EXAMPLE))
    assert (code, "thêm 2 đơn vị" in out) == (0, True)
    assert "không có gì mới" in operator.gives("import", "programme", str(EXAMPLE))[1]


def test_hands_out_a_code_that_is_not_stored_itself(operator: Operator) -> None:
    operator.gives("import", "programme", str(EXAMPLE))
    code, out, _ = operator.gives("grant", "chair", "--unit", "ctn27")
    assert code == 0
    given = out.splitlines()[0].rpartition(": ")[2]
    assert len(given) == 11
    kept = b"".join(path.read_bytes() for path in (operator.folder / "data").iterdir())
    assert given.encode() not in kept
    assert given.replace("-", "").encode() not in kept


def test_makes_a_chair_of_who_says_the_code(operator: Operator) -> None:
    operator.gives("import", "programme", str(EXAMPLE))
    given = (
        operator.gives("grant", "chair", "--unit", "CTN27")[1].splitlines()[0].rpartition(": ")[2]
    )
    script = f"ctn27\n1 Nông Thị B\nhủy\n@tap Bỏ\n{given}\n@group CTN27 gan nhom CTN27\n"
    done = process("chat", folder=operator.folder, said=script)
    assert "Nhóm này đã gắn với" in done.stdout


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (("grant", "chair", "--unit", "X1"), "Không có đơn vị nào mã «X1»."),
        (("grant", "boss", "--unit", "X1"), "Không có vai trò «boss»."),
        (("grant", "chair"), "Lệnh chưa đúng"),
        (("nope",), "Lệnh chưa đúng"),
        (("run",), "Chưa khai báo bot nào."),
        (("doctor",), "Chưa khai báo bot nào."),
        (("recount",), "Chưa có chương trình nào."),
        (("import", "programme", "none.toml"), "none.toml"),
        (("run", "--config", "none.toml"), "none.toml"),
    ],
)
def test_complains_in_a_sentence(
    operator: Operator, command: tuple[str, ...], complaint: str
) -> None:
    code, _, err = operator.gives(*command)
    assert code == 1
    assert err.startswith(complaint)
    assert "Traceback" not in err


def test_complains_in_a_sentence_of_a_database_that_is_none(operator: Operator) -> None:
    (operator.folder / "config.toml").write_text('[database]\nurl = "sqlite:///config.toml"\n')
    for command in (["migrate"], ["check"], ["recount"]):
        code, _, err = operator.gives(*command)
        assert (code, err.startswith("Cơ sở dữ liệu không dùng được")) == (1, True)


def test_lists_dead_letters(operator: Operator) -> None:
    assert "Không có tin nào hỏng." in operator.gives("dead-letters")[1]


def test_keeps_one_script_for_the_manual_and_the_demonstration() -> None:
    manual = (ROOT / "docs" / "hoi-thoai-mau.txt").read_bytes()
    assert manual == (ROOT / "bot" / "demo" / "hoi_thoai.txt").read_bytes()
