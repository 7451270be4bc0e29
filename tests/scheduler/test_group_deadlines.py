"""Groups hear 30, 14, 7, 3 days and one before an end how far their unit is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from domain.calendar import DaysOff, Holiday
from domain.group import Group
from domain.notice import Kind, NoticeState
from domain.parcel import Lane, Resend
from domain.programme import Phase
from domain.schedule import Schedule
from domain.vietnamese.schedules import WORKING_DAYS
from scheduler.group_deadlines import note_missed, post
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

ENDS = date(2026, 10, 30)
"""A Friday, the last day of the phase."""


@pytest.fixture(autouse=True)
def autumn(office: Office) -> Phase:
    """A phase that ends in the middle of the programme."""
    programme = office.union.programme
    first, second = programme.phases
    changed = replace(programme, phases=(first, replace(second, ends=ENDS)))
    programme = office.do(lambda store: store.programmes.save(changed))
    office.union = replace(office.union, programme=programme)
    return programme.phases[1]


def slot(before: int) -> datetime:
    """Half past eight in the morning, so many days before the end."""
    return local(ENDS - before * DAY)


def every_day(office: Office, first: int, last: int) -> Iterator[datetime]:
    """Run all there is at the hour of the group, from so many days before the end to so many."""
    for before in range(first, last - 1, -1):
        office.run(post, slot(before))
        office.run(note_missed, slot(before) + 3 * HOUR)
        yield slot(before)


def steps(office: Office) -> list[tuple[int, str]]:
    """Each step, and why it was not said."""
    return [(each.about["step"], each.reason) for each in office.ledger()]


def test_says_each_step_once(office: Office, autumn: Phase) -> None:
    number = bind(office)
    for at in every_day(office, 40, -5):
        office.run(post, at + MINUTE)
    assert posted(office) == [slot(before) for before in (30, 14, 7, 3, 1)]
    assert skipped(office) == []
    keys = [f"deadline:phase:{autumn.id}:2026-10-30:{step}:group:{number}" for step in (30, 14)]
    assert office.keys()[:2] == keys
    [push, *_] = office.deliver(slot(30))
    assert (push.to, push.lane, push.resend) == (GROUP, Lane.PUSH, Resend.NEVER)
    assert push.expires == slot(30) + 2 * HOUR
    assert {each.kind for each in office.ledger()} == {Kind.DEADLINE}


def test_tells_how_near_it_is_and_how_far_the_unit(office: Office, autumn: Phase) -> None:
    unit = office.union.unit.id
    bind(office)
    set_quota(office, unit, 8, autumn.id)
    hand_in(office, unit, ENDS - 40 * DAY, 5, valid=3)
    office.run(post, slot(7))
    assert heard(office, slot(7)) == [
        [
            "Còn 7 ngày là hết Giai đoạn 2 (hết ngày 30/10/2026).",
            "Công ty cấp nước: 3/8 hợp lệ, đạt 37,5%, còn thiếu 5; đã nộp 5.",
        ]
    ]
    hand_in(office, unit, ENDS - 2 * DAY, 5, valid=7)
    office.run(post, slot(1))
    assert heard(office, slot(1)) == [
        [
            "Ngày mai, 30/10/2026, là ngày cuối của Giai đoạn 2.",
            "Công ty cấp nước: 10/8 hợp lệ, đạt 125,0% (vượt 25,0%).",
        ]
    ]


def test_goes_by_the_quota_that_there_is(office: Office, autumn: Phase) -> None:
    unit, other = office.union.unit.id, office.union.other.id
    bind(office)
    bind(office, chat(2), unit=other)
    set_quota(office, unit, 10)
    hand_in(office, unit, date(2026, 3, 1), 4, valid=4)
    hand_in(office, other, ENDS - 40 * DAY, 2)
    office.run(post, slot(3))
    assert [lines[1] for lines in heard(office, slot(3))] == [
        "Công ty cấp nước, cả chương trình: 4/10 hợp lệ, đạt 40,0%, còn thiếu 6.",
        "Trường tiểu học xã X: 0 hợp lệ; đã nộp 2.",
    ]
    # At the end of the programme, the quota of a phase where there is no other.
    last = replace(autumn, ends=office.union.programme.closes)
    set_quota(office, other, 5, autumn.id)
    phases = (office.union.programme.phases[0], last)
    office.do(lambda store: store.programmes.save(replace(office.union.programme, phases=phases)))
    at = local(last.ends - 3 * DAY)
    office.run(post, at)
    assert heard(office, at) == [
        [
            "Còn 3 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026).",
            "Công ty cấp nước: 4/10 hợp lệ, đạt 40,0%, còn thiếu 6.",
        ],
        [
            "Còn 3 ngày là hết chương trình Một triệu sáng kiến (hết ngày 31/12/2026).",
            "Trường tiểu học xã X, Giai đoạn 2: 0/5 hợp lệ, đạt 0,0%, còn thiếu 5; đã nộp 2.",
        ],
    ]


def test_says_what_ends_on_one_day_as_one(office: Office) -> None:
    run_campaign(office, ENDS - 20 * DAY, ENDS)
    run_campaign(office, ENDS - 20 * DAY, ENDS, office.union.unit.id)
    bind(office)
    office.run(post, slot(7))
    assert [lines[0] for lines in heard(office, slot(7))] == [
        "Còn 7 ngày là hết Giai đoạn 2 (hết ngày 30/10/2026)."
    ]


def test_says_first_what_ends_first(office: Office, autumn: Phase) -> None:
    run_campaign(office, ENDS - 20 * DAY, ENDS - 4 * DAY, office.union.unit.id)
    run_campaign(office, ENDS - 20 * DAY, ENDS - 4 * DAY, office.union.other.id)
    bind(office)
    set_quota(office, office.union.unit.id, 8, autumn.id)
    office.run(post, slot(7))
    assert heard(office, slot(7)) == [
        [
            "Còn 3 ngày là hết đợt cao điểm «Năm ngày vàng» (hết ngày 26/10/2026).",
            "Công ty cấp nước, Giai đoạn 2: 0/8 hợp lệ, đạt 0,0%, còn thiếu 8.",
        ],
        [
            "Còn 7 ngày là hết Giai đoạn 2 (hết ngày 30/10/2026).",
            "Công ty cấp nước: 0/8 hợp lệ, đạt 0,0%, còn thiếu 8.",
        ],
    ]


def test_says_nothing_of_the_end_of_what_is_only_beginning(office: Office) -> None:
    begins = ENDS - 25 * DAY
    run_campaign(office, begins, begins + 7 * DAY)
    bind(office)
    for _ in every_day(office, 40, 15):
        pass
    phase, *ours = [each.about for each in office.ledger()]
    assert "phase" in phase
    assert ours == [{"campaign": 1, "step": step} for step in (3, 1)]


def test_says_anew_when_an_end_is_put_off(office: Office, autumn: Phase) -> None:
    bind(office)
    for _ in every_day(office, 31, 1):
        pass
    later = replace(autumn, ends=ENDS + 7 * DAY)
    phases = (office.union.programme.phases[0], later)
    office.do(lambda store: store.programmes.save(replace(office.union.programme, phases=phases)))
    for _ in every_day(office, 0, -8):
        pass
    assert posted(office) == [slot(before) for before in (30, 14, 7, 3, 1, 0, -4, -6)]
    assert [lines[0] for lines in heard(office, slot(0))][-4:] == [
        "Ngày mai, 30/10/2026, là ngày cuối của Giai đoạn 2.",
        "Còn 7 ngày là hết Giai đoạn 2 (hết ngày 6/11/2026).",
        "Còn 3 ngày là hết Giai đoạn 2 (hết ngày 6/11/2026).",
        "Ngày mai, 6/11/2026, là ngày cuối của Giai đoạn 2.",
    ]
    assert skipped(office) == []


def test_makes_up_for_a_step_within_three_days_in_the_words_of_that_day(office: Office) -> None:
    bind(office)
    office.run(post, slot(5))
    office.run(post, slot(4))
    assert heard(office, slot(5))[0][0] == "Còn 5 ngày là hết Giai đoạn 2 (hết ngày 30/10/2026)."
    office.run(post, slot(0))
    assert heard(office, slot(0))[0][0] == "Hôm nay, 30/10/2026, là ngày cuối của Giai đoạn 2."
    assert posted(office) == [slot(5), slot(0)]


def test_notes_once_each_step_that_nobody_said(office: Office) -> None:
    number = bind(office)
    for before in (15, 11):
        office.run(note_missed, slot(before) + 3 * HOUR)
    assert office.ledger() == [], "it can still be made up for"
    for _ in range(2):
        office.run(note_missed, slot(10))
        office.run(post, slot(7) + 3 * HOUR)
    assert steps(office) == [(14, "late")]
    # Away from then on until the phase is over.
    for _ in range(2):
        office.run(post, slot(-3))
        office.run(note_missed, slot(-3))
    assert sorted(steps(office)) == [(1, "late"), (3, "late"), (7, "late"), (14, "late")]
    assert {(each.group, each.state) for each in office.ledger()} == {(number, NoticeState.SKIPPED)}


def test_notes_what_was_missed_at_the_very_end_of_the_programme(office: Office) -> None:
    bind(office)
    closes = office.union.programme.closes
    office.run(post, local(closes + 5 * DAY))
    office.run(note_missed, local(closes + 5 * DAY))
    assert sorted(steps(office)) == [(1, "late"), (3, "late"), (7, "late")]


def test_misses_no_step_that_no_slot_of_the_group_could_bring(office: Office) -> None:
    bind(office, GROUP, Schedule(frozenset({0}), time(8, 30)), Kind.DEADLINE)
    for _ in every_day(office, 40, -5):
        pass
    # Mondays: 25, 18, 11 and 4 days before.
    assert posted(office) == [slot(11), slot(4)]
    assert skipped(office) == []


def test_makes_up_on_monday_for_what_fell_on_a_weekend_or_a_holiday(office: Office) -> None:
    run_campaign(office, ENDS - 29 * DAY, ENDS - 5 * DAY)
    office.settings(days_off=DaysOff((Holiday("Lễ", ENDS - 4 * DAY, ENDS - 2 * DAY),)))
    bind(office, GROUP, Schedule(WORKING_DAYS, time(8, 30)), Kind.DEADLINE)
    for _ in every_day(office, 40, -1):
        pass
    ours = [(each.due_at, each.about["step"]) for each in office.ledger() if "phase" in each.about]
    assert ours == [(slot(30), 30), (slot(14), 14), (slot(7), 7), (slot(1), 1)]
    # The campaign ends on a Sunday, so that its last step falls on a weekend as a whole.
    ours = [
        (each.due_at, each.about["step"]) for each in office.ledger() if "phase" not in each.about
    ]
    assert ours == [(slot(18), 14), (slot(11), 7), (slot(8), 3)]


def test_owes_nothing_of_before_the_group_was_bound_or_changed(office: Office) -> None:
    number = bind(office, bound_at=slot(13) + MINUTE)
    for _ in every_day(office, 14, 13):
        pass
    assert office.ledger() == []
    choose(office, number, Kind.DEADLINE, Schedule(WORKING_DAYS, time(9)), slot(9))
    for _ in every_day(office, 9, 8):
        pass
    assert office.ledger() == []


def test_tells_a_group_that_came_after_the_step_at_its_next_slot(office: Office) -> None:
    bind(office, bound_at=slot(14) + MINUTE)
    for _ in every_day(office, 14, 12):
        pass
    assert posted(office) == [slot(13)]


def test_says_nothing_in_a_group_that_is_silent_unbound_or_wants_none(office: Office) -> None:
    bind(office, muted_until=slot(7) + MINUTE)
    bind(office, chat(2))
    office.do(lambda store: store.groups.unbind(chat(2), slot(7) - MINUTE))
    bind(office, chat(3), NEVER, Kind.DEADLINE)
    office.run(post, slot(7))
    assert heard(office, slot(7)) == []
    assert [(each.group, each.reason) for each in office.ledger()] == [(1, "muted")]
    office.run(note_missed, slot(3) - HOUR)
    assert len(office.ledger()) == 1


def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            unit = office.union.unit.id if number % 2 else office.union.other.id
            store.groups.bind(Group(chat(number), unit, "", 1, LONG_AGO))

    office.do(fill)
    assert office.run(post, slot(7)) == 3
    assert len({push.to for push in office.deliver(slot(7))}) == 60
    assert office.run(post, slot(7) + MINUTE) == 1
    assert office.run(post, slot(10)) == 1
