"""Whoever is wanted in a role is invited, once; their codes go out in a workbook."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.commands.inviting import Order, export_invitations
from bot.telling import Refused
from domain.codes import digest
from domain.person import Grant, Role
from storage.store import Store
from tests.bot.importing.conftest import NOW, Desk

HEADER = ("Mã đơn vị", "Họ tên", "Điện thoại", "Vai trò")
ROWS = (
    HEADER,
    ("CTN27", "NGUYỄN VĂN A", 912345678, None),
    ("XA1", "Trần Thị B", None, "Tổ hỗ trợ"),
    ("tinh", "ông Lê Văn C", "0912 345 679", "cán bộ phụ trách"),
)
CODES = [f"ABCDE{n}HJKL" for n in range(2, 10)]


def invited(desk: Desk) -> list[tuple[Role, str, str]]:
    def look(store: Store) -> Any:
        root = store.units.root()
        assert root is not None
        return [(i.role, i.name, i.phone) for i in store.invitations.of_subtree(root.id)]

    found: list[tuple[Role, str, str]] = desk.sees(look)
    return found


def written(desk: Desk, codes: list[str], unit: str = "", again: bool = False) -> Any:
    """The workbook of invitations, and what was said."""
    path = desk.folder / "moi.xlsx"
    path.unlink(missing_ok=True)
    order = Order(unit, again, desk.now, lambda: codes.pop(0))
    export_invitations(desk.installation, path, order)
    return load_workbook(BytesIO(path.read_bytes())), desk.heard(), path


def test_invites_each_person_once(union: Desk) -> None:
    said = union.imports("people", ROWS)
    assert said.splitlines()[0] == "Thêm 3 người vào danh sách mời"
    assert invited(union) == [
        (Role.CHAIR, "Nguyễn Văn A", "0912345678"),
        (Role.HELPER, "Trần Thị B", ""),
        (Role.OFFICER, "Lê Văn C", "0912345679"),
    ]
    assert union.imports("people", ROWS).strip() == "Không có gì thay đổi."


def test_puts_a_name_right_as_long_as_no_code_is_out(union: Desk) -> None:
    union.imports("people", ROWS)
    rows = [
        HEADER,
        ("CTN27", "Nguyễn Văn Anh", None, None),
        ("XA1", "Trần Thị B", "0912345670", "Hỗ trợ"),
    ]
    assert "Sửa 2 người" in union.imports("people", rows)
    assert len(invited(union)) == 3
    written(union, CODES.copy())
    rows = [HEADER, ("CTN27", "Nguyễn Văn Bình", None, None)]
    assert "Thêm 1 người" in union.imports("people", rows)
    assert len(invited(union)) == 4


def test_invites_nobody_into_a_role_they_hold(union: Desk) -> None:
    def grant(store: Store) -> None:
        unit = store.units.by_code("CTN27")
        assert unit is not None
        person = store.people.add("Nguyễn Văn A", unit.id, None, None, NOW)
        store.people.grant(person.id, Role.CHAIR, unit.id, None, NOW)

    union.sees(grant)
    said = union.imports("people", ROWS[:2])
    assert said.splitlines() == ["Không có gì thay đổi.", "1 người đã giữ vai trò này rồi."]


def test_names_what_is_wrong_with_a_person(union: Desk) -> None:
    rows = [
        HEADER,
        ("KHAC", "Nguyễn Văn A", None, None),
        ("CTN72", "Nguyễn Văn A", None, None),
        ("CTN27", "A", "12", "trưởng phòng"),
        ("XA1", "Trần Thị B", None, None),
        ("XA1", "trần thị b", None, "Chủ tịch"),
    ]
    assert [fault.split(". ")[0] for fault in union.faults("people", rows)] == [
        "Bảng!A2: không có đơn vị mã «KHAC»",
        "Bảng!A3: không có đơn vị mã «CTN72»",
        "Bảng!B4: «A» không phải họ tên",
        "Bảng!C4: không phải số điện thoại",
        "Bảng!D4: không có vai trò «trưởng phòng»",
        "Bảng!B6: người này đã có ở Bảng!B5",
    ]


def test_writes_a_code_and_words_for_each(union: Desk) -> None:
    union.imports("people", ROWS)
    book, said, path = written(union, CODES.copy())
    assert "3 mã mới, dùng đến 23/12/2026" in said
    assert path.stat().st_mode & 0o077 == 0
    rows = list(book["Chưa nhận"].iter_rows(values_only=True))
    assert rows[0][:9] == (
        "STT", "Mã đơn vị", "Tên đơn vị", "Vai trò", "Họ tên", "Điện thoại", "Mã một lần",
        "Dùng đến", "Đường dẫn",
    )  # fmt: skip
    assert rows[1][1:7] == (
        "CTN27", "CĐCS Cấp thoát nước", "Chủ tịch", "Nguyễn Văn A", "0912345678", "ABCDE-2HJKL",
    )  # fmt: skip
    assert "Nhắn riêng cho bot mã: ABCDE-2HJKL" in rows[1][9]
    grant = union.sees(lambda store: store.codes.peek(digest("abcde2hjkl"), NOW + timedelta(29)))
    unit = union.sees(lambda store: store.units.by_code("CTN27"))
    assert unit is not None
    assert grant == Grant(Role.CHAIR, unit.id)


def test_leaves_codes_that_are_out_unless_told(union: Desk) -> None:
    union.imports("people", ROWS)
    written(union, ["ABCDE2HJKL"], "ctn27")
    union.later(1)
    book, said, _ = written(union, CODES[1:])
    assert "2 mã mới" in said
    assert "1 người đã có mã từ trước" in said
    first = next(book["Chưa nhận"].iter_rows(min_row=2, values_only=True))
    assert (first[6], first[10]) == (None, "Đã cấp mã ngày 23/11/2026, chưa nhận")
    union.later(40)
    book, said, _ = written(union, [])
    assert "hết hạn" in book["Chưa nhận"]["K2"].value
    book, said, _ = written(union, ["NEWCD2HJKL", "NEWCD3HJKL", "NEWCD4HJKL"], again=True)
    assert book["Chưa nhận"]["G2"].value == "NEWCD-2HJKL"
    assert union.sees(lambda store: store.codes.peek(digest("ABCDE2HJKL"), NOW)) is None


def test_lists_those_who_have_come(union: Desk) -> None:
    union.imports("people", ROWS[:2])
    written(union, ["ABCDE2HJKL"])

    def claim(store: Store) -> None:
        person = store.people.add("Nguyễn Văn A", None, None, None, NOW)
        assert store.invitations.claim(digest("ABCDE2HJKL"), person.id, NOW)

    union.sees(claim)
    book, said, _ = written(union, [])
    assert "1 người đã nhận." in said
    assert book["Chưa nhận"].max_row == 1
    row = [cell.value for cell in book["Đã nhận"][2]]
    assert (row[4], f"{row[6]:%d/%m/%Y}") == ("Nguyễn Văn A", "23/11/2026")


def test_invites_nobody_to_a_unit_that_is_no_more(union: Desk) -> None:
    union.imports("people", ROWS)
    header = ("Mã đơn vị", "Tên đơn vị", "Ngày kết thúc")
    union.imports("units", [header, ("CTN27", "CĐCS Cấp thoát nước", "1/11/2026")])
    book, said, _ = written(union, list(CODES))
    assert "1 người thuộc đơn vị đã thôi hoạt động: không mời." in said
    assert [row[4] for row in book["Chưa nhận"].values][1:] == ["Trần Thị B", "Lê Văn C"]


def test_overwrites_no_file_and_keeps_no_code_that_stands_in_none(union: Desk) -> None:
    union.imports("people", ROWS[:2])
    there = union.folder / "có rồi.xlsx"
    there.write_bytes(b"")
    for path in (there, Path("không có/moi.xlsx")):
        with pytest.raises((Refused, OSError)):
            export_invitations(
                union.installation, path, Order("", False, NOW, lambda: "ABCDE2HJKL")
            )
    assert there.read_bytes() == b""
    assert union.sees(lambda store: store.codes.peek(digest("ABCDE2HJKL"), NOW)) is None
