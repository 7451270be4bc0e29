"""The progress table that officials sign: its columns, real numbers, ranks, and who may have it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.documents.drawing import draw
from domain.initiative import Tally
from domain.message import Document
from domain.person import Role
from domain.programme import Quota, QuotaKind
from storage.engine import Database
from storage.store import Store
from tests.dialogues import world
from tests.support.union import Union, a_unit, found_union

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY, OPENS = date(2026, 11, 22), date(2026, 1, 1)
HOUSE = world.house({})


def scene(database: Database) -> dict[str, Any]:
    """A province of three: one over its quota, one without, one with nothing."""
    with database.session() as session:
        session.begin()
        store, union = session.store, found_union(session.store)
        store.units.save(replace(union.unit, members=120, name="=1+1 Công ty\x07 cấp nước"))
        nothing = store.units.add(a_unit("KHONG", union.root.id, "CĐCS chưa có gì"))
        _count(store, union, union.unit.id, date(2026, 3, 2), Tally(3, 2, 1, 0, 12_500_000))
        _count(store, union, union.unit.id, date(2026, 11, 20), Tally(1, 1, 0, 0, 0))
        _count(store, union, union.other.id, date(2026, 3, 5), Tally(5, 5, 0, 0, 0))
        _count(store, union, union.root.id, date(2026, 3, 5), Tally(1, 0, 0, 1, 0))
        for unit, target in ((union.unit.id, 2), (nothing.id, 4), (union.root.id, 10)):
            quota = Quota(union.programme.id, None, unit, QuotaKind.ASSIGNED, target, OPENS)
            store.quotas.set(quota)
        officer = store.people.add("Trần Thị B", union.root.id, None, None, NOW)
        store.people.grant(officer.id, Role.OFFICER, union.root.id, None, NOW)
        session.commit()
    return {"union": union, "officer": officer.id}


def _count(store: Store, union: Union, unit: int, day: date, change: Tally) -> None:
    phase = union.programme.phases[0 if day.month < 7 else 1].id
    store.tallies.add(union.programme.id, phase, unit, day, change)


def drawn(database: Database, scene: dict[str, Any], folder: Path, **more: Any) -> Workbook | None:
    union: Union = scene["union"]
    parameters = {
        "unit": union.root.id,
        "person": scene["officer"],
        "programme": union.programme.id,
        "phase": 0,
        "day": "",
    } | more
    made = draw(Document("progress_table", parameters, NOW), database, folder, HOUSE)
    return load_workbook(BytesIO(made.content)) if made else None


def rows(book: Workbook, sheet: str = "Tiến độ") -> dict[str, list[Any]]:
    """The cells of every row by the unit's name, from the second column on."""
    found = book[sheet].iter_rows(min_row=7)
    return {str(row[1].value): [cell.value for cell in row[2:]] for row in found}


def test_writes_the_columns_of_reports_with_real_numbers(
    database: Database, tmp_path: Path
) -> None:
    book = drawn(database, scene(database), tmp_path)
    assert book is not None
    sheet = book["Tiến độ"]
    assert [row[0].value for row in sheet.iter_rows(max_row=4)] == [
        "LĐLĐ tỉnh",
        "TIẾN ĐỘ THỰC HIỆN CHỈ TIÊU SÁNG KIẾN",
        "Chương trình: Một triệu sáng kiến",
        "Tính đến 17h00 ngày 22/11/2026",
    ]
    heads = [upper.value or lower.value for upper, lower in zip(sheet[5], sheet[6], strict=True)]
    assert heads == [
        "STT", "Tên đơn vị", "Số đoàn viên", "Chỉ tiêu giao", "Giai đoạn 2", "Cả chương trình",
        "Đã nộp", "Hợp lệ", "Chờ duyệt", "Không hợp lệ", "Tỷ lệ % (hợp lệ/chỉ tiêu)",
        "Giá trị làm lợi (triệu đồng/năm)", "Tăng so với kỳ trước", "Xếp hạng", "Ghi chú",
    ]  # fmt: skip
    assert sheet["D6"].value == "Giai đoạn 1"
    told = rows(book)
    assert told["=1+1 Công ty cấp nước"] == [
        120, "—", "—", 2, 4, 3, 1, 0, 1.5, 12.5, 1, 1, None,
    ]  # fmt: skip
    assert told["Trường tiểu học xã X"][3:9] == ["—", 5, 5, 0, 0, "—"]
    assert told["Trường tiểu học xã X"][-2:] == ["—", "chưa có chỉ tiêu"]
    assert told["Nộp thẳng ở LĐLĐ tỉnh và ở đơn vị đã kết thúc"][4:8] == [1, 0, 0, 1]
    assert told["Tổng cộng"][3:9] == [10, 10, 8, 1, 1, 0.8]
    assert told["Tổng cộng"][-1] == "các đơn vị cộng lại: 6"
    assert (sheet["B7"].data_type, sheet["K7"].number_format) == ("s", "0.0%")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A7", "$5:$6")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_ranks_by_count_and_names_who_has_nothing(database: Database, tmp_path: Path) -> None:
    book = drawn(database, scene(database), tmp_path)
    assert book is not None
    counted = book["Xếp theo số lượng"].iter_rows(min_row=6, max_col=3, values_only=True)
    assert list(counted) == [
        (1, "Trường tiểu học xã X", 5),
        (2, "=1+1 Công ty cấp nước", 3),
        (3, "CĐCS chưa có gì", 0),
    ]
    empty = book["Chưa có sáng kiến"]
    assert empty["A2"].value == "CÔNG ĐOÀN CƠ SỞ CHƯA CÓ SÁNG KIẾN NÀO (1)"
    assert [cell.value for cell in empty[6]] == [1, "KHONG", "CĐCS chưa có gì", "LĐLĐ tỉnh"]


def test_goes_back_to_the_end_of_a_past_day(database: Database, tmp_path: Path) -> None:
    book = drawn(database, scene(database), tmp_path, day="2026-03-31")
    assert book is not None
    assert book["Tiến độ"]["A4"].value == "Tính đến 24h00 ngày 31/3/2026"
    assert rows(book)["=1+1 Công ty cấp nước"][4:6] == [3, 2]


def test_gives_a_phase_by_itself(database: Database, tmp_path: Path) -> None:
    found = scene(database)
    book = drawn(database, found, tmp_path, phase=found["union"].programme.phases[1].id)
    assert book is not None
    assert book["Tiến độ"]["A3"].value == "Chương trình: Một triệu sáng kiến, Giai đoạn 2"
    assert rows(book)["=1+1 Công ty cấp nước"][4:6] == [1, 1]


@pytest.mark.parametrize("who", ["member", "chair"])
def test_gives_nothing_to_who_may_not_have_it_when_it_is_drawn(
    database: Database, tmp_path: Path, who: str
) -> None:
    found = scene(database)
    person = getattr(found["union"], who).id
    assert drawn(database, found, tmp_path, person=person) is None
