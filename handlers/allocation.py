"""Giving quotas to all units below one at once, by what each brought in the last years."""

from dataclasses import replace
from datetime import date

from domain.action import Action
from domain.allocation import Record, allocate, claims
from domain.allocation_asking import Terms, changed
from domain.errors import Rejected
from domain.message import Document, Outgoing
from domain.person import Deed
from domain.programme import Counted, Programme, QuotaKind
from domain.quota_plan import QuotaPlan, Share
from domain.quotas import span_of
from domain.units import Unit
from domain.vietnamese import format_count, format_decimal
from domain.wording import allocation as wording
from handlers import naming
from handlers.context import Context
from handlers.refusing import refused
from storage.assigning import assign, is_stale

TALK = "allocate"


def allocation(ctx: Context, said: str = "") -> list[Outgoing]:
    """Begin: for whoever sets quotas below a unit; «giao chỉ tiêu», «/giaochitieu TD»."""
    return naming.for_unit(ctx, said, TALK, Deed.SET_QUOTA, _begin)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of several units."""
    return naming.picked(ctx, action, _begin)


def phase_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The whole programme, or one phase."""
    terms = _terms(action)
    unit = ctx.store.units.get(terms.unit) if terms else None
    if terms is None or unit is None:
        return ctx.say("fallback.stale")
    if not _may(ctx, unit):
        return refused(ctx, f"allocate:{unit.code}", unit.id, "allocation.not_allowed")
    return _how_many(ctx, unit, terms)


def total_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the totals that were offered."""
    terms = _terms(action)
    return _propose(ctx, terms) if terms and terms.total else ctx.say("fallback.stale")


def said(ctx: Context, text: str) -> list[Outgoing]:
    """The total, or what is to be different about the proposal."""
    terms = Terms.load(ctx.conversation.about)
    try:
        wanted = changed(terms, text, ctx.texts)
    except Rejected as trouble:
        return ctx.say(f"rejected.{trouble.code}")
    return _propose(ctx, wanted) if wanted else ctx.say("allocation.change")


def stop(ctx: Context, action: Action) -> list[Outgoing]:
    """Give nothing."""
    ctx.expect("")
    return ctx.say("fallback.left_off")


def apply(ctx: Context, action: Action) -> list[Outgoing]:
    """Agree to a plan; the first page of quotas is set at once."""
    plan = ctx.store.quota_plans.get(action.number or 0)
    unit = ctx.store.units.get(plan.unit) if plan else None
    if plan is None or unit is None:
        return ctx.say("fallback.stale")
    if not _may(ctx, unit):
        return refused(ctx, f"allocate:{unit.code}", unit.id, "allocation.not_allowed")
    if plan.agreed_by is not None:
        return ctx.say("allocation.already")
    if is_stale(ctx.store, plan, ctx.today):
        terms = Terms(unit.id, plan.phase, plan.total, plan.floor, plan.growth)
        return [*ctx.lead("allocation.stale"), *_propose(ctx, terms)]
    ctx.expect("")
    agreed = replace(plan, agreed_by=ctx.known.id)
    done = assign(ctx.store, agreed, ctx.texts("allocation.reason"), ctx.now)
    detail = {"plan": plan.id, "total": plan.total, "units": len(plan.shares), "phase": plan.phase}
    ctx.store.audit.note(ctx.known.id, "allocate", f"unit:{unit.id}", ctx.now, detail, unit=unit.id)
    count = format_count(len(plan.shares))
    if done.applied_at is None:
        return ctx.say("allocation.going_on", done=format_count(done.done), count=count)
    return ctx.say("allocation.done", count=count)


def _begin(ctx: Context, unit: Unit) -> list[Outgoing]:
    programme = ctx.programme()
    if not _may(ctx, unit):
        return refused(ctx, f"allocate:{unit.code}", unit.id, "allocation.not_allowed")
    if programme is None:
        return ctx.say("quota.no_programme")
    if not ctx.store.quota_plans.records(unit.id, ctx.today):
        return ctx.say("rejected.allocation_nobody")
    if programme.phases:
        return [wording.which_phase(programme, unit, ctx.texts)]
    return _how_many(ctx, unit, Terms(unit.id))


def _how_many(ctx: Context, unit: Unit, terms: Terms) -> list[Outgoing]:
    programme = ctx.programme()
    if programme is None:
        return ctx.say("quota.no_programme")
    ctx.expect(TALK, **terms.dump())
    offers = _offers(ctx, programme, unit, terms.phase)
    return [wording.how_many(programme, unit, terms.phase, offers, ctx.texts)]


def _offers(ctx: Context, programme: Programme, unit: Unit, phase: int) -> list[tuple[str, int]]:
    """The unit's own quota; for a phase also what the whole programme still wants."""
    quotas, kind = ctx.store.quotas, QuotaKind.ASSIGNED
    day = max(ctx.today, span_of(programme, phase)[0])
    own = quotas.target(programme.id, unit.id, kind, phase or None, day)
    offers = [("own", own)] if own else []
    whole = quotas.target(programme.id, unit.id, kind, None, day)
    if phase and whole:
        # Carried over: what an earlier phase did not reach, the next one is given too.
        tally = ctx.store.tallies.of(programme.id, unit.id)
        here = ctx.store.tallies.of(programme.id, unit.id, phase)
        before = tally - here
        valid = programme.counts is Counted.VALID
        rest = whole - (before.valid if valid else before.submitted)
        offers += [("rest", rest)] if rest > 0 and rest != own else []
    return offers


