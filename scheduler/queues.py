"""Tells chairs what has waited on their desk for days; daily while a campaign runs over them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.campaign import Campaign
from domain.notice import Kind, Notice, NoticeState
from domain.person import Person, Role
from domain.reminders.queue import Waiting, every, just_before, queue_key
from domain.wording import chasing as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import (
    HOLDERS_A_TURN,
    begins,
    held_by,
    in_campaign,
    is_repeated,
    waiting_for,
)


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice a chair, of all that is late, unless they were told a short while ago."""
    today = ctx.day(at)
    running = ctx.store.campaigns.running(today)
    page = ctx.store.duties.holders((Role.CHAIR,), after, HOLDERS_A_TURN)
    for chair in page:
        days = _every(ctx, chair, running)
        late = _late(ctx, waiting_for(ctx, chair), today, days)
        if not late or _was_told(ctx, just_before(chair.id, today, days)):
            continue
        oldest = min(late, key=lambda each: each.since)
        key, due_at = queue_key(chair.id, today), begins(ctx, today)
        ctx.notify(Notice(key, Kind.QUEUE, due_at, chair.id, unit=oldest.unit))
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """What waits now; None when nothing of it is late any more."""
    today = ctx.day(ctx.now)
    days = _every(ctx, person, ctx.store.campaigns.running(today))
    waiting = waiting_for(ctx, person)
    if is_repeated(ctx, notice) or not _late(ctx, waiting, today, days):
        return None
    named = [(unit, each.count) for each in waiting if (unit := ctx.store.units.get(each.unit))]
    desk = wording.Desk(
        sum(each.count for each in waiting),
        ctx.day(min(each.since for each in waiting)),
        tuple((unit.name, count) for unit, count in named),
    )
    return wording.of_queue(desk, ctx.texts)


def _every(ctx: Context, chair: Person, running: Sequence[Campaign]) -> int:
    units = held_by(ctx, chair, (Role.CHAIR,)) if running else []
    return every(ctx.house.settings.queue_days, in_campaign(ctx, units, running))


def _late(ctx: Context, waiting: Sequence[Waiting], today: date, days: int) -> list[Waiting]:
    """Days count, not hours: what came on Monday has waited two days on Wednesday morning."""
    before = begins(ctx, today - timedelta(days=days - 1))
    return [each for each in waiting if each.since < before]


def _was_told(ctx: Context, keys: Sequence[str]) -> bool:
    """Whether it was said under one of these keys, or still waits to be."""
    found = (ctx.store.notices.get_by_key(key) for key in keys)
    return any(notice.state is NoticeState.POSTED for notice in found if notice)
