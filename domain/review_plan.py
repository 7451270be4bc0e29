"""What an officer decided in a workbook that they sent, kept until they say to write it down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GOOD_FOR = timedelta(days=1)
"""Later than this too much has changed on a desk: the officer takes a new workbook."""


class Decision(StrEnum):
    """What a row says of its entry."""

    VALID = "valid"
    RETURN = "return"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Decided:
    """One row: an entry in the version that the officer saw, and what they decided."""

    entry: int
    code: str
    version: int
    decision: Decision
    reason: str = ""
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """Quyết định thẩm định ghi trong bảng. ``blank`` rows decide nothing; ``name`` is the file's.

    From ``agreed_at`` on it is carried out: ``done`` rows by now, ``left`` the codes of those that
    somebody changed meanwhile. What ended without being agreed to was dropped.
    """

    id: int
    person: int
    name: str
    decided: tuple[Decided, ...]
    blank: int
    made_at: datetime
    agreed_at: datetime | None = None
    done: int = 0
    left: tuple[str, ...] = ()
    ended_at: datetime | None = None

    @property
    def version(self) -> int:
        """What its buttons carry."""
        return int(self.made_at.timestamp())

    @property
    def written(self) -> int:
        """How many decisions were written down so far."""
        return self.done - len(self.left)


def hindrance(plan: ReviewPlan, now: datetime) -> str:
    """Why it cannot be agreed to or dropped now: dropped, going_on, already, stale; "" if it can.

    >>> from datetime import UTC
    >>> plan = ReviewPlan(1, 7, "a.xlsx", (), 0, datetime(2026, 11, 22, tzinfo=UTC))
    >>> hindrance(plan, datetime(2026, 11, 22, 23, tzinfo=UTC))
    ''
    >>> hindrance(plan, datetime(2026, 11, 24, tzinfo=UTC))
    'stale'
    """
    if plan.agreed_at is not None:
        return "already" if plan.ended_at else "going_on"
    if plan.ended_at is not None:
        return "dropped"
    return "stale" if now - plan.made_at > GOOD_FOR else ""
