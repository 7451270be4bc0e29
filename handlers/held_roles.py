"""Who holds what on a unit, and taking it away."""

from domain.action import Action
from domain.granting import grantable
from domain.message import Button, Outgoing
from domain.person import Deed, Person, Role
from domain.units import Unit
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

SHOWN = 20
"""Holders on one unit; more is no question but a list."""


def roles(ctx: Context, name: str = "") -> list[Outgoing]:
    """Who holds what on a unit, for whoever may see names there."""
    return naming.for_unit(ctx, name, "roles", Deed.SEE_NAMES, _show)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several; also the way back from taking away."""
    return naming.picked(ctx, action, _show)


def revoke(ctx: Context, action: Action) -> list[Outgoing]:
    """Ask whether to take it away: ``id`` is person and role, the version is the unit."""
    found = _held(ctx, action)
    if isinstance(found, list):
        return found
    person, role, unit = found
    sure = Button(ctx.texts("role.revoke_yes"), Action("revoke_sure", action.id, unit.id))
    keep = Button(ctx.texts("role.revoke_no"), Action("roles", str(unit.id)))
    values = {"name": person.name, "role": ctx.texts(f"role.{role.value}"), "unit": unit.name}
    return [Outgoing(ctx.texts("role.revoke_ask", **values), ((sure, keep),), asks=True)]


def revoked(ctx: Context, action: Action) -> list[Outgoing]:
    """Take it away; both hear it."""
    found = _held(ctx, action)
    if isinstance(found, list):
        return found
    person, role, unit = found
    ctx.store.people.revoke(person.id, role, unit.id)
    detail = {"role": role.value}
    ctx.store.audit.note(ctx.known.id, "revoke", f"person:{person.id}", ctx.now, detail, unit.id)
    values = {"role": ctx.texts(f"role.{role.value}"), "unit": unit.name}
    said = Outgoing(ctx.texts("role.told_revoked", **values))
    ctx.tell(person, said, f"revoked:{person.id}:{ctx.said.key}")
    return ctx.say("role.revoked", name=person.name, **values)


def _show(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"roles:{unit.code}", unit.id)
    held = ctx.store.people.grants_on(unit.id)[:SHOWN]
    if not held:
        return ctx.say("role.nobody_holds", unit=unit.name, code=unit.code)
    mine = grantable(ctx.known, ctx.store.units.path(unit.id))
    lines = [ctx.texts("role.held", unit=unit.name)]
    rows: list[tuple[Button, ...]] = []
    for role, person in held:
        name = ctx.texts(f"role.{role.value}")
        lines.append(ctx.texts("role.held_line", role=name, name=person.name))
        if role in mine and person.id != ctx.known.id:
            label = ctx.texts("role.revoke", role=name, name=person.name)
            action = Action("revoke", f"{person.id}.{role.value}", unit.id)
            rows.append((Button(label, action),))
    return [Outgoing("\n".join(lines), tuple(rows), asks=bool(rows))]


def _held(ctx: Context, action: Action) -> tuple[Person, Role, Unit] | list[Outgoing]:
    """What a button takes from whom, or why it is not to be taken."""
    number, _, name = action.id.partition(".")
    unit = naming.unit_beside(ctx, action)
    person = ctx.store.people.get(Action("", number).number or 0)
    if unit is None or person is None or name not in set(Role):
        return ctx.say("fallback.stale")
    role = Role(name)
    subject = f"revoke:{role.value}:{unit.code}"
    if role not in grantable(ctx.known, ctx.store.units.path(unit.id)):
        return refused(ctx, subject, unit.id)
    if person.id == ctx.known.id:
        return refused(ctx, subject, unit.id, "role.not_from_self")
    if (role, person.id) not in [(r, p.id) for r, p in ctx.store.people.grants_on(unit.id)]:
        return ctx.say("role.not_held", unit=unit.name)
    return person, role, unit
