"""Posts of groups that come by the clock: whose slot has come, what is said then, what was missed.

What a slot brings is said within two hours of it, also after a downtime; later it is left out, and
the ledger says so.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.group import Group, begun, calendar_in, schedule_of
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.schedule import last_slot
from domain.units import Unit
from scheduler.context import Context
from scheduler.job import PAGE

log = logging.getLogger(__name__)

LATEST = timedelta(hours=2)
"""A post for Monday's meeting is of no use after it; the next one comes in a week."""

POSTS_A_TURN = 25
"""Each reads some ten rows of counts: 50 ms in all, while people's turns wait."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bound group and its latest slot."""

    number: int
    group: Group
    slot: datetime
    """UTC."""
    since: datetime
    """Since when it gets this kind by this schedule."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of post."""

    kind: Kind
    due: Callable[[Place], Sequence[Notice]]
    """What the slot brings, under keys that tell one slot from another."""
    word: Callable[[Place, Unit, Notice], Outgoing | None]
    """What is said of it now; None: nothing after all."""


def sweep(ctx: Context, subject: Subject, at: datetime, after: int) -> int | None:
    """Post in every group whose slot has come within the last two hours."""
    posted = 0
    groups = ctx.store.groups.all(PAGE, after)
    for place in _places(ctx, subject.kind, groups, at, after):
        if at - place.slot > LATEST:
            continue
        for notice in subject.due(place):
            posted += _post(ctx, subject, place, notice, at)
        if posted >= POSTS_A_TURN:
            return place.number
    return groups[-1][0] if len(groups) == PAGE else None


def note_missed(ctx: Context, subject: Subject, at: datetime, after: int) -> int | None:
    """Note what the latest slots would have brought, where nobody posted and it is too late now."""
    groups = ctx.store.groups.all(PAGE, after)
    for place in _places(ctx, subject.kind, groups, at, after):
        if at - place.slot <= LATEST:
            continue
        for notice in subject.due(place):
            if ctx.skip(notice, "late"):
                log.warning("group_post_skipped", extra={"key": notice.key})
    return groups[-1][0] if len(groups) == PAGE else None


def posted_about(ctx: Context, at: datetime) -> Programme | None:
    """The programme to post about: open, or closed yesterday, when the result is worth saying."""
    today = ctx.day(at)
    programme = ctx.store.programmes.current(today)
    if programme is None or today > programme.closes + timedelta(days=1):
        return None
    return programme


def _places(
    ctx: Context, kind: Kind, groups: list[tuple[int, Group]], at: datetime, after: int
) -> Iterator[Place]:
    """Those that get this kind and have had a slot since they do."""
    if not groups:
        return
    chosen = ctx.store.group_schedules.of_kind(kind, after, groups[-1][0])
    settings, house = ctx.house.settings, ctx.calendar
    for number, group in groups:
        schedule = schedule_of(kind, own := chosen.get(number), settings)
        calendar, since = calendar_in(group, house), begun(group, own)
        slot = last_slot(schedule, at, calendar)
        if slot is None or slot < since:
            continue
        yield Place(number, group, slot, since)


def _post(ctx: Context, subject: Subject, place: Place, notice: Notice, at: datetime) -> bool:
    if ctx.store.notices.get_by_key(notice.key) is not None:
        return False
    unit = ctx.store.units.get(place.group.unit)
    if unit is None:
        return False
    if not unit.open_on(ctx.day(at)):
        return _say_farewell(ctx, place, unit, at)
    said = subject.word(place, unit, notice)
    return said is not None and ctx.post(notice, place.group.address, said)


def _say_farewell(ctx: Context, place: Place, unit: Unit, at: datetime) -> bool:
    """The unit is no more: say so once, and post no longer."""
    said = Outgoing(ctx.texts("group.unit_ended", unit=unit.name))
    key = f"unit_ended:{place.number}:{unit.id}"
    notice = Notice(key, Kind.NEWS, at, group=place.number, unit=unit.id, expires=at + LATEST)
    posted = ctx.post(notice, place.group.address, said)
    ctx.store.groups.unbind(place.group.address, at)
    return posted
