"""Goes on with decisions out of a workbook that are too many for one turn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.review_plan import Decided
from domain.wording import review_plans as wording
from scheduler.context import Context
from storage import entering
from storage.deciding import Carried, carry_out, next_page

LATEST = timedelta(days=7)
"""What was not carried out within a week is not looked at any more."""


def any_going(ctx: Context, at: datetime) -> bool:
    """Whether a plan was agreed to and is not all carried out; only reads."""
    return bool(ctx.store.review_plans.going(at - LATEST))


def go_on(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One page of the first such plan; its officer hears when it is all written down."""
    going = ctx.store.review_plans.going(at - LATEST)
    plan = ctx.store.review_plans.get(going[0]) if going else None
    if plan is None or plan.agreed_at is None or plan.ended_at is not None:
        return None  # another process was faster
    plan, carried = next_page(ctx.store, plan, ctx.texts, at, ctx.day(at))
    _tell(ctx, carried)
    officer = ctx.store.people.get(plan.person)
    if plan.ended_at and officer and officer.address:
        ctx.answer(officer.address, wording.finished(plan, ctx.texts), f"review_plan:{plan.id}")
    entering.add_counts(ctx.store, carried.counts)
    return plan.id if plan.ended_at is None or len(going) > 1 else None


def decide(ctx: Context, decided: Sequence[Decided], officer: int) -> list[str]:
    """Carry out a page of decisions at once; the codes of those that changed meanwhile."""
    carried = carry_out(ctx.store, decided, officer, ctx.texts, ctx.now, ctx.day(ctx.now))
    _tell(ctx, carried)
    entering.add_counts(ctx.store, carried.counts)
    return carried.left


def _tell(ctx: Context, carried: Carried) -> None:
    for each in carried.told:
        ctx.tell(each.person, each.said, each.key)
