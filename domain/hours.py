"""The hours in which somebody wants to be written to; whoever says nothing gets the house's."""

from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.calendar import Calendar
from domain.vietnamese.hours import HoursRead


class HoursKind(StrEnum):
    """Which hours."""

    USUAL = "usual"
    EVENING = "evening"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Hours:
    """Giờ nhận tin of a person or a group. ``begin`` and ``end`` are for their own ones alone."""

    kind: HoursKind = HoursKind.USUAL
    begin: time | None = None
    end: time | None = None
    """Before ``begin`` for those who work at night."""
    zone: str = ""
    """Where they live, as IANA names it; "" for where the house stands."""


def calendar_of(hours: Hours, house: Calendar) -> Calendar:
    """The house's calendar as they want it; its weekends and holidays stay.

    >>> house = Calendar(((time(8), time(20)),), ZoneInfo("Asia/Ho_Chi_Minh"))
    >>> tokyo = calendar_of(Hours(HoursKind.OWN, time(19), time(21), "Asia/Tokyo"), house)
    >>> tokyo.zone.key, *(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in tokyo.windows)
    ('Asia/Tokyo', '19:00-21:00')
    """
    there = replace(house, zone=_zone(hours.zone, house.zone))
    if hours.kind is HoursKind.EVENING:
        return replace(there, windows=(house.evening,), own=True)
    if hours.kind is HoursKind.OWN and hours.begin is not None and hours.end is not None:
        return replace(there, windows=((hours.begin, hours.end),), own=True)
    return there


def changed(hours: Hours, said: HoursRead) -> Hours:
    """The hours as somebody asked for them; what was not said stays.

    >>> changed(Hours(HoursKind.EVENING), HoursRead(zone="Asia/Seoul"))
    Hours(kind=<HoursKind.EVENING: 'evening'>, begin=None, end=None, zone='Asia/Seoul')
    """
    zone = said.zone or hours.zone
    if not said.kind:
        return replace(hours, zone=zone)
    return Hours(HoursKind(said.kind), said.begin, said.end, zone)


def _zone(name: str, house: ZoneInfo) -> ZoneInfo:
    """A zone that the machine's tables no longer know must not silence a whole sweep."""
    try:
        return ZoneInfo(name) if name else house
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return house
