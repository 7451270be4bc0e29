"""The commands themselves, as an operator gives them."""

import sys
from pathlib import Path

import pytest

from bot.cli import main
from tests.bot.importing.conftest import UNITS
from tests.support.workbooks import workbook


@pytest.fixture
def gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> "Gives":
    monkeypatch.chdir(tmp_path)
    return Gives(capsys, monkeypatch)


class Gives:
    """Gives commands in an empty folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, monkeypatch

    def __call__(self, *command: str) -> tuple[int, str, str]:
        self._patch.setattr(sys, "argv", ["sangkien", *command])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = self._capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err


def test_imports_units_and_invites(gives: Gives, tmp_path: Path) -> None:
    workbook(tmp_path / "dv.xlsx", UNITS, "Đơn vị")
    people = [("Mã đơn vị", "Họ tên"), ("CTN27", "Nguyễn Văn A")]
    workbook(tmp_path / "nguoi.xlsx", people, "Chủ tịch")
    code, out, err = gives("import", "units", "dv.xlsx", "--dry-run", "--from", "1/7/2025")
    assert (code, err, "Thêm 4 đơn vị" in out) == (0, "", True)
    assert gives("import", "people", "nguoi.xlsx")[0] == 1
    assert gives("import", "units", "dv.xlsx")[0] == 0
    assert "Thêm 1 người" in gives("import", "people", "nguoi.xlsx")[1]
    code, out, _ = gives("export", "invitations", "moi.xlsx", "--unit", "ctn27")
    assert (code, "1 mã mới" in out, Path("moi.xlsx").exists()) == (0, True, True)
    assert gives("export", "template", "entries")[0] == 0
    assert Path("mau-sang-kien.xlsx").exists()


def test_complains_of_each_fault_in_a_line(gives: Gives, tmp_path: Path) -> None:
    rows = [*UNITS, ("A", None, "B"), ("C", "C", "C")]
    workbook(tmp_path / "dv.xlsx", rows, "Đơn vị")
    code, out, err = gives("import", "units", "dv.xlsx")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "Đơn vị!B6: thiếu, cần điền ô này",
        "Đơn vị!C6: không có đơn vị mã «B» trong tệp hay trong danh sách đang dùng."
        " Thêm đơn vị đó, hoặc sửa mã",
        "Đơn vị!C7: các đơn vị nằm vòng quanh nhau: C → C. Sửa mã cấp trên của một đơn vị",
        "3 chỗ cần sửa. Chưa ghi gì.",
    ]


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (("import", "units", "none.xlsx"), "none.xlsx"),
        (("import", "units", "dv.xlsx", "--from", "hôm nọ"), "«hôm nọ» không phải ngày."),
        (("import", "units", "dv.xlsx", "--from", "1/1/2099"), "Ngày 1/1/2099 chưa tới."),
        (("import", "quotas", "dv.xlsx"), "Chưa có chương trình nào."),
        (("import", "people", "dv.xlsx"), "dv.xlsx: trang «Đơn vị» không có dòng tiêu đề"),
        (("export", "template", "khac"), "Không có mẫu «khac»."),
        (("export", "invitations", "moi.xlsx"), "Chưa có đơn vị nào."),
        (("export", "invitations", "moi.xlsx", "--unit", "X"), "Không có đơn vị nào mã «X»."),
    ],
)
def test_complains_in_a_sentence(
    gives: Gives, tmp_path: Path, command: tuple[str, ...], complaint: str
) -> None:
    workbook(tmp_path / "dv.xlsx", [("A", "B"), (1, 2)], "Đơn vị")
    code, _, err = gives(*command)
    assert code == 1
    assert err.startswith(complaint)
