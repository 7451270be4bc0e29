"""The last years' figures come in by a column a year."""

from storage.store import Store
from tests.bot.importing.conftest import Desk

ROWS = (
    ("Mã đơn vị", "Tên đơn vị", 2024, "Năm 2025"),
    ("CTN27", "CĐCS Cấp thoát nước", 12, 15),
    ("DL5", "CĐCS Điện lực", None, "1.200"),
)


def years(desk: Desk, code: str) -> dict[int, int]:
    def look(store: Store) -> dict[int, int]:
        unit = store.units.by_code(code)
        assert unit is not None
        return store.quota_plans.years(unit.id)

    return desk.sees(look)


def test_keeps_each_year_and_corrects_it(union: Desk) -> None:
    assert "Ghi kết quả các năm của 2 đơn vị" in union.imports("history", ROWS)
    assert years(union, "CTN27") == {2024: 12, 2025: 15}
    assert years(union, "DL5") == {2025: 1200}
    assert "Không có gì thay đổi." in union.imports("history", ROWS)
    union.imports("history", [ROWS[0], ("CTN27", None, 13, None)])
    assert years(union, "CTN27") == {2024: 13, 2025: 15}


def test_shows_first_what_it_would_keep(union: Desk) -> None:
    assert "CTN27 – 2024: 12, 2025: 15" in union.imports("history", ROWS, dry_run=True)
    assert years(union, "CTN27") == {}


def test_names_every_fault(union: Desk) -> None:
    rows = [ROWS[0], ("CTN27", None, -3, 1.5), ("ABC", None, 1, 1), ("CTN27", None, 2, 2)]
    faults = union.faults("history", rows)
    assert [fault.partition(":")[0] for fault in faults] == [
        "Bảng!C2", "Bảng!D2", "Bảng!A3", "Bảng!A4",
    ]  # fmt: skip
    assert "không có cột năm nào" in union.faults("history", [("Mã đơn vị",), ("CTN27",)])[0]
