"""Quiet hours and weekly slots, by the clock on the wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, last_weekly, next_allowed, next_quiet

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = Calendar(time(20), time(8), HANOI)
NOON = Calendar(time(11, 30), time(13, 30), HANOI)
NEVER = Calendar(time(8), time(8), HANOI)
AFTER_MIDNIGHT = Calendar(time(0), time(6), HANOI)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("calendar", "moment", "allowed"),
    [
        (NIGHT, "2026-11-23 08:00", "2026-11-23 08:00"),
        (NIGHT, "2026-11-23 12:00", "2026-11-23 12:00"),
        (NIGHT, "2026-11-23 19:59:59", "2026-11-23 19:59:59"),
        (NIGHT, "2026-11-23 20:00", "2026-11-24 08:00"),
        (NIGHT, "2026-11-23 23:59:59", "2026-11-24 08:00"),
        (NIGHT, "2026-11-24 00:00", "2026-11-24 08:00"),
        (NIGHT, "2026-11-24 07:59:59", "2026-11-24 08:00"),
        (NIGHT, "2026-12-31 22:00", "2027-01-01 08:00"),
        (NIGHT, "2028-02-28 22:00", "2028-02-29 08:00"),
        (NOON, "2026-11-23 11:29", "2026-11-23 11:29"),
        (NOON, "2026-11-23 11:30", "2026-11-23 13:30"),
        (NOON, "2026-11-23 13:30", "2026-11-23 13:30"),
        (NOON, "2026-11-23 23:00", "2026-11-23 23:00"),
        (NEVER, "2026-11-23 08:00", "2026-11-23 08:00"),
        (NEVER, "2026-11-23 03:00", "2026-11-23 03:00"),
        (AFTER_MIDNIGHT, "2026-11-23 00:00", "2026-11-23 06:00"),
        (AFTER_MIDNIGHT, "2026-11-23 23:59", "2026-11-23 23:59"),
    ],
)
def test_waits_until_quiet_hours_end(calendar: Calendar, moment: str, allowed: str) -> None:
    found = next_allowed(local(moment), calendar)
    assert found == local(allowed)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("calendar", "moment", "quiet"),
    [
        (NIGHT, "2026-11-23 08:00", "2026-11-23 20:00"),
        (NIGHT, "2026-11-23 20:00", "2026-11-24 20:00"),
        (NIGHT, "2026-11-23 03:00", "2026-11-23 20:00"),
        (NOON, "2026-11-23 12:00", "2026-11-24 11:30"),
        (AFTER_MIDNIGHT, "2026-11-23 23:00", "2026-11-24 00:00"),
    ],
)
def test_knows_when_quiet_hours_begin(calendar: Calendar, moment: str, quiet: str) -> None:
    assert next_quiet(local(moment), calendar) == local(quiet)


def test_knows_that_quiet_hours_never_begin() -> None:
    assert next_quiet(local("2026-11-23 08:00"), NEVER) is None


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


MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC), allow_imaginary=False
)
CALENDARS = st.builds(Calendar, st.times(), st.times(), st.just(HANOI))


@given(MOMENTS, CALENDARS)
def test_never_answers_with_a_moment_that_is_quiet_or_past(
    moment: datetime, calendar: Calendar
) -> None:
    allowed = next_allowed(moment, calendar)
    assert moment <= allowed < moment + timedelta(days=1)
    assert next_allowed(allowed, calendar) == allowed


@given(MOMENTS, st.integers(0, 6), st.times(), st.sampled_from([HANOI, ZoneInfo("UTC")]))
def test_always_finds_a_slot_within_the_week(
    moment: datetime, weekday: int, at: time, zone: ZoneInfo
) -> None:
    slot = last_weekly(moment, weekday, at, zone)
    assert timedelta(0) <= moment - slot < timedelta(days=7)
    assert (slot.astimezone(zone).weekday(), slot.astimezone(zone).time()) == (weekday, at)
