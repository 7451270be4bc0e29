"""Posts progress into each bound group once a week or a day, at the group's own hour."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from domain.group import Group
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.schedule import last_post
from domain.units import Unit
from domain.wording import progress as wording
from domain.wording.progress_picture import picture
from scheduler.context import Context
from scheduler.job import PAGE
from storage.standings import progress_of

log = logging.getLogger(__name__)

LATEST = timedelta(hours=2)
"""A post for Monday's meeting is of no use after it; the next one comes in a week."""

POSTS_A_TURN = 25
"""Each reads some ten rows of counts: 50 ms in all, while people's turns wait."""


def post(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post in every group whose slot has come within the last two hours."""
    programme = _programme(ctx, at)
    if programme is None:
        return None
    groups = ctx.store.groups.all(PAGE, after)
    posted = 0
    for number, group in groups:
        slot = _slot(ctx, group, at)
        if slot is not None and at - slot <= LATEST:
            posted += _post(ctx, programme, number, group, slot, at)
        if posted == POSTS_A_TURN:
            return number
    return groups[-1][0] if len(groups) == PAGE else None


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the slots that nobody posted in, and for which it is too late now."""
    programme = _programme(ctx, at)
    if programme is None:
        return None
    groups = ctx.store.groups.all(PAGE, after)
    for number, group in groups:
        slot = _slot(ctx, group, at)
        if slot is None or at - slot <= LATEST or ctx.day(slot) < programme.opens:
            continue
        notice = _notice(programme, number, group, slot)
        if ctx.skip(notice, "late"):
            log.warning("progress_post_skipped", extra={"key": notice.key})
    return groups[-1][0] if len(groups) == PAGE else None


def _programme(ctx: Context, at: datetime) -> Programme | None:
    """The programme to post about: open, or closed yesterday, when the result is worth saying."""
    today = ctx.day(at)
    programme = ctx.store.programmes.current(today)
    if programme is None or today > programme.closes + timedelta(days=1):
        return None
    return programme


def _slot(ctx: Context, group: Group, at: datetime) -> datetime | None:
    """The group's latest slot, UTC; None when it was bound, or bound otherwise, only after that."""
    slot = last_post(group, at, ctx.house.settings.zone)
    return slot if slot is not None and slot >= group.bound_at else None


def _say_farewell(ctx: Context, number: int, group: Group, unit: Unit, at: datetime) -> bool:
    """The unit is no more: say so once, and post no longer."""
    said = Outgoing(ctx.texts("group.unit_ended", unit=unit.name))
    key = f"unit_ended:{number}:{unit.id}"
    notice = Notice(key, Kind.NEWS, at, group=number, unit=unit.id, expires=at + LATEST)
    posted = ctx.post(notice, group.address, said)
    ctx.store.groups.unbind(group.address, at)
    return posted


def _notice(programme: Programme, number: int, group: Group, slot: datetime) -> Notice:
    """By the group's own number: its address may change between the post and the next minute."""
    key = f"progress:{programme.id}:{number}:{slot.isoformat()}"
    late = slot + LATEST
    return Notice(key, Kind.PROGRESS, slot, group=number, unit=group.unit, expires=late)


def _post(
    ctx: Context, programme: Programme, number: int, group: Group, slot: datetime, at: datetime
) -> bool:
    notice = _notice(programme, number, group, slot)
    if ctx.store.notices.get_by_key(notice.key) is not None:
        return False
    unit = ctx.store.units.get(group.unit)
    if unit is None:
        return False
    if not unit.open_on(ctx.day(at)):
        return _say_farewell(ctx, number, group, unit, at)
    loaded = progress_of(ctx.store, programme, unit, ctx.day(at))
    said = wording.show(loaded, ctx.house.local(at), ctx.texts)
    said = replace(said, document=picture(loaded, programme.id, at))
    return ctx.post(notice, group.address, said)
