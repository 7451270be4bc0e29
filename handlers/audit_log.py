"""The log of privileged deeds in a subtree, as a workbook for whoever grants roles there."""

from datetime import timedelta

from domain.action import Action
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.units import Unit
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

PERIOD = timedelta(days=90)
"""A quarter, as reports go."""


def log(ctx: Context, name: str = "") -> list[Outgoing]:
    """The log of a unit and below it."""
    return naming.for_unit(ctx, name, "audit_log", Deed.GRANT, _send)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several."""
    return naming.picked(ctx, action, _send)


def _send(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.GRANT, unit.id):
        return refused(ctx, f"audit:{unit.code}", unit.id)
    ctx.store.audit.note(ctx.known.id, "export", "paper:audit", ctx.now, {}, unit.id)
    since = (ctx.now - PERIOD).isoformat()
    parameters = {"unit": unit.id, "person": ctx.known.id, "since": since}
    said = ctx.texts("audit.sent", unit=unit.name, days=PERIOD.days)
    return [Outgoing(said, document=Document("audit_log", parameters, ctx.now))]
