"""Those who chose their unit by its name: in at once, and confirmed by its chair afterwards."""

from dataclasses import replace

from domain.action import Action
from domain.message import Outgoing
from domain.person import Deed, Person, Role
from domain.units import Unit
from domain.wording import vouching as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused

ONCE = 200
"""People confirmed or listed at once."""


def ask_chairs(ctx: Context, unit: Unit) -> None:
    """Ask the chairs of the unit about everybody who waits there, at most once an hour.

    Who comes later in that hour is asked about when the chair answers, or the next morning.
    """
    said = wording.ask(unit, ctx.store.people.unvouched(unit.id, ONCE), ctx.texts)
    hour = ctx.now.strftime("%Y-%m-%dT%H")
    for chair in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(unit.id)):
        key = f"vouch:{unit.id}:{chair.id}:{hour}"
        if chair.id != ctx.known.id and ctx.store.parcels.get_by_key(key) is None:
            ctx.tell(chair, said, key)


def waiting(ctx: Context, name: str = "") -> list[Outgoing]:
    """Everybody who waits in a unit."""
    return naming.for_unit(ctx, name, "vouch_next", Deed.REVIEW, _list)


def next_one(ctx: Context, action: Action) -> list[Outgoing]:
    """The first of those who wait."""
    return naming.picked(ctx, action, _one)


def yes(ctx: Context, action: Action) -> list[Outgoing]:
    """This person belongs here."""
    found = _waiting_one(ctx, action)
    if isinstance(found, list):
        return found
    person, unit = found
    ctx.store.people.save(replace(person, vouched=True))
    ctx.store.audit.note(ctx.known.id, "vouch", f"person:{person.id}", ctx.now, {}, unit.id)
    return _and_next(ctx, ctx.texts("vouch.done", name=person.name), unit)


def no(ctx: Context, action: Action) -> list[Outgoing]:
    """This person does not: they are asked for their unit again, what they sent stays."""
    found = _waiting_one(ctx, action)
    if isinstance(found, list):
        return found
    person, unit = found
    ctx.store.people.save(replace(person, unit=None))
    ctx.store.audit.note(ctx.known.id, "vouch_not", f"person:{person.id}", ctx.now, {}, unit.id)
    key = f"vouch_not:{person.id}:{ctx.said.key}"
    ctx.tell(person, Outgoing(ctx.texts("vouch.told_not", unit=unit.name)), key)
    return _and_next(ctx, ctx.texts("vouch.done_not", name=person.name), unit)


def everybody(ctx: Context, action: Action) -> list[Outgoing]:
    """All who were listed belong here; a list that has changed since is shown again."""
    unit = ctx.store.units.get(action.number) if action.number else None
    if unit is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.REVIEW, unit.id):
        return refused(ctx, f"vouch:{unit.code}", unit.id)
    people = ctx.store.people.unvouched(unit.id, ONCE)
    if wording.fingerprint(people) != action.version:
        return _list(ctx, unit)
    for person in people:
        ctx.store.people.save(replace(person, vouched=True))
        ctx.store.audit.note(ctx.known.id, "vouch", f"person:{person.id}", ctx.now, {}, unit.id)
    return ctx.say("vouch.done_all", count=len(people), unit=unit.name)


def _waiting_one(ctx: Context, action: Action) -> tuple[Person, Unit] | list[Outgoing]:
    """The person of a button and their unit, or why there is nothing to decide."""
    unit = naming.unit_beside(ctx, action)
    person = ctx.store.people.get(action.number) if action.number else None
    if unit is None or person is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.REVIEW, unit.id):
        return refused(ctx, f"vouch:{unit.code}", unit.id)
    if person.unit != unit.id:
        return ctx.say("vouch.gone", unit=unit.name)
    if person.vouched:
        return ctx.say("vouch.already", name=person.name)
    return person, unit


def _and_next(ctx: Context, done: str, unit: Unit) -> list[Outgoing]:
    people = ctx.store.people.unvouched(unit.id, 1)
    first = Outgoing(done, leads=True)
    return [first, *(wording.ask_one(unit, each, ctx.texts) for each in people)]


def _list(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.REVIEW, unit.id):
        return refused(ctx, f"vouch:{unit.code}", unit.id)
    people = ctx.store.people.unvouched(unit.id, ONCE)
    if not people:
        return ctx.say("vouch.none", unit=unit.name)
    return [replace(wording.ask(unit, people, ctx.texts), asks=True)]


def _one(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.REVIEW, unit.id):
        return refused(ctx, f"vouch:{unit.code}", unit.id)
    people = ctx.store.people.unvouched(unit.id, 1)
    if not people:
        return ctx.say("vouch.none", unit=unit.name)
    return [wording.ask_one(unit, people[0], ctx.texts)]
