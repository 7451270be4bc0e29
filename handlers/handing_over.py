"""Handing a chair over in one message: its code makes the successor chair and ends the old one."""

from datetime import timedelta

from domain.action import Action
from domain.codes import digest
from domain.message import Button, Outgoing
from domain.person import Deed, Grant, Person, Role, may
from domain.ticket import Ticket
from domain.units import Unit
from handlers import naming
from handlers.context import Context
from handlers.passing_on import pass_on, until
from handlers.refusing import refused

PURPOSE = "hand_over"

LIVES = timedelta(days=7)
"""Long enough for a successor on leave, short enough to be forgotten safely."""


def hand_over(ctx: Context, name: str = "") -> list[Outgoing]:
    """A chair hands over their own unit; an officer that of a unit whose chair is gone."""
    return naming.for_unit(ctx, name, "hand_over", Deed.REVIEW, _whose)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit to hand over, of several."""
    return naming.picked(ctx, action, _whose)


def chair_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The chair who leaves, of several; the version is the unit."""
    unit = naming.unit_beside(ctx, action)
    leaving = ctx.store.people.get(action.number) if action.number else None
    if unit is None or leaving is None:
        return ctx.say("fallback.stale")
    if not _may(ctx, ctx.known, unit, leaving):
        return refused(ctx, f"hand_over:{unit.code}", unit.id)
    if not _is_chair(leaving, unit):
        return _whose(ctx, unit)
    return _issue(ctx, unit, leaving)


def on_offer(ctx: Context, code_digest: str) -> Unit | None:
    """The unit whose chair a code hands over; None when it does not, or not any more."""
    ticket = ctx.store.tickets.peek(code_digest, PURPOSE, ctx.now)
    unit = ctx.store.units.get(ticket.unit) if ticket else None
    if ticket is None or unit is None or not unit.open_on(ctx.today):
        return None
    return unit if _stands(ctx, ticket, unit) else None


def redeem(ctx: Context, code_digest: str) -> list[Outgoing]:
    """The successor is chair, and whom they follow no longer is: both hear it."""
    unit, person = on_offer(ctx, code_digest), ctx.known
    ticket = ctx.store.tickets.peek(code_digest, PURPOSE, ctx.now)
    if unit is None or ticket is None:
        return []
    leaving = ctx.store.people.get(int(ticket.about.get("person", 0)))
    if person.id in (ticket.issued_by, leaving.id if leaving else None):
        return refused(ctx, f"own_code:{unit.code}", unit.id, "role.own_code")
    if ctx.store.tickets.redeem(code_digest, PURPOSE, ctx.now) is None:
        return []  # somebody else was faster
    ctx.store.people.grant(person.id, Role.CHAIR, unit.id, ticket.issued_by, ctx.now)
    if leaving is not None:
        ctx.store.people.revoke(leaving.id, Role.CHAIR, unit.id)
        said = Outgoing(ctx.texts("role.handed_over", name=person.name, unit=unit.name))
        ctx.tell(leaving, said, f"handed_over:{unit.id}:{ctx.said.key}")
    detail = {"from": leaving.id if leaving else None}
    ctx.store.audit.note(person.id, "take_over", f"chair:{unit.code}", ctx.now, detail, unit.id)
    ctx.person = ctx.store.people.get(person.id)
    return ctx.say("role.granted", role=ctx.texts("role.chair"), unit=unit.name)


def _whose(ctx: Context, unit: Unit) -> list[Outgoing]:
    """Whose chair it is: the chair's own, or for an officer the one there is, or none."""
    if not ctx.may(Deed.REVIEW, unit.id):
        return refused(ctx, f"hand_over:{unit.code}", unit.id)
    held = ctx.store.people.grants_on(unit.id)
    chairs = [person for role, person in held if role is Role.CHAIR]
    if own := next((chair for chair in chairs if chair.id == ctx.known.id), None):
        return _issue(ctx, unit, own)
    if not ctx.may(Deed.GRANT, unit.id):
        return refused(ctx, f"hand_over:{unit.code}", unit.id)
    if len(chairs) < 2:
        return _issue(ctx, unit, chairs[0] if chairs else None)
    rows = tuple(
        (Button(chair.name, Action("hand_over_from", str(chair.id), unit.id)),) for chair in chairs
    )
    return [Outgoing(ctx.texts("role.hand_over_whose", unit=unit.name), rows, asks=True)]


def _issue(ctx: Context, unit: Unit, leaving: Person | None) -> list[Outgoing]:
    """A code for the successor, as a message of its own to be passed on."""
    code, expires = ctx.house.fresh_code(), ctx.now + LIVES
    about = {"person": leaving.id} if leaving else {}
    # A later code makes the earlier one useless.
    ctx.store.tickets.cancel(unit.id, PURPOSE, about)
    ctx.store.tickets.issue(digest(code), PURPOSE, unit.id, about, expires, ctx.known.id, ctx.now)
    ctx.store.audit.note(ctx.known.id, "hand_over", f"chair:{unit.code}", ctx.now, about, unit.id)
    key = "role.hand_over" if leaving else "role.hand_over_empty"
    name = leaving.name if leaving else ""
    said = ctx.texts(key, unit=unit.name, name=name, until=until(ctx, expires))
    return [Outgoing(said), pass_on(ctx, code, Role.CHAIR, unit, expires)]


def _stands(ctx: Context, ticket: Ticket, unit: Unit) -> bool:
    """Whether whoever issued it could still do so, and whom it follows is still chair."""
    giver = ctx.store.people.get(ticket.issued_by or 0)
    about = ticket.about.get("person")
    leaving = ctx.store.people.get(int(about)) if about else None
    if giver is None or (about and (leaving is None or not _is_chair(leaving, unit))):
        return False
    return _may(ctx, giver, unit, leaving)


def _may(ctx: Context, giver: Person, unit: Unit, leaving: Person | None) -> bool:
    """Chairs hand over what is theirs, officers everything in their subtree."""
    own = leaving is not None and leaving.id == giver.id and _is_chair(leaving, unit)
    return own or may(giver, Deed.GRANT, ctx.store.units.path(unit.id))


def _is_chair(person: Person, unit: Unit) -> bool:
    return Grant(Role.CHAIR, unit.id) in person.grants
