"""Fixing figures (chốt số liệu): a report once sent never changes; nobody undoes or deletes it."""

from domain.action import Action
from domain.message import Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.wording import fixing as wording
from handlers import start
from handlers.context import Context
from handlers.exporting import note, own_units, refused
from handlers.paper_links import deliver
from storage.progress_tables import progress_table

NAME_MOST = 60
"""Characters: a name fits into a line of a report."""

LISTED_MOST = 10


def fix(ctx: Context, name: str = "") -> list[Outgoing]:
    """Fix the figures of one's unit under a name: "chot Báo cáo tuần 47"."""
    if ctx.person is None:
        return start.start(ctx)
    units = own_units(ctx)
    if not units:
        return refused(ctx, "fix")
    if len(units) > 1:
        ctx.expect("fix_unit", name=name)
        return [wording.which_unit(units, ctx.texts)]
    return _ask(ctx, units[0], name)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """Whose figures, of several units."""
    unit = ctx.store.units.get(action.number or 0)
    if unit is None:
        return ctx.say("fallback.stale")
    return _ask(ctx, unit, str(ctx.conversation.about.get("name", "")))


def renamed(ctx: Context, said: str) -> list[Outgoing]:
    """Another name for what is about to be fixed."""
    unit = ctx.store.units.get(int(ctx.conversation.about.get("unit", 0)))
    return _ask(ctx, unit, said) if unit else ctx.say("fallback.stale")


def confirmed(ctx: Context, action: Action) -> list[Outgoing]:
    """Fix them as they are now."""
    about, unit = ctx.conversation.about, ctx.store.units.get(action.number or 0)
    programme = ctx.programme()
    if unit is None or programme is None or about.get("unit") != unit.id:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.EXPORT, unit.id):
        return refused(ctx, f"fix:{unit.code}", unit)
    table = progress_table(ctx.store, programme, unit, as_of=ctx.now, day=ctx.today)
    name = str(about.get("name", ""))
    kept = ctx.store.snapshots.fix(programme.id, unit.id, None, name, table, ctx.known.id, ctx.now)
    detail = {"snapshot": kept.id}
    ctx.store.audit.note(ctx.known.id, "fix_figures", f"unit:{unit.id}", ctx.now, detail, unit.id)
    ctx.expect("")
    return _paper(ctx, unit, kept.id, again=False)


def dropped(ctx: Context, action: Action) -> list[Outgoing]:
    """Rather not."""
    ctx.expect("")
    return ctx.say("fix.no_said")


def listed(ctx: Context, unit: Unit) -> list[Outgoing]:
    """What was fixed of a unit, to be had again."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    found = ctx.store.snapshots.of_unit(programme.id, unit.id, LISTED_MOST)
    lines = [(each.id, each.name, ctx.house.local(each.fixed_at)) for each in found]
    return ctx.in_place([wording.listed(unit, lines, ctx.texts)])


def again(ctx: Context, action: Action) -> list[Outgoing]:
    """Fixed figures once more, with what came later beside them."""
    kept = ctx.store.snapshots.get(action.number or 0)
    unit = ctx.store.units.get(kept.unit) if kept else None
    if kept is None or unit is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.EXPORT, unit.id):
        return refused(ctx, f"fixed:{kept.id}", unit)
    note(ctx, "fixed", unit, {"snapshot": kept.id})
    return _paper(ctx, unit, kept.id, again=True)


def _ask(ctx: Context, unit: Unit, name: str) -> list[Outgoing]:
    name = " ".join(name.split()) or wording.usual_name(ctx.today, ctx.texts)
    if not ctx.may(Deed.EXPORT, unit.id):
        return refused(ctx, f"fix:{unit.code}", unit)
    if ctx.programme() is None:
        return ctx.say("progress.no_programme")
    if len(name) > NAME_MOST:
        return ctx.say("fix.name_length", most=NAME_MOST)
    ctx.expect("fix", unit=unit.id, name=name)
    return [wording.ask(unit, name, ctx.texts)]


def _paper(ctx: Context, unit: Unit, snapshot: int, *, again: bool) -> list[Outgoing]:
    kept = ctx.store.snapshots.get(snapshot)
    assert kept is not None
    fixed_at, person = ctx.house.local(kept.fixed_at), ctx.known.id
    paper = wording.paper(
        unit, kept.id, kept.name, fixed_at, person, ctx.now, ctx.texts, again=again
    )
    return deliver(ctx, paper, unit.id)
