"""Peak campaigns (đợt cao điểm) that run and come."""

from domain.action import Action
from domain.message import Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.wording import campaigns as wording
from handlers import campaigns, naming
from handlers.context import Context


def show(ctx: Context, name: str = "") -> list[Outgoing]:
    """«cao điểm»: those of all units looked after; «cao điểm TD»: of one, and new ones there."""
    if name:
        return naming.for_unit(ctx, name, "campaigns_of", Deed.RUN_CAMPAIGN, _list)
    if not naming.own_units(ctx, Deed.RUN_CAMPAIGN):
        return campaigns.refuse(ctx, None)
    return _list(ctx, None)


def listed(ctx: Context, action: Action) -> list[Outgoing]:
    """The list again."""
    return ctx.in_place(show(ctx))


def of_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """The list of one of several units."""
    return naming.picked(ctx, action, _list)


def _list(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    """Those that run and come; of one unit and below it, or wherever the person may."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    if unit is not None and not campaigns.may(ctx, unit.id):
        return campaigns.refuse(ctx, unit)
    found = [
        each
        for each in ctx.store.campaigns.of_programme(programme.id)
        if each.ends >= ctx.today and campaigns.may(ctx, each.unit) and _below(ctx, each.unit, unit)
    ]
    units = {each.unit: ctx.store.units.get(each.unit) for each in found}
    known = {id: each for id, each in units.items() if each}
    shown = [each for each in found if each.unit in known]
    return [wording.listed(shown, known, unit.id if unit else 0, ctx.today, ctx.texts)]


def _below(ctx: Context, id: int, unit: Unit | None) -> bool:
    return unit is None or unit.id in ctx.store.units.path(id)
