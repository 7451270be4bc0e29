"""The log of privileged deeds as an officer gets it."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.drawing import draw
from domain.message import Document
from domain.person import Role
from storage.engine import Database
from storage.store import Store
from tests.dialogues import world
from tests.support.union import NOW, Union, found_union

HOUSE = world.house({})
DAY = timedelta(days=1)


def log_of(union: Union, unit: int, person: int) -> Document:
    since = (NOW - 90 * DAY).isoformat()
    return Document("audit_log", {"unit": unit, "person": person, "since": since}, NOW + DAY)


def fill(store: Store) -> Union:
    union = found_union(store)
    store.people.grant(union.chair.id, Role.OFFICER, union.unit.id, None, NOW)
    note, subject = store.audit.note, f"person:{union.member.id}"
    note(union.chair.id, "grant", subject, NOW, {"role": "helper"}, union.unit.id)
    note(None, "strange_deed", "=1+1", NOW, {}, union.unit.id)
    note(union.chair.id, "revoke", subject, NOW, {}, union.other.id)
    note(None, "backup", "backup", NOW)
    note(union.chair.id, "confirm", "x", NOW - 100 * DAY, {}, union.unit.id)
    return union


def rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_lists_what_was_done_in_the_subtree(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.session() as session:
        session.begin()
        union = fill(session.store)
        session.commit()
    drawn = draw(log_of(union, union.unit.id, union.chair.id), sqlite, tmp_path, HOUSE)
    assert drawn is not None
    assert drawn.name == "nhat-ky-quyen-CTN27-2026-11-23.xlsx"
    found = rows(drawn.content)
    assert found[0][0] == "Nhật ký quyền – Công ty cấp nước"
    assert found[2][:3] == ("Thời điểm", "Ai", "Việc")
    where = "CTN27 Công ty cấp nước"
    assert [row[1:] for row in found[3:]] == [
        ("Lê Thị B", "Trao quyền", where, "Nguyễn Văn Vũ", "người hỗ trợ"),
        ("(người vận hành)", "strange_deed", where, "=1+1", None),
    ]


def test_lists_everything_for_the_root_and_nothing_without_the_right(
    sqlite: Database, tmp_path: Path
) -> None:
    with sqlite.session() as session:
        session.begin()
        union = fill(session.store)
        session.store.people.grant(union.member.id, Role.OFFICER, union.root.id, None, NOW)
        session.commit()
    drawn = draw(log_of(union, union.root.id, union.member.id), sqlite, tmp_path, HOUSE)
    assert drawn is not None
    assert len(rows(drawn.content)) == 3 + 4
    refused = log_of(union, union.root.id, union.chair.id)
    assert draw(refused, sqlite, tmp_path, HOUSE) is None
