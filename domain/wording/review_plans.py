"""What an officer reads of a workbook that they sent: its faults, or what it decides."""

from collections import Counter
from collections.abc import Sequence

from domain.action import Action
from domain.message import Button, Outgoing
from domain.review_plan import Decision, ReviewPlan
from domain.texts import Texts
from domain.vietnamese import format_count

FAULTS_MOST = 20
"""Faults that are shown; nobody mends more at a time on a phone."""

CODES_MOST = 10
"""Codes named in one line."""


def faulty(name: str, faults: Sequence[str], texts: Texts) -> Outgoing:
    """Everything wrong with it, each with its cell; nothing was written down."""
    count = format_count(len(faults))
    lines = [texts("review_plan.faulty", name=name, count=count), *faults[:FAULTS_MOST]]
    if more := len(faults) - FAULTS_MOST:
        lines += [texts("review_plan.more", count=format_count(more))] if more > 0 else []
    return Outgoing("\n".join([*lines, texts("review_plan.mend")]))


def proposal(plan: ReviewPlan, texts: Texts) -> Outgoing:
    """What it decides, and whether that is to be written down."""
    if not plan.decided:
        blank = format_count(plan.blank)
        return Outgoing(texts("review_plan.nothing", name=plan.name, blank=blank))
    how_many = Counter(each.decision for each in plan.decided)
    counts = ", ".join(
        texts(f"review_plan.{each.value}", count=format_count(how_many[each]))
        for each in Decision
        if how_many[each]
    )
    said = texts("review_plan.read", name=plan.name, counts=counts)
    if plan.blank:
        said += texts("review_plan.blank", blank=format_count(plan.blank))
    write = Action("review_plan", str(plan.id), plan.version)
    drop = Action("review_plan_no", str(plan.id), plan.version)
    row = (
        Button(texts("review_plan.write"), write),
        Button(texts("review_plan.drop"), drop),
    )
    return Outgoing(f"{said}.\n{texts('review_plan.sure')}", (row,), asks=True)


def going_on(plan: ReviewPlan, texts: Texts) -> Outgoing:
    """Some are written down, the rest follows."""
    done, count = format_count(plan.written), format_count(len(plan.decided))
    return Outgoing(texts("review_plan.going_on", done=done, count=count))


def finished(plan: ReviewPlan, texts: Texts) -> Outgoing:
    """All are written down, but for what somebody changed meanwhile."""
    lines = [texts("review_plan.done", name=plan.name, count=format_count(plan.written))]
    if plan.left:
        codes = ", ".join(plan.left[:CODES_MOST])
        if (more := len(plan.left) - CODES_MOST) > 0:
            codes = texts("review_plan.more_codes", codes=codes, count=format_count(more))
        count = format_count(len(plan.left))
        lines.append(texts("review_plan.left", count=count, codes=codes))
    return Outgoing("\n".join(lines))
