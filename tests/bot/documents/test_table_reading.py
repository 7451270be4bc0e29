"""A table is read whole, and everything wrong with it is named by its sheet and cell."""

import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Reading, Table
from bot.documents.table_reading import read_table
from bot.packaged import operator_texts
from domain.errors import FaultyContent
from domain.texts import Texts
from tests.support.workbooks import by_hand, text_row, workbook

TODAY = date(2026, 11, 23)
TABLE = Table(
    "probe",
    (
        Heading("code", Reads.CODE, required=True, most=32),
        Heading("name", Reads.TEXT, required=True, most=40),
        Heading("from", Reads.DAY),
        Heading("count", Reads.WHOLE),
        Heading("sum", Reads.MONEY),
        Heading("share", Reads.PERCENT),
        Heading("closed", Reads.YES_NO),
        Heading("phone", Reads.PHONE),
        Heading("story", Reads.SAID, most=100),
    ),
)
OURS = operator_texts()


class Words(Texts):
    """Ours, and the probe's own."""

    def __init__(self) -> None:
        raw: dict[str, Any] = {
            "probe": {
                "sheet": "Đơn vị | Danh sách",
                "column": {
                    "code": "Mã đơn vị | Mã",
                    "name": "Tên đơn vị",
                    "from": "Ngày bắt đầu",
                    "count": "Số đoàn viên",
                    "sum": "Số tiền",
                    "share": "Tỷ lệ",
                    "closed": "Đã thôi",
                    "phone": "Điện thoại",
                    "story": "Nội dung",
                },
            }
        }
        super().__init__(raw)

    def __call__(self, key: str, **values: Any) -> str:
        return super().__call__(key, **values) if key in self else OURS(key, **values)


WORDS = Words()
HEADER = ("Mã đơn vị", "Tên đơn vị")
ALL = (*HEADER, "Ngày bắt đầu", "Số đoàn viên", "Số tiền", "Tỷ lệ", "Đã thôi", "Điện thoại",
       "Nội dung")  # fmt: skip


def read(path: Path) -> Reading:
    return read_table(path, TABLE, WORDS, TODAY)


def faults(path: Path) -> list[str]:
    with pytest.raises(FaultyContent) as caught:
        read(path).finish()
    return list(caught.value.faults)


def one(tmp_path: Path, heading: str, value: Any, number_format: str = "") -> Any:
    """What a cell of the second row is read as, else the fault."""

    def touch(sheet: Worksheet) -> None:
        if number_format:
            sheet["C2"].number_format = number_format

    row = ("A1", "Tên", value)
    path = workbook(tmp_path / "one.xlsx", [(*HEADER, heading), row], "Đơn vị", touch)
    reading = read(path)
    key = next(h.key for h in TABLE.headings if heading in TABLE.spellings(h, WORDS))
    if not reading.sound:
        with pytest.raises(FaultyContent) as caught:
            reading.finish()
        return caught.value.faults[0]
    return reading.lines[0][key]


def test_reads_rows_as_typed_values(tmp_path: Path) -> None:
    row = ("CTN27", "CĐCS Cấp thoát nước", date(2026, 3, 15), 120, 14_000_000, "30%", "có", None, 5)
    reading = read(workbook(tmp_path / "a.xlsx", [ALL, row], "Đơn vị"))
    reading.finish()
    assert [dict(line.values) for line in reading.lines] == [
        {
            "code": "CTN27",
            "name": "CĐCS Cấp thoát nước",
            "from": date(2026, 3, 15),
            "count": 120,
            "sum": 14_000_000,
            "share": Decimal(30),
            "closed": True,
            "story": "5",
        }
    ]
    assert reading.place(reading.lines[0], "from") == "Đơn vị!C2"


