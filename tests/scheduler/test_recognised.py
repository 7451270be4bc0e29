"""Asking for what was recognised and is not entered: whom, when, how often, and of what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.address import Address
from domain.draft import Draft
from domain.message import Outgoing
from domain.notice import Kind, NoticeState
from domain.person import Person, Role
from domain.recognised_lines import RecognisedLine
from scheduler import recognised
from scheduler.context import Context
from storage import settling
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT, a_draft, a_programme, an_entry

MONDAY = date(2026, 11, 23)
ADDED = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""A Monday, 10:00 in Việt Nam."""

DAY = timedelta(days=1)
PUMP, RACK = "Lắp cảm biến áp lực cho bơm", "Làm giá treo đồng hồ nước"
OFFICER_CHAT = Address("telegram", "bot", "3001")


def dawn(days: int) -> datetime:
    """Half past six in Việt Nam, so many days after the list came in."""
    return datetime(2026, 11, 22, 23, 30, tzinfo=UTC) + days * DAY


def noon(days: int) -> datetime:
    """When everybody may be written to."""
    return dawn(days) + timedelta(hours=3)


def add(office: Office, title: str = PUMP, **changes: object) -> RecognisedLine:
    """A line of the member's; ``changes`` by name."""
    union = office.union
    line = RecognisedLine(
        0, union.programme.id, union.unit.id, "Nguyễn Văn Vũ", union.member.id, (), title,
        "co_so", "45/QĐ-CTN", date(2026, 5, 20), ADDED,
    )  # fmt: skip
    line = replace(line, **changes)  # type: ignore[arg-type]  # by name
    return office.do(lambda store: store.recognised_lines.add(line))


def settle(office: Office, line: RecognisedLine) -> None:
    def enter(store: Store) -> None:
        entry = store.initiatives.add(an_entry(office.union, title=line.title), MONDAY)
        settling.settle(store, line, entry.id, ADDED + DAY)

    office.do(enter)


def run(office: Office, days: int) -> None:
    office.run(recognised.find, dawn(days))


def said(office: Office, days: int) -> dict[Address, Outgoing]:
    """What everybody reads that noon."""
    return {parcel.to: parcel.say for parcel in office.deliver(noon(days))}


def labels(say: Outgoing) -> list[str]:
    return [button.label for button in say.actions()]


def an_officer(office: Office) -> Person:
    root = office.union.root.id
    person = office.do(lambda store: store.people.add("Cán bộ", root, None, OFFICER_CHAT, ADDED))
    office.do(lambda store: store.people.grant(person.id, Role.OFFICER, root, None, ADDED))
    return person


def test_asks_the_author_and_the_chair_the_next_morning(office: Office) -> None:
    line = add(office)
    add(office, RACK, author_name="Lê Thị D", author=None)
    run(office, 1)
    author, chair = office.union.member.id, office.union.chair.id
    assert sorted((each.key, each.kind, each.unit) for each in office.ledger()) == [
        (f"enter:author:{author}:2026-11-23:0", Kind.RECOGNISED, office.union.unit.id),
        (f"enter:unit:{office.union.unit.id}:{chair}:2026-11-23:0", Kind.RECOGNISED, line.unit),
    ]
    heard = said(office, 1)
    assert heard[MEMBER_CHAT].text == (
        "Sáng kiến «Lắp cảm biến áp lực cho bơm» của anh/chị đã có quyết định công nhận 45/QĐ-CTN "
        "ngày 20/5/2026 nhưng chưa nhập nên chưa được tính. Chỉ trả lời vài câu là xong."
    )
    assert labels(heard[MEMBER_CHAT]) == ["Nhập ngay", "Tắt nhắc 7 ngày"]
    assert heard[CHAIR_CHAT].text == (
        "2 sáng kiến của đơn vị đã có quyết định công nhận nhưng chưa nhập: «Lắp cảm biến áp lực "
        "cho bơm» (Nguyễn Văn Vũ), «Làm giá treo đồng hồ nước» (Lê Thị D). Anh/chị nhắc tác giả, "
        "hoặc nhập hộ."
    )
    assert labels(heard[CHAIR_CHAT]) == ["Xem, nhập hộ", "Tắt nhắc 7 ngày"]


