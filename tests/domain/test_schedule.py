"""When something is posted week after week, and what changes it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, DaysOff, Holiday, usual
from domain.schedule import (
    EVERY_DAY,
    Schedule,
    in_the_night,
    last_slot,
    possible_hours,
    rescheduled,
    slots_after,
)
from domain.vietnamese.schedules import ScheduleRead

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TET = DaysOff((Holiday("Tết", date(2026, 11, 23), date(2026, 11, 25)),))
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=HANOI).astimezone(UTC)
WEEKLY = Schedule(frozenset({0}), time(8, 30))
TWICE = Schedule(frozenset({0, 3}), time(8, 30))
DAILY = Schedule(EVERY_DAY, time(17))
NEVER = Schedule(frozenset(), time(8, 30))
SOME = frozenset({4, 6})


def house(zone: ZoneInfo = HANOI, days_off: DaysOff | None = None) -> Calendar:
    night, lunch = (time(20), time(8)), (time(11, 30), time(13, 30))
    return usual(night, lunch, zone, days_off=days_off)


def local(*moments: datetime | None, zone: ZoneInfo = HANOI) -> list[str]:
    return [f"{each.astimezone(zone):%d %H:%M}" if each else "never" for each in moments]


@pytest.mark.parametrize(
    ("schedule", "last", "following"),
    [
        (WEEKLY, "16 08:30", ["23 08:30", "30 08:30"]),
        (TWICE, "19 08:30", ["23 08:30", "26 08:30"]),
        (DAILY, "21 17:00", ["22 17:00", "23 17:00"]),
        (NEVER, "never", []),
    ],
)
def test_knows_the_moment_before_and_the_next(
    schedule: Schedule, last: str, following: list[str]
) -> None:
    assert local(last_slot(schedule, SUNDAY, house())) == [last]
    assert local(*islice(slots_after(schedule, SUNDAY, house()), 2)) == following


def test_leaves_out_holidays() -> None:
    off = house(days_off=TET)
    assert local(*islice(slots_after(DAILY, SUNDAY, off), 3)) == [
        "22 17:00",
        "26 17:00",
        "27 17:00",
    ]
    assert local(last_slot(DAILY, SUNDAY + timedelta(days=4), off)) == ["22 17:00"]
    assert local(*islice(slots_after(WEEKLY, SUNDAY, off), 1)) == ["30 08:30"]


def test_is_at_the_moment_itself_no_more_to_come() -> None:
    at = datetime(2026, 11, 22, 17, 0, tzinfo=HANOI)
    assert last_slot(DAILY, at, house()) == at
    assert next(slots_after(DAILY, at, house())) == at + timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "wall", "slots"),
    [
        # Clocks go from 2:00 to 3:00 on 29 March, and from 3:00 back to 2:00 on 25 October.
        ("2026-03-28", time(2, 30), ["28 02:30", "29 03:30", "30 02:30"]),
        ("2026-10-24", time(2, 30), ["24 02:30", "25 02:30", "26 02:30"]),
        ("2026-10-24", time(8, 30), ["24 08:30", "25 08:30", "26 08:30"]),
    ],
)
def test_comes_once_a_day_whatever_clocks_do(zone: str, wall: time, slots: list[str]) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begins = datetime.combine(date.fromisoformat(zone), time(), berlin)
    found = islice(slots_after(Schedule(EVERY_DAY, wall), begins, house(berlin)), 3)
    assert local(*found, zone=berlin) == slots


WALLS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
SCHEDULES = st.builds(Schedule, st.frozensets(st.integers(0, 6), min_size=1), WALLS)
ZONES = st.sampled_from(("Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Asia/Tokyo"))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(SCHEDULES, ZONES, MOMENTS)
def test_has_no_moment_between_the_last_and_the_next(
    schedule: Schedule, zone: str, moment: datetime
) -> None:
    calendar = house(ZoneInfo(zone))
    last = last_slot(schedule, moment, calendar)
    following = next(slots_after(schedule, moment, calendar))
    assert last is not None
    assert last <= moment < following <= last + timedelta(days=7, hours=2)
    assert last_slot(schedule, following - timedelta(seconds=1), calendar) == last
    assert next(slots_after(schedule, last - timedelta(seconds=1), calendar)) == last


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        (
            DAILY,
            ScheduleRead(weekly=True, weekdays=frozenset({4, 6})),
            Schedule(frozenset({4, 6}), time(17)),
        ),
        (NEVER, ScheduleRead(hour=9), Schedule(frozenset({0}), time(9))),
        (TWICE, ScheduleRead(hour=9, minute=15), Schedule(frozenset({0, 3}), time(9, 15))),
        (TWICE, ScheduleRead(daily=True), Schedule(EVERY_DAY, time(8, 30))),
        (DAILY, ScheduleRead(weekly=True, hour=8), Schedule(frozenset({0}), time(8))),
        (TWICE, ScheduleRead(weekly=True), TWICE),
        (DAILY, ScheduleRead(never=True), Schedule(frozenset(), time(17))),
    ],
)
def test_keeps_what_was_not_said(old: Schedule, said: ScheduleRead, new: Schedule) -> None:
    assert rescheduled(old, said, WEEKLY) == new


@pytest.mark.parametrize(
    ("wall", "night"),
    [
        (time(7, 59), True),
        (time(8), False),
        (time(12), False),
        (time(19, 59), False),
        (time(20), True),
        (time(0), True),
    ],
)
def test_knows_the_hours_of_the_night(wall: time, night: bool) -> None:
    assert in_the_night(wall, house()) == night
    assert possible_hours(house()) == (time(8), time(20))
