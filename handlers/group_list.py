"""The groups of a subtree, and whether the bot still posts there."""

from domain.action import MOST_NUMBER, Action
from domain.group import Group, last_silent_day, schedule_of
from domain.message import Button, Outgoing
from domain.notice import Kind
from domain.person import Deed
from domain.units import Unit
from domain.vietnamese import format_date
from domain.wording import groups as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

PAGE = 10


def groups(ctx: Context, name: str = "") -> list[Outgoing]:
    """The groups of a unit and below it."""
    return naming.for_unit(
        ctx, name, "groups", Deed.BIND_GROUP, lambda ctx, unit: _show(ctx, unit, 0)
    )


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several; the version is the last group seen."""
    return naming.picked(
        ctx, action, lambda ctx, unit: _show(ctx, unit, min(action.version, MOST_NUMBER))
    )


def _show(ctx: Context, unit: Unit, after: int) -> list[Outgoing]:
    if not ctx.may(Deed.BIND_GROUP, unit.id):
        return refused(ctx, f"groups:{unit.code}", unit.id, "group.not_allowed")
    found = ctx.store.groups.of_subtree(unit.id, after, PAGE + 1)
    if not found:
        return ctx.say("group.none", unit=unit.name)
    lines = [ctx.texts("group.list", unit=unit.name)]
    lines += [_line(ctx, *each) for each in found[:PAGE]]
    if len(found) <= PAGE:
        return [Outgoing("\n".join(lines))]
    more = Button(ctx.texts("invited.more"), Action("groups", str(unit.id), found[PAGE - 1][0]))
    return [Outgoing("\n".join(lines), ((more,),), asks=True)]


def _line(ctx: Context, number: int, group: Group) -> str:
    unit = ctx.store.units.get(group.unit)
    state = _state(ctx, number, group) if group.active else ctx.texts("group.inactive")
    name = wording.name(group, ctx.texts)
    return ctx.texts("group.line", group=name, code=unit.code if unit else "", state=state)


def _state(ctx: Context, number: int, group: Group) -> str:
    """When progress is posted there, unless its people want silence now."""
    settings = ctx.house.settings
    if group.is_muted(ctx.now):
        day = format_date(last_silent_day(group, settings.calendar))
        return ctx.texts("group.silent", day=day)
    chosen = ctx.store.group_schedules.of(number)
    plan = schedule_of(Kind.PROGRESS, chosen.get(Kind.PROGRESS), settings)
    return wording.times(plan, ctx.texts)