@pytest.mark.parametrize(
    ("heading", "value", "shown", "read_as"),
    [
        ("Ngày bắt đầu", "15/3/2026", "", date(2026, 3, 15)),
        ("Ngày bắt đầu", "01/07/2027", "", date(2027, 7, 1)),
        ("Ngày bắt đầu", datetime(2026, 3, 15, 7), "dd/mm/yyyy", date(2026, 3, 15)),
        ("Ngày bắt đầu", 46096, "[$-42A]dd\\-mm\\-yyyy", date(2026, 3, 15)),
        ("Ngày bắt đầu", "15/3", "", "Đơn vị!C2: chưa rõ năm nào"),
        ("Ngày bắt đầu", "30/2/2026", "", "Đơn vị!C2: không đọc được ngày"),
        ("Ngày bắt đầu", 2026, "", "Đơn vị!C2: không đọc được ngày"),
        ("Ngày bắt đầu", "3/2026", "", "Đơn vị!C2: không đọc được ngày"),
        ("Số đoàn viên", "1.200", "", 1200),
        ("Số đoàn viên", " 1 200 ", "", 1200),
        ("Số đoàn viên", 1200.0, "", 1200),
        ("Số đoàn viên", "12 người", "", 12),
        ("Số đoàn viên", -5, "", "Đơn vị!C2: không được là số âm"),
        ("Số đoàn viên", "-5", "", "Đơn vị!C2: không được là số âm"),
        ("Số đoàn viên", 12.5, "", "Đơn vị!C2: phải là số nguyên, không có phần lẻ"),
        ("Số đoàn viên", "12,5", "", "Đơn vị!C2: phải là số nguyên, không có phần lẻ"),
        ("Số đoàn viên", "nhiều", "", "Đơn vị!C2: phải là số nguyên, như 12"),
        ("Số đoàn viên", 1e300, "", "Đơn vị!C2: không phải số dùng được"),
        ("Số đoàn viên", "9" * 20, "", "Đơn vị!C2: không phải số dùng được"),
        ("Số đoàn viên", "9" * 5000, "", "Đơn vị!C2: phải là số nguyên, như 12"),
        ("Số tiền", "14 triệu", "", 14_000_000),
        ("Số tiền", "14", "", "Đơn vị!C2: không đọc được số tiền"),
        ("Tỷ lệ", 0.3, "0%", Decimal(30)),
        ("Tỷ lệ", 30, "", Decimal(30)),
        ("Đã thôi", True, "", True),
        ("Đã thôi", "x", "", True),
        ("Đã thôi", "không", "", False),
        ("Đã thôi", "chắc thế", "", "Đơn vị!C2: ghi «có» hoặc «không»"),
        ("Điện thoại", 912345678, "", "0912345678"),
        ("Điện thoại", "+84 912 345 678", "", "0912345678"),
        ("Điện thoại", "hỏi sau", "", "Đơn vị!C2: không phải số điện thoại"),
        ("Nội dung", "tie\u0302\u0301n\u00a0\u200b \x09 bộ ", "", "tiến bộ"),
        ("Nội dung", "dòng 1\ndòng 2", "", "dòng 1\ndòng 2"),
        ("Nội dung", 0.1 + 0.2, "", "0,3"),
        ("Số đoàn viên", 1, "0%", "Đơn vị!C2: phải là số nguyên, như 12"),
        ("Nội dung", 0.3, "0%", "30%"),
        ("Nội dung", date(2026, 3, 1), "mm/yyyy", "tháng 3/2026"),
        ("Nội dung", "a" * 101, "", "Đơn vị!C2: dài quá 100 ký tự"),
        ("Nội dung", "=1+1", "", "Đơn vị!C2: ô này là công thức"),
        ("Nội dung", "#N/A", "", "Đơn vị!C2: ô báo lỗi #N/A"),
    ],
)
def test_reads_a_cell_or_says_what_to_mend(
    tmp_path: Path, heading: str, value: Any, shown: str, read_as: Any
) -> None:
    found = one(tmp_path, heading, value, shown)
    if isinstance(read_as, str) and read_as.startswith("Đơn vị!"):
        assert found.startswith(read_as)
    else:
        assert found == read_as


@pytest.mark.parametrize(
    ("code", "read_as"),
    [(27, "27"), (12.0, "12"), (" CTN27 ", "CTN27"), ("ĐV1", None), (date(2026, 3, 5), None)],
)
def test_takes_numbers_for_codes_but_nothing_odd(
    tmp_path: Path, code: Any, read_as: str | None
) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", [HEADER, (code, "Tên")], "Đơn vị"))
    assert (reading.lines[0]["code"], reading.sound) == (read_as, read_as is not None)


def test_finds_every_fault_of_a_sheet_at_once(tmp_path: Path) -> None:
    rows = [
        ("DANH SÁCH ĐƠN VỊ",),
        (),
        ("STT", "Mã", "Tên đơn vị", "Ngày bắt đầuu", "Mã đơn vị", "Email"),
        (1, None, "Tên", None, None, "a@b"),
        (2, "A 1", None, None),
    ]
    reading = read(workbook(tmp_path / "a.xlsx", rows, "Danh sách"))
    assert reading.notices == ["Danh sách!F3: không dùng cột «Email»"]
    with pytest.raises(FaultyContent) as caught:
        reading.finish()
    assert [fault.split(". ")[0] for fault in caught.value.faults] == [
        "Danh sách!D3: không có cột «Ngày bắt đầuu»",
        "Danh sách!E3: cột «Mã đơn vị» có hai lần",
        "Danh sách!B4: thiếu, cần điền ô này",
        "Danh sách!C5: thiếu, cần điền ô này",
    ]


