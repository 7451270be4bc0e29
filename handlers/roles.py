"""Roles: given to whoever uses up the code that carries one."""

from domain.message import Outgoing
from handlers.context import Context


def redeem(ctx: Context, code_digest: str) -> list[Outgoing]:
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
