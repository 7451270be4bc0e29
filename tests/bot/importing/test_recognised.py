"""Lists of recognised initiatives: an entry that is there, one in the list, or a line to enter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.installation import read_installation
from bot.packaged import operator_texts
from domain.initiative import Status, Tally
from domain.person import Role
from storage.store import Store
from tests.bot.importing.conftest import NOW, UNITS, Desk
from tests.bot.importing.recognised_lists import (
    HEADER,
    PUMP,
    WHOLE,
    entered,
    imports,
    joined,
    lines,
    row,
)
from tests.bot.importing.test_entries import entries, tallies, values
from tests.support.union import a_programme
from tests.support.workbooks import workbook


@pytest.fixture
def desk(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    database_url: str,
) -> Iterator[Desk]:
    """The operator's, once on SQLite and once on PostgreSQL."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(f'[database]\nurl = "{database_url}"\n')
    made = Desk(tmp_path, read_installation(None, operator_texts(), {}), capsys)
    made.sees(lambda store: store.programmes.add(a_programme()))
    made.imports("units", UNITS)
    yield made
    made.leaves()


def test_records_the_decision_for_an_entry_that_is_there(desk: Desk) -> None:
    author = joined(desk, "Nguyễn Văn Vũ", chat="vu")
    id = entered(desk, author)
    assert tallies(desk, "TINH") == (Tally(submitted=1, waiting=1), 0)
    said = imports(desk, row(_0="LẮP CẢM BIẾN áp lực cho bơm.", _1="nguyen van vu"))
    assert said == ["Ghi quyết định cho 1 sáng kiến đã nhập"]
    entry = desk.sees(lambda store: store.initiatives.get(id))
    assert entry is not None
    assert (entry.recognised, values(entry)["so_quyet_dinh"]) == (True, "45/QĐ-CTN")
    decision = desk.sees(lambda store: store.recognitions.get(entry.recognition or 0))
    assert decision is not None
    assert (decision.level, decision.day, decision.unit) == (
        "co_so", date(2026, 5, 20), entry.unit,
    )  # fmt: skip
    assert tallies(desk, "TINH") == (Tally(submitted=1, valid=1), 0)
    (line,) = lines(desk)
    assert (line.initiative, line.settled_at) == (id, NOW)
    (parcel,) = desk.sees(lambda store: store.parcels.unsent())
    assert parcel.say.text == (
        f"{entry.code} của anh/chị đã được công nhận theo quyết định 45/QĐ-CTN ngày 20/5/2026."
    )


def test_knows_an_entry_by_any_of_its_authors(desk: Desk) -> None:
    entered(desk, joined(desk, "Trần Thị B"))
    said = imports(desk, row(_1="Nguyễn Văn Vũ\nTrần Thị B"))
    assert said == ["Ghi quyết định cho 1 sáng kiến đã nhập"]


def test_takes_an_entry_that_the_list_holds(desk: Desk) -> None:
    told = ("Lắp cảm biến ở ống ra", "Bớt vỡ ống, đỡ trực đêm", "42 triệu", "Kỹ thuật", "3/2026")
    said = imports(desk, (*row(_1="1. NGUYỄN VĂN VŨ; 2. Trần Thị B"), *told), header=WHOLE)
    assert said == [
        "Thêm 1 sáng kiến có đủ nội dung",
        "1 tác giả chưa dùng bot: ghi theo tên.",
        "1 sáng kiến chia đều phần trăm cho người cùng làm: Bảng!dòng 2",
    ]
    (entry,) = entries(desk)
    assert (entry.status, entry.recognised, entry.form) == (Status.SUBMITTED, True, "ky_thuat")
    assert entry.recognition is not None
    assert values(entry)["dong_tac_gia"]["others"][0]["name"] == "Trần Thị B"
    assert values(entry)["ngay_quyet_dinh"] == "2026-05-20"
    assert tallies(desk, "TINH") == (Tally(submitted=1, waiting=1, benefit=0), 0)
    (line,) = lines(desk)
    assert line.initiative == entry.id


def test_keeps_what_nobody_entered_for_its_author_and_chair(desk: Desk) -> None:
    author = joined(desk, "Nguyen Van Vu")
    said = imports(
        desk,
        row(),
        row("Làm giá treo đồng hồ nước", "Lò Thị C", "CĐCS Điện lực", "Tỉnh", "7/QĐ-UBND",
            date(2026, 6, 1)),
    )  # fmt: skip
    assert said == [
        "2 sáng kiến chưa nhập: bot nhắc tác giả và chủ tịch nhập",
        "1 sáng kiến chưa nhập có tác giả chưa dùng bot, hoặc trùng họ tên: chỉ nhắc chủ tịch.",
    ]
    (line,), (other,) = lines(desk), lines(desk, "DL5")
    assert (line.author, line.author_name, line.settled_at) == (author, "Nguyễn Văn Vũ", None)
    assert (other.author, other.level, other.day) == (None, "tinh", date(2026, 6, 1))
    assert entries(desk) == []


def test_takes_rows_of_co_authors_for_one_initiative(desk: Desk) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:G1")
        for column in "BDEFG":
            sheet.merge_cells(f"{column}4:{column}5")
        sheet.merge_cells("E6:E7")

    rows = [
        ("DANH SÁCH SÁNG KIẾN ĐƯỢC CÔNG NHẬN",),
        ("(Kèm theo Quyết định số 45/QĐ-CTN)",),
        HEADER,
        row(_1="Ông Nguyễn Văn Vũ"),
        (2, None, "Bà Trần Thị B (phó chủ nhiệm)"),
        row(_0="Làm giá treo đồng hồ nước cho gọn"),
        (4, "Dán nhãn màu cho van nước", "Lê Văn D", "Cấp thoát nước", None, "46/QĐ-CTN", "1/6/26"),
    ]
    path = workbook(desk.folder / "ds.xlsx", rows, "Sheet1", touch)
    assert "3 sáng kiến chưa nhập" in desk.imports("recognised", path)
    pump, rack, label = lines(desk)
    assert pump.people == ("Nguyễn Văn Vũ", "Trần Thị B")
    assert (rack.level, label.level, label.number) == ("co_so", "co_so", "46/QĐ-CTN")


