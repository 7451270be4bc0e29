"""On which days chairs hear of units that lag: once a week, in a campaign twice."""

from datetime import date, timedelta

import pytest

from domain.notice import Kind
from domain.person import Role
from scheduler.pace import find
from tests.scheduler.conftest import Office
from tests.scheduler.groups import hand_in, local, run_campaign, set_quota
from tests.scheduler.work import (
    MONDAY,
    chat_of,
    dawn,
    days_after,
    join,
    morning,
    read,
)

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = days_after(MONDAY, 1, 2, 3, 4)


def run(office: Office, *days: date) -> None:
    for day in days:
        office.run(find, dawn(day))


def test_says_it_once_a_week(office: Office) -> None:
    set_quota(office, office.union.unit.id, 20)
    said = []
    for day in days_after(MONDAY, *range(-7, 8)):
        run(office, day, day)
        said += [day] * len(read(office, morning(day)))
    assert said == [MONDAY - timedelta(days=7), MONDAY, MONDAY + timedelta(days=7)]
    chair = office.union.chair.id
    keys = [f"pace:{chair}:2026-11-{day}" for day in (16, 23, 30)]
    assert [(each.key, each.kind) for each in office.ledger()] == [(key, Kind.PACE) for key in keys]


@pytest.mark.parametrize(("back", "late"), [(TUESDAY, True), (WEDNESDAY, True), (THURSDAY, False)])
def test_makes_up_for_a_missed_monday_for_two_days(office: Office, back: date, late: bool) -> None:
    run(office, back)
    assert len(read(office, morning(back))) == late


def test_leaves_to_the_next_monday_who_lags_only_since_this_one(office: Office) -> None:
    """41.98 of 47 would be even on Monday, 42.11 on Tuesday."""
    set_quota(office, office.union.unit.id, 47)
    hand_in(office, office.union.unit.id, date(2026, 7, 1), 41, 41)
    said = []
    for day in days_after(MONDAY, *range(8)):
        run(office, day)
        said += [day] * len(read(office, morning(day)))
    assert said == [MONDAY + timedelta(days=7)]


def test_says_it_on_thursdays_too_while_a_campaign_runs(office: Office) -> None:
    run_campaign(office, TUESDAY, FRIDAY, office.union.unit.id)
    elsewhere = join(office, "Vi Thị H", office.union.other, 3002, (Role.CHAIR, office.union.other))
    said = []
    for day in days_after(MONDAY, *range(8)):
        run(office, day)
        said += [(day, push.to) for push in office.deliver(morning(day))]
    own, other = office.union.chair.address, elsewhere.address
    next_monday = MONDAY + timedelta(days=7)
    assert said == [
        (MONDAY, own),
        (MONDAY, other),
        (THURSDAY, own),
        (next_monday, own),
        (next_monday, other),
    ]


def test_is_not_denser_for_a_campaign_that_began_after_that_thursday(office: Office) -> None:
    run_campaign(office, FRIDAY, MONDAY + timedelta(days=10))
    run(office, FRIDAY)
    assert office.ledger() == []


def test_waits_over_a_weekend_for_whoever_wants_no_push_on_that_day(office: Office) -> None:
    office.settings(post_weekday=5)
    saturday = MONDAY - timedelta(days=2)
    run(office, saturday)
    assert read(office, local(saturday, 10)) == []
    assert [each.held for each in office.ledger()] == ["weekend"]
    assert len(read(office, morning(MONDAY))) == 1


def test_goes_through_many_chairs_fifty_a_turn(office: Office) -> None:
    unit = office.union.unit
    for number in range(120):
        join(office, f"Chủ tịch {number}", unit, 5000 + number, (Role.CHAIR, unit))
    assert office.run(find, dawn(MONDAY)) == 3
    assert len(office.keys()) == 121
    assert chat_of(5000) in {push.to for push in office.deliver(morning(MONDAY))}
