"""How something is said: on time or late, alone or with others, as the ledger keeps it."""

from datetime import datetime

from domain.calendar import Calendar, next_allowed, night_only
from domain.group import calendar_in
from domain.hours import Hours, calendar_of
from domain.ledger import LATE_AFTER, way
from domain.notice import AT_ONCE, Notice, NoticeState
from domain.parcel import Parcel
from scheduler.context import Context
from storage.urgency import calendar_of_unit


def note_way(
    ctx: Context, parcel: Parcel, carried: list[Notice], at: datetime, *, template: bool = False
) -> None:
    """Of what goes out now; ``carried`` is what the parcel was to say before it was looked at.

    ``template``: it is said in words that the network approved beforehand.
    """
    said = ctx.store.notices.of_parcel(parcel.id) if len(carried) > 1 else carried
    for notice in said:
        allowed_at = _allowed_at(ctx, notice, at)
        how = way(len(said), notice.held, allowed_at, at, template=template)
        if how != notice.reason:
            ctx.store.notices.settle(notice.id, NoticeState.POSTED, how)


def _allowed_at(ctx: Context, notice: Notice, at: datetime) -> datetime:
    """When it might first be said; only looked up where that can matter."""
    if notice.held or at - notice.due_at <= LATE_AFTER:
        return notice.due_at
    return next_allowed(notice.due_at, _calendar(ctx, notice))


def _calendar(ctx: Context, notice: Notice) -> Calendar:
    if notice.group is not None:
        group = ctx.store.groups.get(notice.group)
        return night_only(calendar_in(group, ctx.calendar) if group else ctx.calendar)
    hours = ctx.store.peace.of(notice.person or 0).hours
    if notice.kind in AT_ONCE:
        return night_only(calendar_of(Hours(zone=hours.zone), ctx.calendar))
    person = ctx.store.people.get(notice.person or 0)
    unit = person.unit if person else None
    return calendar_of(hours, calendar_of_unit(ctx.store, unit, ctx.calendar, notice.due_at))
