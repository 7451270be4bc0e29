"""When we may speak unasked, why not now, and when a weekly moment was last due. Answers are UTC.

A moment is judged by its own day and by the clock on the wall, both in the calendar's zone: where
weekends are closed, a window that opens on Friday night shuts at midnight.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

SATURDAY = 5
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

HORIZON = timedelta(days=400)
"""Looked ahead: more than a year, so that whoever allows one day in it is heard."""

Window = tuple[time, time]
"""From, included, and to, excluded, local. It crosses midnight where it ends before it begins, and
is the whole day where both are the same."""

EVENING: Window = (time(18, 30), time(20, 30))
"""After a day shift and its supper."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Ngày nghỉ lễ, Tết: days in a row, the last one included."""

    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + n * DAY for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class DaysOff:
    """All holidays that are known."""

    holidays: tuple[Holiday, ...] = ()
    _names: Mapping[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Every push looks days up, so they are laid out once."""
        names = {day: each.name for each in reversed(self.holidays) for day in each.days()}
        object.__setattr__(self, "_names", names)

    def name(self, day: date) -> str:
        """Why this day is off; "" when it is not. Of two holidays, the one told first.

        >>> DaysOff((Holiday("Tết", date(2027, 2, 2), date(2027, 2, 11)),)).name(date(2027, 2, 11))
        'Tết'
        """
        return self._names.get(day, "")

    @property
    def last(self) -> date | None:
        """The last one that is known."""
        return max((each.last for each in self.holidays), default=None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The windows of a day, the first of the morning first, and the days on which they count."""

    windows: tuple[Window, ...]
    zone: ZoneInfo
    weekends: bool = False
    days_off: DaysOff = field(default_factory=DaysOff)
    evening: Window = EVENING
    """What those get who ask for the evening: they work in shifts."""
    own: bool = False
    """Somebody's own windows: what lies between and around them is neither lunch nor night."""
    urgent: frozenset[date] = frozenset()
    """Days that are never off: a campaign's last two that asks for it."""


def usual(
    quiet: Window,
    lunch: Window,
    zone: ZoneInfo,
    *,
    weekends: bool = False,
    days_off: DaysOff | None = None,
    evening: Window = EVENING,
) -> Calendar:
    """The day without the night and the lunch; either is none where it ends when it begins.

    >>> night, lunch = (time(20), time(8)), (time(11, 30), time(13, 30))
    >>> for begin, end in usual(night, lunch, ZoneInfo("Asia/Ho_Chi_Minh")).windows:
    ...     print(begin, end)
    08:00:00 11:30:00
    13:30:00 20:00:00
    """
    edges = {*quiet, *(lunch if lunch[0] != lunch[1] else ())}
    around = sorted(edges, key=lambda wall: (wall < quiet[1], wall))
    windows = tuple(
        (begin, end)
        for begin, end in pairwise((*around, around[0]))
        if not _between(begin, *quiet) and not _between(begin, *lunch)
    )
    return Calendar(windows, zone, weekends, days_off or DaysOff(), evening)


def urgent_on(calendar: Calendar, days: frozenset[date]) -> Calendar:
    """The same, but that these days are not off.

    >>> week = Calendar(((time(8), time(20)),), ZoneInfo("UTC"))
    >>> saturday = datetime(2026, 11, 21, 9, tzinfo=UTC)
    >>> why_not(saturday, week), why_not(saturday, urgent_on(week, frozenset({saturday.date()})))
    ('weekend', '')
    """
    return replace(calendar, urgent=calendar.urgent | days) if days else calendar


def every_day(calendar: Calendar) -> Calendar:
    """The same hours on weekends and holidays too."""
    return replace(calendar, weekends=True, days_off=DaysOff())


def night_only(calendar: Calendar) -> Calendar:
    """From the first window to the end of the last, every day: for news that somebody waits for."""
    if not calendar.windows:
        return every_day(calendar)
    whole = (calendar.windows[0][0], calendar.windows[-1][1])
    return replace(every_day(calendar), windows=(whole,))


def why_not(moment: datetime, calendar: Calendar) -> str:
    """Why nothing may be said now, as ledgers keep it; "" when it may.

    It is holiday, weekend, lunch, night, or hours where they are somebody's own.

    >>> quiet = usual((time(20), time(8)), (time(11, 30), time(13, 30)), ZoneInfo("UTC"))
    >>> days = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (22, 23))
    >>> [why_not(day, quiet) for day in days]
    ['weekend', 'lunch']
    """
    local = moment.astimezone(calendar.zone)
    return _day_shut(local.date(), calendar) or _hour_shut(local.time(), calendar)


def next_allowed(moment: datetime, calendar: Calendar) -> datetime:
    """The moment itself, or the first one after it at which something may be said.

    Where nothing may be said within ``HORIZON``, its end: not now, and asked again by then.

    >>> quiet = usual((time(20), time(8)), (time(12), time(13)), ZoneInfo("Asia/Ho_Chi_Minh"))
    >>> next_allowed(datetime(2026, 11, 20, 14, 30, tzinfo=UTC), quiet).isoformat()
    '2026-11-23T01:00:00+00:00'
    """
    at = moment.astimezone(UTC)
    end = _horizon(at)
    while at < end and why_not(at, calendar):
        at = _next_change(at, calendar)
    return min(at, end)


def next_quiet(moment: datetime, calendar: Calendar) -> datetime | None:
    """When the present window, or else the next one, ends; None when not within ``HORIZON``."""
    at = next_allowed(moment, calendar)
    end = _horizon(at)
    while at < end and not why_not(at, calendar):
        at = _next_change(at, calendar)
    return at if at < end else None


def last_weekly(moment: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The latest time, up to this moment, that it was ``at`` on this weekday (Monday is 0).

    >>> hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    >>> last_weekly(datetime(2026, 11, 22, tzinfo=UTC), 0, time(8, 30), hanoi).isoformat()
    '2026-11-16T01:30:00+00:00'
    """
    today = moment.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    slot = datetime.combine(day, at, zone).astimezone(UTC)
    if slot > moment:
        slot = datetime.combine(day - timedelta(days=7), at, zone).astimezone(UTC)
    return slot


def _horizon(at: datetime) -> datetime:
    """Whoever is muted for ever is so until the year 9999."""
    last = datetime.max.replace(tzinfo=UTC) - 2 * DAY
    return at + HORIZON if at < last - HORIZON else last


def _day_shut(day: date, calendar: Calendar) -> str:
    if day in calendar.urgent:
        return ""
    if calendar.days_off.name(day):
        return "holiday"
    return "weekend" if not calendar.weekends and day.weekday() >= SATURDAY else ""


def _hour_shut(wall: time, calendar: Calendar) -> str:
    if any(begin == end or _between(wall, begin, end) for begin, end in calendar.windows):
        return ""
    if calendar.own:
        return "hours"
    gaps = ((end, begin) for (_, end), (begin, _) in pairwise(calendar.windows))
    return "lunch" if any(_between(wall, *gap) for gap in gaps) else "night"


def _between(wall: time, begin: time, end: time) -> bool:
    """Over midnight where it ends before it begins; never where both are the same."""
    if begin <= end:
        return begin <= wall < end
    return wall >= begin or wall < end


def _next_change(at: datetime, calendar: Calendar) -> datetime:
    """The next moment at which the answer may be another: an edge, midnight, or set clocks."""
    local = at.astimezone(calendar.zone)
    edges = {time()}
    if not _day_shut(local.date(), calendar):
        edges.update(wall for window in calendar.windows for wall in window)
    wall = _since_midnight(local.time())
    ahead = min((_since_midnight(edge) - wall) % DAY or DAY for edge in edges)
    then = at + ahead
    if then.astimezone(calendar.zone).utcoffset() == local.utcoffset():
        return then
    return _clocks_set(at, then, calendar.zone)


def _clocks_set(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """When between these two the clocks were set: always at a whole second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _since_midnight(wall: time) -> timedelta:
    return datetime.combine(date.min, wall) - datetime.combine(date.min, time())
