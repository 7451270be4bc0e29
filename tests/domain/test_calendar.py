"""When something may be said, why not, and weekly slots, by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import (
    HORIZON,
    Calendar,
    DaysOff,
    Holiday,
    every_day,
    last_weekly,
    next_allowed,
    next_quiet,
    night_only,
    usual,
    why_not,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT, LUNCH, NONE = (time(20), time(8)), (time(11, 30), time(13, 30)), (time(0), time(0))
TET = DaysOff((Holiday("Tết", date(2027, 2, 2), date(2027, 2, 11)),))
HOUSE = usual(NIGHT, LUNCH, HANOI, days_off=TET)
WAITED_FOR = night_only(HOUSE)
LAST_DAYS = every_day(HOUSE)
ALWAYS = usual(NONE, NONE, HANOI, weekends=True)
SHIFT = Calendar(((time(22), time(2)),), HANOI, own=True)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("night", "lunch", "windows"),
    [
        (NIGHT, LUNCH, "08:00-11:30 13:30-20:00"),
        (NIGHT, NONE, "08:00-20:00"),
        (NIGHT, (time(12), time(12)), "08:00-20:00"),
        (NONE, LUNCH, "00:00-11:30 13:30-00:00"),
        (NONE, NONE, "00:00-00:00"),
        ((time(0), time(6)), LUNCH, "06:00-11:30 13:30-00:00"),
        ((time(2), time(8)), LUNCH, "08:00-11:30 13:30-02:00"),
        # The house works at night.
        ((time(8), time(20)), (time(0), time(1)), "20:00-00:00 01:00-08:00"),
        # Lunch reaches into the quiet hours, or lies within them.
        (NIGHT, (time(7), time(9)), "09:00-20:00"),
        (NIGHT, (time(19), time(21)), "08:00-19:00"),
        (NIGHT, (time(22), time(23)), "08:00-20:00"),
        (NIGHT, (time(8), time(20)), ""),
    ],
)
def test_takes_night_and_lunch_out_of_the_day(
    night: tuple[time, time], lunch: tuple[time, time], windows: str
) -> None:
    found = usual(night, lunch, HANOI).windows
    assert " ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in found) == windows


@pytest.mark.parametrize(
    ("calendar", "moment", "why", "allowed"),
    [
        (HOUSE, "2026-11-23 08:00", "", "2026-11-23 08:00"),
        (HOUSE, "2026-11-23 11:29:59", "", "2026-11-23 11:29:59"),
        (HOUSE, "2026-11-23 11:30", "lunch", "2026-11-23 13:30"),
        (HOUSE, "2026-11-23 13:29:59", "lunch", "2026-11-23 13:30"),
        (HOUSE, "2026-11-23 19:59:59", "", "2026-11-23 19:59:59"),
        (HOUSE, "2026-11-23 20:00", "night", "2026-11-24 08:00"),
        (HOUSE, "2026-11-24 00:00", "night", "2026-11-24 08:00"),
        (HOUSE, "2026-11-24 07:59:59", "night", "2026-11-24 08:00"),
        (HOUSE, "2028-02-28 22:00", "night", "2028-02-29 08:00"),
        (HOUSE, "2026-11-27 20:00", "night", "2026-11-30 08:00"),
        (HOUSE, "2026-11-28 00:00", "weekend", "2026-11-30 08:00"),
        (HOUSE, "2026-11-28 12:00", "weekend", "2026-11-30 08:00"),
        (HOUSE, "2026-11-29 23:59:59", "weekend", "2026-11-30 08:00"),
        (HOUSE, "2027-02-02 00:00", "holiday", "2027-02-12 08:00"),
        (HOUSE, "2027-02-06 12:00", "holiday", "2027-02-12 08:00"),
        (HOUSE, "2027-02-11 23:59", "holiday", "2027-02-12 08:00"),
        (WAITED_FOR, "2026-11-28 12:00", "", "2026-11-28 12:00"),
        (WAITED_FOR, "2027-02-06 07:00", "night", "2027-02-06 08:00"),
        (WAITED_FOR, "2026-11-23 20:00", "night", "2026-11-24 08:00"),
        (LAST_DAYS, "2026-11-28 12:00", "lunch", "2026-11-28 13:30"),
        (LAST_DAYS, "2027-02-06 09:00", "", "2027-02-06 09:00"),
        (ALWAYS, "2026-11-28 03:00", "", "2026-11-28 03:00"),
        (SHIFT, "2026-11-23 12:00", "hours", "2026-11-23 22:00"),
        (SHIFT, "2026-11-23 23:00", "", "2026-11-23 23:00"),
        (SHIFT, "2026-11-24 01:59", "", "2026-11-24 01:59"),
        (SHIFT, "2026-11-24 02:00", "hours", "2026-11-24 22:00"),
        # Each day is judged alone: what began on Friday ends with it.
        (SHIFT, "2026-11-28 00:30", "weekend", "2026-11-30 00:00"),
    ],
)
def test_tells_why_not_and_from_when(
    calendar: Calendar, moment: str, why: str, allowed: str
) -> None:
    assert why_not(local(moment), calendar) == why
    found = next_allowed(local(moment), calendar)
    assert found == local(allowed)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("calendar", "moment", "quiet"),
    [
        (HOUSE, "2026-11-23 08:00", "2026-11-23 11:30"),
        (HOUSE, "2026-11-23 11:30", "2026-11-23 20:00"),
        (HOUSE, "2026-11-23 15:00", "2026-11-23 20:00"),
        (HOUSE, "2026-11-27 20:00", "2026-11-30 11:30"),
        (WAITED_FOR, "2026-11-28 03:00", "2026-11-28 20:00"),
        (SHIFT, "2026-11-23 12:00", "2026-11-24 02:00"),
        (SHIFT, "2026-11-27 12:00", "2026-11-28 00:00"),
        (usual(NONE, NONE, HANOI, days_off=TET), "2026-11-23 12:00", "2026-11-28 00:00"),
    ],
)
def test_knows_when_the_window_ends(calendar: Calendar, moment: str, quiet: str) -> None:
    assert next_quiet(local(moment), calendar) == local(quiet)


def test_knows_that_it_never_gets_quiet() -> None:
    assert next_quiet(local("2026-11-23 08:00"), ALWAYS) is None


def test_waits_as_long_as_it_looks_ahead_where_nothing_is_ever_allowed() -> None:
    moment = local("2026-11-23 08:00")
    closed = Calendar((), HANOI)
    off = DaysOff((Holiday("nghỉ", date(2026, 1, 1), date(2029, 1, 1)),))
    for calendar in (closed, night_only(closed), Calendar((NONE,), HANOI, days_off=off)):
        assert next_allowed(moment, calendar) == moment + HORIZON
        assert why_not(moment, calendar)


def test_answers_at_the_end_of_time() -> None:
    forever = datetime(9999, 1, 1, tzinfo=UTC)
    assert next_allowed(forever, HOUSE) == local("9999-01-01 08:00")
    assert next_allowed(forever, Calendar((), HANOI)) > forever


def test_names_the_holiday_of_a_day() -> None:
    off = DaysOff((*TET.holidays, Holiday("mùng 1", date(2027, 2, 6), date(2027, 2, 6))))
    days = (date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 6), date(2027, 2, 12))
    assert [off.name(day) for day in days] == ["", "Tết", "Tết", ""]
    assert DaysOff() == DaysOff(()) != off


@pytest.mark.parametrize(
    ("zone", "window", "moment", "allowed", "quiet"),
    [
        # Clocks jump from 2:00 to 3:00: half past two is never.
        ("Europe/Berlin", "02:30-05:00", "2027-03-28T00:00Z", "01:00", "03:00"),
        ("Europe/Berlin", "01:00-02:30", "2027-03-27T23:30Z", "00:00", "01:00"),
        ("Europe/Berlin", "02:00-03:00", "2027-03-28T00:00Z", "24:00", "25:00"),
        # Clocks go back from 3:00 to 2:00: half past two is twice.
        ("Europe/Berlin", "02:30-02:45", "2027-10-31T00:00Z", "00:30", "00:45"),
        ("Europe/Berlin", "02:30-02:45", "2027-10-31T00:50Z", "01:30", "01:45"),
        ("Europe/Berlin", "02:30-05:00", "2027-10-31T00:00Z", "00:30", "01:00"),
        ("Europe/Berlin", "08:00-20:00", "2027-10-30T22:00Z", "07:00", "19:00"),
        ("America/New_York", "08:00-20:00", "2027-03-14T06:00Z", "12:00", "24:00"),
        # Half an hour, and at midnight.
        ("Australia/Lord_Howe", "02:00-02:15", "2027-10-02T15:00Z", "39:00", "39:15"),
        ("America/Havana", "00:00-00:30", "2027-03-14T04:00Z", "28:00", "28:30"),
    ],
)
def test_keeps_to_the_wall_where_clocks_are_set(
    zone: str, window: str, moment: str, allowed: str, quiet: str
) -> None:
    begin, end = (time.fromisoformat(each) for each in window.split("-"))
    calendar = Calendar(((begin, end),), ZoneInfo(zone), weekends=True)
    at = datetime.fromisoformat(moment)
    first = next_allowed(at, calendar)
    assert (_hours(first, at), why_not(first, calendar)) == (allowed, "")
    ends = next_quiet(at, calendar)
    assert ends is not None
    assert _hours(ends, at) == quiet


def _hours(moment: datetime, since: datetime) -> str:
    """Hours of UTC, counted on past midnight, as the table has them."""
    midnight = datetime.combine((since + timedelta(hours=2)).date(), time(), UTC)
    minutes = (moment - midnight) // timedelta(minutes=1)
    return f"{minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize(
    ("moment", "weekday", "at", "slot"),
    [
        ("2026-11-23 08:30", 0, time(8, 30), "2026-11-23 08:30"),
        ("2026-11-23 08:29:59", 0, time(8, 30), "2026-11-16 08:30"),
        ("2026-11-22 23:00", 0, time(8, 30), "2026-11-16 08:30"),
        ("2026-11-23 06:59", 0, time(6, 59), "2026-11-23 06:59"),
        # Still Sunday in UTC.
        ("2026-11-23 00:30", 0, time(0, 15), "2026-11-23 00:15"),
        ("2026-11-23 00:10", 6, time(23, 50), "2026-11-22 23:50"),
        ("2027-01-01 09:00", 3, time(17), "2026-12-31 17:00"),
    ],
)
def test_finds_the_slot_of_the_week(moment: str, weekday: int, at: time, slot: str) -> None:
    assert last_weekly(local(moment), weekday, at, HANOI) == local(slot)
