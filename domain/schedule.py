"""When progress is posted in a group: its latest moment, its next one, and what changes them."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import last_weekly
from domain.group import Every, Group
from domain.vietnamese.schedules import ScheduleRead

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def last_post(group: Group, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest moment for a post, up to this one, UTC; None where nothing is posted."""
    wall = time(group.post_hour, group.post_minute)
    if group.post_every is Every.NEVER:
        return None
    if group.post_every is Every.WEEK:
        return last_weekly(at, group.post_weekday, wall, zone)
    today = at.astimezone(zone).weekday()
    slot = last_weekly(at, today, wall, zone)
    # Today's moment may still come: then it was yesterday's.
    return slot if at - slot < DAY else last_weekly(at, (today - 1) % 7, wall, zone)


def next_post(group: Group, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment for a post, after this one, UTC; None where nothing is posted."""
    step = DAY if group.post_every is Every.DAY else WEEK
    return last_post(group, at + step, zone)


def rescheduled(group: Group, said: ScheduleRead, at: datetime) -> Group:
    """The group with its schedule changed as said; what was not said stays.

    Counted from now on: a moment of the new schedule that has just passed is not made up for.
    """
    if said.never:
        return replace(group, post_every=Every.NEVER, bound_at=at)
    every = group.post_every
    if said.daily:
        every = Every.DAY
    elif said.weekly or every is Every.NEVER:
        every = Every.WEEK
    return replace(
        group,
        post_every=every,
        # A group has one day so far.
        post_weekday=min(said.weekdays, default=group.post_weekday),
        post_hour=group.post_hour if said.hour is None else said.hour,
        post_minute=group.post_minute if said.hour is None else said.minute,
        bound_at=at,
    )
