"""Units come in by workbook: whole or not at all, whatever is wrong is named, twice is once."""

from datetime import date
from typing import Any

import pytest

from domain.person import Role
from domain.units import Unit
from storage.store import Store
from tests.bot.importing.conftest import UNIT_HEADER, UNITS, Desk

WHOLE = (*UNIT_HEADER, "Loại", "Tên gọi khác", "Cụm", "Số đoàn viên", "Mẫu", "Ngày bắt đầu",
         "Ngày kết thúc", "Nhập vào mã", "Chủ tịch", "Điện thoại")  # fmt: skip


def unit(code: str) -> Any:
    def look(store: Store) -> Unit:
        found = store.units.by_code(code)
        assert found is not None
        return found

    return look


def row(code: str, name: str, parent: str | None, **more: Any) -> tuple[Any, ...]:
    said = {"Mã đơn vị": code, "Tên đơn vị": name, "Mã cấp trên": parent, **more}
    return tuple(said.get(header) for header in WHOLE)


def test_keeps_units_in_any_order_with_all_that_is_said_of_them(desk: Desk) -> None:
    rows = [
        WHOLE,
        row("CTN27", "CĐCS Cấp thoát nước", "tinh", **{
            "Tên gọi khác": "CTCP CTN; Cấp nước", "Cụm": "Cụm 1", "Số đoàn viên": 120,
            "Mẫu": "Kỹ thuật", "Ngày bắt đầu": "1/7/2025",
        }),
        row("TINH", "LĐLĐ tỉnh", None, Loại="LĐLĐ tỉnh"),
    ]  # fmt: skip
    assert "Thêm 2 đơn vị" in desk.imports("units", rows)
    made = desk.sees(unit("CTN27"))
    root = desk.sees(unit("TINH"))
    assert made == Unit(
        made.id, "CTN27", "CĐCS Cấp thoát nước", "CĐCS", root.id, date(2025, 7, 1),
        aliases=("CTCP CTN", "Cấp nước"), form="ky_thuat", cluster="Cụm 1", members=120,
    )  # fmt: skip
    assert root.kind == "LĐLĐ tỉnh"
    assert desk.sees(lambda store: store.units.path(made.id)) == (root.id, made.id)
    line = desk.sees(lambda store: store.audit.list())[0]
    assert (line.by, line.deed, line.detail["added"]) == (None, "import_units", 2)


def test_changes_nothing_the_second_time(union: Desk) -> None:
    log = union.sees(lambda store: len(store.audit.list()))
    assert union.imports("units", UNITS).strip() == "Không có gì thay đổi."
    assert union.sees(lambda store: len(store.audit.list())) == log


def test_shows_what_would_change_and_keeps_nothing_of_it(union: Desk) -> None:
    rows = [
        WHOLE,
        row("TINH", "LĐLĐ tỉnh Lạng Sơn", None),
        row("CTN27", "CĐCS Cấp thoát nước", "TINH"),
        row("XA1", "Công đoàn xã 1", "TINH", **{"Nhập vào mã": "DL5"}),
        row("MOI", "CĐCS mới", "DL5"),
    ]
    said = union.imports("units", rows, dry_run=True)
    assert said.splitlines() == [
        "Chạy thử, chưa ghi gì:",
        "Thêm 1 đơn vị", "  MOI – CĐCS mới",
        "Đổi tên 1 đơn vị", "  TINH – LĐLĐ tỉnh Lạng Sơn",
        "Chuyển 1 đơn vị", "  CTN27 – CĐCS Cấp thoát nước",
        "Nhập 1 đơn vị vào đơn vị khác", "  XA1 – Công đoàn xã 1",
        "1 đơn vị không có trong tệp: giữ nguyên.",
    ]  # fmt: skip
    assert union.sees(unit("TINH")).name == "LĐLĐ tỉnh"
    assert union.sees(lambda store: store.units.by_code("MOI")) is None
    assert "Chuyển 1 đơn vị" in union.imports("units", rows)
    assert union.sees(unit("TINH")).aliases == ("LĐLĐ tỉnh",)
    assert union.sees(unit("XA1")).replaced_by == union.sees(unit("DL5")).id
    assert "Không có gì thay đổi." in union.imports("units", rows)


