"""Roles: given to whoever uses up the code that carries one, if its giver still may give it."""

from domain.granting import grantable
from domain.message import Outgoing
from domain.person import Grant
from domain.units import Unit
from handlers import handing_over
from handlers.context import Context
from handlers.refusing import refused


def on_offer(ctx: Context, code_digest: str) -> Unit | None:
    """The unit on which a code gives something; None when it is no good any more."""
    if unit := handing_over.on_offer(ctx, code_digest):
        return unit
    grant = ctx.store.codes.peek(code_digest, ctx.now)
    unit = ctx.store.units.get(grant.unit) if grant else None
    if grant is None or unit is None or not unit.open_on(ctx.today):
        return None
    return unit if _stands(ctx, code_digest, grant) else None


def redeem(ctx: Context, code_digest: str) -> list[Outgoing]:
    """The role that a code carries, now held by this person; [] when it carries none."""
    if handing_over.on_offer(ctx, code_digest):
        return handing_over.redeem(ctx, code_digest)
    unit = on_offer(ctx, code_digest)
    if unit is None:
        return []
    person, by = ctx.known, ctx.store.codes.issued_by(code_digest)
    if by == person.id:
        return refused(ctx, f"own_code:{unit.code}", unit.id, "role.own_code")
    grant = ctx.store.codes.redeem(code_digest, person.id, ctx.now)
    if grant is None:
        return []
    ctx.store.invitations.claim(code_digest, person.id, ctx.now)
    ctx.store.people.grant(person.id, grant.role, unit.id, by, ctx.now)
    ctx.store.audit.note(
        person.id,
        "redeem",
        f"person:{person.id}",
        ctx.now,
        {"role": grant.role.value},
        unit.id,
    )
    ctx.person = ctx.store.people.get(person.id)
    values = {"role": ctx.texts(f"role.{grant.role.value}"), "unit": unit.name}
    if giver := ctx.store.people.get(by or 0):
        said = Outgoing(ctx.texts("role.taken", name=person.name, **values))
        ctx.tell(giver, said, f"taken:{code_digest[:16]}:{ctx.said.key}")
    return ctx.say("role.granted", **values)


def _stands(ctx: Context, code_digest: str, grant: Grant) -> bool:
    """Whether the giver of a code could still give what it carries; the operator always can."""
    by = ctx.store.codes.issued_by(code_digest)
    if by is None:
        return True
    giver = ctx.store.people.get(by)
    return giver is not None and grant.role in grantable(giver, ctx.store.units.path(grant.unit))
