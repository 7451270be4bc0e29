"""Whom to phone, as an officer takes it along."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from bot.channel import Rendered
from bot.documents.drawing import draw
from domain.conversation import Conversation
from domain.initiative import Desk
from domain.message import Document
from domain.notice import Kind, Notice, NoticeState
from domain.person import Role
from storage.engine import Database
from storage.store import Store
from tests.dialogues import world
from tests.support.union import CHAIR_CHAT, NOW, Union, an_entry, found_union

HOUSE = replace(
    world.house({}), private_links={("telegram", "bot"): "https://t.me/bot?start={payload}"}
)
DAY = timedelta(days=1)
Drawn = Rendered | None


def fill(store: Store) -> Union:
    """The chair has been silent for long on a network with windows; the member blocked the bot."""
    union = found_union(store)
    officer = store.people.add("Hoàng Văn E", union.root.id, None, None, NOW)
    store.people.grant(officer.id, Role.OFFICER, union.root.id, None, NOW)
    chair = union.chair.id
    spoken = Conversation(CHAIR_CHAT, chair, spoken_at=NOW - 9 * DAY)
    store.conversations.save(spoken)
    invited = store.invitations.add(union.unit.id, Role.CHAIR, "Lê Thị B", "0912000111", NOW)
    store.invitations.issue(invited.id, "digest", NOW + DAY, NOW)
    store.invitations.claim("digest", chair, NOW)
    store.initiatives.add(
        an_entry(union, code="LS-1", desk=Desk.CHAIR, desk_since=NOW, submitted_at=NOW)
    )
    kinds = (Kind.QUEUE, Kind.QUEUE, Kind.PACE)
    for number, kind in enumerate(kinds):
        _fails(store, f"c{number}", chair, kind, "window")
    _fails(store, "m", union.member.id, Kind.DRAFT, "blocked")
    return union


def _fails(store: Store, key: str, person: int, kind: Kind, reason: str) -> None:
    notice = Notice(key, kind, NOW, person, state=NoticeState.DROPPED, reason=reason)
    assert store.notices.add(notice) is not None


def drawn(database: Database, folder: Path, *, code: str = "LDLD", by_chair: bool = False) -> Drawn:
    with database.session() as session:
        session.begin()
        union = fill(session.store)
        [officer] = session.store.people.holders(Role.OFFICER, (union.root.id,))
        session.commit()
    unit = union.root if code == "LDLD" else union.unit
    person = union.chair if by_chair else officer
    document = Document("calls", {"unit": unit.id, "person": person.id}, NOW)
    return draw(document, database, folder, HOUSE)


def rows(found: Drawn) -> list[tuple[object, ...]]:
    assert found is not None
    sheet = load_workbook(BytesIO(found.content)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_tells_of_each_whom_to_phone_and_what_to_pass_on(sqlite: Database, tmp_path: Path) -> None:
    found = drawn(sqlite, tmp_path)
    assert found is not None and found.name == "can-goi-LDLD-2026-11-22.xlsx"
    title, span, header, chair = rows(found)
    assert title[0] == "Người không nhận được tin bot gửi – LĐLĐ tỉnh"
    assert span[0] == "Đến 22/11/2026; tin không gửi được trong 30 ngày qua"
    assert header[:3] == ("Họ tên", "Đơn vị", "Điện thoại")
    assert chair == (
        "Lê Thị B",
        "CTN27 Công ty cấp nước",
        "0912000111",
        "sáng kiến chờ duyệt (2), tiến độ chậm",
        3,
        "lâu chưa nhắn bot, Zalo không cho gửi; nhắn lần cuối 13/11/2026",
        HOUSE.local(NOW - 9 * DAY).replace(tzinfo=None),
        "Gửi anh/chị Lê Thị B (CTN27): bot sáng kiến không nhắn được cho anh/chị. "
        "Việc đang chờ: 1 sáng kiến chờ anh/chị duyệt, đơn vị đang chậm so với chỉ tiêu.\n"
        "Anh/chị mở https://t.me/bot?start= và nhắn «giup»: từ đó bot lại nhắn được cho anh/chị.\n"
        "LĐLĐ tỉnh Lạng Sơn",
    )


def test_holds_members_of_one_unit_and_for_their_chair(sqlite: Database, tmp_path: Path) -> None:
    found = rows(drawn(sqlite, tmp_path, code="CTN27"))[3:]
    assert [row[0] for row in found] == ["Lê Thị B", "Nguyễn Văn Vũ"]


def test_leaves_out_whoever_asks(sqlite: Database, tmp_path: Path) -> None:
    found = rows(drawn(sqlite, tmp_path, code="CTN27", by_chair=True))[3:]
    assert [row[0] for row in found] == ["Nguyễn Văn Vũ"]


def test_is_drawn_for_nobody_without_the_right(sqlite: Database, tmp_path: Path) -> None:
    assert drawn(sqlite, tmp_path, by_chair=True) is None
