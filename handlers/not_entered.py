"""What was recognised and is not entered yet: listed, and entered by its author or for them."""

from domain.action import MOST_NUMBER, Action
from domain.message import Outgoing
from domain.person import Deed
from domain.recognised_lines import RecognisedLine, told_by
from domain.units import Unit
from domain.wording import recognised_lines as wording
from handlers import behalf, drafts, naming, start
from handlers.context import Context
from handlers.refusing import refused
from storage import settling


def not_entered(ctx: Context, name: str = "") -> list[Outgoing]:
    """What waits in a unit, for whoever may enter it for others; else what is one's own."""
    if ctx.person is None:
        return start.start(ctx)
    if not name and not naming.own_units(ctx, Deed.ENTER_FOR_OTHERS):
        return own(ctx, Action("not_entered_own"))
    return naming.for_unit(
        ctx,
        name,
        "not_entered",
        Deed.ENTER_FOR_OTHERS,
        lambda ctx, unit: _below(ctx, unit, 0),
    )


def own(ctx: Context, action: Action) -> list[Outgoing]:
    """What the person has to enter themself; the version is the last line seen."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    if ctx.known.unit:
        settling.find_authors(ctx.store, programme.id, ctx.known.unit)
    lines = ctx.store.recognised_lines.open_by(programme.id, ctx.known.id)
    if not any(line.id > action.version for line in lines):
        return ctx.say("not_entered.own_none")
    return [wording.own_list(lines, action.version, ctx.texts)]


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit and all below it; the version is how many units were seen."""
    return naming.picked(ctx, action, lambda ctx, unit: _below(ctx, unit, action.version))


def of_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """What waits in this very unit; the version is the last line seen."""
    after = min(action.version, MOST_NUMBER)
    return naming.picked(ctx, action, lambda ctx, unit: _lines(ctx, unit, after))


def enter(ctx: Context, action: Action) -> list[Outgoing]:
    """Begin the short form with what the line tells: by its author, or for them."""
    line = ctx.store.recognised_lines.get(action.number) if action.number else None
    programme = ctx.programme()
    if line is None or programme is None or line.programme != programme.id:
        return ctx.say("fallback.stale")
    own = line.author == ctx.known.id
    if not own and not ctx.may(Deed.ENTER_FOR_OTHERS, line.unit):
        return refused(ctx, f"recognised_line:{line.id}", line.unit, "behalf.not_allowed")
    if line.settled_at is not None:
        return _done(ctx, line)
    if ctx.draft:
        same = ctx.draft.line == line.id
        return drafts.go_on(ctx) if same else drafts.already_open(ctx)
    unit = ctx.store.units.present(line.unit, ctx.today)
    if unit is None:
        return ctx.say("fallback.stale")
    if not own:
        return behalf.for_line(ctx, unit, line)
    ctx.expect("")
    told = wording.begun(line, ctx.texts)
    return drafts.new(ctx, told, unit=unit, told=told_by(line), line=line.id)


def _below(ctx: Context, unit: Unit, after: int) -> list[Outgoing]:
    """The units in which anything waits, or straight what waits in the only one."""
    if not ctx.may(Deed.ENTER_FOR_OTHERS, unit.id):
        return _refuse(ctx, unit)
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    counts = ctx.store.recognised_lines.counts(programme.id, unit.id)
    page = counts[after : after + wording.PAGE]
    if not page:
        return ctx.say("not_entered.none", unit=unit.name)
    units = [(each, count) for id, count in page if (each := ctx.store.units.get(id))]
    if len(counts) == 1:
        return _lines(ctx, units[0][0], 0)
    named = [(each.id, each.name, count) for each, count in units]
    more = len(counts) > after + len(page)
    return [wording.units_list(unit.id, unit.name, named, after, more, ctx.texts)]


def _lines(ctx: Context, unit: Unit, after: int) -> list[Outgoing]:
    if not ctx.may(Deed.ENTER_FOR_OTHERS, unit.id):
        return _refuse(ctx, unit)
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    lines = ctx.store.recognised_lines.open_of(programme.id, unit.id)
    if not any(line.id > after for line in lines):
        return ctx.say("not_entered.none", unit=unit.name)
    return [wording.unit_list(unit.id, unit.name, lines, after, ctx.texts)]


def _refuse(ctx: Context, unit: Unit) -> list[Outgoing]:
    return refused(ctx, f"not_entered:{unit.code}", unit.id, "behalf.not_allowed")


def _done(ctx: Context, line: RecognisedLine) -> list[Outgoing]:
    entry = ctx.store.initiatives.get(line.initiative) if line.initiative else None
    if entry is None:
        return ctx.say("not_entered.done")
    return ctx.say("not_entered.done_code", code=entry.code)
