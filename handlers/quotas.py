"""Quotas by chat: one line or one question at a time, looked at before they are set."""

from dataclasses import replace

from domain.action import Action
from domain.errors import Rejected
from domain.message import Button, Outgoing
from domain.person import Role
from domain.programme import Programme, Quota, QuotaKind
from domain.quotas import (
    REASON_MOST,
    Order,
    kinds_allowed,
    quota_of,
    read_day,
    read_order,
    read_target,
    span_of,
    starts_on,
)
from domain.unit_search import FOUND_MOST, find_units
from domain.units import Unit
from domain.wording import quotas as wording
from domain.wording.capital import capital
from handlers.context import Context
from handlers.refusing import refused

REASON_LEAST = 4
"""Characters: "ok" is no reason that anybody could look up."""


def quota(ctx: Context, said: str = "") -> list[Outgoing]:
    """The history of a unit's quota, or a new one: «chỉ tiêu CTN27», «chỉ tiêu CTN27 40»."""
    programme = ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    if not said:
        return _ask(ctx, Order(), "unit", ctx.say("quota.which_unit"))
    ordered = read_order(said, ctx.today, programme.phases, ctx.texts)
    whole = _found(ctx, said) if ordered.number else []
    name, number = (said, "") if whole else (ordered.name, ordered.number)
    return _unit_named(ctx, ordered.order, name, number)


def new(ctx: Context, action: Action) -> list[Outgoing]:
    """A new quota for this unit: how many?"""
    return _next(ctx, Order(unit=action.number or 0))


def said(ctx: Context, text: str) -> list[Outgoing]:
    """What was asked for last: the unit, the number, the reason, the day."""
    order, step = Order.load(ctx.conversation.about), ctx.conversation.about.get("step")
    if step == "unit":
        return _unit_named(ctx, order, text, "", ask=True)
    if step == "target":
        return _with_target(ctx, order, text)
    if step == "reason":
        if len(text.strip()) < REASON_LEAST:
            return ctx.say("quota.why_short")
        return _next(ctx, replace(order, reason=text.strip()[:REASON_MOST]))
    if step == "day":
        day = read_day(text, ctx.today)
        return _next(ctx, replace(order, since=day)) if day else ctx.say("quota.which_day")
    return _next(ctx, order)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the units that fit."""
    about = ctx.conversation.about if ctx.conversation.expects == "quota" else {}
    order = replace(Order.load(about), unit=action.number or 0)
    unit = ctx.store.units.get(order.unit)
    if unit is None:
        return ctx.say("fallback.stale")
    if order.target is None and about.get("step") != "unit":
        return _history(ctx, unit)
    return _next(ctx, order)


def phase_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """Which phase, or the whole programme."""
    unit, _, phase = action.id.partition(".")
    order = _order(ctx, unit)
    programme = ctx.programme()
    known = {"0"} | {str(each.id) for each in programme.phases} if programme else set()
    if order is None or phase not in known:
        return ctx.say("fallback.stale")
    return _next(ctx, replace(order, phase=int(phase)))


def another_day(ctx: Context, action: Action) -> list[Outgoing]:
    """From which day instead?"""
    order = _order(ctx, action.id)
    if order is None:
        return ctx.say("fallback.stale")
    return _ask(ctx, order, "day", ctx.say("quota.which_day"))


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Set nothing."""
    ctx.expect("")
    return ctx.say("fallback.left_off")


def confirmed(ctx: Context, action: Action) -> list[Outgoing]:
    """Set it, unless something changed since it was shown."""
    order, programme = _order(ctx, action.id), ctx.programme()
    unit = ctx.store.units.get(order.unit) if order else None
    if order is None or unit is None or programme is None or order.target is None:
        return ctx.say("fallback.stale")
    if order.kind not in _allowed(ctx, unit):
        return _refuse(ctx, unit)
    if len(ctx.store.quotas.history(programme.id, unit.id)) != action.version:
        return [*ctx.lead("quota.changed"), *_next(ctx, order)]
    ctx.expect("")
    before = _before(ctx, programme, order)
    row = quota_of(order, programme, starts_on(order, programme, before, ctx.today))
    ctx.store.quotas.set(row, ctx.known.id, ctx.now)
    detail = {"target": row.target, "kind": row.kind.value, "phase": row.phase, "before": before}
    ctx.store.audit.note(ctx.known.id, "quota", f"unit:{unit.id}", ctx.now, detail, unit=unit.id)
    line = wording.line(unit, row, before, programme.phases, ctx.texts)
    _tell_chairs(ctx, unit, line)
    lines = [ctx.texts("quota.set", line=line), *_sums(ctx, programme, unit, row)]
    return [Outgoing("\n".join(lines))]


def _unit_named(
    ctx: Context, order: Order, name: str, number: str, *, ask: bool = False
) -> list[Outgoing]:
    """Go on with the unit of this name; without a number its history is shown, unless asked for."""
    found = _found(ctx, name)
    if not found:
        again = ctx.say("progress.unknown", said=name[:60])
        return _ask(ctx, order, "unit", again) if ask else again
    if number:
        try:
            order = replace(order, target=read_target(number))
        except Rejected as trouble:
            return ctx.say(f"rejected.{trouble.code}")
    if len(found) > 1:
        _keep(ctx, order, "unit" if ask else "target")
        rows = tuple((Button(u.name, Action("quota_unit", str(u.id))),) for u in found)
        return [Outgoing(ctx.texts("progress.which"), rows[:FOUND_MOST], asks=True)]
    if order.target is None and not ask:
        return _history(ctx, found[0])
    return _next(ctx, replace(order, unit=found[0].id))


