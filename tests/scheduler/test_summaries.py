"""Groups hear what came of a phase or the programme."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.calendar import DaysOff, Holiday
from domain.group import Group
from domain.notice import Kind, NoticeState
from domain.parcel import Lane, Resend
from domain.programme import Counted, Phase
from scheduler.summaries import find, note_missed
from storage.store import Store
from tests.scheduler.conftest import Office
from tests.scheduler.groups import (
    DAY,
    GROUP,
    HOUR,
    LONG_AGO,
    MINUTE,
    NEVER,
    bind,
    chat,
    choose,
    hand_in,
    heard,
    local,
    posted,
    run_campaign,
    set_quota,
    skipped,
)
from tests.support.union import a_unit

ENDS = date(2026, 6, 30)
"""A Tuesday, the last day of the first phase."""

MORNING = local(ENDS + DAY, 8, 0)


@pytest.fixture
def spring(office: Office) -> Phase:
    """The phase that ends."""
    return office.union.programme.phases[0]


def said(office: Office, at: datetime) -> list[list[str]]:
    """What groups hear after the jobs were run twice."""
    for job in (find, note_missed, find, note_missed):
        office.run(job, at)
    return [list(lines) for lines in heard(office, at)]


def test_says_the_result_once_on_the_morning_after(office: Office, spring: Phase) -> None:
    number = bind(office)
    for at in (local(ENDS, 23), local(ENDS + DAY, 7, 59)):
        assert said(office, at) == []
    office.run(find, MORNING)
    [push] = office.deliver(MORNING)
    assert push.key == f"summary:phase:{spring.id}:2026-06-30:{number}"
    assert (push.to, push.lane, push.resend) == (GROUP, Lane.PUSH, Resend.NEVER)
    for hours in range(24 * 10):
        assert said(office, MORNING + hours * HOUR) == []
    assert [each.kind for each in office.ledger()] == [Kind.SUMMARY]


def test_tells_a_unit_its_figures_and_its_place(office: Office, spring: Phase) -> None:
    unit = office.union.unit.id
    bind(office)
    bind(office, chat(2), unit=office.union.other.id)
    set_quota(office, unit, 8, spring.id)
    set_quota(office, unit, 90, spring.id, on=ENDS + DAY)
    hand_in(office, unit, ENDS, 6, valid=3)
    hand_in(office, unit, ENDS + DAY, 9, valid=9)
    assert said(office, MORNING) == [
        [
            "Kết quả Giai đoạn 1 (hết ngày 30/6/2026) – Công ty cấp nước",
            "3/8 hợp lệ, đạt 37,5%, thiếu 5; đã nộp 6.",
            "3 sáng kiến còn chờ xét, số hợp lệ có thể tăng.",
            "Xếp hạng: 1/2 theo số lượng",
            "Cảm ơn anh chị em đã góp sáng kiến!",
        ],
        [
            "Kết quả Giai đoạn 1 (hết ngày 30/6/2026) – Trường tiểu học xã X",
            "0 hợp lệ.",
            "Cảm ơn anh chị em đã góp sáng kiến!",
        ],
    ]


def test_tells_the_best_below_and_shares_places(office: Office, spring: Phase) -> None:
    union = office.union
    hospital, school = (
        office.do(lambda s, code=code: s.units.add(a_unit(code, union.root.id))).id  # type: ignore[misc]  # bound now
        for code in ("BV", "TH")
    )
    bind(office, unit=union.root.id)
    set_quota(office, union.root.id, 12, spring.id)
    for unit, target, valid in (
        (union.unit.id, 4, 2),
        (union.other.id, 6, 3),
        (hospital, 4, 1),
        (school, None, 8),
    ):
        if target:
            set_quota(office, unit, target, spring.id)
        hand_in(office, unit, ENDS, valid, valid=valid)
    empty = office.do(lambda s: s.units.add(a_unit("KO", union.root.id))).id
    set_quota(office, empty, 9, spring.id)
    [lines] = said(office, MORNING)
    assert lines == [
        "Kết quả Giai đoạn 1 (hết ngày 30/6/2026) – LĐLĐ tỉnh",
        "14/12 hợp lệ, đạt 116,7% (vượt 16,7%).",
        "Dẫn đầu:",
        "1. Trường tiểu học xã X: 3/6, đạt 50,0%",
        "1. Công ty cấp nước: 2/4, đạt 50,0%",
        "3. Đơn vị BV: 1/4, đạt 25,0%",
        "–  Đơn vị TH: 8, chỉ tiêu —",
        "Cảm ơn anh chị em đã góp sáng kiến!",
    ]


def test_says_nothing_of_waiting_where_all_that_is_submitted_counts(
    office: Office, spring: Phase
) -> None:
    programme = replace(office.union.programme, counts=Counted.SUBMITTED)
    office.do(lambda store: store.programmes.save(programme))
    bind(office)
    hand_in(office, office.union.unit.id, ENDS, 6, valid=3)
    [lines] = said(office, MORNING)
    assert lines[1:] == [
        "6 đã nộp.",
        "Xếp hạng: 1/2 theo số lượng",
        "Cảm ơn anh chị em đã góp sáng kiến!",
    ]


def test_says_the_end_of_the_programme_and_of_its_last_phase_as_one(office: Office) -> None:
    closes = office.union.programme.closes
    run_campaign(office, closes - 9 * DAY, closes)
    bind(office)
    hand_in(office, office.union.unit.id, date(2026, 3, 1), 2, valid=2)
    [lines] = said(office, local(closes + DAY))
    assert lines[:2] == [
        "Kết quả chương trình Một triệu sáng kiến (hết ngày 31/12/2026) – Công ty cấp nước",
        "2 hợp lệ.",
    ]


def test_waits_for_a_working_morning(office: Office) -> None:
    office.settings(days_off=DaysOff((Holiday("Lễ", ENDS + DAY, ENDS + 3 * DAY),)))
    bind(office)
    # Wednesday to Friday are off, and then there is a weekend.
    for days in range(1, 6):
        assert said(office, local(ENDS + days * DAY, 10)) == []
    assert len(said(office, local(ENDS + 6 * DAY, 8, 0))) == 1
    assert posted(office) == [local(ENDS + 6 * DAY, 8, 0)]


@pytest.mark.parametrize(("late", "comes"), [(0, True), (1, True), (2, True), (7, False)])
def test_is_made_up_for_within_three_days_and_then_noted_once(
    office: Office, spring: Phase, late: int, comes: bool
) -> None:
    number = bind(office)
    assert len(said(office, MORNING + late * DAY)) == comes
    key = f"summary:phase:{spring.id}:2026-06-30:{number}"
    assert skipped(office) == ([] if comes else [key])
    [notice] = office.ledger()
    assert (notice.due_at, notice.group, notice.unit) == (MORNING, number, office.union.unit.id)


def test_says_it_anew_when_the_end_was_put_off(office: Office, spring: Phase) -> None:
    bind(office)
    assert len(said(office, MORNING)) == 1
    later = replace(spring, ends=ENDS + 14 * DAY)
    phases = (later, replace(office.union.programme.phases[1], starts=ENDS + 15 * DAY))
    office.do(lambda store: store.programmes.save(replace(office.union.programme, phases=phases)))
    assert said(office, MORNING + DAY) == []
    [lines] = said(office, MORNING + 14 * DAY)
    assert lines[0] == "Kết quả Giai đoạn 1 (hết ngày 14/7/2026) – Công ty cấp nước"


def test_owes_nothing_to_a_group_that_came_later_or_wants_none(office: Office) -> None:
    bind(office, bound_at=MORNING + MINUTE)
    off = bind(office, chat(2), NEVER, Kind.SUMMARY)
    bind(office, chat(3))
    office.do(lambda store: store.groups.unbind(chat(3), MORNING - MINUTE))
    assert said(office, MORNING + 5 * MINUTE) == []
    choose(office, off, Kind.SUMMARY, replace(NEVER, weekdays=frozenset({0})), MORNING + HOUR)
    assert said(office, MORNING + 2 * HOUR) == []
    assert said(office, MORNING + 8 * DAY) == []
    assert office.ledger() == []


def test_says_it_in_a_silent_group_too(office: Office) -> None:
    bind(office, muted_until=MORNING + DAY)
    assert len(said(office, MORNING)) == 1


def test_drops_it_where_the_group_wants_no_results_any_more(office: Office) -> None:
    number = bind(office)
    office.run(find, MORNING)
    choose(office, number, Kind.SUMMARY, NEVER, MORNING)
    assert heard(office, MORNING) == []
    assert [(each.state, each.reason) for each in office.ledger()] == [(NoticeState.DROPPED, "off")]


def test_says_it_by_day_where_the_group_is(office: Office) -> None:
    bind(office, zone="America/New_York")
    assert said(office, MORNING) == []
    assert [each.held for each in office.ledger()] == ["night"]
    assert len(heard(office, MORNING + 12 * HOUR)) == 1


def test_says_nothing_of_a_unit_that_is_no_more(office: Office) -> None:
    bind(office)
    office.do(lambda store: store.tree.close(office.union.unit.id, ENDS))
    assert said(office, MORNING) == []


def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            store.groups.bind(Group(chat(number), office.union.unit.id, "", 1, LONG_AGO))

    office.do(fill)
    assert office.run(find, MORNING) == 3
    assert len({push.to for push in office.deliver(MORNING)}) == 60
    assert office.run(find, MORNING + MINUTE) == 1
