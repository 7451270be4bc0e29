"""When a group is posted to next, as its people are told."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Calendar, DaysOff, Holiday
from domain.campaign import Campaign
from domain.group_times import Occasions, coming
from domain.notice import Kind
from domain.programme import Phase, Programme
from domain.schedule import EVERY_DAY, Schedule
from domain.vietnamese.schedules import WORKING_DAYS

HANOI, NEW_YORK = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("America/New_York")
OPENS, CLOSES = date(2026, 1, 1), date(2026, 12, 31)
AUTUMN = Phase(4, "Giai đoạn 2", date(2026, 7, 1), date(2026, 11, 30))
YEAR = Programme(1, "p", "Chương trình", "LS", OPENS, CLOSES, OPENS, CLOSES, (AUTUMN,))
MONDAYS = Schedule(frozenset({0}), time(8, 30))
DAILY = Schedule(EVERY_DAY, time(8, 30))
WORKING = Schedule(WORKING_DAYS, time(8, 30))
NEVER = Schedule(frozenset(), time(8, 30))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ROOT, UNIT, OTHER = 1, 5, 6
PATH = (ROOT, UNIT)


def at(day: int, hour: int = 7, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HANOI).astimezone(UTC)


def campaign(unit: int, first: int, last: int, *, urgent: bool = False) -> Campaign:
    starts, ends = (date(2026, 11, day) for day in (first, last))
    return Campaign(unit, 1, unit, "Đợt", starts, ends, urgent=urgent)


def told(
    kind: Kind,
    schedule: Schedule,
    now: datetime,
    *campaigns: Campaign,
    programme: Programme | None = YEAR,
    since: datetime = LONG_AGO,
    zone: ZoneInfo = HANOI,
    days_off: tuple[Holiday, ...] = (),
) -> list[str]:
    calendar = Calendar(((time(8), time(20)),), zone, days_off=DaysOff(days_off))
    occasions = Occasions(programme, campaigns, PATH, HANOI)
    found = coming(kind, schedule, since, now, calendar, occasions)
    return [f"{each:%d/%m %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("kind", "schedule", "times"),
    [
        (Kind.PROGRESS, MONDAYS, ["23/11 08:30", "30/11 08:30", "07/12 08:30"]),
        (Kind.PROGRESS, WORKING, ["20/11 08:30", "23/11 08:30", "24/11 08:30"]),
        (Kind.PROGRESS, NEVER, []),
        (Kind.BOARD, DAILY, []),
        (Kind.MILESTONE, DAILY, []),
        (Kind.SUMMARY, DAILY, []),
        # Seven, three days and one before the phase ends.
        (Kind.DEADLINE, DAILY, ["23/11 08:30", "27/11 08:30", "29/11 08:30"]),
        # The day before is a Sunday: it is said on the last day itself.
        (Kind.DEADLINE, WORKING, ["23/11 08:30", "27/11 08:30", "30/11 08:30"]),
        (Kind.DEADLINE, NEVER, []),
    ],
)
def test_tells_the_next_three_times(kind: Kind, schedule: Schedule, times: list[str]) -> None:
    assert told(kind, schedule, at(20)) == times


def test_tells_nothing_without_a_programme() -> None:
    for kind in (Kind.PROGRESS, Kind.BOARD, Kind.DEADLINE):
        assert told(kind, DAILY, at(20), programme=None) == []


def test_tells_of_progress_until_the_day_after_the_programme() -> None:
    assert told(Kind.PROGRESS, DAILY, at(30, 9, month=12)) == ["31/12 08:30", "01/01 08:30"]


def test_tells_the_boards_of_the_campaigns_that_run_over_the_unit() -> None:
    ours, above, elsewhere = campaign(UNIT, 23, 24), campaign(ROOT, 28, 30), campaign(OTHER, 20, 27)
    boards = told(Kind.BOARD, DAILY, at(20), ours, above, elsewhere)
    assert boards == ["23/11 08:30", "24/11 08:30", "28/11 08:30"]


def test_tells_each_step_once_and_one_end_a_day() -> None:
    # The campaign ends with the phase, and the other one is somebody else's.
    same, elsewhere = campaign(UNIT, 2, 30), campaign(OTHER, 2, 28)
    times = ["23/11 08:30", "27/11 08:30", "29/11 08:30"]
    assert told(Kind.DEADLINE, DAILY, at(20), same, elsewhere) == times
    assert told(Kind.DEADLINE, DAILY, at(23, 9)) == ["27/11 08:30", "29/11 08:30", "01/12 08:30"]


def test_makes_up_for_a_step_that_came_before_the_group_did() -> None:
    assert told(Kind.DEADLINE, DAILY, at(23, 9), since=at(23, 9))[0] == "24/11 08:30"


def test_leaves_out_days_off_but_for_an_urgent_end() -> None:
    off = (Holiday("Lễ", date(2026, 11, 27), date(2026, 11, 29)),)
    for urgent, times in ((False, []), (True, ["28/11 08:30", "29/11 08:30"])):
        ours = campaign(UNIT, 25, 29, urgent=urgent)
        assert told(Kind.BOARD, DAILY, at(26, 9), ours, days_off=off) == times


def test_counts_days_where_the_programme_is_and_tells_hours_where_the_group_is() -> None:
    ours = campaign(UNIT, 23, 23)
    # In the afternoon of the 22nd it is the 23rd in Việt Nam, and in that of the 23rd the 24th.
    evening = Schedule(EVERY_DAY, time(18))
    assert told(Kind.BOARD, evening, at(20), ours, zone=NEW_YORK) == ["22/11 18:00"]
    assert told(Kind.PROGRESS, evening, at(31, 9, month=12), zone=NEW_YORK) == ["31/12 18:00"]
