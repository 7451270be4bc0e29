"""Calendars of every kind, in zones that set their clocks, against a walk through the minutes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    HORIZON,
    Calendar,
    DaysOff,
    Holiday,
    last_weekly,
    next_allowed,
    next_quiet,
    usual,
    why_not,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WALKED = range(0, 1440, 7)
"""Minutes of a day that are looked at: by and by every one of an hour."""
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Asia/Ho_Chi_Minh",
            "Asia/Tokyo",
            "Europe/Berlin",
            "America/New_York",
            "America/Havana",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Etc/GMT-9",
        )
    ]
)
SET = [datetime(2027, 3, 13), datetime(2027, 3, 27), datetime(2027, 10, 30), datetime(2027, 11, 6)]
"""Days around which clocks are set somewhere."""
DAYS = st.dates(date(2026, 11, 1), date(2028, 1, 1))
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2028, 1, 1)) | st.builds(
    lambda day, seconds: day + timedelta(seconds=seconds),
    st.sampled_from(SET),
    st.integers(0, 48 * 3600),
)
WALLS = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
WINDOWS = st.lists(st.tuples(WALLS, WALLS), max_size=3).map(tuple)
OFF = st.lists(
    st.builds(
        lambda first, days: Holiday("nghỉ", first, first + days * DAY), DAYS, st.integers(0, 12)
    ),
    max_size=4,
).map(lambda holidays: DaysOff(tuple(holidays)))
CALENDARS = st.builds(Calendar, WINDOWS, ZONES, st.booleans(), OFF) | st.builds(
    lambda night, lunch, zone, weekends, off: usual(
        night, lunch, zone, weekends=weekends, days_off=off
    ),
    st.tuples(WALLS, WALLS),
    st.tuples(WALLS, WALLS),
    ZONES,
    st.booleans(),
    OFF,
)


def may(moment: datetime, calendar: Calendar) -> bool:
    """The rule once more, as plainly as can be."""
    local = moment.astimezone(calendar.zone)
    day, wall = local.date(), local.time()
    off = any(each.first <= day <= each.last for each in calendar.days_off.holidays)
    weekend = day.isoweekday() in (6, 7) and not calendar.weekends
    return not off and not weekend and any(_in(wall, *each) for each in calendar.windows)


def _in(wall: time, begin: time, end: time) -> bool:
    if begin < end:
        return begin <= wall < end
    return not end <= wall < begin


@given(MOMENTS, CALENDARS)
def test_tells_a_reason_whenever_nothing_may_be_said(moment: datetime, calendar: Calendar) -> None:
    at = moment.replace(tzinfo=UTC)
    assert (why_not(at, calendar) == "") is may(at, calendar)


@given(MOMENTS, CALENDARS, st.floats(0, 1, exclude_max=True))
def test_finds_the_first_moment_that_is_allowed(
    moment: datetime, calendar: Calendar, part: float
) -> None:
    at = moment.replace(tzinfo=UTC)
    found = next_allowed(at, calendar)
    assert at <= found <= at + HORIZON
    assert may(found, calendar) or found == at + HORIZON
    if may(found, calendar):
        assert next_allowed(found, calendar) == found
    # No minute before it: the last one, one somewhere, and many of the first day.
    between = [found - MINUTE, at + (found - at) * part, *(at + n * MINUTE for n in WALKED)]
    assert [each for each in between if at <= each < found and may(each, calendar)] == []


@given(MOMENTS, CALENDARS)
def test_finds_the_first_moment_after_it_that_is_not(moment: datetime, calendar: Calendar) -> None:
    at = moment.replace(tzinfo=UTC)
    first, ends = next_allowed(at, calendar), next_quiet(at, calendar)
    if ends is None or not may(first, calendar):
        return
    assert ends > first
    assert not may(ends, calendar)
    inside = [ends - MINUTE, *(first + n * MINUTE for n in WALKED)]
    assert all(may(each, calendar) for each in inside if first <= each < ends)


@given(MOMENTS, st.integers(0, 6), WALLS, ZONES)
def test_always_finds_a_slot_within_the_week(
    moment: datetime, weekday: int, wall: time, zone: ZoneInfo
) -> None:
    at = moment.replace(tzinfo=UTC)
    slot = last_weekly(at, weekday, wall, zone)
    # An hour more where the clocks went back.
    assert timedelta(0) <= at - slot < 7 * DAY + timedelta(hours=1)
    said = slot.astimezone(zone)
    asked = datetime.combine(said.date(), wall, zone)
    assert said.weekday() == weekday
    assert said.time() == wall or asked.astimezone(UTC).astimezone(zone) == said