def test_moves_from_the_day_that_is_said(union: Desk) -> None:
    rows = [UNIT_HEADER, ("CTN27", "CĐCS Cấp thoát nước", "TINH")]
    union.imports("units", rows, "1/7/2026")
    made, before, after = union.sees(unit("CTN27")), date(2026, 6, 30), date(2026, 7, 1)
    assert (
        union.sees(lambda store: store.tree.parent_on(made.id, before))
        == union.sees(unit("XA1")).id
    )
    assert (
        union.sees(lambda store: store.tree.parent_on(made.id, after))
        == union.sees(unit("TINH")).id
    )


def test_closes_lower_units_first(union: Desk) -> None:
    rows = [
        WHOLE,
        row("XA1", "Công đoàn xã 1", "TINH", **{"Ngày kết thúc": "30/6/2026"}),
        row("CTN27", "CĐCS Cấp thoát nước", "XA1", **{"Ngày kết thúc": "30/6/2026"}),
    ]
    assert "Kết thúc 2 đơn vị" in union.imports("units", rows)
    assert union.sees(unit("XA1")).valid_to == date(2026, 6, 30)
    assert "Không có gì thay đổi." in union.imports("units", rows)


def test_swaps_a_unit_with_the_one_above_it(union: Desk) -> None:
    rows = [UNIT_HEADER, ("XA1", "Công đoàn xã 1", "CTN27"),
            ("CTN27", "CĐCS Cấp thoát nước", "TINH")]  # fmt: skip
    assert "Chuyển 2 đơn vị" in union.imports("units", rows)
    path = union.sees(lambda store: store.units.path(unit("XA1")(store).id))
    assert path == tuple(union.sees(unit(code)).id for code in ("TINH", "CTN27", "XA1"))


def test_leaves_what_a_cell_does_not_say(union: Desk) -> None:
    said = row("DL5", "CĐCS Điện lực", "TINH", **{"Cụm": "Cụm 2", "Tên gọi khác": "PC"})
    assert "Sửa thông tin 1 đơn vị" in union.imports("units", [WHOLE, said])
    rows = [("Mã", "Tên đơn vị"), ("dl 5", "CĐCS Điện lực")]
    assert "Không có gì thay đổi." in union.imports("units", rows)
    made = union.sees(unit("DL5"))
    assert (made.cluster, made.aliases, made.parent) == (
        "Cụm 2",
        ("PC",),
        union.sees(unit("TINH")).id,
    )


