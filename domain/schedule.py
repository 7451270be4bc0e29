"""When something is posted week after week: the latest moment, those to come, what changes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.calendar import Calendar, night_only, why_not
from domain.vietnamese.schedules import ScheduleRead

EVERY_DAY = frozenset(range(7))

DAY = timedelta(days=1)

FARTHEST = 200
"""Days looked back and ahead: longer than any week of holidays, and than most phases."""

SOME_DAY = date(2026, 1, 5)
"""The night is the same every day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """On these weekdays (Monday is 0), by the clock on the wall; never where there are none."""

    weekdays: frozenset[int]
    at: time

    @property
    def never(self) -> bool:
        """Whether nothing is posted."""
        return not self.weekdays


def last_slot(schedule: Schedule, moment: datetime, calendar: Calendar) -> datetime | None:
    """The latest moment of the schedule up to this one, UTC; None where there is none.

    Weekdays, the clock and holidays, on which nothing is posted, are the calendar's.

    >>> from zoneinfo import ZoneInfo
    >>> hanoi = Calendar((), ZoneInfo("Asia/Ho_Chi_Minh"))
    >>> mondays = Schedule(frozenset({0}), time(8, 30))
    >>> last_slot(mondays, datetime(2026, 11, 22, tzinfo=UTC), hanoi).isoformat()
    '2026-11-16T01:30:00+00:00'
    """
    return next(slots_until(schedule, moment, calendar), None)


def slots_until(schedule: Schedule, moment: datetime, calendar: Calendar) -> Iterator[datetime]:
    """The moments of the schedule up to this one, UTC, the latest first, as far as one looks."""
    day = moment.astimezone(calendar.zone).date()
    for back in range(0 if schedule.never else FARTHEST):
        slot = _slot(schedule, day - back * DAY, calendar)
        if slot is not None and slot <= moment:
            yield slot


def slots_after(schedule: Schedule, moment: datetime, calendar: Calendar) -> Iterator[datetime]:
    """The moments of the schedule after this one, UTC, as far as one looks ahead."""
    day = moment.astimezone(calendar.zone).date()
    for ahead in range(0 if schedule.never else FARTHEST):
        slot = _slot(schedule, day + ahead * DAY, calendar)
        if slot is not None and slot > moment:
            yield slot


def rescheduled(schedule: Schedule, said: ScheduleRead, usual: Schedule) -> Schedule:
    """The schedule changed as said; what was not said stays, or is as usual after never."""
    if said.never:
        return Schedule(frozenset(), schedule.at)
    weekdays = schedule.weekdays or usual.weekdays
    if said.daily:
        weekdays = EVERY_DAY
    elif said.weekdays:
        weekdays = said.weekdays
    elif said.weekly and weekdays == EVERY_DAY:
        weekdays = frozenset({0})
    return Schedule(weekdays, schedule.at if said.hour is None else time(said.hour, said.minute))


def in_the_night(wall: time, calendar: Calendar) -> bool:
    """Whether what is posted then would be held until the morning."""
    at = datetime.combine(SOME_DAY, wall, calendar.zone)
    return why_not(at, night_only(calendar)) != ""


def possible_hours(calendar: Calendar) -> tuple[time, time]:
    """From when until when something may be posted, where there is a night at all."""
    [(begin, end)] = night_only(calendar).windows
    return begin, end


def _slot(schedule: Schedule, day: date, calendar: Calendar) -> datetime | None:
    """One a day at most: an hour that clocks skip comes with the skip, one told twice first."""
    off = day not in calendar.urgent and calendar.days_off.name(day)
    if off or day.weekday() not in schedule.weekdays:
        return None
    return datetime.combine(day, schedule.at, calendar.zone).astimezone(UTC)
