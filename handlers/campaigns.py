"""Making a peak campaign (đợt cao điểm) by chat, or saying something of it anew, step by step."""

from dataclasses import dataclass, replace
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
    trouble_with,
)
from domain.errors import Rejected
from domain.message import Outgoing
from domain.notice import Kind
from domain.person import Deed
from domain.programme import Programme
from domain.progress_asking import said_of
from domain.units import Unit
from domain.vietnamese import fold
from domain.vietnamese.spans import Days
from domain.wording import campaigns as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

TALK = "campaign"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sketch is about, as it stands now; ``old`` None is a new campaign."""

    unit: Unit
    programme: Programme
    old: Campaign | None

    def begun_by(self, today: date) -> bool:
        """Whether it has begun: then its first day stays."""
        return self.old is not None and self.old.starts <= today


def new(ctx: Context, action: Action) -> list[Outgoing]:
    """A new one: for the unit of the button, or the only one looked after, or which?"""
    if action.id:
        return naming.picked(ctx, action, _begin)
    return naming.for_unit(ctx, "", "campaign_unit", Deed.RUN_CAMPAIGN, _begin)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of several units, for a new one."""
    return naming.picked(ctx, action, _begin)


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The answer to the step that is open."""
    if fold(text).strip(" .!") in said_of(ctx.texts("campaign.say_stop")):
        return left_off(ctx)
    about = ctx.conversation.about
    sketch, step = Sketch.load(about), Step(about.get("step", Step.NAME))
    subject = _subject(ctx, sketch)
    if isinstance(subject, list):
        return subject
    try:
        return _take(ctx, subject, sketch, step, text)
    except Rejected as trouble:
        return [wording.asked(ctx.texts(f"rejected.{trouble.code}", **trouble.details), ctx.texts)]


def days_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the spans that were offered."""
    if not _is_at(ctx, Step.DAYS):
        return ctx.say("fallback.stale")
    sketch = Sketch.load(ctx.conversation.about)
    subject = _subject(ctx, sketch)
    if isinstance(subject, list):
        return subject
    try:
        first, _, last = action.id.partition(".")
        days = date.fromisoformat(first), date.fromisoformat(last)
        check_days(days, subject.programme)
    except (ValueError, Rejected):
        return ctx.say("fallback.stale")
    return _days_again(ctx, subject, sketch, days) or ask_next(ctx, sketch.on(days))


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