def test_asks_at_once_after_a_week_and_after_three_and_then_no_more(office: Office) -> None:
    add(office)
    days = []
    for day in range(1, 40):
        run(office, day)
        days += [day] * len([each for each in said(office, day) if each == MEMBER_CHAT])
    assert days == [1, 7, 21]
    keys = [each.key for each in office.ledger() if each.person == office.union.member.id]
    assert keys == [
        f"enter:author:{office.union.member.id}:2026-11-23:{step}" for step in (0, 7, 21)
    ]


def test_asks_once_however_often_it_looks(office: Office) -> None:
    add(office)
    for _ in range(3):
        run(office, 1)
    assert len(office.ledger()) == 2
    assert len(office.deliver(noon(1))) == 2
    run(office, 2)
    assert office.deliver(noon(2)) == []


def test_asks_only_the_last_step_after_a_downtime(office: Office) -> None:
    add(office)
    run(office, 23)
    assert [each.key.rsplit(":", 1)[1] for each in office.ledger()] == ["21", "21"]


def test_asks_nobody_for_what_comes_too_late(office: Office) -> None:
    add(office)
    run(office, 28)
    assert office.ledger() == []


def test_looks_only_where_something_waits(office: Office) -> None:
    def waits(days: int) -> bool:
        at = dawn(days)
        return office.look(lambda s: recognised.any_waiting(Context(s, office.house, at), at))

    assert not waits(1)
    line = add(office)
    assert waits(1) and waits(27)
    settle(office, line)
    assert not waits(1)


def test_drops_what_was_entered_before_it_was_said(office: Office) -> None:
    line = add(office)
    run(office, 1)
    settle(office, line)
    assert said(office, 1) == {}
    assert {(each.state, each.reason) for each in office.ledger()} == {
        (NoticeState.DROPPED, "pointless")
    }


def test_says_what_is_left_of_several(office: Office) -> None:
    first = add(office)
    titles = [f"Sáng kiến số {number} của tổ bơm" for number in range(5)]
    for title in titles:
        add(office, title)
    run(office, 1)
    settle(office, first)
    heard = said(office, 1)
    assert heard[MEMBER_CHAT].text == (
        "5 sáng kiến của anh/chị đã có quyết định công nhận nhưng chưa nhập nên chưa được tính: "
        "«Sáng kiến số 0 của tổ bơm», «Sáng kiến số 1 của tổ bơm», «Sáng kiến số 2 của tổ bơm» và "
        "2 sáng kiến nữa. Mỗi sáng kiến chỉ trả lời vài câu."
    )
    assert labels(heard[MEMBER_CHAT])[0] == "Chọn để nhập"
    assert heard[CHAIR_CHAT].text.startswith("5 sáng kiến của đơn vị")


def test_asks_once_of_two_lists_that_came_on_one_day_or_are_in_one_push(office: Office) -> None:
    add(office)
    add(office, RACK, added_at=ADDED + timedelta(hours=4))
    add(office, "Dán nhãn màu cho van nước", added_at=ADDED - 6 * DAY)
    run(office, 1)
    assert len(office.ledger()) == 4
    heard = said(office, 1)
    assert heard[MEMBER_CHAT].text.startswith("3 sáng kiến của anh/chị")
    assert heard[CHAIR_CHAT].text.startswith("3 sáng kiến của đơn vị")
    assert sorted(each.state for each in office.ledger()) == [
        NoticeState.DROPPED, NoticeState.DROPPED, NoticeState.POSTED, NoticeState.POSTED,
    ]  # fmt: skip


def test_leaves_the_author_alone_who_is_entering_it(office: Office) -> None:
    line = add(office)
    begun: Draft = replace(a_draft(office.union), form="khac", line=line.id)
    office.do(lambda store: store.drafts.add(begun))
    run(office, 1)
    assert list(said(office, 1)) == [CHAIR_CHAT]


