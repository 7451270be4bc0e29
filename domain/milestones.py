"""Milestones of a unit: its first entry, and a quarter, half, three quarters, all of its quota."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Step(StrEnum):
    """One milestone; whoever reached a later one has reached those before."""

    FIRST = "first"
    QUARTER = "25"
    HALF = "50"
    THREE_QUARTERS = "75"
    ALL = "100"


SHARES = {
    Step.QUARTER: Fraction(1, 4),
    Step.HALF: Fraction(1, 2),
    Step.THREE_QUARTERS: Fraction(3, 4),
    Step.ALL: Fraction(1),
}

OVERTAKEN, BEFORE_BOUND = "overtaken", "before_bound"


@dataclass(frozen=True, slots=True)
class Count:
    """What a unit has at a moment; ``target`` None is no quota."""

    submitted: int = 0
    counted: int = 0
    """What the programme goes by."""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step that is reached; ``left_out`` says why nobody is told of it, "" that they are."""

    step: Step
    left_out: str = ""


def reached(count: Count) -> tuple[Step, ...]:
    """All steps, the lowest first.

    >>> [step.value for step in reached(Count(200, 133, 265))]
    ['first', '25', '50']
    >>> reached(Count(1)), reached(Count(0, 0, 0))
    ((<Step.FIRST: 'first'>,), ())
    """
    if count.submitted < 1:
        return ()
    share = Fraction(count.counted, count.target) if count.target else Fraction(0)
    return (Step.FIRST, *(step for step, least in SHARES.items() if share >= least))


def milestones(now: Count, before: Count) -> tuple[Milestone, ...]:
    """What is to be said of the steps reached now: of several at once the highest.

    ``before`` is how it stood when there was no group yet to say it in: what was reached then is
    never announced.

    >>> for each in milestones(Count(9, 8, 10), before=Count(4, 3, 10)):
    ...     print(each.step.value, each.left_out or "announced")
    first before_bound
    25 before_bound
    50 overtaken
    75 announced
    """
    old, all = reached(before), reached(now)
    fresh = [step for step in all if step not in old]
    return tuple(
        Milestone(step, BEFORE_BOUND if step in old else OVERTAKEN if step != fresh[-1] else "")
        for step in all
    )
