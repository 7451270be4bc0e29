"""The unit that a command is about: named by code or name, or the one on which a role is held."""

from collections.abc import Callable

from domain.action import MOST_NUMBER, Action
from domain.message import Button, Outgoing
from domain.person import Deed
from domain.unit_search import FOUND_MOST, find_units
from domain.units import Unit
from handlers.context import Context
from handlers.refusing import refused

Serve = Callable[[Context, Unit], list[Outgoing]]


def for_unit(ctx: Context, name: str, verb: str, deed: Deed, serve: Serve) -> list[Outgoing]:
    """Serve the unit of this name, or the person's own; a choice where several are meant.

    ``verb`` is the action that takes the unit picked; ``serve`` checks the right itself.
    """
    units = _named(ctx, name) if name else own_units(ctx, deed)
    if not units and not name:
        return refused(ctx, verb)
    if not units:
        return ctx.say("progress.unknown", said=name[:60])
    if len(units) == 1:
        return serve(ctx, units[0])
    allowed = [unit for unit in units if ctx.may(deed, unit.id)] or units
    if len(allowed) == 1:
        return serve(ctx, allowed[0])
    rows = tuple((Button(unit.name, Action(verb, str(unit.id))),) for unit in allowed[:FOUND_MOST])
    key = "progress.which" if len(allowed) <= FOUND_MOST else "progress.which_more"
    return [Outgoing(ctx.texts(key), rows, asks=True)]


def picked(ctx: Context, action: Action, serve: Serve) -> list[Outgoing]:
    """Serve the unit of a button."""
    unit = ctx.store.units.get(action.number) if action.number else None
    return serve(ctx, unit) if unit else ctx.say("fallback.stale")


def unit_beside(ctx: Context, action: Action) -> Unit | None:
    """The unit that a button keeps in its version, beside what it is about."""
    return ctx.store.units.get(action.version) if action.version <= MOST_NUMBER else None


def own_units(ctx: Context, deed: Deed) -> list[Unit]:
    """The units on which the person holds a role that allows it."""
    grants = ctx.person.grants if ctx.person else ()
    ids = dict.fromkeys(grant.unit for grant in grants if ctx.may(deed, grant.unit))
    return [unit for id in ids if (unit := ctx.store.units.get(id))]


def _named(ctx: Context, name: str) -> list[Unit]:
    if unit := ctx.store.units.by_code(name):
        return [unit]
    found = find_units(name, ctx.store.units.names(ctx.today), FOUND_MOST + 1)
    ids = dict.fromkeys(each.id for each in found)
    return [unit for id in ids if (unit := ctx.store.units.get(id))]
