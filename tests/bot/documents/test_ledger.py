"""The delivery ledger as an officer gets it."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.drawing import draw
from domain.address import Address
from domain.group import Group
from domain.message import Document, Outgoing
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import Parcel, ParcelState
from domain.person import Role
from storage.engine import Database
from storage.parcels import Outcome
from storage.store import Store
from tests.dialogues import world
from tests.support.union import MEMBER_CHAT, NOW, Union, found_union

HOUSE = world.house({})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHAT = Address("telegram", "bot", "-1001")


def ledger_of(unit: int, person: int) -> Document:
    since = (NOW - 90 * DAY).isoformat()
    return Document("ledger", {"unit": unit, "person": person, "since": since}, NOW + DAY)


def fill(store: Store) -> Union:
    union = found_union(store)
    store.groups.bind(Group(CHAT, union.unit.id, '=HYPERLINK("x")', union.chair.id, NOW))
    draft = Notice("n1", Kind.DRAFT, NOW, union.member.id, unit=union.unit.id)
    parcel = store.parcels.add(Parcel("p1", MEMBER_CHAT, Outgoing("x"), NOW))
    assert parcel is not None
    sent = Outcome(parcel.id, ParcelState.SENT, NOW + 3 * HOUR, attempts=2)
    store.parcels.record([sent])
    lost = replace(draft, state=NoticeState.SKIPPED, reason="late")
    for notice in (
        replace(draft, parcel=parcel.id, held="lunch"),
        replace(lost, key="n2", kind=Kind.BOARD, due_at=NOW - HOUR, person=None, group=1),
        replace(lost, key="n3", due_at=NOW + HOUR, unit=union.other.id, reason="=1+1"),
        replace(lost, key="n4", due_at=NOW - 100 * DAY),
        replace(lost, key="n5", kind=Kind.ALARM, person=999, unit=None),
    ):
        assert store.notices.add(notice) is not None
    return union


def rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def local(moment: datetime) -> datetime:
    return HOUSE.local(moment).replace(tzinfo=None)


def filled(sqlite: Database) -> Union:
    with sqlite.session() as session:
        session.begin()
        union = fill(session.store)
        session.store.people.grant(union.member.id, Role.OFFICER, union.root.id, None, NOW)
        session.commit()
    return union


def test_tells_of_each_notice_what_became_of_it_and_why(sqlite: Database, tmp_path: Path) -> None:
    union = filled(sqlite)
    drawn = draw(ledger_of(union.unit.id, union.chair.id), sqlite, tmp_path, HOUSE)
    assert drawn is not None
    assert drawn.name == "nhat-ky-gui-CTN27-2026-11-23.xlsx"
    title, span, header, *found = rows(drawn.content)
    assert title[0] == "Nhật ký gửi tin – Công ty cấp nước"
    assert span[0] == "Từ 24/8/2026 đến 23/11/2026"
    assert header[:4] == ("Đến hạn", "Loại tin", "Gửi tới", "Đơn vị")
    where = "CTN27 Công ty cấp nước"
    sent = ("đã gửi", "nghỉ trưa", local(NOW + 3 * HOUR), 2)
    group = 'nhóm «=HYPERLINK("x")»'
    assert found == [
        (local(NOW), "bản viết dở", "Nguyễn Văn Vũ", where, *sent),
        (local(NOW - HOUR), "bảng ngày", group, where, "bỏ vì quá muộn", "quá muộn", None, None),
    ]


def test_holds_everything_for_the_root_and_takes_nothing_for_a_formula(
    sqlite: Database, tmp_path: Path
) -> None:
    union = filled(sqlite)
    drawn = draw(ledger_of(union.root.id, union.member.id), sqlite, tmp_path, HOUSE)
    assert drawn is not None
    found = rows(drawn.content)[3:]
    assert [row[1] for row in found] == ["bản viết dở", "báo động", "bản viết dở", "bảng ngày"]
    assert [row[5] for row in found] == ["=1+1", "quá muộn", "nghỉ trưa", "quá muộn"]
    assert found[1][2:4] == ("(không còn)", None)


def test_is_drawn_for_nobody_without_the_right(sqlite: Database, tmp_path: Path) -> None:
    union = filled(sqlite)
    assert draw(ledger_of(union.root.id, union.chair.id), sqlite, tmp_path, HOUSE) is None
    assert draw(ledger_of(union.other.id, union.chair.id), sqlite, tmp_path, HOUSE) is None
