"""A superior's own workbook: filled in where its cells are named, and left alone elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from bot.documents.filling_in import fill_in
from bot.packaged import operator_texts
from domain.errors import FaultyContent
from domain.initiative import Tally
from domain.papers import Line, Named, ProgressTable
from domain.programme import Counted, QuotaKind
from tests.dialogues import world

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOUSE, WORDS = world.house({}), operator_texts()
LINES = (
    Line(2, "TD", "LĐLĐ huyện Tràng Định", 900, (265,), Tally(600, 570, 20, 10, 12_500_000), 265),
    Line(3, "CL", "LĐLĐ huyện Cao Lộc", None, (None,), Tally(3, 2, 1, 0, 0), None),
)
TABLE = ProgressTable(
    "1 triệu sáng kiến",
    Named("LS", "LĐLĐ tỉnh Lạng Sơn"),
    "",
    (),
    Counted.VALID,
    QuotaKind.ASSIGNED,
    NOW,
    date(2026, 11, 15),
    LINES,
    Line(1, "LS", "LĐLĐ tỉnh Lạng Sơn", None, (4100,), Tally(6308, 5289, 640, 379), 4100),
    Tally(),
    (),
    0,
)
NAMES = {
    "don_vi": "$A$3:$A$6",
    "HOP_LE": "$B$3:$B$6",
    "ty_le": "$C$3:$C$6",
    "lam_loi_trieu": "$D$3:$D$6",
    "xep_hang": "$E$3:$E$6",
    "tinh_den": "$A$1",
    "tong_hop_le": "$B$7",
    "tong_ty_le": "$C$7",
    "ten_cua_ho": "$Z$1",
}


def theirs(folder: Path, names: dict[str, str] = NAMES, **cells: object) -> Path:
    """The superior's workbook, with their units, fonts and formulas."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    told = {"A2": "Đơn vị", "A3": "td", "A4": "LDLD huyen Cao Loc", "C4": None, "F3": "=B3*2"}
    for where, value in (told | cells).items():
        sheet[where] = value
    sheet["B3"].font = Font(name="Arial", bold=True, color="FF0000")
    sheet["C7"].number_format = "0.0"
    for name, where in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"'Biểu 1'!{where}")
    path = folder / "bieu.xlsx"
    book.save(path)
    return path


def test_fills_in_by_name_and_leaves_the_rest(tmp_path: Path) -> None:
    done = fill_in(theirs(tmp_path), TABLE, HOUSE, WORDS)
    sheet = load_workbook(BytesIO(done.content))["Biểu 1"]
    assert sheet["A1"].value == "Tính đến 17h00 ngày 22/11/2026"
    assert [sheet[f"{column}3"].value for column in "ABDE"] == ["td", 570, 12.5, 1]
    assert round(sheet["C3"].value, 4) == 2.1509
    assert sheet["C3"].number_format == "0.0%"
    assert [sheet[f"{column}4"].value for column in "BCE"] == [2, "—", "—"]
    assert [sheet[f"{column}7"].value for column in "BC"] == [5289, 129.0]
    assert (sheet["B3"].font.name, sheet["B3"].font.color.rgb) == ("Arial", "00FF0000")
    assert sheet["F3"].value == "=B3*2"
    assert (done.left_out, done.drawn, done.cells) == ([], False, 11)


def test_says_whom_the_workbook_does_not_list(tmp_path: Path) -> None:
    done = fill_in(theirs(tmp_path, A4=""), TABLE, HOUSE, WORDS)
    assert done.left_out == ["LĐLĐ huyện Cao Lộc"]


@pytest.mark.parametrize(
    ("names", "cells", "fault"),
    [
        ({}, {}, "Tệp chưa có ô nào đặt tên."),
        ({"hop_le": "$B$3:$B$6"}, {}, "Thiếu tên «don_vi»"),
        (NAMES, {"A5": "Sao Hỏa"}, "Biểu 1!A5: không có đơn vị «Sao Hỏa» trực thuộc LĐLĐ tỉnh"),
        (NAMES, {"B3": "=1+1"}, "Biểu 1!B3: ô có công thức."),
        (NAMES | {"hop_le": "$B$3:$C$6"}, {}, "phải trỏ vào một cột hoặc một ô."),
        (NAMES | {"cho_duyet": "#REF!"}, {}, "Tên «cho_duyet» trỏ vào chỗ không còn."),
    ],
)
def test_names_every_fault_by_its_cell_or_name(
    tmp_path: Path, names: dict[str, str], cells: dict[str, object], fault: str
) -> None:
    with pytest.raises(FaultyContent) as refused:
        fill_in(theirs(tmp_path, names, **cells), TABLE, HOUSE, WORDS)
    assert any(fault in said for said in refused.value.faults), refused.value.faults


def test_writes_into_no_joined_cell(tmp_path: Path) -> None:
    path = theirs(tmp_path)
    book = load_workbook(path)
    book["Biểu 1"].merge_cells("A3:B3")
    book.save(path)
    with pytest.raises(FaultyContent) as refused:
        fill_in(path, TABLE, HOUSE, WORDS)
    assert "Biểu 1!B3: ô đã gộp." in refused.value.faults[0]


def test_refuses_macros_and_what_is_no_workbook(tmp_path: Path) -> None:
    path = theirs(tmp_path)
    with ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(FaultyContent, match="macro"):
        fill_in(path, TABLE, HOUSE, WORDS)
    path.write_bytes(b"MZ" * 100)
    with pytest.raises(FaultyContent, match=r"bieu\.xlsx: "):
        fill_in(path, TABLE, HOUSE, WORDS)


def test_warns_of_pictures_that_may_be_gone(tmp_path: Path) -> None:
    path = theirs(tmp_path)
    with ZipFile(path, "a") as parts:
        parts.writestr("xl/media/image1.png", b"x")
    assert fill_in(path, TABLE, HOUSE, WORDS).drawn


def test_ranks_nobody_without_a_quota(tmp_path: Path) -> None:
    without = replace(TABLE, lines=tuple(replace(line, target=None) for line in LINES))
    done = fill_in(theirs(tmp_path), without, HOUSE, WORDS)
    sheet = load_workbook(BytesIO(done.content))["Biểu 1"]
    assert [sheet["E3"].value, sheet["E4"].value] == ["—", "—"]
