"""Posts of groups that come by the clock: whose slot has come, what is said then, what was missed.

What a slot brings is said within two hours of it, also after a downtime; later it is left out, and
the ledger says so.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from domain.calendar import Calendar, urgent_on
from domain.campaign import urgent_days
from domain.group import Group, begun, calendar_in, schedule_of
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.schedule import slots_until
from domain.units import Unit
from scheduler.context import Context
from scheduler.job import PAGE

log = logging.getLogger(__name__)

LATEST = timedelta(hours=2)
"""A post for Monday's meeting is of no use after it; the next one comes in a week."""

LOOKED_BACK = timedelta(days=10)
"""What was missed before that is not even noted."""

LAST_WORD = timedelta(days=1)
"""After a programme has closed its result is worth saying, and then no more."""

POSTS_A_TURN = 25
"""Each reads some ten rows of counts: 50 ms in all, while people's turns wait."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bound group and one of its slots."""

    number: int
    group: Group
    slot: datetime
    """UTC."""


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
    for number, group, slots in _with_slots(ctx, subject.kind, groups, at, after):
        slot = next(slots, None)
        if slot is None or at - slot > LATEST:
            continue
        place = Place(number, group, slot)
        for notice in subject.due(place):
            posted += _post(ctx, subject, place, notice, at)
        if posted >= POSTS_A_TURN:
            return number
    return groups[-1][0] if len(groups) == PAGE else None


def note_missed(ctx: Context, subject: Subject, at: datetime, after: int) -> int | None:
    """Note what past slots would have brought, where nobody posted and it is too late now."""
    noted = 0
    groups = ctx.store.groups.all(PAGE, after)
    more = groups[-1][0] if len(groups) == PAGE else None
    for number, group, slots in _with_slots(ctx, subject.kind, groups, at, after):
        late = (slot for slot in takewhile((at - LOOKED_BACK).__le__, slots) if at - slot > LATEST)
        noted += _note(ctx, subject, number, group, late)
        if noted >= PAGE:
            more = number
            break
    if noted:
        log.warning("group_posts_skipped", extra={"kind": subject.kind.value, "posts": noted})
    return more


def posted_about(ctx: Context, at: datetime) -> Programme | None:
    """The programme to post about: open, or closed yesterday."""
    today = ctx.day(at)
    programme = ctx.store.programmes.current(today)
    return programme if programme and today <= programme.closes + LAST_WORD else None


def _with_slots(
    ctx: Context, kind: Kind, groups: list[tuple[int, Group]], at: datetime, after: int
) -> Iterator[tuple[int, Group, Iterator[datetime]]]:
    """Each with its slots since it gets this kind by this schedule, the latest first."""
    if not groups:
        return
    chosen = ctx.store.group_schedules.of_kind(kind, after, groups[-1][0])
    calendar_of = _calendars(ctx, at)
    for number, group in groups:
        schedule = schedule_of(kind, own := chosen.get(number), ctx.house.settings)
        slots = slots_until(schedule, at, calendar_of(group))
        yield number, group, takewhile(begun(group, own).__le__, slots)


def _calendars(ctx: Context, at: datetime) -> Callable[[Group], Calendar]:
    """Whose clock and days off a group has: none in the last days of an urgent campaign."""
    house, urgent = ctx.calendar, ctx.store.campaigns.urgent(ctx.day(at - LOOKED_BACK))

    def calendar_of(group: Group) -> Calendar:
        calendar = calendar_in(group, house)
        if not urgent:
            return calendar
        return urgent_on(calendar, urgent_days(urgent, ctx.store.units.path(group.unit)))

    return calendar_of


def _note(
    ctx: Context, subject: Subject, number: int, group: Group, slots: Iterator[datetime]
) -> int:
    """How many; the latest slot first, and where one was seen to, those before it were."""
    noted = 0
    for slot in slots:
        if ctx.store.notices.any_of_slot(subject.kind, number, group.unit, slot):
            break
        # Nobody knows since when a silent group is silent.
        for notice in () if group.is_muted(slot) else subject.due(Place(number, group, slot)):
            noted += ctx.skip(notice, "late")
    return noted


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
