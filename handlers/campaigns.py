"""Peak campaigns (đợt cao điểm) by chat: those that run and come, and making one step by step."""

from dataclasses import replace
from datetime import date

from domain.action import Action
from domain.broadcast import Audience, To
from domain.campaign import Campaign
from domain.campaign_asking import (
    ASKED,
    Sketch,
    Step,
    check_days,
    read_days,
    read_end,
    read_message,
    read_name,
)
from domain.errors import Rejected
from domain.message import Outgoing
from domain.person import Deed
from domain.programme import Programme
from domain.progress_asking import said_of
from domain.units import Unit
from domain.vietnamese import fold
from domain.wording import campaigns as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

TALK = "campaign"


def campaigns(ctx: Context, name: str = "") -> list[Outgoing]:
    """«cao điểm»: those of all units looked after; «cao điểm TD»: of one, and new ones there."""
    if name:
        return naming.for_unit(ctx, name, "campaigns_of", Deed.RUN_CAMPAIGN, _list)
    if not naming.own_units(ctx, Deed.RUN_CAMPAIGN):
        return _refuse(ctx, None)
    return _list(ctx, None)


def listed(ctx: Context, action: Action) -> list[Outgoing]:
    """The list again."""
    return ctx.in_place(campaigns(ctx))


def new(ctx: Context, action: Action) -> list[Outgoing]:
    """A new one: for the unit of the button, or the only one looked after, or which?"""
    if action.id:
        return naming.picked(ctx, action, _begin)
    return naming.for_unit(ctx, "", "campaign_unit", Deed.RUN_CAMPAIGN, _begin)


def of_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """The list of one of several units."""
    return naming.picked(ctx, action, _list)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of several units, for a new one."""
    return naming.picked(ctx, action, _begin)


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The answer to the step that is open."""
    if fold(text).strip(" .!") in said_of(ctx.texts("campaign.say_stop")):
        return left_off(ctx)
    about, programme = ctx.conversation.about, ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    sketch, step = Sketch.load(about), Step(about.get("step", Step.NAME))
    try:
        return _take(ctx, programme, sketch, step, text)
    except Rejected as trouble:
        return [wording.asked(ctx.texts(f"rejected.{trouble.code}", **trouble.details), ctx.texts)]


def days_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the spans that were offered."""
    programme = ctx.programme()
    if programme is None or not _is_at(ctx, Step.DAYS):
        return ctx.say("fallback.stale")
    try:
        first, _, last = action.id.partition(".")
        days = check_days((date.fromisoformat(first), date.fromisoformat(last)), programme)
    except (ValueError, Rejected):
        return ctx.say("fallback.stale")
    return ask_next(ctx, Sketch.load(ctx.conversation.about).on(days))


def bare(ctx: Context, action: Action) -> list[Outgoing]:
    """Nothing to be said beside."""
    return skip(ctx) if _is_at(ctx, Step.MESSAGE) else ctx.say("fallback.stale")


def skip(ctx: Context) -> list[Outgoing]:
    """Only the message may be left out."""
    sketch = Sketch.load(ctx.conversation.about)
    if not _is_at(ctx, Step.MESSAGE):
        return ask_next(ctx, sketch)
    return ask_next(ctx, replace(sketch, message=""))


def back(ctx: Context) -> list[Outgoing]:
    """The step before; of a change there is none."""
    sketch, step = Sketch.load(ctx.conversation.about), ctx.conversation.about.get("step")
    at = ASKED.index(Step(step)) if step in set(ASKED) else len(ASKED)
    if sketch.campaign or not at:
        return left_off(ctx)
    for asked in ASKED[at - 1 :]:
        sketch = sketch.without(asked)
    return ask_next(ctx, sketch)


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Not after all."""
    return left_off(ctx)


def left_off(ctx: Context) -> list[Outgoing]:
    """The same, in words."""
    ctx.expect("")
    return ctx.say("fallback.left_off")


def save(ctx: Context, action: Action) -> list[Outgoing]:
    """They are sure: write it down, each right and day looked at once more."""
    sketch, programme = Sketch.load(ctx.conversation.about), ctx.programme()
    if programme is None or not _is_at(ctx, Step.SURE) or sketch.missing is not Step.SURE:
        return ctx.say("fallback.stale")
    unit = ctx.store.units.get(sketch.unit)
    old = ctx.store.campaigns.get(sketch.campaign) if sketch.campaign else None
    if unit is None or not may(ctx, unit.id):
        return _refuse(ctx, unit)
    if sketch.campaign and (old is None or old.ends < ctx.today):
        ctx.expect("")
        return ctx.say("campaign.gone")
    ctx.expect("")
    campaign = sketch.campaign_of(programme, old)
    if old is None:
        campaign = ctx.store.campaigns.add(campaign, ctx.known.id, ctx.now)
    else:
        ctx.store.campaigns.save(campaign)
    note(ctx, campaign, "campaign" if old is None else "campaign_change")
    key = "campaign.saved"
    if old is None:
        key = "campaign.saved_today" if campaign.runs_on(ctx.today) else "campaign.saved_new"
    done = ctx.say(key, name=campaign.name)
    return [*done, wording.card(campaign, unit, ctx.today, ctx.texts)]