@pytest.mark.parametrize("gone", ["blocked", "no chat"])
def test_asks_only_the_chair_where_the_author_hears_nothing(office: Office, gone: str) -> None:
    add(office)
    if gone == "blocked":
        office.do(lambda store: store.people.mark_unreachable(MEMBER_CHAT))
    else:
        office.do(lambda store: store.people.save(replace(office.union.member, address=None)))
    run(office, 1)
    assert [each.person for each in office.ledger()] == [office.union.chair.id]


def test_finds_the_author_who_joined_after_the_list(office: Office) -> None:
    line = add(office, author=None, author_name="Lò Thị C")
    run(office, 1)
    chat = Address("telegram", "bot", "1009")

    def join(store: Store) -> Person:
        return store.people.add("lo thi c", office.union.unit.id, None, chat, ADDED)

    newcomer = office.do(join)
    run(office, 3)
    assert [each.person for each in office.ledger()] == [office.union.chair.id, newcomer.id]
    kept = office.do(lambda store: store.recognised_lines.get(line.id))
    assert kept is not None and kept.author == newcomer.id


def test_names_no_author_where_two_share_the_name(office: Office) -> None:
    def join(store: Store) -> None:
        store.people.add("Nguyễn Văn Vũ", office.union.unit.id, None, OFFICER_CHAT, ADDED)

    office.do(join)
    add(office, author=None)
    run(office, 1)
    assert [each.person for each in office.ledger()] == [office.union.chair.id]


def test_asks_a_chair_of_their_own_as_an_author(office: Office) -> None:
    add(office, author=office.union.chair.id, author_name="Lê Thị B")
    run(office, 1)
    [notice] = office.ledger()
    assert notice.key.startswith("enter:author:")
    assert labels(said(office, 1)[CHAIR_CHAT])[0] == "Nhập ngay"


def test_asks_the_officer_above_once_for_units_without_a_chair(office: Office) -> None:
    an_officer(office)
    unit, other = office.union.unit.id, office.union.other.id
    office.do(lambda store: store.people.revoke(office.union.chair.id, Role.CHAIR, unit))
    for title in (PUMP, RACK):
        add(office, title, author=None, author_name="Lê Thị D")
    add(office, "Dạy toán bằng trò chơi", unit=other, author=None, author_name="Lò Thị C")
    run(office, 1)
    [notice] = office.ledger()
    assert notice.unit == office.union.root.id
    heard = said(office, 1)
    assert heard[OFFICER_CHAT].text == (
        "3 sáng kiến đã có quyết định công nhận nhưng chưa nhập, ở Công ty cấp nước (2), "
        "Trường tiểu học xã X (1)."
    )


def test_says_nothing_to_who_is_chair_no_more(office: Office) -> None:
    add(office, author=None, author_name="Lê Thị D")
    run(office, 1)
    unit = office.union.unit.id
    office.do(lambda store: store.people.revoke(office.union.chair.id, Role.CHAIR, unit))
    assert said(office, 1) == {}


def test_asks_for_nothing_of_a_programme_that_is_over(office: Office) -> None:
    over = replace(a_programme(), key="2025", closes=date(2025, 12, 31))
    stored = office.do(lambda store: store.programmes.add(over))
    add(office, programme=stored.id)
    run(office, 1)
    assert office.ledger() == []


def test_says_nothing_once_the_programme_closed(office: Office) -> None:
    add(office)
    run(office, 1)
    closed = replace(office.union.programme, closes=MONDAY)
    office.do(lambda store: store.programmes.save(closed))
    assert said(office, 1) == {}


def test_goes_through_many_lines_fifty_a_turn(office: Office) -> None:
    for number in range(450):
        add(office, f"Sáng kiến số {number}", author=None, author_name=f"Người {number}")
    assert office.run(recognised.find, dawn(1)) == 10
    assert len(office.ledger()) == 1
