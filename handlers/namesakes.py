"""Whoever joins may be the one for whom somebody entered before: their chair says so."""

from dataclasses import replace

from domain.action import Action
from domain.message import Button, Outgoing
from domain.person import Deed, Person, Role
from domain.units import Unit
from domain.vietnamese import fold
from handlers.context import Context
from handlers.refusing import refused


def ask_chairs(ctx: Context, newcomer: Person, unit: Unit) -> None:
    """Ask whether the newcomer is the one of that name; names alone prove nothing."""
    found = ctx.store.namesakes.of(newcomer)
    if not found:
        return
    known = found[0]
    pair = f"{known.id}.{newcomer.id}"
    yes = Button(ctx.texts("namesake.yes"), Action("same_person", pair))
    no = Button(ctx.texts("namesake.no"), Action("other_person", pair))
    count = ctx.store.namesakes.entries(known.id)
    said = ctx.texts("namesake.ask", name=newcomer.name, unit=unit.name, count=count)
    for chair in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(unit.id)):
        if chair.id != newcomer.id:
            key = f"namesake:{pair}:{chair.id}"
            ctx.tell(chair, Outgoing(said, ((yes, no),), asks=True), key)


def same(ctx: Context, action: Action) -> list[Outgoing]:
    """They are one: what was entered for them is theirs to see and to complete."""
    pair = _pair(ctx, action)
    if isinstance(pair, list):
        return pair
    known, newcomer = pair
    count = ctx.store.namesakes.entries(known.id)
    ctx.store.namesakes.adopt(known.id, newcomer.id)
    if fold(newcomer.name) == newcomer.name.casefold():
        # Typed without accents: whoever entered it knew how it is written.
        newcomer = replace(newcomer, name=known.name)
        ctx.store.people.save(newcomer)
    subject = f"person:{newcomer.id}"
    detail = {"was": known.id}
    ctx.store.audit.note(ctx.known.id, "same_person", subject, ctx.now, detail, unit=newcomer.unit)
    told = Outgoing(ctx.texts("namesake.told", count=count))
    ctx.tell(newcomer, told, f"adopted:{known.id}:{newcomer.id}")
    return ctx.say("namesake.done", name=newcomer.name, count=count)


def other(ctx: Context, action: Action) -> list[Outgoing]:
    """They only share a name."""
    pair = _pair(ctx, action)
    return pair if isinstance(pair, list) else ctx.say("namesake.left", name=pair[1].name)


def _pair(ctx: Context, action: Action) -> tuple[Person, Person] | list[Outgoing]:
    """Who was entered for, and who came; or why that is not to be decided here and now."""
    old, _, new = action.id.partition(".")
    newcomer = ctx.store.people.get(int(new)) if new.isdecimal() and len(new) < 19 else None
    unit = newcomer.unit if newcomer else None
    if newcomer is None or unit is None:
        return ctx.say("fallback.stale")
    if newcomer.id == ctx.known.id or not ctx.may(Deed.REVIEW, unit):
        return refused(ctx, f"same_person:{newcomer.id}", unit, "review.not_allowed")
    known = next((one for one in ctx.store.namesakes.of(newcomer) if str(one.id) == old), None)
    return (known, newcomer) if known else ctx.say("fallback.stale")
