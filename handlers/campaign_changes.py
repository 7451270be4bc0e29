"""One campaign: changing its name, days or message, its last weekend, ending it, calling it off."""

from dataclasses import replace

from domain.action import Action, row_number
from domain.campaign import Campaign
from domain.campaign_asking import ASKED, Sketch
from domain.message import Outgoing
from domain.wording import campaigns as wording
from handlers import campaigns
from handlers.context import Context
from handlers.refusing import refused


def shown(ctx: Context, action: Action) -> list[Outgoing]:
    """What it is, and what can be changed."""
    found = _of(ctx, action.id)
    return found if isinstance(found, list) else ctx.in_place(_card(ctx, found))


def change(ctx: Context, action: Action) -> list[Outgoing]:
    """Ask anew for one thing; the rest stays."""
    id, _, name = action.id.partition(".")
    found = _of(ctx, id)
    if isinstance(found, list):
        return found
    step = next((each for each in ASKED if each == name), None)
    if step is None:
        return ctx.say("fallback.stale")
    return campaigns.ask_next(ctx, Sketch.of(found, step))


def urgent(ctx: Context, action: Action) -> list[Outgoing]:
    """In its last two days, pushes on days off too; or no longer."""
    id, _, way = action.id.partition(".")
    found = _of(ctx, id)
    if isinstance(found, list):
        return found
    if way not in ("on", "off"):
        return ctx.say("fallback.stale")
    changed = replace(found, urgent=way == "on")
    if changed != found:
        _keep(ctx, changed)
    return ctx.in_place(_card(ctx, changed))


def end(ctx: Context, action: Action) -> list[Outgoing]:
    """Today instead of later: sure?"""
    found = _of(ctx, action.id)
    if isinstance(found, list):
        return found
    if not found.starts <= ctx.today < found.ends:
        return ctx.in_place(_card(ctx, found))
    return ctx.in_place([wording.sure(found, "end", "campaign.end_sure", ctx.texts)])


def ended(ctx: Context, action: Action) -> list[Outgoing]:
    """Today is its last day."""
    found = _of(ctx, action.id)
    if isinstance(found, list):
        return found
    if found.starts > ctx.today:
        return ctx.in_place(_card(ctx, found))
    if found.ends > ctx.today:
        _keep(ctx, replace(found, ends=ctx.today))
    return ctx.in_place(ctx.say("campaign.ended", name=found.name))


def off(ctx: Context, action: Action) -> list[Outgoing]:
    """Sure?"""
    found = _of(ctx, action.id)
    if isinstance(found, list):
        return found
    key = "campaign.off_sure" if found.starts <= ctx.today else "campaign.off_sure_soon"
    return ctx.in_place([wording.sure(found, "off", key, ctx.texts)])


def called_off(ctx: Context, action: Action) -> list[Outgoing]:
    """It is off; whoever heard of it hears that too."""
    found = _of(ctx, action.id)
    if isinstance(found, list):
        return found
    ctx.store.campaigns.call_off(found.id, ctx.now)
    campaigns.note(ctx, found, "campaign_off")
    return ctx.in_place(ctx.say("campaign.called_off", name=found.name))


def _of(ctx: Context, id: str) -> Campaign | list[Outgoing]:
    """The campaign of a button, if it is not over and the person may change it."""
    number = row_number(id)
    campaign = ctx.store.campaigns.get(number) if number else None
    if campaign is None:
        return ctx.say("campaign.gone")
    if not campaigns.may(ctx, campaign.unit):
        return refused(ctx, f"campaign:{campaign.id}", campaign.unit, "campaign.not_allowed")
    return campaign if campaign.ends >= ctx.today else ctx.say("campaign.gone")


def _keep(ctx: Context, campaign: Campaign) -> None:
    ctx.store.campaigns.save(campaign)
    campaigns.note(ctx, campaign, "campaign_change")


def _card(ctx: Context, campaign: Campaign) -> list[Outgoing]:
    unit = ctx.store.units.get(campaign.unit)
    if unit is None:
        return ctx.say("campaign.gone")
    return [wording.card(campaign, unit, ctx.today, ctx.texts)]
