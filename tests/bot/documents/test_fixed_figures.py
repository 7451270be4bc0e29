"""Fixed figures: the same for ever, and what came later beside them."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.documents.drawing import draw
from domain.initiative import Tally
from domain.message import Document
from storage.engine import Database
from storage.progress_tables import progress_table
from tests.bot.documents.test_progress_table import HOUSE, NOW, TODAY, scene


def fixed(database: Database, found: dict[str, Any]) -> int:
    """Fix the province's figures as they are."""
    union = found["union"]
    with database.session() as session:
        session.begin()
        store = session.store
        table = progress_table(store, union.programme, union.root, as_of=NOW, day=TODAY)
        name = "Báo cáo tuần 47"
        kept = store.snapshots.fix(
            union.programme.id, union.root.id, None, name, table, found["officer"], NOW
        )
        assert store.snapshots.table(kept.id) == table
        session.commit()
    return kept.id


def drawn(database: Database, found: dict[str, Any], folder: Path, snapshot: int) -> Workbook:
    parameters = {
        "unit": found["union"].root.id,
        "person": found["officer"],
        "snapshot": snapshot,
    }
    made = draw(Document("progress_table", parameters, NOW), database, folder, HOUSE)
    assert made is not None
    return load_workbook(BytesIO(made.content))


def cells(book: Workbook, sheet: str) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_stays_as_it_was_whatever_comes_later(database: Database, tmp_path: Path) -> None:
    found = scene(database)
    snapshot = fixed(database, found)
    first = drawn(database, found, tmp_path, snapshot)
    union = found["union"]
    with database.session() as session:
        session.begin()
        phase = union.programme.phases[1].id
        change = Tally(4, 4, 0, 0, 0)
        session.store.tallies.add(
            union.programme.id, phase, union.other.id, date(2026, 11, 23), change
        )
        session.commit()
    again = drawn(database, found, tmp_path, snapshot)
    for sheet in ("Tiến độ", "Xếp theo số lượng", "Chưa có sáng kiến"):
        assert cells(again, sheet) == cells(first, sheet)
    assert again["Tiến độ"]["A5"].value == "Số liệu chốt lúc 17h00 ngày 22/11/2026: Báo cáo tuần 47"
    later = {row[1]: row[2:] for row in cells(again, "Phát sinh sau chốt")[6:]}
    assert later["Trường tiểu học xã X"] == [5, 9, 4, 5, 9, 4]
    assert later["Tổng cộng"] == [10, 14, 4, 8, 12, 4]


def test_has_no_way_to_change_or_delete_what_was_fixed(database: Database) -> None:
    with database.session() as session:
        named = {name for name in dir(session.store.snapshots) if not name.startswith("_")}
    assert named == {"fix", "get", "of_unit", "table"}
