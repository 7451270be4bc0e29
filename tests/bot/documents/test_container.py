"""What is no workbook, or a hostile one, is named for what it is."""

import struct
from pathlib import Path

import pytest

from domain.errors import FaultyContent
from tests.bot.documents.test_table_reading import HEADER, faults
from tests.support.workbooks import by_hand, text_row, workbook, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp trống"),
        (b" \r\n" * 1000, "tệp trống"),
        (OLE, ".xls đời cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"MZ\x90\0" + bytes(100), "chương trình"),
        (b"%PDF-1.7\n", "PDF"),
        ("Mã;Tên\nA1;Tên\n".encode(), "CSV"),
        (b"\xef\xbb\xbf <html><table></table></html>", "trang web"),
        (b"PK\x03\x04" + bytes(100), "tệp hỏng"),
        (bytes(range(1, 200)), "không phải bảng tính"),
        (zipped(**{"word/document.xml": "<a/>"}), "không phải bảng tính"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (b"x" * (21 * 2**20), "lớn hơn 20 MB"),
    ],
)
def test_says_what_a_file_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    found = faults(path)
    assert found[0].startswith("a.xlsx: ")
    assert said in found[0]


def test_says_that_there_is_no_such_file(tmp_path: Path) -> None:
    assert "none.xlsx" in faults(tmp_path / "none.xlsx")[0]
    assert faults(tmp_path)


def test_says_that_a_file_is_cut_off_wherever_it_is(tmp_path: Path) -> None:
    rows = [HEADER, *((f"A{n}", "Tên") for n in range(200))]
    content = workbook(tmp_path / "a.xlsx", rows, "Đơn vị").read_bytes()
    for length in range(0, len(content) - 1, len(content) // 40):
        (tmp_path / "b.xlsx").write_bytes(content[:length])
        assert len(faults(tmp_path / "b.xlsx")) == 1


def test_survives_a_changed_byte_anywhere(tmp_path: Path) -> None:
    from tests.bot.documents.test_table_reading import read

    rows = [HEADER, *((f"A{n}", "Tên") for n in range(20))]
    content = workbook(tmp_path / "a.xlsx", rows, "Đơn vị").read_bytes()
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        (tmp_path / "b.xlsx").write_bytes(changed)
        try:
            read(tmp_path / "b.xlsx").finish()
        except FaultyContent as error:
            assert error.faults


def test_unpacks_no_bomb(tmp_path: Path) -> None:
    zeros = " " * 2**20
    path = by_hand(tmp_path / "a.xlsx", (zeros for _ in range(300)), "Đơn vị")
    assert path.stat().st_size < 2**20
    assert "bung ra" in faults(path)[0]


def test_believes_no_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", (" " * 2**20 for _ in range(40)), "Đơn vị")
    content = bytearray(path.read_bytes())
    true = struct.pack("<I", 40 * 2**20 + 112)
    for at in range(len(content) - 4):
        if content[at : at + 3] == true[:3] or content[at + 2 : at + 4] == b"\x80\x02":
            content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    assert len(faults(path)) == 1


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        (["<row r='0'/>"], ""),
        (["<row r='99999999999999999999'/>"], ""),
        (["<row><c r='ZZZZ1'><v>1</v></c></row>"], ""),
        (["<row><c t='s'><v>5</v></c></row>"], ""),
        (["<row><c t='odd'><v>5</v></c></row>"], ""),
        (["<row><c>"], ""),
        (["<row>&lol;</row>"], '<!DOCTYPE x [<!ENTITY lol "lol">]>'),
    ],
)
def test_calls_a_file_damaged_that_says_what_none_can(
    tmp_path: Path, rows: list[str], before: str
) -> None:
    path = by_hand(tmp_path / "a.xlsx", [text_row(1, *HEADER), *rows], "Đơn vị", before=before)
    assert "tệp hỏng" in faults(path)[0]
