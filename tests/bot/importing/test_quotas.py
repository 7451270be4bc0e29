"""Quotas come in as revisions: what is in force already is not said again."""

from datetime import date
from typing import Any

from domain.programme import QuotaKind
from storage.store import Store
from tests.bot.importing.conftest import Desk

HEADER = ("Mã đơn vị", "Chỉ tiêu", "Loại", "Giai đoạn", "Áp dụng từ ngày", "Lý do")
ROWS = (
    HEADER,
    ("CTN27", 12, None, None, None, "Kế hoạch 12"),
    ("CTN27", 4, "giao", "giai doan 1", None, None),
    ("XA1", "1.200", "Đăng ký", "Cả chương trình", "1/3/2026", None),
)


def history(desk: Desk, code: str) -> list[tuple[Any, ...]]:
    def look(store: Store) -> list[tuple[Any, ...]]:
        unit, programme = store.units.by_code(code), store.programmes.by_key("2026")
        assert unit is not None
        assert programme is not None
        return [
            (quota.kind, quota.phase, quota.target, quota.effective_from, quota.reason)
            for quota in store.quotas.history(programme.id, unit.id)
        ]

    return desk.sees(look)


def test_sets_targets_from_the_beginning_or_the_day_told(union: Desk) -> None:
    assert "Thêm 3 chỉ tiêu" in union.imports("quotas", ROWS)
    assert history(union, "CTN27") == [
        (QuotaKind.ASSIGNED, None, 12, date(2026, 1, 1), "Kế hoạch 12"),
        (QuotaKind.ASSIGNED, 1, 4, date(2026, 1, 1), ""),
    ]
    assert history(union, "XA1") == [
        (QuotaKind.REGISTERED, None, 1200, date(2026, 3, 1), ""),
    ]
    assert union.imports("quotas", ROWS, "2026").strip() == "Không có gì thay đổi."


def test_adds_a_revision_and_overwrites_nothing(union: Desk) -> None:
    union.imports("quotas", ROWS)
    rows = [HEADER, ("CTN27", 15, None, None, None, "Điều chỉnh")]
    assert "Thêm 1 chỉ tiêu" in union.imports("quotas", rows)
    assert history(union, "CTN27")[-1] == (
        QuotaKind.ASSIGNED, None, 15, date(2026, 11, 23), "Điều chỉnh",
    )  # fmt: skip
    assert len(history(union, "CTN27")) == 3
    assert "Không có gì thay đổi." in union.imports("quotas", rows)


def test_takes_a_row_without_a_day_for_what_dated_ones_revise(union: Desk) -> None:
    rows = [HEADER, ("CTN27", 20, None, None, "1/12/2026", None), ("CTN27", 10, *[None] * 4)]
    assert "Thêm 2 chỉ tiêu" in union.imports("quotas", rows)
    assert [(target, since) for _, _, target, since, _ in history(union, "CTN27")] == [
        (10, date(2026, 1, 1)), (20, date(2026, 12, 1)),
    ]  # fmt: skip
    assert "Không có gì thay đổi." in union.imports("quotas", rows)


def test_sets_nothing_twice_before_a_target_that_is_still_to_come(union: Desk) -> None:
    union.imports("quotas", [HEADER, ("CTN27", 20, None, None, "1/12/2026", None)])
    rows = [HEADER, ("CTN27", 10, *[None] * 4)]
    assert "Thêm 1 chỉ tiêu" in union.imports("quotas", rows)
    assert "Không có gì thay đổi." in union.imports("quotas", rows)


def test_shows_what_it_would_set(union: Desk) -> None:
    said = union.imports("quotas", ROWS, dry_run=True)
    assert "  CTN27 – CĐCS Cấp thoát nước: 12" in said
    assert history(union, "CTN27") == []


def test_names_what_is_wrong_with_a_target(union: Desk) -> None:
    rows = [
        HEADER,
        ("CTN27", -1, None, None, None),
        ("CTN27", 1.5, None, None, None),
        ("KHAC9", 1, "tự nguyện", "Giai đoạn 9", "1/1/2027"),
        ("XA1", None, None, None, None),
        ("XA1", 3, None, None, None),
        ("XA1", 4, "giao", None, None),
    ]
    assert [fault.split(". ")[0] for fault in union.faults("quotas", rows)] == [
        "Bảng!B2: không được là số âm",
        "Bảng!B3: phải là số nguyên, không có phần lẻ",
        "Bảng!A4: không có đơn vị mã «KHAC9»",
        "Bảng!C4: «tự nguyện» không phải loại chỉ tiêu",
        "Bảng!D4: không có giai đoạn «Giai đoạn 9»",
        "Bảng!E4: ngày ngoài thời gian chương trình (01/01/2026 đến 31/12/2026)",
        "Bảng!B5: thiếu, cần điền ô này",
        "Bảng!A7: đơn vị này đã có chỉ tiêu cùng loại, cùng giai đoạn ở Bảng!A6",
    ]
