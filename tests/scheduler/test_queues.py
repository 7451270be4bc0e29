"""Chairs hear of what has waited on their desk for days, all of it at once, and not every day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from domain.calendar import DaysOff, Holiday
from domain.initiative import Initiative, Status
from domain.notice import Kind
from domain.person import Role
from scheduler.queues import find
from tests.scheduler.conftest import Office
from tests.scheduler.groups import local, run_campaign
from tests.scheduler.work import (
    MONDAY,
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

SATURDAY, TUESDAY, WEDNESDAY, THURSDAY = days_after(MONDAY, -2, 1, 2, 3)
DISTRICT_CHAT = chat_of(3001)
Deed = Callable[[Office, Initiative, datetime], None]


def run(office: Office, *days: date) -> None:
    for day in days:
        office.run(find, dawn(day))


def test_says_how_many_wait_and_since_when(office: Office) -> None:
    enter(office, local(SATURDAY, 10))
    enter(office, local(MONDAY, 6))
    run(office, MONDAY)
    [push] = pushes(office, morning(MONDAY))
    assert push.say.text == "2 sáng kiến chờ anh/chị duyệt, lâu nhất từ ngày 21/11/2026."
    assert labels(push) == ["Xác nhận sáng kiến", "Tắt nhắc 7 ngày"]


def test_says_it_once_however_often_it_looks(office: Office) -> None:
    enter(office, local(SATURDAY, 10))
    run(office, MONDAY, MONDAY)
    assert len(read(office, morning(MONDAY))) == 1
    office.run(find, local(MONDAY, 15))
    assert read(office, local(MONDAY, 15)) == []
    [notice] = office.ledger()
    chair, unit = office.union.chair.id, office.union.unit.id
    assert (notice.key, notice.kind) == (f"queue:{chair}:2026-11-23", Kind.QUEUE)
    assert (notice.person, notice.unit, notice.due_at) == (chair, unit, local(MONDAY, 0, 0))


def test_says_it_again_after_as_many_days_as_it_may_lie(office: Office) -> None:
    enter(office, local(SATURDAY, 10))
    said = []
    for day in days_after(MONDAY, 0, 1, 2, 3, 4):
        run(office, day)
        said += [day] * len(read(office, morning(day)))
    assert said == days_after(MONDAY, 0, 2, 4)


def test_lets_it_lie_as_long_as_the_union_wants(office: Office) -> None:
    office.settings(queue_days=5)
    enter(office, local(MONDAY, 10))
    said = []
    for day in days_after(MONDAY, *range(12)):
        run(office, day)
        said += [day] * len(read(office, morning(day)))
    # Found on Saturday, said on Monday; five days after that Saturday it is told anew.
    assert said == days_after(MONDAY, 7, 10)


def test_counts_days_and_not_hours(office: Office) -> None:
    enter(office, local(MONDAY, 23, 50))
    run(office, TUESDAY)
    assert office.ledger() == []
    run(office, WEDNESDAY)
    assert read(office, morning(WEDNESDAY)) == [
        "1 sáng kiến chờ anh/chị duyệt, lâu nhất từ ngày 23/11/2026."
    ]


def test_says_it_daily_in_a_campaign(office: Office) -> None:
    run_campaign(office, MONDAY, THURSDAY)
    enter(office, local(MONDAY, 10))
    said = []
    for day in days_after(MONDAY, 0, 1, 2, 3, 4, 7):
        run(office, day)
        said += [day] * len(read(office, morning(day)))
    # It is over on Friday, and the chair was told on Thursday.
    assert said == [TUESDAY, WEDNESDAY, THURSDAY, *days_after(MONDAY, 7)]


def test_is_no_denser_where_the_campaign_of_others_runs(office: Office) -> None:
    run_campaign(office, MONDAY, THURSDAY, office.union.other.id)
    enter(office, local(MONDAY, 10))
    run(office, TUESDAY)
    assert office.ledger() == []


def test_names_the_units_of_a_chair_of_several(office: Office) -> None:
    union = office.union
    grant(office, union.chair, Role.CHAIR, union.other)
    teacher = join(office, "Nông Thị E", union.other, 1002)
    for minute in (0, 1):
        enter(office, local(SATURDAY, 10, minute), teacher)
    enter(office, local(SATURDAY, 11))
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == [
        "3 sáng kiến chờ anh/chị duyệt, lâu nhất từ ngày 21/11/2026. "
        "Ở Trường tiểu học xã X (2), Công ty cấp nước (1)."
    ]


def confirm(office: Office, entry: Initiative, at: datetime) -> None:
    decide(office, entry, Status.VALID, at)


def send_back(office: Office, entry: Initiative, at: datetime) -> None:
    decide(office, entry, Status.RETURNED, at)


def take_back(office: Office, entry: Initiative, at: datetime) -> None:
    decide(office, entry, Status.WITHDRAWN, at)


@pytest.mark.parametrize("deed", [confirm, send_back, take_back])
def test_is_silent_once_nothing_waits(office: Office, deed: Deed) -> None:
    entry = enter(office, local(SATURDAY, 10))
    run(office, MONDAY)
    deed(office, entry, local(MONDAY, 7))
    assert read(office, morning(MONDAY)) == []
    assert set(reasons(office).values()) == {"pointless"}


def test_is_silent_once_only_what_is_new_waits(office: Office) -> None:
    entry = enter(office, local(SATURDAY, 10))
    run(office, MONDAY)
    confirm(office, entry, local(MONDAY, 7))
    enter(office, local(MONDAY, 7, 30))
    assert read(office, morning(MONDAY)) == []


def test_says_nothing_of_what_the_chair_wrote(office: Office) -> None:
    join(office, "Lý Văn G", office.union.unit, 3002, (Role.CHAIR, office.union.unit))
    enter(office, local(SATURDAY, 10), office.union.chair)
    run(office, MONDAY)
    said = {push.to: push.say.text for push in office.deliver(morning(MONDAY))}
    assert set(said) == {chat_of(3002)}


def test_leaves_to_the_nearest_chair_what_waits_there(office: Office) -> None:
    union = office.union
    join(office, "Lý Thị K", union.root, 3001, (Role.CHAIR, union.root))
    teacher = join(office, "Nông Thị E", union.other, 1002)
    enter(office, local(SATURDAY, 10))
    enter(office, local(SATURDAY, 11), teacher)
    run(office, MONDAY)
    said = {push.to: push.say.text for push in office.deliver(morning(MONDAY))}
    assert sorted(text[:2] for text in said.values()) == ["1 ", "1 "]
    assert DISTRICT_CHAT in said


def test_tells_the_chair_of_two_levels_of_both(office: Office) -> None:
    union = office.union
    workshop = found(office, "PX1", "Phân xưởng 1", union.unit)
    grant(office, union.chair, Role.CHAIR, workshop)
    worker = join(office, "Vi Văn G", workshop, 1003)
    enter(office, local(SATURDAY, 10), worker)
    enter(office, local(SATURDAY, 11))
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY))
    assert text.endswith("Ở Công ty cấp nước (1), Phân xưởng 1 (1).")


def test_asks_nobody_about_a_unit_that_ended(office: Office) -> None:
    grant(office, office.union.chair, Role.CHAIR, office.union.other)
    teacher = join(office, "Nông Thị E", office.union.other, 1002)
    enter(office, local(SATURDAY, 10), teacher)
    gone = office.union.other.id
    office.do(lambda store: store.tree.close(gone, SATURDAY))
    run(office, MONDAY)
    assert office.ledger() == []


def test_is_said_once_after_tet_with_what_is_true_then(office: Office) -> None:
    tet = Holiday("Tết", date(2027, 2, 2), date(2027, 2, 11))
    office.settings(days_off=DaysOff((tet,)))
    first, back = tet.first - timedelta(days=1), date(2027, 2, 12)
    enter(office, local(first, 15))
    entry = enter(office, local(first, 16))
    said = []
    for day in days_after(first, *range(11)):
        run(office, day)
        said += read(office, morning(day))
    assert said == []
    confirm(office, entry, local(tet.last, 20))
    run(office, back)
    assert read(office, morning(back)) == [
        "1 sáng kiến chờ anh/chị duyệt, lâu nhất từ ngày 1/2/2027."
    ]
    posted = [each for each in office.ledger() if each.state == "posted"]
    assert [each.held for each in posted] == ["holiday"]


def test_goes_through_many_chairs_fifty_a_turn(office: Office) -> None:
    unit = office.union.unit
    for number in range(120):
        join(office, f"Chủ tịch {number}", unit, 5000 + number, (Role.CHAIR, unit))
    enter(office, local(SATURDAY, 10))
    assert office.run(find, dawn(MONDAY)) == 3
    assert len(office.keys()) == 121