def ask_next(ctx: Context, sketch: Sketch) -> list[Outgoing]:
    """Ask for what is still missing; when nothing is, show what would be written down."""
    step, programme = sketch.missing, ctx.programme()
    unit = ctx.store.units.get(sketch.unit)
    if unit is None or programme is None:
        return ctx.say("fallback.stale")
    if not may(ctx, unit.id):
        return _refuse(ctx, unit)
    ctx.expect(TALK, step=step.value, **sketch.dump())
    if step is Step.NAME:
        return [wording.asked(ctx.texts("campaign.name", unit=unit.name), ctx.texts)]
    if step is Step.DAYS:
        return [_which_days(ctx, sketch)]
    if step is Step.MESSAGE:
        return [wording.which_message(ctx.texts)]
    return [_preview(ctx, programme, sketch, unit)]


def may(ctx: Context, unit: int) -> bool:
    """Whether the person runs campaigns there."""
    return ctx.may(Deed.RUN_CAMPAIGN, unit)


def note(ctx: Context, campaign: Campaign, deed: str) -> None:
    """A line in the audit log."""
    days = ctx.texts("campaign.span", **wording.days_of(campaign))
    detail = {"name": campaign.name, "days": days, "urgent": campaign.urgent}
    subject = f"campaign:{campaign.id}"
    ctx.store.audit.note(ctx.known.id, deed, subject, ctx.now, detail, unit=campaign.unit)


def _take(
    ctx: Context, programme: Programme, sketch: Sketch, step: Step, text: str
) -> list[Outgoing]:
    """What was said, as the answer to a step; Rejected when it will not do."""
    if step is Step.NAME:
        return ask_next(ctx, replace(sketch, name=read_name(text)))
    if step is Step.MESSAGE:
        return ask_next(ctx, replace(sketch, message=read_message(text)))
    if step is not Step.DAYS:
        return ask_next(ctx, sketch)
    old = _begun(ctx, sketch)
    if old is not None:
        days = read_end(text, old, ctx.today, programme)
        if days is None:
            return [wording.asked(ctx.texts("campaign.until_unread"), ctx.texts)]
        return ask_next(ctx, sketch.on(days))
    read = read_days(text, ctx.today, programme)
    if isinstance(read[0], str):
        trouble, offered = read
        return [wording.which_days(trouble, offered, ctx.texts)]
    return ask_next(ctx, sketch.on(read))


def _which_days(ctx: Context, sketch: Sketch) -> Outgoing:
    old = _begun(ctx, sketch)
    if old is None:
        return wording.which_days("", (), ctx.texts)
    first = wording.days_of(old)["first"]
    return wording.asked(ctx.texts("campaign.until", first=first), ctx.texts)


def _begun(ctx: Context, sketch: Sketch) -> Campaign | None:
    """The campaign that is changed, if it has begun: its first day stays."""
    old = ctx.store.campaigns.get(sketch.campaign) if sketch.campaign else None
    return old if old is not None and old.starts <= ctx.today else None


def _begin(ctx: Context, unit: Unit) -> list[Outgoing]:
    if ctx.programme() is None:
        return ctx.say("quota.no_programme")
    if not may(ctx, unit.id):
        return _refuse(ctx, unit)
    return ask_next(ctx, Sketch(unit.id))


def _list(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    """Those that run and come; of one unit and below it, or wherever the person may."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    if unit is not None and not may(ctx, unit.id):
        return _refuse(ctx, unit)
    found = [
        each
        for each in ctx.store.campaigns.of_programme(programme.id)
        if each.ends >= ctx.today and may(ctx, each.unit) and _below(ctx, each.unit, unit)
    ]
    units = {each.unit: ctx.store.units.get(each.unit) for each in found}
    known = {id: each for id, each in units.items() if each}
    shown = [each for each in found if each.unit in known]
    return [wording.listed(shown, known, unit.id if unit else 0, ctx.today, ctx.texts)]


def _below(ctx: Context, id: int, unit: Unit | None) -> bool:
    return unit is None or unit.id in ctx.store.units.path(id)


def _preview(ctx: Context, programme: Programme, sketch: Sketch, unit: Unit) -> Outgoing:
    old = ctx.store.campaigns.get(sketch.campaign) if sketch.campaign else None
    campaign = sketch.campaign_of(programme, old)
    audience = Audience(unit.id, frozenset({To.CHAIRS, To.GROUPS}))
    reach = ctx.store.audiences.reach(audience, programme, ctx.today, ctx.now)
    others = ctx.store.campaigns.of_programme(programme.id)
    overlaps = [other for other in others if campaign.overlaps(other)]
    begun = old is not None and old.starts <= ctx.today
    return wording.preview(campaign, unit, (reach, begun), overlaps, ctx.texts)


def _is_at(ctx: Context, step: Step) -> bool:
    return ctx.conversation.expects == TALK and ctx.conversation.about.get("step") == step


def _refuse(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    ctx.expect("")
    subject = f"campaign:{unit.code}" if unit else "campaign"
    return refused(ctx, subject, unit.id if unit else None, "campaign.not_allowed")
