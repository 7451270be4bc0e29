"""What the people of a group order: which kinds come when, by whose clock, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.group import (
    AS_IT_COMES,
    BY_THE_CLOCK,
    POSTED,
    Chosen,
    Group,
    calendar_in,
    schedule_of,
    usual_schedule,
)
from domain.house import Settings
from domain.notice import Kind
from domain.schedule import EVERY_DAY, Schedule, in_the_night, rescheduled
from domain.vietnamese.group_posts import PostsRead


@dataclass(frozen=True, slots=True)
class Ordered:
    """What comes of it; what is not among ``chosen`` stays as it is."""

    group: Group
    chosen: Mapping[Kind, Chosen]
    named: tuple[Kind, ...] = ()
    """Kinds that were meant; () where silence or a clock was."""


def kinds_meant(order: PostsRead, shown: Kind | None) -> tuple[Kind, ...]:
    """Which kinds an order is about: those named, the one shown last, else all or the progress."""
    if order.kinds:
        return tuple(Kind(kind) for kind in order.kinds)
    if order.schedule is None and not order.on:
        return ()
    if shown:
        return (shown,)
    return POSTED if order.on or (order.schedule and order.schedule.never) else (Kind.PROGRESS,)


def at_night(
    orders: Sequence[PostsRead], group: Group, shown: Kind | None, house: Calendar
) -> bool:
    """Whether an hour is wanted at which nothing is said in groups."""
    for order in orders:
        read = order.schedule
        by_clock = set(kinds_meant(order, shown)) & set(BY_THE_CLOCK)
        if read is None or read.hour is None or not by_clock:
            continue
        calendar = calendar_in(replace(group, zone=order.zone or group.zone), house)
        if in_the_night(time(read.hour, read.minute), calendar):
            return True
    return False


def ordered(
    order: PostsRead,
    group: Group,
    chosen: Mapping[Kind, Chosen],
    shown: Kind | None,
    settings: Settings,
    now: datetime,
) -> Ordered:
    """The group after an order, and the schedules that it changed."""
    if order.mute_days is not None:
        until = _end_of_day(order.mute_days, group, settings, now)
        return Ordered(replace(group, muted_until=until), {})
    named, changed = kinds_meant(order, shown), dict[Kind, Chosen]()
    if order.zone:
        zone = "" if order.zone == settings.zone.key else order.zone
        group = replace(group, zone=zone)
        # An hour of the new clock that has just passed is not made up for.
        for kind in BY_THE_CLOCK:
            changed[kind] = Chosen(schedule_of(kind, chosen.get(kind), settings), now)
    if order.on and not order.kinds:
        group = replace(group, muted_until=None)
    for kind in named:
        old = schedule_of(kind, changed.get(kind) or chosen.get(kind), settings)
        if order.on and not old.never:
            continue
        changed[kind] = Chosen(_changed(kind, old, order, settings), now)
    return Ordered(group, changed, named)


def _changed(kind: Kind, old: Schedule, order: PostsRead, settings: Settings) -> Schedule:
    usual = usual_schedule(kind, settings)
    if order.schedule is None:
        return usual
    if kind in AS_IT_COMES and not order.schedule.never:
        return Schedule(EVERY_DAY, old.at)
    return rescheduled(old, order.schedule, usual)


def _end_of_day(days: int, group: Group, settings: Settings, now: datetime) -> datetime:
    """Midnight after the last day of silence, where the group is."""
    zone: ZoneInfo = calendar_in(group, settings.calendar).zone
    last = now.astimezone(zone).date() + timedelta(days=days)
    midnight = datetime.combine(last + timedelta(days=1), time(), zone)
    return midnight.astimezone(now.tzinfo)
