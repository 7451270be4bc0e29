"""Once a week chairs and officers hear what happened, merged with whatever else there is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.initiative import Status
from domain.notice import Kind
from domain.person import Person, Role
from scheduler import drafts, pace, queues, returned, reviews, vouching
from scheduler.job import Run
from scheduler.weekly import find
from tests.scheduler.conftest import Office
from tests.scheduler.groups import bind, hand_in, local, set_quota
from tests.scheduler.work import (
    MONDAY,
    begin,
    chat_of,
    dawn,
    days_after,
    decide,
    enter,
    found,
    grant,
    join,
    labels,
    morning,
    pushes,
    read,
    reasons,
)
from tests.support.union import MEMBER_CHAT

TUESDAY, WEDNESDAY, THURSDAY = days_after(MONDAY, 1, 2, 3)
LAST_WEEK = MONDAY - timedelta(days=4)
OFFICER_CHAT = chat_of(3001)


def run(office: Office, *days: date, jobs: Sequence[Run] = (find,)) -> None:
    for day in days:
        for job in jobs:
            office.run(job, dawn(day))


@pytest.fixture
def officer(office: Office) -> Person:
    """Who looks after all."""
    root = office.union.root
    return join(office, "Cán bộ", root, 3001, (Role.OFFICER, root))


def test_tells_a_chair_what_came_in_and_what_there_is(office: Office) -> None:
    first = enter(office, local(LAST_WEEK, 9))
    enter(office, local(LAST_WEEK, 10))
    decide(office, first, Status.VALID, local(LAST_WEEK, 15))
    begin(office, local(MONDAY, 5))
    run(office, MONDAY)
    [push] = pushes(office, morning(MONDAY))
    assert push.say.text == (
        "Tuần qua: 2 sáng kiến mới, 1 hợp lệ. "
        "Hiện có: 1 sáng kiến chờ anh/chị duyệt, 1 bản viết dở."
    )
    assert labels(push) == ["Xem tiến độ", "Tắt nhắc 7 ngày"]
    action = push.say.actions()[0].action
    assert action is not None and action.verb == "progress"


def test_tells_a_chair_of_all_their_units_together(office: Office) -> None:
    union = office.union
    grant(office, union.chair, Role.CHAIR, union.other)
    teacher = join(office, "Nông Thị E", union.other, 1002)
    enter(office, local(LAST_WEEK, 9))
    enter(office, local(LAST_WEEK, 9), teacher)
    begin(office, local(LAST_WEEK, 10))
    begin(office, local(LAST_WEEK, 10), teacher)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == [
        "Tuần qua: 2 sáng kiến mới. Hiện có: 2 sáng kiến chờ anh/chị duyệt, 2 bản viết dở."
    ]


def test_leaves_a_chair_in_peace_when_nothing_came(office: Office) -> None:
    begin(office, local(LAST_WEEK, 9))
    enter(office, local(MONDAY - timedelta(days=8), 9))
    enter(office, local(MONDAY, 5))
    run(office, MONDAY, TUESDAY, WEDNESDAY)
    assert office.ledger() == []


def test_counts_from_monday_to_sunday(office: Office) -> None:
    week = days_after(MONDAY, -8, -7, -1, 0)
    for number, day in enumerate(week):
        hand_in(office, office.union.unit.id, day, 10**number)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == ["Tuần qua: 110 sáng kiến mới."]


def test_says_nothing_of_what_became_less(office: Office) -> None:
    hand_in(office, office.union.unit.id, LAST_WEEK, 3, -1)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == ["Tuần qua: 3 sáng kiến mới."]


def test_says_it_once_a_week_and_makes_up_for_it_for_two_days(
    office: Office, officer: Person
) -> None:
    said = []
    for day in days_after(MONDAY, 0, 1, 2, 3, 9, 17):
        run(office, day, day)
        said += [day] * len(read(office, morning(day), OFFICER_CHAT))
    # Wednesday of the second week, and Thursday of the third.
    assert said == [MONDAY, MONDAY + timedelta(days=9)]
    keys = [f"weekly:{officer.id}:2026-11-23", f"weekly:{officer.id}:2026-11-30"]
    assert [(each.key, each.kind) for each in office.ledger()] == [
        (key, Kind.WEEKLY) for key in keys
    ]


def test_tells_an_officer_what_is_new_how_far_it_is_and_where_it_does_not_move(
    office: Office, officer: Person
) -> None:
    union = office.union
    idle = found(office, "U1", "Trạm y tế", union.root)
    for unit, target in ((union.root, 40), (union.unit, 20), (union.other, 10), (idle, 10)):
        set_quota(office, unit.id, target)
    for unit, count in ((union.unit, 3), (union.other, 9)):
        hand_in(office, unit.id, LAST_WEEK, count, count)
    run(office, MONDAY)
    [push] = pushes(office, morning(MONDAY), OFFICER_CHAT)
    assert push.say.text == (
        "LĐLĐ tỉnh, tuần qua: 12 sáng kiến mới. "
        "Đến giờ: 12/40 hợp lệ, đạt 30,0%, còn thiếu 28. "
        "Đơn vị trực thuộc: 1 đơn vị chậm, 1 đơn vị chưa có sáng kiến."
    )
    assert labels(push) == ["Xem tiến độ", "Tắt nhắc 7 ngày"]


def test_tells_an_officer_that_nothing_came(office: Office, officer: Person) -> None:
    run(office, MONDAY)
    assert read(office, morning(MONDAY), OFFICER_CHAT) == [
        "LĐLĐ tỉnh, tuần qua chưa có sáng kiến mới. Đến giờ: 0 hợp lệ. "
        "Đơn vị trực thuộc: 2 đơn vị chưa có sáng kiến."
    ]


def test_tells_an_officer_whom_nothing_reaches(office: Office, officer: Person) -> None:
    number = bind(office)
    address = office.do(lambda store: store.groups.get(number))
    assert address is not None
    office.do(lambda store: store.groups.unbind(address.address, local(LAST_WEEK, 9)))
    office.do(lambda store: store.people.mark_unreachable(MEMBER_CHAT))
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY), OFFICER_CHAT)
    assert text.endswith("Bot không nhắn được cho 1 người, 1 nhóm.")


def test_tells_an_officer_what_lies_on_their_desk(office: Office, officer: Person) -> None:
    enter(office, local(LAST_WEEK, 9), office.union.chair)
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY), OFFICER_CHAT)
    assert text.splitlines()[-1] == "Đang có 1 sáng kiến chờ anh/chị duyệt."


def test_leaves_the_desk_to_the_message_about_it(office: Office, officer: Person) -> None:
    enter(office, local(LAST_WEEK, 9), office.union.chair)
    saturday = MONDAY - timedelta(days=2)
    run(office, saturday, saturday + timedelta(days=1), jobs=(reviews.hand_over_late,))
    run(office, MONDAY, jobs=(find, reviews.hand_over_late))
    [push] = pushes(office, morning(MONDAY), OFFICER_CHAT)
    # Three mornings found the same, and it is said once.
    assert push.say.text.splitlines()[0] == "Hôm nay có 2 việc:"
    assert push.say.text.count("chờ anh/chị duyệt") == 1
    assert labels(push) == ["Xác nhận sáng kiến", "Xem tiến độ", "Tắt nhắc 7 ngày"]


def test_tells_an_officer_of_nested_units_once(office: Office, officer: Person) -> None:
    grant(office, officer, Role.OFFICER, office.union.unit)
    grant(office, officer, Role.CHAIR, office.union.unit)
    enter(office, local(LAST_WEEK, 9))
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY), OFFICER_CHAT)
    assert len(text.splitlines()) == 1
    assert text.startswith("LĐLĐ tỉnh, tuần qua: 1 sáng kiến mới.")


def test_tells_an_officer_of_each_of_a_few_units(office: Office) -> None:
    union = office.union
    north = found(office, "HB", "Huyện Bắc", union.root)
    south = found(office, "HN", "Huyện Nam", union.root)
    roles = ((Role.OFFICER, north), (Role.OFFICER, south), (Role.CHAIR, union.other))
    join(office, "Cán bộ", north, 3001, *roles)
    teacher = join(office, "Nông Thị E", union.other, 1002)
    enter(office, local(LAST_WEEK, 9), teacher)
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY), OFFICER_CHAT)
    lines = text.splitlines()
    assert lines[0].startswith("Huyện Bắc, tuần qua chưa có sáng kiến mới.")
    assert lines[1].startswith("Huyện Nam, tuần qua chưa có sáng kiến mới.")
    assert lines[2] == "Tuần qua: 1 sáng kiến mới. Hiện có: 1 sáng kiến chờ anh/chị duyệt."


def test_is_silent_before_a_week_of_the_programme_is_over(office: Office, officer: Person) -> None:
    programme = replace(office.union.programme, opens=MONDAY)
    office.do(lambda store: store.programmes.save(programme))
    run(office, MONDAY)
    assert office.ledger() == []
    run(office, MONDAY + timedelta(days=7))
    assert len(office.ledger()) == 1


def test_says_nothing_once_the_programme_is_over(office: Office, officer: Person) -> None:
    run(office, MONDAY)
    over = replace(office.union.programme, closes=MONDAY - timedelta(days=1))
    office.do(lambda store: store.programmes.save(over))
    assert read(office, morning(MONDAY), OFFICER_CHAT) == []
    assert set(reasons(office).values()) == {"pointless"}
    run(office, MONDAY + timedelta(days=7))
    assert len(office.ledger()) == 1


def test_says_only_the_last_week_to_whoever_was_muted_meanwhile(
    office: Office, officer: Person
) -> None:
    def mute(until: date) -> None:
        peace = office.do(lambda store: store.peace.of(officer.id))
        wanted = replace(peace, muted_until=morning(until))
        office.do(lambda store: store.peace.save(officer.id, wanted))

    next_monday = MONDAY + timedelta(days=7)
    hand_in(office, office.union.root.id, LAST_WEEK, 10)
    hand_in(office, office.union.root.id, MONDAY, 3)
    mute(next_monday)
    run(office, MONDAY)
    assert read(office, morning(MONDAY), OFFICER_CHAT) == []
    run(office, next_monday)
    [text] = read(office, morning(next_monday), OFFICER_CHAT)
    assert text.startswith("LĐLĐ tỉnh, tuần qua: 3 sáng kiến mới.")
    assert reasons(office) == {f"weekly:{officer.id}:2026-11-23": "pointless"}


def test_merges_all_of_a_monday_into_one_push(office: Office) -> None:
    """A chair who is an author, too: of each thing one reason tells."""
    union = office.union
    set_quota(office, union.unit.id, 20)
    own = enter(office, local(LAST_WEEK, 8), union.chair, title="Sổ trực điện tử", code="LS-1")
    decide(office, own, Status.RETURNED, local(MONDAY - timedelta(days=2), 9), "Thêm ảnh")
    enter(office, local(LAST_WEEK, 9))
    begin(office, local(MONDAY, 3))
    begin(office, local(MONDAY - timedelta(days=1), 6, 20), union.chair)
    every = (drafts.find, vouching.find, returned.find, queues.find, pace.find, find)
    run(office, MONDAY, MONDAY, jobs=every)
    [push] = pushes(office, morning(MONDAY))
    assert push.say.text.splitlines() == [
        "Hôm nay có 5 việc:",
        "• Sáng kiến LS-1 «Sổ trực điện tử» vẫn chờ anh/chị bổ sung: Thêm ảnh.",
        "• 1 sáng kiến chờ anh/chị duyệt, lâu nhất từ ngày 19/11/2026.",
        "• Đơn vị còn thiếu 20 sáng kiến hợp lệ, còn 39 ngày: mỗi tuần cần 4. Đang chờ xét: 2.",
        "Đang viết dở: Nguyễn Văn Vũ.",
        "• Tuần qua: 2 sáng kiến mới.",
        "• Anh/chị đang viết dở sáng kiến «Lắp cảm biến áp lực», tới câu 2/2. "
        "Viết tiếp chỉ vài phút.",
    ]
    assert labels(push) == [
        "Bổ sung LS-1",
        "Xác nhận sáng kiến",
        "Nộp hộ",
        "Xem tiến độ",
        "Viết tiếp",
        "Tắt nhắc 7 ngày",
    ]


def test_goes_through_many_fifty_a_turn(office: Office) -> None:
    unit = office.union.unit
    for number in range(120):
        join(office, f"Chủ tịch {number}", unit, 5000 + number, (Role.CHAIR, unit))
    hand_in(office, unit.id, LAST_WEEK, 1)
    assert office.run(find, dawn(MONDAY)) == 3
    assert len(office.keys()) == 121
