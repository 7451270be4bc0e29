"""What is written can be opened, holds numbers as numbers, and no text as a formula."""

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from bot.documents.workbook import Column, Kind, Sheet, write_workbook

COLUMNS = (
    Column("Tên", required=True, note="Ghi như trên giấy"),
    Column("Giao", Kind.WHOLE, group="Chỉ tiêu"),
    Column("Đăng ký", Kind.WHOLE, group="Chỉ tiêu"),
    Column("Tỷ lệ", Kind.PERCENT),
    Column("Ngày", Kind.DAY),
    Column("Lúc", Kind.MOMENT),
    Column("Loại", choices=("có", "không, chưa")),
)
ROWS = (
    ("=1+1", 4100, None, 1.539, date(2026, 3, 15), datetime(2026, 3, 15, 7, tzinfo=UTC), "có"),
    ("+84", 0, 5, 0.5, None, None, None),
    ("a\x00\x0bb_x0041_\ud800", 1, 5, 0.5, None, None, None),
)


def sheet(**more: object) -> Sheet:
    return Sheet("Tiến độ: [1/2]", COLUMNS, ROWS, **more)  # type: ignore[arg-type]  # by name


def test_writes_values_as_what_they_are() -> None:
    book = load_workbook(BytesIO(write_workbook([sheet(title=("Tiêu đề", "Tính đến"))])))
    made = book["Tiến độ 12"]
    assert [cell.value for cell in made[3]] == [
        "Tên", "Chỉ tiêu", None, "Tỷ lệ", "Ngày", "Lúc", "Loại",
    ]  # fmt: skip
    assert (made["A5"].data_type, made["A5"].value) == ("s", "=1+1")
    assert made["A5"].quotePrefix
    assert (made["B5"].value, made["B5"].number_format) == (4100, "#,##0")
    assert made["D5"].number_format == "0.0%"
    assert made["E5"].value == datetime(2026, 3, 15)
    assert made["A7"].value == "ab_x005F_x0041_"
    assert made.freeze_panes == "A5"
    assert {str(area) for area in made.merged_cells.ranges} >= {"B3:C3", "A3:A4"}


def test_offers_choices_in_every_row_and_notes_above() -> None:
    book = load_workbook(BytesIO(write_workbook([sheet(spare=10)])))
    made = book.worksheets[0]
    rule = made.data_validations.dataValidation[0]
    assert str(rule.sqref) == "G3:G16"
    assert book["lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["lists"]["A"]] == ["có", "không, chưa"]
    assert made["A1"].comment.text == "Ghi như trên giấy"


def test_marks_examples_and_the_sum() -> None:
    content = write_workbook([sheet(faint=[("Ví dụ", 1)], total=("Tổng cộng", 4101))])
    made = load_workbook(BytesIO(content)).worksheets[0]
    assert made["A3"].font.italic
    assert made["A7"].font.bold
    assert made["B7"].value == 4101


def test_writes_a_guide_that_is_only_read() -> None:
    guide = Sheet("Hướng dẫn", (), [("a", "b")], title=("Cách điền",), plain=True, widths=(20, 60))
    made = load_workbook(BytesIO(write_workbook([guide]))).worksheets[0]
    assert [cell.value for cell in made[2]] == ["a", "b"]
    assert not made.sheet_view.showGridLines