def _propose(ctx: Context, terms: Terms) -> list[Outgoing]:
    """Share out, keep the plan, and show it."""
    programme, unit = ctx.programme(), ctx.store.units.get(terms.unit)
    if programme is None or unit is None:
        return ctx.say("fallback.stale")
    if not _may(ctx, unit):
        return refused(ctx, f"allocate:{unit.code}", unit.id, "allocation.not_allowed")
    ctx.expect(TALK, **terms.dump())
    since, before = _before(ctx, programme, terms)
    records = ctx.store.quota_plans.records(unit.id, max(since, ctx.today))
    plan = QuotaPlan(
        0,
        programme.id,
        unit.id,
        terms.phase,
        terms.total,
        (),
        terms.floor,
        terms.growth,
        since,
        ctx.known.id,
        ctx.now,
    )
    try:
        targets = allocate(terms.total, claims(records, plan.bounds))
    except Rejected as trouble:
        return [_explained(ctx, trouble, plan)]
    shares = tuple(Share(id, target, before.get(id)) for id, target in targets.items())
    plan = replace(plan, shares=shares)
    plan = replace(plan, id=ctx.store.quota_plans.add(plan))
    return [_shown(ctx, plan, unit, programme, records)]


def _before(ctx: Context, programme: Programme, terms: Terms) -> tuple[date, dict[int, int]]:
    """From when they hold, and what holds then: first quotas hold from the beginning."""
    starts, ends = span_of(programme, terms.phase)
    today = min(max(ctx.today, starts), ends)
    before = ctx.store.quotas.of_children(
        programme.id, terms.unit, QuotaKind.ASSIGNED, terms.phase or None, today
    )
    return (today if before else starts), before


def _shown(
    ctx: Context, plan: QuotaPlan, unit: Unit, programme: Programme, records: list[Record]
) -> Outgoing:
    first = sorted(plan.shares, key=lambda share: (-share.target, share.unit))
    names = {}
    for share in first[: wording.TABLE_MOST]:
        child = ctx.store.units.get(share.unit)
        names[share.unit] = child.name if child else ""
    wanted = {"plan": plan.id, "unit": unit.id, "person": ctx.known.id}
    document = Document("quota_plan", wanted, ctx.now)
    return wording.proposal(plan, unit, programme, names, records, document, ctx.texts)


def _explained(ctx: Context, trouble: Rejected, plan: QuotaPlan) -> Outgoing:
    """Why it cannot be shared out so."""
    growth = plan.bounds.growth
    values = {name: format_count(value) for name, value in trouble.details.items()}
    values |= {"floor": str(plan.floor), "times": format_decimal(growth) if growth else ""}
    return Outgoing(ctx.texts(f"rejected.{trouble.code}", **values))


def _terms(action: Action) -> Terms | None:
    """What a button asks for: a unit, a phase, perhaps a total."""
    parts = action.id.split(".")
    if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    if len(parts) not in (2, 3):
        return None
    unit, phase, *total = (int(part) for part in parts)
    return Terms(unit, phase, total[0] if total else 0)


def _may(ctx: Context, unit: Unit) -> bool:
    return ctx.may(Deed.SET_QUOTA, unit.id)
