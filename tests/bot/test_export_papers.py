"""Papers from the command line: written once, fixed for good, refused in a sentence."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli import main
from tests.architecture.house import ROOT

AHEAD = f"{date.today() + timedelta(days=60):%d/%m/%Y}"
EXAMPLE = ROOT / "docs" / "chuong-trinh.example.toml"


class Operator:
    """Gives commands in a folder of their own, where there is a programme."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch

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
    monkeypatch.chdir(tmp_path)
    found = Operator(capsys, monkeypatch)
    found.gives("import", "programme", str(EXAMPLE))
    return found


def test_writes_the_progress_table(operator: Operator) -> None:
    code, out, _ = operator.gives("export", "progress", "--unit", "ctn27", "a.xlsx")
    assert (code, out) == (0, "Đã ghi a.xlsx.\n")
    sheet = load_workbook("a.xlsx")["Tiến độ"]
    assert sheet["A2"].value == "TIẾN ĐỘ THỰC HIỆN CHỈ TIÊU SÁNG KIẾN"


def test_never_writes_over_a_file(operator: Operator) -> None:
    Path("a.xlsx").write_text("mine")
    code, _, err = operator.gives("export", "progress", "--unit", "CTN27", "a.xlsx")
    assert (code, err.startswith("Đã có tệp a.xlsx.")) == (1, True)
    assert Path("a.xlsx").read_text() == "mine"


def test_fixes_figures_and_gives_them_again(operator: Operator) -> None:
    name = "Báo cáo tuần 47"
    code, out, _ = operator.gives("export", "progress", "--unit", "CTN27", "--fix", name, "a.xlsx")
    assert (code, "Đã chốt «Báo cáo tuần 47», số 1." in out) == (0, True)
    assert (
        "1. Báo cáo tuần 47: chốt lúc"
        in operator.gives("export", "progress", "--unit", "CTN27", "--list")[1]
    )
    operator.gives("export", "progress", "--unit", "CTN27", "--snapshot", "1", "b.xlsx")
    first, again = load_workbook("a.xlsx"), load_workbook("b.xlsx")
    assert [[c.value for c in row] for row in first["Tiến độ"]] == [
        [c.value for c in row] for row in again["Tiến độ"]
    ]
    assert "Phát sinh sau chốt" in again.sheetnames


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ((), "Chưa ghi tên tệp"),
        (("--phase", "Giai đoạn 9", "a.xlsx"), "Chương trình không có giai đoạn «Giai đoạn 9»."),
        (("--as-of", "31/13", "a.xlsx"), "«31/13» không phải ngày."),
        (("--as-of", AHEAD, "a.xlsx"), f"Ngày {AHEAD} chưa tới."),
        (("--as-of", "1/1/2026", "--fix", "x", "a.xlsx"), "Chỉ chốt được số liệu lúc này"),
        (("--snapshot", "9", "a.xlsx"), "CĐCS"),
        (("--programme", "x", "a.xlsx"), "Không có chương trình «x»."),
    ],
)
def test_refuses_in_a_sentence(operator: Operator, more: tuple[str, ...], complaint: str) -> None:
    code, _, err = operator.gives("export", "progress", "--unit", "CTN27", *more)
    assert (code, err.startswith(complaint)) == (1, True), err
    assert list(Path().glob("*.xlsx")) == []