def test_names_columns_that_are_missing_and_sheets_that_are_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("Mã",), ("A1",)], "Đơn vị")
    assert faults(path) == ["Đơn vị!dòng 1: thiếu cột «Tên đơn vị»"]
    path = workbook(tmp_path / "b.xlsx", [("Họ", "Tên")], "Bảng", others=["Khác"])
    assert faults(path)[0].startswith("b.xlsx: không có trang «Đơn vị». Tệp có các trang: «Bảng»")
    path = workbook(tmp_path / "c.xlsx", [("Họ", "Tên")], "Bảng")
    assert "Cần có các cột: «Mã đơn vị», «Tên đơn vị»" in faults(path)[0]
    path = workbook(tmp_path / "d.xlsx", [HEADER], "Đơn vị")
    assert "không có dòng nào" in faults(path)[0]


def test_takes_the_only_sheet_whatever_its_name(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", [HEADER, ("A1", "Tên")], "Sheet7"))
    assert reading.place(reading.lines[0], "code") == "Sheet7!A2"


def test_leaves_examples_out_and_counts_them(tmp_path: Path) -> None:
    rows = [HEADER, ("Ví dụ: CTN27", "Tên"), ("A1", "Tên")]
    reading = read(workbook(tmp_path / "a.xlsx", rows, "Đơn vị"))
    reading.finish()
    assert (reading.examples, len(reading.lines)) == (1, 1)


@pytest.mark.parametrize("last", [("Tổng cộng", 12), (None, "TỔNG"), ("TONG CONG", "12")])
def test_says_that_a_line_of_totals_is_none_of_the_table(
    tmp_path: Path, last: tuple[str | int | None, ...]
) -> None:
    rows = [HEADER, ("CTN27", "CĐCS Cấp thoát nước"), last]
    reading = read(workbook(tmp_path / "a.xlsx", rows, "Đơn vị"))
    assert len(reading.lines) == 1
    with pytest.raises(FaultyContent) as caught:
        reading.finish()
    assert caught.value.faults == ("Đơn vị!dòng 3: đây là dòng tổng. Xóa dòng này",)


def test_refuses_merged_cells_in_the_table_only(tmp_path: Path) -> None:
    def touch(sheet: Worksheet) -> None:
        for area in ("A1:B1", "A4:A5", "A9:B9", "D4:E4"):
            sheet.merge_cells(area)

    rows = [("Danh sách", None), HEADER, ("A1", "Tên"), ("A2", "Tên"), (None, "Tên")]
    found = faults(workbook(tmp_path / "a.xlsx", rows, "Đơn vị", touch))
    assert [fault.split(".")[0] for fault in found] == [
        "Đơn vị!A4: ô gộp A4:A5",
        "Đơn vị!A5: thiếu, cần điền ô này",
    ]


def test_says_which_columns_have_no_header(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", [HEADER, ("A1", "Tên", "lạc")], "Đơn vị"))
    assert reading.notices == ["Đơn vị: không đọc các cột không có tiêu đề (C)"]


def test_is_done_with_a_million_blank_rows_at_once(tmp_path: Path) -> None:
    def rows() -> Any:
        yield text_row(1, *HEADER) + text_row(2, "A1", "Tên")
        for first in range(3, 1_000_000, 1000):
            yield "".join(
                f'<row r="{n}" spans="1:9"><c r="A{n}" s="1"/><c r="B{n}" t="inlineStr">'
                "<is><t> </t></is></c></row>"
                for n in range(first, first + 1000)
            )

    path = by_hand(tmp_path / "a.xlsx", rows(), "Đơn vị")
    start = time.perf_counter()
    assert "dòng trống" in faults(path)[0]
    assert time.perf_counter() - start < 5


def test_is_done_with_a_million_empty_rows_and_tells_nothing(tmp_path: Path) -> None:
    def rows() -> Any:
        yield text_row(1, *HEADER) + text_row(2, "A1", "Tên")
        for first in range(3, 1_000_000, 1000):
            yield "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>'
                          for n in range(first, first + 1000))  # fmt: skip

    reading = read(by_hand(tmp_path / "a.xlsx", rows(), "Đơn vị"))
    reading.finish()
    assert len(reading.lines) == 1


def test_says_when_something_stands_far_below(tmp_path: Path) -> None:
    rows = [text_row(1, *HEADER), text_row(2, "A1", "Tên")]
    blank = (f'<row r="{n}"/>' for n in range(3, 9000))
    path = by_hand(tmp_path / "a.xlsx", [*rows, *blank, text_row(9000, "A2", "Tên")], "Đơn vị")
    assert "sau dòng 2 rồi mới có chữ" in faults(path)[0]


def test_takes_no_more_rows_than_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.documents.table_reading.ROWS_MOST", 2)
    rows = [text_row(1, *HEADER), *(text_row(n, f"A{n}", "Tên") for n in range(2, 5))]
    assert "nhiều hơn 2 dòng" in faults(by_hand(tmp_path / "a.xlsx", rows, "Đơn vị"))[0]
