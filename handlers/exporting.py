"""Whose papers a person may have, and the record of what was taken."""

from typing import Any

from domain.message import Outgoing
from domain.person import ALLOWED, Deed
from domain.unit_search import find_units
from domain.units import Unit
from handlers.context import Context


def own_units(ctx: Context) -> list[Unit]:
    """The units on which the person holds a role that exports."""
    found = [g.unit for g in ctx.known.grants if Deed.EXPORT in ALLOWED[g.role]]
    units = (ctx.store.units.get(id) for id in dict.fromkeys(found))
    return [unit for unit in units if unit is not None]


def named_units(ctx: Context, name: str) -> list[Unit]:
    """Units that a name may mean, of those whose papers the person may have."""
    found = (ctx.store.units.get(each.id) for each in find_units(name, ctx.store.units.names()))
    return [unit for unit in found if unit is not None and ctx.may(Deed.EXPORT, unit.id)]


def refused(ctx: Context, what: str, unit: Unit | None = None) -> list[Outgoing]:
    """Papers are not for everybody."""
    by, where = ctx.known.id, unit.id if unit else None
    ctx.store.audit.note(by, "refused", "export", ctx.now, {"what": what[:60]}, where)
    return ctx.say("paper.not_allowed")


def note(ctx: Context, what: str, unit: Unit, detail: dict[str, Any]) -> None:
    """Who took which paper of whom."""
    ctx.store.audit.note(ctx.known.id, "export", f"paper:{what}", ctx.now, detail, unit.id)
