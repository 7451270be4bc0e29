"""When progress is posted in a group: shown and changed by its chair or an officer above."""

from domain.action import Action, row_number
from domain.group import Group
from domain.message import Button, Outgoing
from domain.person import Deed
from domain.schedule import next_post, rescheduled
from domain.units import Unit
from domain.vietnamese.schedules import read_schedule
from domain.wording import groups as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

USUAL = ("group.usual_weekly", "group.usual_daily", "group.usual_never")
"""Schedules behind a button, said as people say them."""

LISTED = 10


def schedule(ctx: Context, said: str = "") -> list[Outgoing]:
    """The schedule of this group, changed first when something is said; in private, of which."""
    if ctx.said.private:
        return naming.for_unit(ctx, said, "group_times_of", Deed.BIND_GROUP, _which)
    known = ctx.store.groups.ever_at(ctx.said.origin)
    if known is None or not known[1].active:
        return ctx.say("progress.not_bound")
    return _change(ctx, *known, said) if said else _show(ctx, *known)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit whose groups are meant, of several."""
    return naming.picked(ctx, action, _which)


def group_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The group, of several."""
    known = _group(ctx, action.id)
    return _show(ctx, *known) if known else ctx.say("fallback.stale")


def usual_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the usual schedules: ``id`` is the group, the version which of them."""
    known = _group(ctx, action.id)
    if known is None or not 0 <= action.version < len(USUAL):
        return ctx.say("fallback.stale")
    return _change(ctx, *known, ctx.texts(USUAL[action.version]))


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The schedule in words, for the group shown last."""
    known = _group(ctx, str(ctx.conversation.about.get("group", "")))
    return _change(ctx, *known, text) if known else ctx.say("fallback.stale")


def _change(ctx: Context, number: int, group: Group, text: str) -> list[Outgoing]:
    if not ctx.may(Deed.BIND_GROUP, group.unit):
        return refused(ctx, f"schedule:{group.address}", group.unit, "group.not_allowed")
    if not group.active:
        return ctx.say("group.not_there", group=wording.name(group, ctx.texts))
    read = read_schedule(text)
    if read is None:
        return ctx.say("group.times_unread")
    if ctx.said.private:
        ctx.expect("")
    changed = rescheduled(group, read, ctx.now)
    ctx.store.groups.bind(changed)
    detail = {"every": changed.post_every.value, "times": wording.times(changed, ctx.texts)}
    ctx.store.audit.note(
        ctx.known.id, "schedule", f"group:{group.address}", ctx.now, detail, group.unit
    )
    return [Outgoing(_said(ctx, changed))]


def _which(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return refused(ctx, f"schedule:{unit.code}", unit.id, "group.not_allowed")
    found = ctx.store.groups.of_subtree(unit.id, limit=200)
    active = [(number, group) for number, group in found if group.active][:LISTED]
    if not active:
        return ctx.say("group.none", unit=unit.name)
    if len(active) == 1:
        return _show(ctx, *active[0])
    rows = tuple(
        (Button(wording.name(group, ctx.texts), Action("group_times", str(number))),)
        for number, group in active
    )
    return [Outgoing(ctx.texts("group.which"), rows, asks=True)]


def _show(ctx: Context, number: int, group: Group) -> list[Outgoing]:
    if not ctx.may(Deed.BIND_GROUP, group.unit):
        return refused(ctx, f"schedule:{group.address}", group.unit, "group.not_allowed")
    if not group.active:
        return ctx.say("group.not_there", group=wording.name(group, ctx.texts))
    if ctx.said.private:
        ctx.expect("group_times", group=number)
    rows = tuple(
        (Button(ctx.texts(key), Action("group_usual", str(number), place)),)
        for place, key in enumerate(USUAL)
    )
    how = ctx.texts("group.times_private" if ctx.said.private else "group.times_here")
    return [Outgoing(f"{_said(ctx, group)}\n{how}", rows, asks=True)]


def _said(ctx: Context, group: Group) -> str:
    unit = ctx.store.units.get(group.unit)
    following = next_post(group, ctx.now, ctx.house.settings.zone)
    local = ctx.house.local(following) if following else None
    assert unit is not None
    return wording.schedule(group, unit, local, ctx.texts)


def _group(ctx: Context, id: str) -> tuple[int, Group] | None:
    number = row_number(id)
    group = ctx.store.groups.get(number) if number else None
    return (number, group) if number and group else None
