"""Goes on with quotas that were agreed to and are too many for one turn."""

from datetime import datetime, timedelta

from domain.message import Outgoing
from domain.vietnamese import format_count
from scheduler.context import Context
from storage.assigning import assign

LATEST = timedelta(days=7)
"""A plan that nobody agreed to within a week is not looked at any more."""


def go_on(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One page of the first plan that is not all applied; whoever agreed hears when it is."""
    plans = ctx.store.quota_plans.agreed(at - LATEST)
    if not plans:
        return None
    plan = assign(ctx.store, plans[0], ctx.texts("allocation.reason"), at)
    if plan.applied_at is None:
        return plan.id
    person = ctx.store.people.get(plan.agreed_by or 0)
    if person and person.address:
        done = ctx.texts("allocation.done", count=format_count(len(plan.shares)))
        ctx.answer(person.address, Outgoing(done), f"quota_plan:{plan.id}")
    return plan.id if len(plans) > 1 else None
