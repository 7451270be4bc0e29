"""The hours that somebody chose, as a calendar, and as they are stored."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import DaysOff, Holiday, every_day, next_allowed, usual, why_not
from domain.hours import Hours, HoursKind, calendar_of, changed
from domain.house import Settings
from domain.vietnamese.hours import read_hours
from storage.types import dump, loader

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TET = DaysOff((Holiday("Tết", date(2027, 2, 2), date(2027, 2, 11)),))
HOUSE = usual((time(20), time(8)), (time(11, 30), time(13, 30)), HANOI, days_off=TET)
EVENING = Hours(HoursKind.EVENING)
MORNING = Hours(HoursKind.OWN, time(6, 30), time(7))
NIGHT = Hours(HoursKind.OWN, time(22), time(2))
JAPAN = Hours(zone="Asia/Tokyo")


@pytest.mark.parametrize(
    ("hours", "moment", "why", "allowed"),
    [
        (Hours(), "2026-11-23 12:00", "lunch", "2026-11-23 13:30"),
        (EVENING, "2026-11-23 12:00", "hours", "2026-11-23 18:30"),
        (EVENING, "2026-11-23 20:15", "", "2026-11-23 20:15"),
        (EVENING, "2026-11-27 20:30", "hours", "2026-11-30 18:30"),
        (MORNING, "2026-11-23 08:00", "hours", "2026-11-24 06:30"),
        (NIGHT, "2026-11-23 23:59", "", "2026-11-23 23:59"),
        (NIGHT, "2027-02-05 23:00", "holiday", "2027-02-12 00:00"),
        # 18:30 in Tokyo.
        (JAPAN, "2026-11-23 16:30", "", "2026-11-23 16:30"),
        (JAPAN, "2026-11-23 18:00", "night", "2026-11-24 06:00"),
        (JAPAN, "2026-11-27 22:30", "weekend", "2026-11-30 06:00"),
    ],
)
def test_keeps_to_the_hours_that_were_chosen(
    hours: Hours, moment: str, why: str, allowed: str
) -> None:
    calendar = calendar_of(hours, HOUSE)
    assert why_not(_local(moment), calendar) == why
    assert next_allowed(_local(moment), calendar) == _local(allowed)


def test_opens_the_chosen_hours_every_day_at_the_end_of_a_campaign() -> None:
    calendar = every_day(calendar_of(EVENING, HOUSE))
    assert next_allowed(_local("2026-11-28 12:00"), calendar) == _local("2026-11-28 18:30")


def test_takes_the_houses_own_evening() -> None:
    settings = Settings("LĐLĐ", "Hà", date(2030, 1, 1), HANOI, evening_from=time(19))
    assert calendar_of(EVENING, settings.calendar).windows == ((time(19), time(20, 30)),)


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../../etc/passwd", "Etc"])
def test_falls_back_to_the_house_where_a_zone_is_no_more(zone: str) -> None:
    assert calendar_of(Hours(zone=zone), HOUSE) == HOUSE


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (Hours(), "buổi tối", EVENING),
        (EVENING, "giờ Nhật", Hours(HoursKind.EVENING, zone="Asia/Tokyo")),
        (JAPAN, "6h30-7h", Hours(HoursKind.OWN, time(6, 30), time(7), "Asia/Tokyo")),
        (MORNING, "22h-2h", NIGHT),
        (NIGHT, "như thường", Hours()),
    ],
)
def test_changes_what_was_said_and_keeps_the_rest(before: Hours, text: str, after: Hours) -> None:
    said = read_hours(text)
    assert said is not None
    assert changed(before, said) == after


@pytest.mark.parametrize("hours", [Hours(), EVENING, MORNING, NIGHT, JAPAN])
def test_is_read_back_as_it_was_stored(hours: Hours) -> None:
    assert loader(Hours)(dump(hours)) == hours


def test_is_the_usual_where_nothing_is_stored() -> None:
    assert loader(Hours)("{}") == Hours()


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)