def edit(ctx: Context, action: Action) -> list[Outgoing]:
    """Something of a new one anew, before it is written down."""
    sketch = Sketch.load(ctx.conversation.about)
    if not _is_at(ctx, Step.SURE) or sketch.campaign or action.id not in set(ASKED):
        return ctx.say("fallback.stale")
    return ask_next(ctx, sketch.without(Step(action.id)))


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Not after all."""
    return left_off(ctx)


def left_off(ctx: Context) -> list[Outgoing]:
    """The same, in words."""
    ctx.expect("")
    return ctx.say("fallback.left_off")


def save(ctx: Context, action: Action) -> list[Outgoing]:
    """They are sure: write it down, each right and day looked at once more."""
    sketch = Sketch.load(ctx.conversation.about)
    if not _is_at(ctx, Step.SURE) or sketch.missing is not Step.SURE:
        return ctx.say("fallback.stale")
    subject = _subject(ctx, sketch)
    if isinstance(subject, list):
        return subject
    old, unit = subject.old, subject.unit
    campaign = sketch.campaign_of(subject.programme, old)
    days = campaign.starts, campaign.ends
    if sketch.says_days and (again := _days_again(ctx, subject, sketch, days)):
        return again
    ctx.expect("")
    if old is None:
        campaign = ctx.store.campaigns.add(campaign, ctx.known.id, ctx.now)
    else:
        ctx.store.campaigns.save(campaign)
    note(ctx, campaign, "campaign" if old is None else "campaign_change")
    key = "campaign.saved"
    if old is None:
        key = "campaign.saved_today" if campaign.runs_on(ctx.today) else "campaign.saved_new"
    done = ctx.lead(key, name=campaign.name)
    return [*done, wording.card(campaign, unit, ctx.today, ctx.texts)]


def ask_next(ctx: Context, sketch: Sketch) -> list[Outgoing]:
    """Ask for what is still missing; when nothing is, show what would be written down."""
    step, subject = sketch.missing, _subject(ctx, sketch)
    if isinstance(subject, list):
        return subject
    ctx.expect(TALK, step=step.value, **sketch.dump())
    if step is Step.NAME:
        return [wording.which_name(subject.unit, subject.old, ctx.texts)]
    if step is Step.DAYS:
        return [_which_days(ctx, subject)]
    if step is Step.MESSAGE:
        return [wording.which_message(ctx.texts)]
    return [_preview(ctx, subject, sketch)]


def may(ctx: Context, unit: int) -> bool:
    """Whether the person runs campaigns there."""
    return ctx.may(Deed.RUN_CAMPAIGN, unit)


def note(ctx: Context, campaign: Campaign, deed: str) -> None:
    """A line in the audit log."""
    days = ctx.texts("campaign.span", **wording.days_of(campaign))
    detail = {"name": campaign.name, "days": days, "urgent": campaign.urgent}
    subject = f"campaign:{campaign.id}"
    ctx.store.audit.note(ctx.known.id, deed, subject, ctx.now, detail, unit=campaign.unit)


def refuse(ctx: Context, unit: Unit | None) -> list[Outgoing]:
    """It is for officers of the unit."""
    ctx.expect("")
    subject = f"campaign:{unit.code}" if unit else "campaign"
    return refused(ctx, subject, unit.id if unit else None, "campaign.not_allowed")


def _take(ctx: Context, subject: Subject, sketch: Sketch, step: Step, text: str) -> list[Outgoing]:
    """What was said, as the answer to a step; Rejected when it will not do."""
    if step is Step.NAME:
        return ask_next(ctx, replace(sketch, name=read_name(text)))
    if step is Step.MESSAGE:
        return ask_next(ctx, replace(sketch, message=read_message(text)))
    if step is not Step.DAYS:
        return [*ctx.lead("campaign.choose"), *ask_next(ctx, sketch)]
    if subject.old is not None and subject.begun_by(ctx.today):
        days = read_end(text, subject.old, ctx.today, subject.programme)
        if days is None:
            return [wording.asked(ctx.texts("campaign.until_unread"), ctx.texts)]
        return ask_next(ctx, sketch.on(days))
    read = read_days(text, ctx.today, subject.programme)
    if isinstance(read[0], str):
        trouble, offered = read
        return [wording.which_days(trouble, offered, ctx.texts)]
    return ask_next(ctx, sketch.on(read))


def _which_days(ctx: Context, subject: Subject) -> Outgoing:
    if subject.old is None or not subject.begun_by(ctx.today):
        return wording.which_days("", (), ctx.texts)
    first = wording.days_of(subject.old)["first"]
    return wording.asked(ctx.texts("campaign.until", first=first), ctx.texts)


def _days_again(ctx: Context, subject: Subject, sketch: Sketch, days: Days) -> list[Outgoing]:
    """Ask anew for days that would do when they were shown; [] while they still do."""
    trouble = trouble_with(days, subject.old, ctx.today)
    if not trouble:
        return []
    ctx.expect(TALK, step=Step.DAYS.value, **sketch.without(Step.DAYS).dump())
    if subject.begun_by(ctx.today):
        return [_which_days(ctx, subject)]
    offered = ((ctx.today, days[1]),) if trouble == "begun" else ()
    return [wording.which_days(trouble, offered, ctx.texts)]


def _subject(ctx: Context, sketch: Sketch) -> Subject | list[Outgoing]:
    """What the sketch is about, if the person may still do it and it is not over."""
    unit = ctx.store.units.get(sketch.unit)
    if unit is None or not may(ctx, unit.id):
        return refuse(ctx, unit)
    if not sketch.campaign and not unit.open_on(ctx.today):
        return ctx.say("campaign.ended_unit", unit=unit.name)
    old = ctx.store.campaigns.get(sketch.campaign) if sketch.campaign else None
    if sketch.campaign and (old is None or old.ends < ctx.today):
        ctx.expect("")
        return ctx.say("campaign.gone")
    programme = ctx.store.programmes.get(old.programme) if old else ctx.programme()
    return Subject(unit, programme, old) if programme else ctx.say("quota.no_programme")


def _begin(ctx: Context, unit: Unit) -> list[Outgoing]:
    return ask_next(ctx, Sketch(unit.id))


def _preview(ctx: Context, subject: Subject, sketch: Sketch) -> Outgoing:
    programme, unit = subject.programme, subject.unit
    campaign = sketch.campaign_of(programme, subject.old)
    audience = Audience(unit.id, frozenset({To.CHAIRS, To.GROUPS}))
    reach = ctx.store.audiences.reach(audience, programme, ctx.today, ctx.now, Kind.CAMPAIGN)
    others = ctx.store.campaigns.of_programme(programme.id)
    overlaps = [other for other in others if campaign.overlaps(other)]
    told = reach, subject.begun_by(ctx.today)
    return wording.preview(campaign, unit, told, overlaps, ctx.texts)


def _is_at(ctx: Context, step: Step) -> bool:
    return ctx.conversation.expects == TALK and ctx.conversation.about.get("step") == step
