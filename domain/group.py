"""A group chat bound to a unit, what is posted there, and how its people changed that."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.address import Address
from domain.calendar import Calendar
from domain.hours import Hours, calendar_of
from domain.house import Settings
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule

BY_THE_CLOCK = (Kind.PROGRESS, Kind.BOARD, Kind.DEADLINE)
"""Kinds with weekdays and an hour."""

AS_IT_COMES = (Kind.MILESTONE, Kind.SUMMARY)
"""Kinds that a group gets or does not."""

POSTED = (*BY_THE_CLOCK, *AS_IT_COMES)
"""What a group may have otherwise."""

SILENCED = frozenset({*BY_THE_CLOCK, Kind.MILESTONE})
"""What a muted group does not get. A result comes once, and people's own words are no routine."""

BOARD_AT = time(16, 30)
"""Before the day shift goes home."""

DEADLINE_AT = time(8, 30)


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm của đơn vị."""

    address: Address
    unit: int
    name: str
    bound_by: int
    bound_at: datetime
    active: bool = True
    zone: str = ""
    """Whose clock its hours are told by, as IANA names it; "" for where the house stands."""
    muted_until: datetime | None = None

    def is_muted(self, now: datetime) -> bool:
        """Whether its people want no routine posts now."""
        return self.muted_until is not None and now < self.muted_until


@dataclass(frozen=True, slots=True)
class Chosen:
    """The schedule of one kind that a group chose for itself, and when it did."""

    schedule: Schedule
    since: datetime
    """Nothing due before is made up for."""


def usual_schedule(kind: Kind, settings: Settings) -> Schedule:
    """What a group gets that chose nothing."""
    if kind is Kind.PROGRESS:
        return Schedule(frozenset({settings.post_weekday}), settings.post_at)
    return Schedule(EVERY_DAY, BOARD_AT if kind is Kind.BOARD else DEADLINE_AT)


def schedule_of(kind: Kind, chosen: Chosen | None, settings: Settings) -> Schedule:
    """What a group gets; of a kind without hours only whether it has any weekdays counts."""
    return chosen.schedule if chosen else usual_schedule(kind, settings)


def begun(group: Group, chosen: Chosen | None) -> datetime:
    """Since when the group has its schedule: what was due before is not owed."""
    return max(group.bound_at, chosen.since) if chosen else group.bound_at


def last_silent_day(group: Group, house: Calendar) -> date:
    """The local day at whose end its silence is over."""
    assert group.muted_until is not None
    last = group.muted_until - timedelta(microseconds=1)
    return last.astimezone(calendar_in(group, house).zone).date()


def calendar_in(group: Group, house: Calendar) -> Calendar:
    """The house's calendar by the clock of the group."""
    return calendar_of(Hours(zone=group.zone), house) if group.zone else house
