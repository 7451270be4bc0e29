"""Whom to phone, because nothing the bot says reaches them; and what to pass on to them by hand.

Officers get those in charge of the units below, chairs their members.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.action import Action
from domain.calls import Call, Callee
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.vietnamese import fold
from domain.wording import calls as wording
from handlers import naming
from handlers.context import Context
from handlers.paper_links import deliver
from handlers.refusing import refused
from storage.callees import Callees, asked_by
from storage.calls import Asked

VERB = "calls"

NAMES_MOST = 200
"""People of a list whose names are held against one that was said."""

Serve = Callable[[Context, Unit, Callee], list[Outgoing]]


def calls(ctx: Context, name: str = "") -> list[Outgoing]:
    """Whom to phone in a unit and below it."""
    return naming.for_unit(ctx, name, VERB, Deed.SEE_NAMES, _show)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several."""
    return naming.picked(ctx, action, _show)


def file(ctx: Context, action: Action) -> list[Outgoing]:
    """All of them, as a workbook."""
    return naming.picked(ctx, action, _file)


def picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of them, with the text to pass on."""
    return _of_button(ctx, action, _card)


def done(ctx: Context, action: Action) -> list[Outgoing]:
    """They were phoned."""
    return _of_button(ctx, action, _called)


def pass_on(ctx: Context, name: str = "") -> list[Outgoing]:
    """The text to pass on to somebody named, or to whoever is named by their unit."""
    return _named(ctx, name, _card)


def called(ctx: Context, name: str = "") -> list[Outgoing]:
    """Somebody named, or named by their unit, was phoned."""
    return _named(ctx, name, _called)


def _show(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"calls:{unit.code}", unit.id)
    found = _calls_of(ctx, unit)
    first = _callees(ctx, found[: wording.SHOWN])
    return ctx.in_place([_wording(ctx, unit).listed(first, len(found))])


def _card(ctx: Context, unit: Unit, callee: Callee) -> list[Outgoing]:
    return _wording(ctx, unit).card(callee)


def _called(ctx: Context, unit: Unit, callee: Callee) -> list[Outgoing]:
    person = callee.call.person
    ctx.store.calls.called(callee.call, ctx.known.id, ctx.now)
    where = callee.unit.id if callee.unit else unit.id
    ctx.store.audit.note(ctx.known.id, "called", f"person:{person}", ctx.now, {}, where)
    return ctx.say("call.called", who=_wording(ctx, unit).who(callee))


def _file(ctx: Context, unit: Unit) -> list[Outgoing]:
    if not ctx.may(Deed.EXPORT, unit.id) or not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"calls_file:{unit.code}", unit.id)
    ctx.store.audit.note(ctx.known.id, "export", "paper:calls", ctx.now, {}, unit.id)
    parameters = {"unit": unit.id, "person": ctx.known.id}
    said = ctx.texts("call.sent", unit=unit.name)
    paper = Outgoing(said, document=Document("calls", parameters, ctx.now))
    return deliver(ctx, paper, unit.id)


def _of_button(ctx: Context, action: Action, serve: Serve) -> list[Outgoing]:
    """Of a list that may have changed since: who is not on it any more is not shown."""
    unit = naming.unit_beside(ctx, action)
    if unit is None or action.number is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"calls:{unit.code}", unit.id)
    found = [call for call in _calls_of(ctx, unit) if call.person == action.number]
    callees = _callees(ctx, found)
    return serve(ctx, unit, callees[0]) if callees else ctx.say("call.gone")


def _named(ctx: Context, name: str, serve: Serve) -> list[Outgoing]:
    """Serve whom a name means; [] when these words mean nothing of the kind here.

    Without a name they may be the label of a button.
    """
    if not name or not naming.own_units(ctx, Deed.SEE_NAMES):
        return []
    unit = ctx.store.units.by_code(name)
    if unit is not None and not ctx.may(Deed.SEE_NAMES, unit.id):
        return refused(ctx, f"calls:{unit.code}", unit.id)
    if unit is not None:
        return _serve(ctx, unit, _callees(ctx, _meant_by(ctx, unit)), serve)
    for own in naming.own_units(ctx, Deed.SEE_NAMES):
        callees = _callees(ctx, _calls_of(ctx, own)[:NAMES_MOST])
        if meant := [each for each in callees if fold(name) in fold(each.name)]:
            return _serve(ctx, own, meant, serve)
    return []


def _serve(ctx: Context, unit: Unit, callees: list[Callee], serve: Serve) -> list[Outgoing]:
    if not callees:
        return ctx.say("call.nobody", unit=unit.name)
    if len(callees) == 1:
        return serve(ctx, unit, callees[0])
    return [_wording(ctx, unit).which(callees)]


def _meant_by(ctx: Context, unit: Unit) -> list[Call]:
    """Whom an officer means by a unit is in charge there, if such a one is to be phoned."""
    in_charge = ctx.store.calls.of(replace(_asked(ctx, unit), everybody=False))
    in_charge = [call for call in in_charge if call.unit == unit.id]
    if in_charge and ctx.may(Deed.BROADCAST, unit.id):
        return in_charge
    return _calls_of(ctx, unit)


def _calls_of(ctx: Context, unit: Unit) -> list[Call]:
    return ctx.store.calls.of(_asked(ctx, unit))


def _asked(ctx: Context, unit: Unit) -> Asked:
    return asked_by(ctx.store, ctx.known, unit, ctx.now, ctx.today)


def _callees(ctx: Context, found: list[Call]) -> list[Callee]:
    callees = Callees(ctx.store, ctx.house)
    return [callee for call in found if (callee := callees.named(call))]


def _wording(ctx: Context, unit: Unit) -> wording.Calls:
    return wording.Calls(unit, ctx.texts, ctx.house.local, ctx.house.settings.union)