def _with_target(ctx: Context, order: Order, text: str) -> list[Outgoing]:
    try:
        return _next(ctx, replace(order, target=read_target(text)))
    except Rejected as trouble:
        return ctx.say(f"rejected.{trouble.code}")


def _next(ctx: Context, order: Order) -> list[Outgoing]:
    """Ask for what is still missing; when nothing is, show what would be set."""
    programme, unit = ctx.programme(), ctx.store.units.get(order.unit)
    if programme is None or unit is None:
        return ctx.say("fallback.stale")
    allowed = _allowed(ctx, unit)
    if not allowed or (order.kind and order.kind not in allowed):
        return _refuse(ctx, unit)
    if unit.valid_to and unit.valid_to < ctx.today:
        ctx.expect("")
        return ctx.say("quota.ended", unit=unit.name)
    order = replace(order, kind=order.kind or allowed[0])
    if order.target is None:
        return _ask(ctx, order, "target", ctx.say("quota.which_target", unit=unit.name))
    if order.phase is None and programme.phases:
        return _ask(ctx, order, "phase", [wording.which_phase(programme, unit.id, ctx.texts)])
    before = _before(ctx, programme, order)
    if before == order.target:
        return _same(ctx, unit, order, before)
    if before is not None and not order.reason:
        why = ctx.say("quota.why", before=before, target=order.target)
        return _ask(ctx, order, "reason", why)
    since = starts_on(order, programme, before, ctx.today)
    days = span_of(programme, order.phase)
    if not days[0] <= since <= days[1]:
        trouble = wording.outside(programme, order.phase, days, ctx.texts)
        return _ask(ctx, replace(order, since=None), "day", [Outgoing(trouble)])
    line = wording.line(
        unit, quota_of(order, programme, since), before, programme.phases, ctx.texts
    )
    version = len(ctx.store.quotas.history(programme.id, unit.id))
    return _ask(ctx, order, "sure", [wording.preview(line, unit.id, version, ctx.texts)])


def _same(ctx: Context, unit: Unit, order: Order, before: int) -> list[Outgoing]:
    ctx.expect("")
    kind = capital(ctx.texts(f"quota.kind_{order.kind}"))
    return ctx.say("quota.same", kind=kind, unit=unit.name, target=before)


def _ask(ctx: Context, order: Order, step: str, replies: list[Outgoing]) -> list[Outgoing]:
    _keep(ctx, order, step)
    return replies


def _keep(ctx: Context, order: Order, step: str) -> None:
    ctx.expect("quota", step=step, **order.dump())


def _order(ctx: Context, unit: str) -> Order | None:
    """The order that is being talked about, if a button belongs to it."""
    if ctx.conversation.expects != "quota":
        return None
    order = Order.load(ctx.conversation.about)
    return order if str(order.unit) == unit else None


def _history(ctx: Context, unit: Unit) -> list[Outgoing]:
    ctx.expect("")
    programme = ctx.programme()
    quotas = ctx.store.quotas.history(programme.id, unit.id) if programme else []
    phases = programme.phases if programme else ()
    may_set = bool(_allowed(ctx, unit))
    return [wording.history(unit, quotas, phases, may_set, ctx.texts)]


def _before(ctx: Context, programme: Programme, order: Order) -> int | None:
    """The target in force on the day from which the new one is to hold."""
    assert order.kind is not None
    day = order.since or max(ctx.today, span_of(programme, order.phase)[0])
    return ctx.store.quotas.target(programme.id, order.unit, order.kind, order.phase, day)


def _sums(ctx: Context, programme: Programme, unit: Unit, row: Quota) -> list[str]:
    """The unit's own parts, and its parent's, where they have quotas of the same kind."""
    lines = []
    day = max(row.effective_from, ctx.today)
    for each in (unit, ctx.store.units.get(unit.parent) if unit.parent else None):
        if each is None:
            continue
        total = ctx.store.quotas.sum_of_children(programme.id, each.id, row.kind, row.phase, day)
        target = ctx.store.quotas.target(programme.id, each.id, row.kind, row.phase, day)
        if total is not None and target is not None and total != target:
            registered = row.kind is QuotaKind.REGISTERED
            lines.append(
                wording.sums(each.name, target, total, registered=registered, texts=ctx.texts)
            )
    return lines


def _tell_chairs(ctx: Context, unit: Unit, line: str) -> None:
    told = Outgoing(ctx.texts("quota.told", line=line))
    for chair in ctx.store.people.holders(Role.CHAIR, (unit.id,)):
        if chair.id != ctx.known.id:
            ctx.tell(chair, told, f"quota:{ctx.said.key}:{chair.id}")


def _allowed(ctx: Context, unit: Unit) -> tuple[QuotaKind, ...]:
    return kinds_allowed(ctx.person, unit.id, ctx.store.units.path(unit.id))


def _refuse(ctx: Context, unit: Unit) -> list[Outgoing]:
    ctx.expect("")
    return refused(ctx, f"quota:{unit.code}", unit.id, "quota.not_allowed")


def _found(ctx: Context, name: str) -> list[Unit]:
    if unit := ctx.store.units.by_code(name):
        return [unit]
    names = find_units(name, ctx.store.units.names(ctx.today), FOUND_MOST)
    ids = dict.fromkeys(each.id for each in names)
    return [unit for id in ids if (unit := ctx.store.units.get(id))]
