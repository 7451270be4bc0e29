"""Progress on demand: of one's own unit, of the group's, or of a unit named."""

from dataclasses import replace

from domain.action import Action
from domain.message import Button, Outgoing
from domain.unit_search import FOUND_MOST, find_units
from domain.units import Unit
from domain.wording import progress as wording
from domain.wording.progress_picture import picture
from handlers.context import Context
from storage.standings import progress_of


def progress(ctx: Context, name: str = "") -> list[Outgoing]:
    """Where a unit stands; a name is found folded and fuzzy, and asked back when two fit."""
    if name:
        return _named(ctx, name)
    unit = _own(ctx)
    if unit is None:
        return ctx.say("progress.no_unit" if ctx.said.private else "progress.not_bound")
    return show(ctx, unit)


def of_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit picked from those that fit."""
    unit = ctx.store.units.get(action.number) if action.number else None
    return ctx.in_place(show(ctx, unit)) if unit else ctx.say("fallback.stale")


def show(ctx: Context, unit: Unit) -> list[Outgoing]:
    """The progress of this unit, as of now."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    loaded = progress_of(ctx.store, programme, unit, ctx.today)
    said = wording.show(loaded, ctx.house.local(ctx.now), ctx.texts)
    return [replace(said, document=picture(loaded, programme.id, ctx.now))]


def _named(ctx: Context, name: str) -> list[Outgoing]:
    found = find_units(name, ctx.store.units.names(), FOUND_MOST + 1)
    if not found:
        return ctx.say("progress.unknown", said=name[:60])
    if len(found) == 1 and (unit := ctx.store.units.get(found[0].id)):
        return show(ctx, unit)
    rows = tuple((Button(unit.name, Action("progress", str(unit.id))),) for unit in found)
    ask = ctx.texts("progress.which" if len(found) <= FOUND_MOST else "progress.which_more")
    return [Outgoing(ask, rows[:FOUND_MOST], asks=True)]


def _own(ctx: Context) -> Unit | None:
    """The group's unit, or in private the person's."""
    if not ctx.said.private:
        group = ctx.store.groups.at(ctx.said.origin)
        return ctx.store.units.get(group.unit) if group else None
    unit = ctx.person.unit if ctx.person else None
    return ctx.store.units.get(unit) if unit else None
