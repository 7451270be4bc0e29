"""Turning an agreed plan into quotas, a page of them in a turn."""

from dataclasses import replace
from datetime import date, datetime

from domain.programme import Quota, QuotaKind
from domain.quota_plan import QuotaPlan
from storage.store import Store

PAGE = 200
"""Rows that one turn writes: people's turns wait meanwhile."""


def is_stale(store: Store, plan: QuotaPlan, today: date) -> bool:
    """Whether units or their quotas changed since the plan was made.

    First quotas hold from the beginning, but for the units that there are now.
    """
    assert plan.since is not None
    on = max(plan.since, today)
    open_now = {record.unit for record in store.quota_plans.records(plan.unit, on)}
    if open_now != {share.unit for share in plan.shares}:
        return True
    before = store.quotas.of_children(
        plan.programme, plan.unit, QuotaKind.ASSIGNED, plan.phase or None, plan.since
    )
    return any(before.get(share.unit) != share.before for share in plan.shares)


def assign(store: Store, plan: QuotaPlan, reason: str, at: datetime) -> QuotaPlan:
    """Set the next page of it; quotas that are so already are left alone. All done: applied."""
    assert plan.since is not None
    for share in plan.shares[plan.done : plan.done + PAGE]:
        if share.target == share.before:
            continue
        row = Quota(
            plan.programme,
            plan.phase or None,
            share.unit,
            QuotaKind.ASSIGNED,
            share.target,
            plan.since,
            reason,
        )
        store.quotas.set(row, plan.agreed_by, at)
    done = min(plan.done + PAGE, len(plan.shares))
    after = replace(plan, done=done, applied_at=at if done == len(plan.shares) else None)
    store.quota_plans.save(after)
    return after
