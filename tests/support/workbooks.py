"""Workbooks for tests: as Excel writes them, and by hand for what Excel would never write."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(
    path: Path,
    rows: Iterable[Sequence[Any]],
    sheet: str = "Sheet1",
    touch: Callable[[Worksheet], None] = lambda sheet: None,
    others: Sequence[str] = (),
) -> Path:
    """A file with one table; ``touch`` does to its sheet what a person might."""
    book = Workbook()
    made = book.active
    made.title = sheet
    for row in rows:
        made.append(list(row))
    touch(made)
    for name in others:
        book.create_sheet(name)
    book.save(path)
    return path


def by_hand(
    path: Path, data: Iterable[str], sheet: str = "Sheet1", after: str = "", before: str = ""
) -> Path:
    """A file whose sheet holds exactly this XML, rows in ``data``."""
    relation = f'<Relationships xmlns="{RELATIONS.replace("officeDocument", "package")}">'
    with ZipFile(path, "w", ZIP_DEFLATED) as parts:
        parts.writestr(
            "_rels/.rels",
            f'{relation}<Relationship Id="a" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{relation}<Relationship Id="b" Type="{RELATIONS}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="b"/></sheets></workbook>',
        )
        with parts.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(f'{before}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for piece in data:
                stream.write(piece.encode())
            stream.write(f"</sheetData>{after}</worksheet>".encode())
    return path


def text_row(number: int, *texts: str) -> str:
    """A row of texts, as XML."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def zipped(**parts: str) -> bytes:
    """A zip of texts."""
    content = BytesIO()
    with ZipFile(content, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return content.getvalue()
