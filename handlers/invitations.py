"""Whom the union invited into roles: who has come, and new codes for those who have not."""

from datetime import timedelta

from domain.action import MOST_NUMBER, Action
from domain.codes import digest
from domain.granting import grantable
from domain.invitation import Invitation
from domain.message import Button, Outgoing
from domain.person import Deed
from domain.units import Unit
from handlers import naming
from handlers.context import Context
from handlers.passing_on import pass_on, until
from handlers.refusing import refused

LIVES = timedelta(days=30)
"""As in the workbook of invitations: letters to a thousand chairs take their time."""

PAGE = 8


def invited(ctx: Context, name: str = "") -> list[Outgoing]:
    """How many were invited in a subtree and have come, and who has not."""
    return naming.for_unit(ctx, name, "invited", Deed.GRANT, lambda ctx, unit: _show(ctx, unit, 0))


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several; the version is the last invitation seen."""
    return naming.picked(
        ctx, action, lambda ctx, unit: _show(ctx, unit, min(action.version, MOST_NUMBER))
    )


def again(ctx: Context, action: Action) -> list[Outgoing]:
    """A new code for one who has not come; the earlier one is no good any more."""
    invitation = ctx.store.invitations.get(action.number) if action.number else None
    unit = ctx.store.units.get(invitation.unit) if invitation else None
    if invitation is None or unit is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.GRANT, unit.id):
        return refused(ctx, f"invitation:{invitation.id}", unit.id)
    if invitation.role not in grantable(ctx.known, ctx.store.units.path(unit.id)):
        role = ctx.texts(f"role.{invitation.role.value}")
        return refused(ctx, f"invitation:{invitation.id}", unit.id, "role.too_high", role=role)
    if invitation.claimed_at is not None:
        day = ctx.house.local(invitation.claimed_at)
        return ctx.say("invited.came", name=invitation.name, at=f"{day:%H:%M %d/%m/%Y}")
    code, expires = ctx.house.fresh_code(), ctx.now + LIVES
    ctx.store.invitations.issue(invitation.id, digest(code), expires, ctx.now, ctx.known.id)
    ctx.store.audit.note(
        ctx.known.id, "issue_code", f"invitation:{invitation.id}", ctx.now, {}, unit.id
    )
    who = ", ".join(part for part in (invitation.name, invitation.phone) if part)
    said = ctx.texts("invited.code", who=who, unit=unit.name, until=until(ctx, expires))
    return [Outgoing(said), pass_on(ctx, code, invitation.role, unit, expires)]


def _show(ctx: Context, unit: Unit, after: int) -> list[Outgoing]:
    if not ctx.may(Deed.GRANT, unit.id):
        return refused(ctx, f"invitations:{unit.code}", unit.id)
    total, issued, claimed = ctx.store.invitations.counts(unit.id)
    if not total:
        return ctx.say("invited.none", unit=unit.name)
    counts = ctx.texts("invited.counts", unit=unit.name, total=total, issued=issued, came=claimed)
    found = ctx.store.invitations.unclaimed(unit.id, after, PAGE + 1)
    rows = [(_button(ctx, each),) for each in found[:PAGE]]
    if len(found) > PAGE:
        more = Action("invited", str(unit.id), found[PAGE - 1].id)
        rows.append((Button(ctx.texts("invited.more"), more),))
    lines = [counts, ctx.texts("invited.whom")] if rows else [counts]
    return [Outgoing("\n".join(lines), tuple(rows), asks=bool(rows))]


def _button(ctx: Context, invitation: Invitation) -> Button:
    unit = ctx.store.units.get(invitation.unit)
    if invitation.expires is None:
        state = ctx.texts("invited.no_code")
    elif invitation.expires <= ctx.now:
        state = ctx.texts("invited.expired")
    else:
        state = ctx.texts("invited.has_code")
    code = unit.code if unit else ""
    label = ctx.texts("invited.line", code=code, name=invitation.name, state=state)
    return Button(label, Action("invite_again", str(invitation.id)))