def test_invites_the_chairs_it_names(union: Desk) -> None:
    said = row(
        "DL5", "CĐCS Điện lực", "TINH", **{"Chủ tịch": "NGUYỄN VĂN A", "Điện thoại": 912345678}
    )
    assert "Ghi 1 chủ tịch" in union.imports("units", [WHOLE, said])
    (invited,) = union.sees(lambda store: store.invitations.of_subtree(unit("DL5")(store).id))
    assert (invited.role, invited.name, invited.phone) == (Role.CHAIR, "Nguyễn Văn A", "0912345678")
    assert "Không có gì thay đổi." in union.imports("units", [WHOLE, said])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("XA1", "A", "TINH"), ("xa-1", "B", "TINH")], ["Bảng!A3: mã «xa-1» đã có ở Bảng!A2"]),
        ([("A", "A", "KHAC")], ["Bảng!C2: không có đơn vị mã «KHAC» trong tệp"]),
        ([("A", "A", "TINHH")], ["Bảng!C2: không có đơn vị mã «TINHH». Có phải «TINH» không?"]),
        (
            [("A", "A", "B"), ("B", "B", "C"), ("C", "C", "A"), ("D", "D", "A")],
            ["Bảng!C2: các đơn vị nằm vòng quanh nhau: A → B → C → A."],
        ),
        (
            [("XA1", "Công đoàn xã 1", "CTN27")],
            ["Bảng!C2: các đơn vị nằm vòng quanh nhau: XA1 → CTN27 → XA1."],
        ),
        ([("A", "A", "A")], ["Bảng!C2: các đơn vị nằm vòng quanh nhau: A → A."]),
        (
            [("A", "A", None), ("B", "B", None)],
            [f"Bảng!C{n}: chỉ một đơn vị không có cấp trên, đã có «TINH»" for n in (2, 3)],
        ),
        ([("ĐV 1", "A", "TINH")], ["Bảng!A2: mã chỉ gồm chữ không dấu và số"]),
    ],
)
def test_names_what_breaks_the_tree(union: Desk, rows: Any, found: list[str]) -> None:
    said = union.faults("units", [UNIT_HEADER, *rows])
    assert [fault[: len(start)] for fault, start in zip(said, found, strict=True)] == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"Mẫu": "Lạ"}, "H2: không có mẫu «Lạ»"),
        ({"Ngày bắt đầu": "2/2/2026", "Ngày kết thúc": "1/2/2026"}, "J2: ngày kết thúc trước"),
        ({"Ngày kết thúc": "1/2/2027"}, "J2: ngày này chưa tới"),
        ({"Ngày kết thúc": "30/6/2026"}, "J2: còn đơn vị đang hoạt động ở dưới: CTN27"),
        ({"Nhập vào mã": "XA1"}, "K2: đơn vị không nhập vào chính nó được"),
        ({"Nhập vào mã": "KHAC"}, "K2: không có đơn vị mã «KHAC» để nhập vào"),
        ({"Nhập vào mã": "CTN27"}, "K2: «CTN27» nằm dưới đơn vị này"),
        ({"Điện thoại": "0912345678"}, "L2: có số điện thoại mà thiếu tên"),
        ({"Chủ tịch": "hỏi sau 2"}, "L2: «hỏi sau 2» không phải họ tên"),
        ({"Số đoàn viên": -5}, "G2: không được là số âm"),
        ({"Số đoàn viên": 1.5}, "G2: phải là số nguyên"),
    ],
)
def test_names_what_is_wrong_with_a_unit(union: Desk, more: dict[str, Any], found: str) -> None:
    (said,) = union.faults("units", [WHOLE, row("XA1", "Công đoàn xã 1", "TINH", **more)])
    assert said.startswith(f"Bảng!{found}")


def test_refuses_to_stand_below_or_go_into_a_unit_that_ends(union: Desk) -> None:
    ending = row("XA1", "Công đoàn xã 1", "TINH", **{"Nhập vào mã": "DL5"})
    rows = [
        WHOLE,
        ending,
        row("CTN27", "CĐCS Cấp thoát nước", "XA1"),
        row("MOI", "CĐCS mới", "TINH", **{"Nhập vào mã": "XA1"}),
    ]
    assert [fault[:9] for fault in union.faults("units", rows)] == ["Bảng!C3: ", "Bảng!K4: "]


def test_says_when_a_unit_ended_otherwise_before(union: Desk) -> None:
    union.imports("units", [WHOLE, row("XA1", "Công đoàn xã 1", "TINH", **{"Nhập vào mã": "DL5"})])
    again = row("XA1", "Công đoàn xã 1", "TINH", **{"Nhập vào mã": "TINH"})
    assert "đã thôi hoạt động ngày" in union.faults("units", [WHOLE, again])[0]


def test_needs_one_unit_above_all(desk: Desk) -> None:
    rows = [UNIT_HEADER, ("A", "A", "B"), ("B", "B", "A")]
    assert "vòng quanh" in desk.faults("units", rows)[0]
    two = [UNIT_HEADER, ("A", "A", None), ("B", "B", None)]
    assert desk.faults("units", two) == [
        "Bảng!C3: chỉ một đơn vị không có cấp trên, đã có «A». Ghi mã đơn vị cấp trên"
    ]


def test_tells_no_more_faults_than_a_screen_holds(desk: Desk) -> None:
    rows = [UNIT_HEADER, *((f"A{n}", None, "KHONG") for n in range(300))]
    assert len(desk.faults("units", rows)) == 201
