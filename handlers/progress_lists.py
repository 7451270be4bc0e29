"""More of a unit's progress: the units below it page by page, those with nothing, the weeks."""

from datetime import date, timedelta

from domain.action import Action
from domain.look import Look
from domain.message import Outgoing
from domain.progress_weeks import first_monday, weeks_of
from domain.ranking import best_first, nothing_yet
from domain.units import Unit
from domain.wording import progress_lists as wording
from handlers.context import Context
from storage.standings import Asked, usual_phase


def units(ctx: Context, action: Action) -> list[Outgoing]:
    """The units right below, best first, each a button."""
    found = asked(ctx, action)
    if found is None:
        return ctx.say("fallback.stale")
    look, unit, of = found
    children, ended = of.peers(unit.id)
    if not children:
        return ctx.say("progress.no_children", unit=unit.name)
    page = wording.Page(look, unit.name, of.phase, of.programme, best_first(children), of.name)
    return ctx.in_place([page.units(ctx.texts, best_first(ended), numbered=numbered(ctx))])


def empty(ctx: Context, action: Action) -> list[Outgoing]:
    """Those of them in which nothing was submitted."""
    found = asked(ctx, action)
    if found is None:
        return ctx.say("fallback.stale")
    look, unit, of = found
    none = nothing_yet(of.peers(unit.id)[0])
    if not none:
        return ctx.say("progress.none_empty", unit=unit.name)
    page = wording.Page(look, unit.name, of.phase, of.programme, none, of.name)
    return ctx.in_place([page.empty(ctx.texts, numbered=numbered(ctx))])


def weeks(ctx: Context, action: Action) -> list[Outgoing]:
    """What the last weeks brought, and where most of this week came from."""
    found = asked(ctx, action)
    if found is None:
        return ctx.say("fallback.stale")
    look, unit, of = found
    day, phase = of.day, of.phase.id if of.phase else None
    tallies = ctx.store.tallies
    days = tallies.by_day(of.programme.id, unit.id, first_monday(day), phase)
    changes = tallies.since_children(of.programme.id, unit.id, _monday(day), phase)
    best = sorted(changes.items(), key=lambda pair: (-pair[1].submitted, pair[0]))
    best = best[: wording.MOVERS_MOST]
    movers = [(_name(ctx, id), change) for id, change in best if change.submitted > 0]
    said = wording.weeks(
        look, unit.name, weeks_of(days, day), movers, ctx.texts, numbered=numbered(ctx)
    )
    return ctx.in_place([said])


def asked(ctx: Context, action: Action) -> tuple[Look, Unit, Asked] | None:
    """What a button or words ask of which unit; None when there is no such thing."""
    look = Look.unpack(action.id)
    unit = ctx.store.units.get(look.unit) if look else None
    day = look.day if look and look.day and look.day < ctx.today else None
    programme = ctx.store.programmes.current(day) if day else ctx.programme()
    if look is None or unit is None or programme is None:
        return None
    phase = next((each for each in programme.phases if each.id == look.phase), None)
    if look.phase is None:
        phase = usual_phase(ctx.store, programme, unit, day or ctx.today)
    return look, unit, Asked(ctx.store, programme, phase, day or ctx.today, day is not None)


def numbered(ctx: Context) -> bool:
    """Whether a bare number may choose among the buttons: not where it may mean something else."""
    draft = ctx.draft
    waits = bool(ctx.conversation.expects) or (draft is not None and not draft.saved)
    return ctx.said.private and not waits


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _name(ctx: Context, unit: int) -> str:
    found = ctx.store.units.get(unit)
    return found.name if found else ""
