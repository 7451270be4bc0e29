"""That something ends is told to chairs whose units lack something, and to whoever has a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.calendar import DaysOff, Holiday
from domain.notice import Kind, NoticeState
from domain.person import Role
from scheduler import drafts
from scheduler.context import Context
from scheduler.deadlines import any_near, find_chairs, find_drafts
from tests.scheduler.conftest import Office
from tests.scheduler.groups import hand_in, local, run_campaign, set_quota
from tests.scheduler.work import (
    MONDAY,
    begin,
    chat_of,
    dawn,
    days_after,
    grant,
    join,
    labels,
    morning,
    pushes,
    read,
    reasons,
)
from tests.support.union import CHAIR_CHAT, MEMBER_CHAT

LAST = date(2026, 12, 31)
"""A Thursday: the end of the second phase and of the programme."""

STEPS = [LAST - timedelta(days=days) for days in (30, 14, 7, 3, 1)]
"""Tuesday, Thursday, Thursday, Monday and Wednesday."""

WEEK_BEFORE = STEPS[2]


def run(office: Office, *days: date) -> None:
    for day in days:
        for job in (find_chairs, find_drafts):
            office.run(job, dawn(day))


def near(office: Office, day: date) -> bool:
    at = dawn(day)
    return office.look(lambda store: any_near(Context(store, office.house, at), at))


def test_tells_a_chair_what_is_lacking_at_each_step(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    hand_in(office, office.union.unit.id, MONDAY, 4, 3)
    said = []
    for day in days_after(date(2026, 11, 25), *range(40)):
        run(office, day, day)
        said += [(day, push) for push in pushes(office, morning(day))]
    assert [day for day, _ in said] == STEPS
    texts = [push.say.text for _, push in said]
    assert texts[2] == (
        "Còn 7 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026). "
        "Đơn vị còn thiếu 7 sáng kiến hợp lệ."
    )
    assert texts[4].startswith("Ngày mai, 31/12/2026, là ngày cuối của chương trình")
    action = said[0][1].say.actions()[0].action
    assert action is not None
    assert (action.verb, action.id) == ("behalf_unit", str(office.union.unit.id))
    assert {each.kind for each in office.ledger()} == {Kind.DEADLINE}


@pytest.mark.parametrize(("target", "told"), [(None, 0), (0, 0), (3, 0), (4, 1)])
def test_leaves_alone_a_chair_whose_unit_lacks_nothing(
    office: Office, target: int | None, told: int
) -> None:
    hand_in(office, office.union.unit.id, MONDAY, 3, 3)
    if target is not None:
        set_quota(office, office.union.unit.id, target)
    run(office, WEEK_BEFORE)
    assert len(read(office, morning(WEEK_BEFORE))) == told


def test_names_who_is_writing(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    begin(office, local(STEPS[0], 5, 0))
    run(office, STEPS[0])
    [text] = read(office, morning(STEPS[0]))
    assert text.endswith("còn thiếu 10 sáng kiến hợp lệ. Đang viết dở: Nguyễn Văn Vũ.")


def test_tells_of_several_units_in_one_sentence(office: Office) -> None:
    union = office.union
    grant(office, union.chair, Role.CHAIR, union.other)
    set_quota(office, union.unit.id, 10)
    set_quota(office, union.other.id, 12)
    run(office, WEEK_BEFORE)
    [push] = pushes(office, morning(WEEK_BEFORE))
    assert push.say.text.endswith(" Còn thiếu: Trường tiểu học xã X (12), Công ty cấp nước (10).")
    action = push.say.actions()[0].action
    assert action is not None and action.verb == "behalf"


def test_tells_whoever_has_a_draft_in_the_last_week(office: Office) -> None:
    begin(office, local(date(2026, 11, 2), 9))
    said = []
    for day in days_after(date(2026, 11, 25), *range(40)):
        run(office, day, day)
        said += [(day, push) for push in pushes(office, morning(day), MEMBER_CHAT)]
    assert [day for day, _ in said] == STEPS[2:]
    assert said[1][1].say.text == (
        "Còn 3 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026). "
        "Anh/chị đang viết dở «Lắp cảm biến áp lực»."
    )
    assert labels(said[1][1]) == ["Viết tiếp", "Tắt nhắc 7 ngày"]


def test_tells_a_chair_who_writes_once_of_both(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    begin(office, local(date(2026, 11, 2), 9), office.union.chair)
    run(office, WEEK_BEFORE)
    [push] = pushes(office, morning(WEEK_BEFORE))
    assert push.say.text.endswith(
        "Đơn vị còn thiếu 10 sáng kiến hợp lệ. Anh/chị đang viết dở «Lắp cảm biến áp lực»."
    )
    assert labels(push) == ["Nộp hộ", "Viết tiếp", "Tắt nhắc 7 ngày"]


def test_leaves_the_draft_to_its_own_reminder_in_the_same_push(office: Office) -> None:
    begin(office, local(WEEK_BEFORE - timedelta(days=1), 6, 0))
    run(office, WEEK_BEFORE)
    office.run(drafts.find, dawn(WEEK_BEFORE))
    [push] = pushes(office, morning(WEEK_BEFORE), MEMBER_CHAT)
    assert push.say.text.splitlines() == [
        "Hôm nay có 2 việc:",
        "• Còn 7 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026).",
        "• Anh/chị đang viết dở sáng kiến «Lắp cảm biến áp lực», tới câu 2/2. "
        "Viết tiếp chỉ vài phút.",
    ]
    assert labels(push) == ["Viết tiếp", "Tắt nhắc 7 ngày"]


def test_names_the_draft_itself_once_its_reminder_is_pointless(office: Office) -> None:
    draft = begin(office, local(WEEK_BEFORE - timedelta(days=1), 6, 0))
    run(office, WEEK_BEFORE)
    office.run(drafts.find, dawn(WEEK_BEFORE))
    touched = replace(draft, touched_at=local(WEEK_BEFORE, 7), version=draft.version + 1)
    office.do(lambda store: store.drafts.save(touched))
    [push] = pushes(office, morning(WEEK_BEFORE), MEMBER_CHAT)
    assert push.say.text.endswith("Anh/chị đang viết dở «Lắp cảm biến áp lực».")


def test_tells_by_the_quota_of_the_phase_that_ends(office: Office) -> None:
    union = office.union
    first, end = union.programme.phases[0], date(2026, 6, 30)
    set_quota(office, union.unit.id, 50)
    set_quota(office, union.unit.id, 6, first.id)
    hand_in(office, union.unit.id, date(2026, 5, 4), 2, 2)
    run(office, end - timedelta(days=7))
    assert read(office, morning(end - timedelta(days=7))) == [
        "Còn 7 ngày là hết Giai đoạn 1 (hết ngày 30/6/2026). Đơn vị còn thiếu 4 sáng kiến hợp lệ."
    ]


def test_tells_of_a_campaign_only_where_it_runs(office: Office) -> None:
    union = office.union
    join(office, "Vi Thị H", union.other, 3002, (Role.CHAIR, union.other))
    for unit in (union.unit, union.other):
        set_quota(office, unit.id, 10)
    run_campaign(office, MONDAY - timedelta(days=14), MONDAY + timedelta(days=7), union.unit.id)
    begin(office, local(date(2026, 11, 2), 9))
    run(office, MONDAY)
    said = {push.to: push.say.text for push in office.deliver(morning(MONDAY))}
    assert set(said) == {CHAIR_CHAT, MEMBER_CHAT}
    assert said[CHAIR_CHAT] == (
        "Còn 7 ngày là hết đợt cao điểm «Năm ngày vàng» (hết ngày 30/11/2026). "
        "Đơn vị còn thiếu 10 sáng kiến hợp lệ. Đang viết dở: Nguyễn Văn Vũ."
    )


def reach(office: Office) -> None:
    hand_in(office, office.union.unit.id, WEEK_BEFORE, 10, 10)


def put_off(office: Office) -> None:
    later = replace(office.union.programme, closes=date(2027, 3, 31))
    office.do(lambda store: store.programmes.save(later))


@pytest.mark.parametrize("deed", [reach, put_off])
def test_is_silent_once_nothing_is_lacking_or_near(
    office: Office, deed: Callable[[Office], None]
) -> None:
    set_quota(office, office.union.unit.id, 10)
    run(office, WEEK_BEFORE)
    deed(office)
    assert read(office, morning(WEEK_BEFORE)) == []
    assert set(reasons(office).values()) == {"pointless"}


def test_is_silent_once_the_draft_was_handed_in(office: Office) -> None:
    draft = begin(office, local(date(2026, 11, 2), 9))
    run(office, WEEK_BEFORE)
    office.do(lambda store: store.drafts.close(draft.id, local(WEEK_BEFORE, 7)))
    assert read(office, morning(WEEK_BEFORE), MEMBER_CHAT) == []
    assert set(reasons(office).values()) == {"pointless"}


def test_tells_anew_of_an_end_that_was_put_off(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    run(office, WEEK_BEFORE)
    assert len(read(office, morning(WEEK_BEFORE))) == 1
    later = date(2027, 1, 29)
    phases = office.union.programme.phases
    moved = replace(office.union.programme, closes=later, phases=(phases[0],))
    office.do(lambda store: store.programmes.save(moved))
    again = later - timedelta(days=7)
    run(office, again)
    [text] = read(office, morning(again))
    assert text.startswith("Còn 7 ngày") and "29/1/2027" in text


@pytest.mark.parametrize(
    ("day", "step", "begins"),
    [
        (STEPS[1] + timedelta(days=1), 14, "Còn 13 ngày là hết chương trình"),
        (LAST, 1, "Hôm nay, 31/12/2026, là ngày cuối của chương trình"),
    ],
)
def test_makes_up_for_a_step_within_three_days_and_says_how_near_it_is(
    office: Office, day: date, step: int, begins: str
) -> None:
    set_quota(office, office.union.unit.id, 10)
    run(office, day)
    [text] = read(office, morning(day))
    assert text.startswith(begins)
    [notice] = office.ledger()
    assert f":{LAST}:{step}:" in notice.key


def test_says_nothing_of_it_when_it_is_over(office: Office) -> None:
    new_year = Holiday("Tết Dương lịch", date(2026, 12, 30), date(2027, 1, 1))
    office.settings(days_off=DaysOff((new_year,)))
    set_quota(office, office.union.unit.id, 10)
    run(office, STEPS[4])
    assert read(office, morning(STEPS[4])) == []
    assert read(office, morning(date(2027, 1, 4))) == []
    [notice] = office.ledger()
    assert (notice.state, notice.reason) == (NoticeState.DROPPED, "late")


def test_holds_over_a_weekend_what_is_still_true_on_monday(office: Office) -> None:
    set_quota(office, office.union.unit.id, 10)
    end = MONDAY + timedelta(days=5)
    run_campaign(office, MONDAY - timedelta(days=30), end)
    saturday = MONDAY - timedelta(days=2)
    run(office, saturday)
    assert read(office, local(saturday, 10)) == []
    [text] = read(office, morning(MONDAY))
    assert text.startswith("Còn 5 ngày là hết đợt cao điểm")
    assert [each.held for each in office.ledger()] == ["weekend"]


def test_looks_only_where_something_is_near(office: Office) -> None:
    days = [MONDAY, STEPS[0], STEPS[0] + timedelta(days=5), WEEK_BEFORE, LAST, LAST + timedelta(1)]
    assert [near(office, day) for day in days] == [False, True, False, True, True, False]
    assert office.run(find_chairs, dawn(MONDAY)) == office.run(find_drafts, dawn(MONDAY)) == 1


def test_goes_through_many_a_page_a_turn(office: Office) -> None:
    unit = office.union.unit
    set_quota(office, unit.id, 10)
    for number in range(120):
        chair = join(office, f"Chủ tịch {number}", unit, 5000 + number, (Role.CHAIR, unit))
        begin(office, local(date(2026, 11, 2), 9), chair)
    for number in range(100):
        begin(office, local(date(2026, 11, 2), 9), join(office, "Đoàn viên", unit, 6000 + number))
    assert office.run(find_chairs, dawn(WEEK_BEFORE)) == 3
    assert office.run(find_drafts, dawn(WEEK_BEFORE)) == 2
    assert len(office.keys()) == 221
    assert chat_of(6099) in {push.to for push in office.deliver(morning(WEEK_BEFORE))}