def test_changes_nothing_a_second_time(desk: Desk) -> None:
    entered(desk, joined(desk, "Nguyễn Văn Vũ"))
    told = ("Lắp cảm biến ở ống ra", "Bớt vỡ ống, đỡ trực đêm")
    header = WHOLE[: len(HEADER) + 2]
    rows = (
        row(),
        (*row(_0="Dán nhãn màu cho van nước"), *told),
        (*row(_0="Làm giá treo đồng hồ nước"), "Làm giá bằng sắt hộp"),
    )
    first = imports(desk, *rows, header=header)
    assert [line for line in first if "mới có một trong hai" in line]
    assert (len(entries(desk)), len(lines(desk))) == (2, 3)
    before = desk.sees(_everything)
    again = imports(desk, *rows, header=header)
    assert again[:2] == ["Không có gì thay đổi.", "3 dòng đã có từ trước: bỏ qua."]
    assert desk.sees(_everything) == before


def test_mends_the_decision_of_what_still_waits(desk: Desk) -> None:
    imports(desk, row())
    said = imports(desk, row(_4="46/QĐ-CTN"))
    assert said[0] == "Sửa quyết định của 1 sáng kiến chưa nhập"
    (line,) = lines(desk)
    assert line.number == "46/QĐ-CTN"


def test_takes_a_line_that_comes_whole_later_for_an_entry(desk: Desk) -> None:
    imports(desk, row())
    told = ("Lắp cảm biến ở ống ra", "Bớt vỡ ống, đỡ trực đêm")
    imports(desk, (*row(), *told), header=WHOLE[: len(HEADER) + 2])
    (entry,), (line,) = entries(desk), lines(desk)
    assert (entry.recognised, line.initiative) == (True, entry.id)


@pytest.mark.parametrize(
    ("title", "author"),
    [("Lắp cảm biến áp lực cho bơm nước", "Nguyễn Văn Vũ"), (PUMP, "Hà Văn E")],
)
def test_names_what_is_not_certain_and_takes_it_for_not_entered(
    desk: Desk, title: str, author: str
) -> None:
    id = entered(desk, joined(desk, "Nguyễn Văn Vũ"))
    said = imports(desk, row(_0=title, _1=author))
    assert said[-1] == f"  Bảng!B2: «{title}» giống LS-2026-000001 «{PUMP}»"
    entry = desk.sees(lambda store: store.initiatives.get(id))
    assert entry is not None and not entry.recognised
    assert [line.settled_at for line in lines(desk)] == [None]


def test_leaves_alone_what_was_turned_down_or_is_recognised(desk: Desk) -> None:
    author = joined(desk, "Nguyễn Văn Vũ")
    entered(desk, author, status=Status.INVALID)
    assert "chưa nhập" in imports(desk, row())[0]
    recognised = entered(desk, author, "Dán nhãn màu cho van nước")

    def recognise(store: Store) -> None:
        entry = store.initiatives.get(recognised)
        assert entry is not None
        store.initiatives.save(replace(entry, recognised=True))

    desk.sees(recognise)
    said = imports(desk, row(_0="Dán nhãn màu cho van nước"))
    assert said == ["Không có gì thay đổi.", "1 dòng đã có từ trước: bỏ qua."]


def test_shows_what_it_would_do(desk: Desk) -> None:
    entered(desk, joined(desk, "Nguyễn Văn Vũ", chat="vu"))
    said = imports(desk, row(), row(_0="Làm giá treo đồng hồ nước"), dry_run=True)
    assert said[:3] == [
        "Chạy thử, chưa ghi gì:",
        "Ghi quyết định cho 1 sáng kiến đã nhập",
        f"  CTN27 – {PUMP}",
    ]
    assert lines(desk) == []
    assert desk.sees(lambda store: store.parcels.unsent()) == []


def test_follows_a_unit_that_went_over_to_another(desk: Desk) -> None:
    id = entered(desk, joined(desk, "Nguyễn Văn Vũ"))
    imports(desk, row(_0="Làm giá treo đồng hồ nước"))

    def merge(store: Store) -> None:
        unit, into = store.units.by_code("CTN27"), store.units.by_code("DL5")
        assert unit is not None and into is not None
        store.people.grant(1, Role.CHAIR, into.id, None, NOW)
        store.tree.merge(unit.id, into.id, date(2026, 11, 1), today=NOW.date())

    desk.sees(merge)
    assert [line.title for line in lines(desk, "DL5")] == ["Làm giá treo đồng hồ nước"]
    assert imports(desk, row(_2="Cấp thoát nước"))[0] == "Ghi quyết định cho 1 sáng kiến đã nhập"
    entry = desk.sees(lambda store: store.initiatives.get(id))
    assert entry is not None and entry.recognised


def _everything(store: Store) -> Any:
    unit = store.units.by_code("CTN27")
    assert unit is not None
    return (
        store.recognised_lines.of_unit(1, unit.id),
        store.initiatives.of_unit(1, unit.id),
        store.people.members_of(unit.id),
        store.audit.list(),
    )
