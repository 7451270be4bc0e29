"""Chairs hear weekly of their units that lag behind what the quota needs, and only of these."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.person import Role
from domain.programme import Counted
from scheduler import deadlines
from scheduler.pace import find
from tests.scheduler.conftest import Office
from tests.scheduler.groups import hand_in, local, run_campaign, set_quota
from tests.scheduler.work import (
    MONDAY,
    begin,
    dawn,
    found,
    grant,
    join,
    labels,
    morning,
    pushes,
    read,
    reasons,
)

SPRING = date(2026, 2, 2)


def run(office: Office, *days: date) -> None:
    for day in days:
        office.run(find, dawn(day))


def brought(office: Office, count: int, valid: int = 0, unit: int | None = None) -> None:
    """So many since spring."""
    hand_in(office, unit or office.union.unit.id, date(2026, 7, 1), count, valid)


def test_says_what_is_missing_how_long_there_is_and_what_a_week_needs(office: Office) -> None:
    set_quota(office, office.union.unit.id, 20)
    brought(office, 9, valid=6)
    run(office, MONDAY)
    [push] = pushes(office, morning(MONDAY))
    assert push.say.text == (
        "Đơn vị còn thiếu 14 sáng kiến hợp lệ, còn 39 ngày: mỗi tuần cần 3. Đang chờ xét: 3."
    )
    assert labels(push) == ["Nộp hộ", "Tắt nhắc 7 ngày"]
    action = push.say.actions()[0].action
    assert action is not None
    assert (action.verb, action.id) == ("behalf_unit", str(office.union.unit.id))


def test_goes_by_what_was_submitted_where_the_programme_does(office: Office) -> None:
    programme = replace(office.union.programme, counts=Counted.SUBMITTED)
    office.do(lambda store: store.programmes.save(programme))
    set_quota(office, office.union.unit.id, 20)
    brought(office, 9, valid=6)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == [
        "Đơn vị còn thiếu 11 sáng kiến, còn 39 ngày: mỗi tuần cần 2."
    ]


def test_names_who_has_begun_something(office: Office) -> None:
    set_quota(office, office.union.unit.id, 20)
    brought(office, 6, valid=6)
    begin(office, local(MONDAY, 5, 0))
    begin(office, local(MONDAY, 5, 0), office.union.chair)
    for number in range(5):
        writer = join(office, f"Người {number}", office.union.unit, 4000 + number)
        begin(office, local(MONDAY, 5, 1 + number), writer)
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY))
    # The last ones first, and never the chair's own.
    assert text.splitlines()[1] == (
        "Đang viết dở: Người 4, Người 3, Người 2, Người 1, Người 0 và 1 người nữa."
    )


@pytest.mark.parametrize("count", [17, 18, 20, 25])
def test_leaves_alone_who_keeps_up(office: Office, count: int) -> None:
    """17.9 of 20 would be even."""
    set_quota(office, office.union.unit.id, 20)
    brought(office, count, valid=count)
    run(office, MONDAY)
    assert office.ledger() == []


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (None, ["Đơn vị chưa có sáng kiến nào."]),
        (0, []),
        (4, ["Đơn vị chưa có sáng kiến nào, chỉ tiêu 4, còn 39 ngày: mỗi tuần cần 1."]),
    ],
)
def test_tells_a_unit_with_nothing_unless_nothing_is_asked_of_it(
    office: Office, target: int | None, said: list[str]
) -> None:
    if target is not None:
        set_quota(office, office.union.unit.id, target)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == said


def test_asks_for_no_more_where_there_is_no_quota(office: Office) -> None:
    brought(office, 1)
    run(office, MONDAY)
    assert office.ledger() == []


def test_tells_of_several_units_those_with_nothing_first(office: Office) -> None:
    union = office.union
    grant(office, union.chair, Role.CHAIR, union.other)
    keeps_up = found(office, "KU", "Trạm y tế", union.root)
    grant(office, union.chair, Role.CHAIR, keeps_up)
    for unit in (union.unit, union.other, keeps_up):
        set_quota(office, unit.id, 10)
    brought(office, 2, valid=2)
    brought(office, 10, valid=10, unit=keeps_up.id)
    begin(office, local(MONDAY, 5))
    run(office, MONDAY)
    [push] = pushes(office, morning(MONDAY))
    assert push.say.text.splitlines() == [
        "Trường tiểu học xã X chưa có sáng kiến nào, chỉ tiêu 10, còn 39 ngày: mỗi tuần cần 2.",
        "Công ty cấp nước còn thiếu 8 sáng kiến hợp lệ, còn 39 ngày: mỗi tuần cần 2.",
        "Đang viết dở: Nguyễn Văn Vũ.",
    ]
    action = push.say.actions()[0].action
    assert action is not None
    assert (action.verb, action.id) == ("behalf", "")


def test_names_five_units_at_most(office: Office) -> None:
    for number in range(6):
        unit = found(office, f"U{number}", f"Đơn vị {number}", office.union.root)
        grant(office, office.union.chair, Role.CHAIR, unit)
    run(office, MONDAY)
    [text] = read(office, morning(MONDAY))
    assert len(text.splitlines()) == 6
    assert text.endswith("Và 2 đơn vị nữa.")


def test_takes_units_below_another_of_the_chairs_for_part_of_it(office: Office) -> None:
    workshop = found(office, "PX1", "Phân xưởng 1", office.union.unit)
    grant(office, office.union.chair, Role.CHAIR, workshop)
    run(office, MONDAY)
    assert read(office, morning(MONDAY)) == ["Đơn vị chưa có sáng kiến nào."]


def test_is_silent_once_the_unit_caught_up(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    run(office, MONDAY)
    hand_in(office, office.union.unit.id, MONDAY, 9, 9)
    assert read(office, morning(MONDAY)) == []
    assert set(reasons(office).values()) == {"pointless"}


def test_is_silent_once_the_programme_is_over(office: Office) -> None:
    run(office, MONDAY)
    over = replace(office.union.programme, closes=MONDAY - timedelta(days=1))
    office.do(lambda store: store.programmes.save(over))
    assert read(office, morning(MONDAY)) == []
    run(office, MONDAY + timedelta(days=7))
    assert len(office.ledger()) == 1


def test_does_not_repeat_what_the_same_push_says_of_a_deadline(office: Office) -> None:
    december = date(2026, 12, 14)
    union = office.union
    grant(office, union.chair, Role.CHAIR, union.other)
    set_quota(office, union.unit.id, 10)
    # 17 days before the end a step of 30 is long past, that of 14 comes on Thursday.
    thursday = date(2026, 12, 17)
    run_campaign(office, december, date(2026, 12, 24))
    for job in (deadlines.find_chairs, find):
        office.run(job, dawn(thursday))
    [push] = pushes(office, morning(thursday))
    assert push.say.text.splitlines() == [
        "Hôm nay có 3 việc:",
        "• Còn 14 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026). "
        "Công ty cấp nước còn thiếu 10 sáng kiến hợp lệ.",
        "• Còn 7 ngày là hết đợt cao điểm «Năm ngày vàng» (hết ngày 24/12/2026). "
        "Công ty cấp nước còn thiếu 10 sáng kiến hợp lệ.",
        "• Trường tiểu học xã X chưa có sáng kiến nào.",
    ]
    assert labels(push) == ["Nộp hộ", "Tắt nhắc 7 ngày"]


def test_says_what_a_deadline_leaves_unsaid_once_that_is_pointless(office: Office) -> None:
    thursday = date(2026, 12, 17)
    set_quota(office, office.union.unit.id, 10)
    campaign = run_campaign(office, date(2026, 12, 14), date(2026, 12, 24))
    for job in (deadlines.find_chairs, find):
        office.run(job, dawn(thursday))
    over = replace(office.union.programme, closes=date(2027, 3, 31))
    office.do(lambda store: store.programmes.save(over))
    office.do(lambda store: store.campaigns.call_off(campaign.id, dawn(thursday)))
    [text] = read(office, morning(thursday))
    assert text.startswith("Đơn vị chưa có sáng kiến nào, chỉ tiêu 10")


def test_measures_by_the_phase_where_it_has_a_quota(office: Office) -> None:
    programme = office.union.programme
    unit, second = office.union.unit.id, programme.phases[1].id
    set_quota(office, unit, 40)
    set_quota(office, unit, 10, second)
    brought(office, 9, valid=9)
    run(office, MONDAY)
    assert office.ledger() == []


@pytest.mark.parametrize(
    ("day", "days_left"), [(date(2026, 6, 29), "còn 2 ngày"), (date(2026, 6, 30), "còn 1 ngày")]
)
def test_asks_for_all_of_it_in_the_last_week_of_a_phase(
    office: Office, day: date, days_left: str
) -> None:
    first = office.union.programme.phases[0].id
    set_quota(office, office.union.unit.id, 5, first)
    hand_in(office, office.union.unit.id, SPRING, 1, 1)
    run(office, day)
    assert read(office, morning(day)) == [f"Đơn vị còn thiếu 4 sáng kiến hợp lệ, {days_left}."]


def test_forgets_a_phase_the_day_after_it(office: Office) -> None:
    phases = office.union.programme.phases
    for phase in phases:
        set_quota(office, office.union.unit.id, 50, phase.id)
    hand_in(office, office.union.unit.id, SPRING, 1, 1)
    run(office, date(2026, 6, 29))
    # Held until the second phase has begun, in which nobody lags yet.
    assert read(office, morning(date(2026, 7, 1))) == []
    run(office, date(2026, 7, 13))
    assert len(office.ledger()) == 1
    run(office, date(2026, 7, 20))
    [text] = read(office, morning(date(2026, 7, 20)))
    assert text.startswith("Đơn vị chưa có sáng kiến nào, chỉ tiêu 50")
