"""A template is read by the very import it is for: its example left out, what is typed taken."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.templates import export_template
from bot.importing.templates import TABLES, template
from bot.packaged import operator_texts
from bot.telling import Refused
from tests.bot.importing.conftest import Desk

WORDS = operator_texts()
TYPED: dict[str, dict[str, str | int]] = {
    "units": {"A": "DL6", "B": "CĐCS Điện lực 6", "D": "TINH", "I": "1/7/2026", "M": "0912345678",
              "L": "Nguyễn Văn A"},
    "people": {"A": "DL5", "B": "Nguyễn Văn A"},
    "quotas": {"A": "DL5", "B": 12},
    "entries": {"A": "Lắp biến tần cho bơm", "B": "Nguyễn Văn A", "C": "DL5", "H": "3/2026"},
    "recognised": {"A": "Lắp biến tần cho bơm", "B": "Nguyễn Văn A", "C": "DL5", "D": "Cơ sở",
                   "E": "45/QĐ-CTN", "F": "20/5/2026"},
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_takes_what_is_typed_into_its_own_template(union: Desk, name: str) -> None:
    path = union.folder / f"{name}.xlsx"
    export_template(union.installation, name, path)
    assert str(path) in union.heard()
    assert "không có dòng nào" in union.faults(name, path)[0]
    book = load_workbook(path)
    for column, value in TYPED[name].items():
        book.worksheets[0][f"{column}3"] = value
    book.save(path)
    said = union.imports(name, path)
    taken = "1 sáng kiến chưa nhập" if name == "recognised" else "Thêm 1 "
    assert said.startswith(f"Bỏ qua 1 dòng ví dụ.\n{taken}")


@pytest.mark.parametrize("name", TABLES)
def test_explains_every_column_and_offers_what_may_be_chosen(union: Desk, name: str) -> None:
    forms = union.installation.content.forms
    book = load_workbook(BytesIO(template(name, forms, "khac", WORDS)))
    data, guide = book.worksheets[:2]
    headers = [cell.value for cell in data[1]]
    assert all(cell.comment and cell.comment.text for cell in data[1])
    told = [str(row[0]) for row in guide.iter_rows(values_only=True)]
    assert [header.removesuffix(" *") for header in headers] == told[-len(headers) :]
    assert data["A2"].value.startswith("Ví dụ")
    assert data.data_validations.dataValidation
    assert data.freeze_panes == "A2"


def test_overwrites_nothing(union: Desk) -> None:
    for name, path in (("units", Path("a.xlsx")), ("khac", Path("b.xlsx"))):
        Path("a.xlsx").write_bytes(b"")
        with pytest.raises(Refused):
            export_template(union.installation, name, path)
    assert Path("a.xlsx").read_bytes() == b""
