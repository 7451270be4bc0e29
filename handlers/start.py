"""Joining: a unit's code, consent together with the name, and straight to the first question."""

from dataclasses import replace

from domain.action import Action
from domain.codes import looks_like_code
from domain.message import Button, Outgoing
from domain.unit_search import FOUND_MOST, find_units
from domain.units import Unit
from domain.vietnamese import given_name, sounds_like_talk
from handlers import codes, consent, drafts, vouching
from handlers.context import Context


def start(ctx: Context, payload: str = "") -> list[Outgoing]:
    """Greet; a deep link or a code after /start leads on."""
    if payload:
        return said_code(ctx, payload)
    if ctx.person is None:
        return ctx.say("join.need_code", union=ctx.house.settings.union)
    if ctx.draft:
        return drafts.go_on_said(ctx)
    return ctx.say("fallback.greeting", name=given_name(ctx.person.name))


def said_code(ctx: Context, text: str) -> list[Outgoing]:
    """A unit's public code, a one-time code, or the name of a unit."""
    if unit := ctx.store.units.by_code(text):
        return _enter(ctx, unit)
    if looks_like_code(text):
        return codes.said(ctx, text)
    names = find_units(text, ctx.store.units.names(ctx.today), FOUND_MOST + 1)
    found = list({unit.id: unit for unit in names}.values())
    if not found and sounds_like_talk(text):
        return ctx.say("join.need_code", union=ctx.house.settings.union)
    if not found:
        return ctx.say("join.unknown", said=text[:60], union=ctx.house.settings.union)
    if len(found) == 1 and (unit := ctx.store.units.get(found[0].id)):
        return _enter(ctx, unit, by_name=True)
    rows = tuple((Button(unit.name, Action("join", str(unit.id))),) for unit in found)
    ask = ctx.texts("join.which" if len(found) <= FOUND_MOST else "join.which_more")
    return [Outgoing(ask, rows[:FOUND_MOST], asks=True)]


def is_one_time_code(text: str) -> bool:
    """Whether a text is to be taken as a one-time code, right or wrong."""
    return looks_like_code(text)


def join(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit picked from those that fit."""
    unit = ctx.store.units.get(action.number) if action.number else None
    return _enter(ctx, unit, by_name=True) if unit else start(ctx)


def change_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """Move to another unit, as the person confirmed; version 1 says that it was found by name."""
    unit = ctx.store.units.get(action.number) if action.number else None
    if unit is None or ctx.person is None:
        return start(ctx)
    present = ctx.store.units.present(unit.id, ctx.today)
    if present is None:
        return ctx.say("join.ended", unit=unit.name)
    return _changed(ctx, present, by_name=action.version == 1)


def keep_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """Stay where one is."""
    return start(ctx)


def _enter(ctx: Context, unit: Unit, *, by_name: bool = False) -> list[Outgoing]:
    """A unit was said, by its code or its name: join it, or change to it."""
    present = ctx.store.units.present(unit.id, ctx.today)
    if present is None:
        return ctx.say("join.ended", unit=unit.name)
    unit = present
    if ctx.person is None:
        return consent.ask(ctx, unit, by_name=by_name)
    if ctx.person.unit == unit.id:
        if ctx.draft:
            return drafts.go_on_said(ctx)
        return drafts.new(ctx)
    old = ctx.store.units.get(ctx.person.unit) if ctx.person.unit else None
    if old is None:
        return _changed(ctx, unit, by_name=by_name)
    texts = ctx.texts
    yes = Button(texts("join.change_yes"), Action("change_unit", str(unit.id), int(by_name)))
    no = Button(texts("join.change_no"), Action("keep_unit"))
    return [Outgoing(texts("join.change", unit=old.name, other=unit.name), ((yes, no),), asks=True)]


def _changed(ctx: Context, unit: Unit, *, by_name: bool) -> list[Outgoing]:
    """Keep the person's new unit; what they submitted stays with the old one."""
    vouched = not by_name or any(grant.unit == unit.id for grant in ctx.known.grants)
    ctx.person = replace(ctx.known, unit=unit.id, vouched=vouched)
    ctx.store.people.save(ctx.person)
    ctx.store.audit.note(ctx.person.id, "change_unit", f"unit:{unit.id}", ctx.now, {}, unit.id)
    if not vouched:
        vouching.ask_chairs(ctx, unit)
    return ctx.say("join.changed", unit=unit.name)
