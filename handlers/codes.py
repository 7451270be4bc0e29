"""One-time codes: whoever types one gets the role that it carries."""

from datetime import timedelta

from domain.codes import TRIES_AN_HOUR, digest
from domain.message import Outgoing
from handlers.context import Context


def said(ctx: Context, code: str) -> list[Outgoing]:
    """A one-time code in a private chat; guessing is counted and stopped."""
    address = ctx.said.origin
    if ctx.store.codes.tries(address, ctx.now - timedelta(hours=1)) >= TRIES_AN_HOUR:
        ctx.store.audit.note(None, "code_refused", str(address), ctx.now, {})
        return ctx.say("role.too_many")
    if ctx.person is None:
        ctx.store.codes.note_try(address, ctx.now)
        return ctx.say("role.need_unit")
    if reply := redeemed(ctx, digest(code)):
        return reply
    ctx.store.codes.note_try(address, ctx.now)
    ctx.store.audit.note(ctx.person.id, "code_unknown", str(address), ctx.now, {})
    return ctx.say("role.code_unknown")


def redeemed(ctx: Context, code_digest: str) -> list[Outgoing]:
    """The role that a code carries, now held by this person; [] when it carries none."""
    person = ctx.known
    grant = ctx.store.codes.redeem(code_digest, person.id, ctx.now)
    unit = ctx.store.units.get(grant.unit) if grant else None
    if grant is None or unit is None:
        return []
    ctx.store.people.grant(person.id, grant.role, grant.unit, None, ctx.now)
    ctx.store.audit.note(
        person.id, "redeem", f"{grant.role.value}:{unit.code}", ctx.now, {"unit": unit.id}
    )
    role = ctx.texts(f"role.{grant.role.value}")
    return ctx.say("role.granted", role=role, unit=unit.name)
