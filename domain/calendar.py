"""When we may speak unasked, and when a weekly moment was last due. All answers are UTC.

Holidays, Tết and the lunch break belong here too: whoever pushes asks ``next_allowed`` alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """Quiet hours by the clock on the wall; none at all where they end when they begin."""

    quiet_from: time
    quiet_to: time
    zone: ZoneInfo


def next_allowed(moment: datetime, calendar: Calendar) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into.

    >>> quiet = Calendar(time(20), time(8), ZoneInfo("Asia/Ho_Chi_Minh"))
    >>> next_allowed(datetime(2026, 11, 22, 14, 30, tzinfo=UTC), quiet).isoformat()
    '2026-11-23T01:00:00+00:00'
    """
    if not _is_quiet(moment.astimezone(calendar.zone).time(), calendar):
        return moment.astimezone(UTC)
    return _next(calendar.quiet_to, moment, calendar.zone)


def next_quiet(moment: datetime, calendar: Calendar) -> datetime | None:
    """When the next quiet hours begin; None where there are none."""
    if calendar.quiet_from == calendar.quiet_to:
        return None
    return _next(calendar.quiet_from, moment, calendar.zone)


def last_weekly(moment: datetime, weekday: int, at: time, zone: ZoneInfo) -> datetime:
    """The latest time, up to this moment, that it was ``at`` on this weekday (Monday is 0).

    >>> hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    >>> last_weekly(datetime(2026, 11, 22, tzinfo=UTC), 0, time(8, 30), hanoi).isoformat()
    '2026-11-16T01:30:00+00:00'
    """
    local = moment.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    slot = datetime.combine(day, at, zone)
    if slot > local:
        slot = datetime.combine(day - timedelta(days=7), at, zone)
    return slot.astimezone(UTC)


def _is_quiet(wall: time, calendar: Calendar) -> bool:
    begin, end = calendar.quiet_from, calendar.quiet_to
    if begin <= end:
        return begin <= wall < end
    return wall >= begin or wall < end


def _next(wall: time, after: datetime, zone: ZoneInfo) -> datetime:
    """The next moment after this one at which the clock on the wall says so."""
    local = after.astimezone(zone)
    found = datetime.combine(local.date(), wall, zone)
    if found <= local:
        found = datetime.combine(local.date() + timedelta(days=1), wall, zone)
    return found.astimezone(UTC)
