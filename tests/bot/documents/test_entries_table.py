"""The list for the national portal: a row an entry, nothing secret, hostile words as text."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.channel import Rendered
from bot.documents.drawing import draw
from domain.initiative import Status
from domain.message import Document
from storage.engine import Database
from tests.dialogues import world
from tests.support.union import Union, an_entry, found_union

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOUSE = world.house(world.forms())


def told(**answers: Any) -> dict[str, Any]:
    """Answers as an entry stores them."""
    return {key: {"value": value, "text": str(value)} for key, value in answers.items()}


PLAIN = told(
    giai_phap="=cmd|' /C calc'!A0\x07",
    tinh_moi="{{ 7*7 }}",
    nhuoc_diem_cu="x" * 10_000,
    loi_ich="Đỡ tốn công",
    bao_mat="khong",
    pham_vi="cdcs",
    noi_ap_dung="Trạm 1",
    linh_vuc="cong_nghiep_ky_thuat",
    ngay_ap_dung="2026-03",
    cong_nhan="co_so",
    so_quyet_dinh="15/QĐ-CT",
    ngay_quyet_dinh="2026-05-02",
    dong_tac_gia={"author": 60, "others": [{"name": "Trần Thị B", "unit": "Tổ 2", "share": 40}]},
)
SECRET = told(giai_phap="công thức pha", bao_mat="co", loi_ich="Đỡ tốn hóa chất", pham_vi="to")


def scene(database: Database) -> Union:
    """Three entries: a whole one, a secret one, and one that was turned down."""
    with database.session() as session:
        session.begin()
        union, store = found_union(session.store), session.store
        for title, answers, status in (
            ("Lắp cảm biến áp lực", PLAIN, Status.VALID),
            ("Giam hoa chat loc nuoc", SECRET, Status.SUBMITTED),
            ("Chép của người khác", {}, Status.INVALID),
        ):
            entry = replace(
                an_entry(union), title=title, answers=answers, status=status, form="ky_thuat"
            )
            store.initiatives.add(entry, date(2026, 11, 22))
        session.commit()
    return union


def drawn(database: Database, union: Union, folder: Path, **more: Any) -> Rendered | None:
    parameters = {"unit": union.unit.id, "person": union.chair.id, "programme": union.programme.id}
    document = Document("entries_table", parameters | more, NOW)
    return draw(document, database, folder, HOUSE)


def rows(made: Rendered | None) -> list[dict[str, Any]]:
    assert made is not None
    sheet = load_workbook(BytesIO(made.content))["Sáng kiến"]
    heads = [cell.value for cell in sheet[4]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=5)
    ]


def test_gives_every_field_of_the_portal(database: Database, tmp_path: Path) -> None:
    first = rows(drawn(database, scene(database), tmp_path))[0]
    assert first["Tên sáng kiến"] == "Lắp cảm biến áp lực"
    assert (first["Tác giả"], first["Tỷ lệ đóng góp của tác giả"]) == ("Nguyễn Văn Vũ", 0.6)
    assert first["Đồng tác giả, tỷ lệ đóng góp"] == "Trần Thị B (Tổ 2) 40%"
    assert (first["Đơn vị"], first["Công đoàn cấp trên"]) == ("Công ty cấp nước", "LĐLĐ tỉnh")
    assert first["Ngày áp dụng lần đầu"] == "tháng 3/2026"
    assert first["Nội dung giải pháp"] == "=cmd|' /C calc'!A0"
    assert first["Tính mới"] == "{{ 7*7 }}"
    assert first["Tình trạng trước khi áp dụng"] == "x" * 10_000
    assert first["Phạm vi, khả năng áp dụng"] == "Phạm vi: Cả đơn vị\nNơi dùng: Trạm 1"
    assert first["Giá trị làm lợi (đồng/năm)"] == 42_000_000
    assert first["Số quyết định"] == "15/QĐ-CT"
    assert first["Trạng thái"].startswith("đã xác nhận")
    assert first["Cần sửa"] is None


def test_tells_only_title_and_effect_of_what_is_secret(database: Database, tmp_path: Path) -> None:
    made = drawn(database, scene(database), tmp_path)
    second = rows(made)[1]
    assert second["Hiệu quả xã hội"] == "Đỡ tốn hóa chất"
    assert second["Nội dung giải pháp"] is None
    assert second["Phạm vi, khả năng áp dụng"] is None
    assert second["Cần sửa"] == "tên không dấu, nội dung mật"
    assert made is not None
    assert made.note.startswith("1 tên sáng kiến không có dấu")


def test_lists_only_what_was_asked_for(database: Database, tmp_path: Path) -> None:
    union = scene(database)
    assert [row["STT"] for row in rows(drawn(database, union, tmp_path, statuses=["valid"]))] == [1]
    assert rows(drawn(database, union, tmp_path, recognised=True)) == []
    assert drawn(database, union, tmp_path, unit=union.root.id) is None
    assert drawn(database, union, tmp_path, person=union.member.id) is None
