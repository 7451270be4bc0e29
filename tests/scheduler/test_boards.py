"""The daily board of a campaign."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from domain.calendar import DaysOff, Holiday
from domain.group import Group
from domain.notice import Kind, NoticeState
from domain.parcel import Lane, Resend
from domain.schedule import EVERY_DAY, Schedule
from domain.vietnamese.schedules import WORKING_DAYS
from scheduler.boards import note_missed, post
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
    skipped,
)
from tests.support.union import a_unit

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def slot(day: date = MONDAY, hour: int = 16, minute: int = 30) -> datetime:
    """Half past four in Việt Nam, when boards come."""
    return local(day, hour, minute)


@pytest.fixture
def campaign(office: Office) -> None:
    """From Monday to Friday, for all."""
    run_campaign(office, MONDAY, FRIDAY)


def posted_at(office: Office, at: datetime) -> list[str]:
    """The board that the one group gets."""
    office.run(post, at)
    [lines] = heard(office, at)
    return list(lines)


@pytest.mark.usefixtures("campaign")
def test_posts_once_a_day_while_the_campaign_runs(office: Office) -> None:
    number = bind(office)
    office.run(post, slot() - MINUTE)
    assert office.keys() == []
    for minutes in (0, 0, 1, 119):
        office.run(post, slot() + minutes * MINUTE)
    [push] = office.deliver(slot())
    assert (push.key, push.to) == (f"board:1:{number}:2026-11-23", GROUP)
    assert (push.lane, push.resend, push.expires) == (Lane.PUSH, Resend.NEVER, slot() + 2 * HOUR)
    for hours in range(24 * 10):
        office.run(post, slot(MONDAY - 3 * DAY) + hours * HOUR)
    assert posted(office) == [slot(MONDAY + n * DAY) for n in range(5)]


def test_posts_the_nearest_of_several_campaigns(office: Office) -> None:
    run_campaign(office, MONDAY, FRIDAY)
    run_campaign(office, MONDAY + DAY, MONDAY + DAY, office.union.unit.id)
    run_campaign(office, MONDAY, FRIDAY, office.union.other.id)
    number = bind(office)
    for n in range(3):
        office.run(post, slot(MONDAY + n * DAY))
    assert office.keys() == [
        f"board:{campaign}:{number}:2026-11-{day}" for campaign, day in ((1, 23), (2, 24), (1, 25))
    ]


def test_posts_nothing_where_no_campaign_runs(office: Office) -> None:
    run_campaign(office, MONDAY, FRIDAY, office.union.other.id)
    off = run_campaign(office, MONDAY, FRIDAY)
    office.do(lambda store: store.campaigns.call_off(off.id, slot() - MINUTE))
    bind(office)
    for job in (post, note_missed):
        office.run(job, slot())
        office.run(job, slot() + DAY - HOUR)
    assert office.ledger() == []


def test_owes_nothing_of_before_the_campaign_was_made(office: Office) -> None:
    made = slot(MONDAY + 2 * DAY) + HOUR
    campaign = run_campaign(office, MONDAY, FRIDAY)
    office.do(lambda store: store.campaigns.call_off(campaign.id, LONG_AGO))
    office.do(lambda store: store.campaigns.add(replace(campaign, closed_at=None), None, made))
    bind(office)
    for minutes in range(0, 24 * 60, 30):
        office.run(post, made + minutes * MINUTE)
        office.run(note_missed, made + minutes * MINUTE)
    assert posted(office) == [slot(MONDAY + 3 * DAY)]
    assert skipped(office) == []


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize(
    ("weekdays", "days"),
    [(EVERY_DAY, [0, 1, 2, 3, 4]), (frozenset({1, 5}), [1]), (frozenset(), [])],
)
def test_comes_on_the_days_and_at_the_hour_that_the_group_wants(
    office: Office, weekdays: frozenset[int], days: list[int]
) -> None:
    bind(office, GROUP, Schedule(weekdays, time(17)), Kind.BOARD)
    for hours in range(24 * 7):
        office.run(post, slot(minute=0) + hours * HOUR)
        office.run(note_missed, slot(minute=0) + hours * HOUR)
    assert posted(office) == [slot(MONDAY + day * DAY, 17, 0) for day in days]
    assert skipped(office) == []


@pytest.mark.usefixtures("campaign")
def test_goes_by_the_clock_of_the_group(office: Office) -> None:
    bind(office, zone="Asia/Tokyo")
    for minutes in range(0, 300, 30):
        office.run(post, slot() - 3 * HOUR + minutes * MINUTE)
    assert posted(office) == [slot() - 2 * HOUR]


@pytest.mark.usefixtures("campaign")
def test_is_of_the_day_of_its_slot_though_midnight_has_come(office: Office) -> None:
    bind(office, GROUP, Schedule(EVERY_DAY, time(11, 45)), Kind.BOARD, zone="America/New_York")
    assert posted_at(office, slot(FRIDAY, 23, 45) + HOUR)[0] == (
        "Năm ngày vàng, hôm nay là ngày cuối – Công ty cấp nước"
    )


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize("late", [timedelta(), 30 * MINUTE, 120 * MINUTE])
def test_catches_up_within_two_hours(office: Office, late: timedelta) -> None:
    bind(office)
    office.run(note_missed, slot() + late)
    office.run(post, slot() + late)
    assert posted(office) == [slot()]
    assert skipped(office) == []


@pytest.mark.usefixtures("campaign")
def test_notes_every_day_that_it_missed_once(office: Office) -> None:
    number = bind(office)
    office.run(post, slot())
    for minutes in (0, 1, 121, 180):
        office.run(post, slot(MONDAY + 3 * DAY) + minutes * MINUTE)
        office.run(note_missed, slot(MONDAY + 3 * DAY) + minutes * MINUTE)
    assert posted(office) == [slot(), slot(MONDAY + 3 * DAY)]
    assert skipped(office) == [f"board:1:{number}:2026-11-{day}" for day in (25, 24)]
    missed = [each for each in office.ledger() if each.state is NoticeState.SKIPPED]
    assert {(each.kind, each.group, each.unit) for each in missed} == {
        (Kind.BOARD, number, office.union.unit.id)
    }
    office.run(note_missed, slot(FRIDAY + DAY))
    assert len(skipped(office)) == 3, "and the last day's, after it is over"


@pytest.mark.usefixtures("campaign")
def test_misses_nothing_while_the_group_was_silent_or_off(office: Office) -> None:
    bind(office, muted_until=slot(FRIDAY))
    off = bind(office, chat(2), NEVER, Kind.BOARD)
    office.run(note_missed, slot(MONDAY + 2 * DAY))
    assert office.ledger() == []
    choose(office, off, Kind.BOARD, Schedule(EVERY_DAY, time(16, 30)), slot(MONDAY + 2 * DAY))
    office.run(note_missed, slot(MONDAY + 2 * DAY))
    assert office.ledger() == []


@pytest.mark.usefixtures("campaign")
def test_says_nothing_in_a_group_that_is_silent_unbound_or_wants_none(office: Office) -> None:
    bind(office, muted_until=slot() + MINUTE)
    bind(office, chat(2))
    office.do(lambda store: store.groups.unbind(chat(2), slot() - MINUTE))
    bind(office, chat(3), NEVER, Kind.BOARD)
    changes = bind(office, chat(4))
    leaves = bind(office, chat(5))
    office.run(post, slot())
    choose(office, changes, Kind.BOARD, NEVER, slot())
    office.do(lambda store: store.groups.unbind(chat(5), slot()))
    assert heard(office, slot()) == []
    reasons = {each.group: each.reason for each in office.ledger()}
    assert reasons == {1: "muted", changes: "off", leaves: "unbound"}


@pytest.mark.usefixtures("campaign")
def test_posts_of_the_unit_that_the_group_is_bound_to_now(office: Office) -> None:
    number = bind(office)
    office.run(post, slot())
    # Bound anew on the same day: it had its board; the next day it gets the other unit's.
    bind(office, unit=office.union.other.id, bound_at=slot() + MINUTE)
    office.run(post, slot() + 2 * MINUTE)
    office.run(post, slot(MONDAY + DAY))
    assert [(each.key[-2:], each.unit) for each in office.ledger()] == [
        ("23", office.union.unit.id),
        ("24", office.union.other.id),
    ]
    assert {each.group for each in office.ledger()} == {number}


def test_follows_a_unit_that_moves_or_is_merged(office: Office) -> None:
    root, unit, other = (
        each.id for each in (office.union.root, office.union.unit, office.union.other)
    )
    above = office.do(lambda s: s.units.add(a_unit("TD", root, "Tràng Định"))).id
    run_campaign(office, MONDAY, FRIDAY, above)
    bind(office)
    office.run(post, slot())
    assert office.ledger() == []
    office.do(lambda store: store.tree.move(unit, above, MONDAY))
    hand_in(office, unit, MONDAY + DAY, 2)
    assert posted_at(office, slot(MONDAY + DAY))[0].endswith("– Công ty cấp nước")
    office.do(lambda store: store.tree.move(other, above, MONDAY))
    office.do(lambda store: store.tree.merge(unit, other, MONDAY + 2 * DAY))
    assert posted_at(office, slot(MONDAY + 2 * DAY))[:3] == [
        "Năm ngày vàng, còn 2 ngày (đến hết 27/11/2026) – Trường tiểu học xã X",
        "Hôm nay: chưa có gì mới. Hôm qua: +2 đã nộp",
        "Cả đợt: +2 đã nộp",
    ]


@pytest.mark.parametrize(("urgent", "days"), [(False, [0, 1, 2]), (True, [0, 1, 2, 3, 4])])
def test_leaves_holidays_out_but_for_an_urgent_end(
    office: Office, urgent: bool, days: list[int]
) -> None:
    run_campaign(office, MONDAY, FRIDAY, urgent=urgent)
    bind(office)
    bind(office, chat(2), Schedule(WORKING_DAYS, time(16, 30)), Kind.BOARD)
    holiday = Holiday("Lễ", MONDAY + 3 * DAY, FRIDAY)
    office.settings(days_off=DaysOff((holiday,)))
    for n in range(7):
        office.run(post, slot(MONDAY + n * DAY))
        office.run(note_missed, slot(MONDAY + n * DAY) + 3 * HOUR)
    assert posted(office) == [slot(MONDAY + day * DAY) for day in days for _ in range(2)]
    assert skipped(office) == []


@pytest.mark.usefixtures("campaign")
def test_posts_in_every_group_a_few_a_turn(office: Office) -> None:
    def fill(store: Store) -> None:
        for number in range(60):
            unit = office.union.unit.id if number % 2 else office.union.other.id
            store.groups.bind(Group(chat(number), unit, "", 1, LONG_AGO))

    office.do(fill)
    assert office.run(post, slot()) == 3
    assert len({push.to for push in office.deliver(slot())}) == 60
    assert office.run(post, slot() + MINUTE) == 1


@pytest.mark.usefixtures("campaign")
def test_says_farewell_once_when_the_unit_is_no_more(office: Office) -> None:
    bind(office)
    office.do(lambda store: store.tree.close(office.union.unit.id, MONDAY - DAY))
    assert "Công ty cấp nước không còn hoạt động" in posted_at(office, slot())[0]
    office.run(post, slot(MONDAY + DAY))
    assert heard(office, slot(MONDAY + DAY)) == []
