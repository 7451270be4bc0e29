"""The programme: its window, its phases, its quotas, and what counts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class QuotaKind(StrEnum):
    """Chỉ tiêu giao (assigned from above) or chỉ tiêu đăng ký (registered by the unit)."""

    ASSIGNED = "assigned"
    REGISTERED = "registered"


class Counted(StrEnum):
    """Which count the programme goes by: hợp lệ, or everything đã nộp."""

    VALID = "valid"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Phase:
    """Giai đoạn: the first submission's day decides which one an entry belongs to."""

    id: int
    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Programme:
    """Chương trình: entries are taken from ``opens`` to ``closes``, both days included.

    A solution must have been applied first between ``applied_from`` and ``applied_to``.
    """

    id: int
    key: str
    name: str
    prefix: str
    """Begins the receipt code: LS in LS-2026-000123."""
    opens: date
    closes: date
    applied_from: date
    applied_to: date
    phases: tuple[Phase, ...] = ()
    review_steps: int = 1
    needs_recognition: bool = True
    """Whether an entry counts as hợp lệ only once its workplace has recognised it."""
    counts: Counted = Counted.VALID
    against: QuotaKind = QuotaKind.ASSIGNED
    """The quota that shares are taken of; a unit without one is measured by the other kind."""

    def phase_on(self, day: date) -> Phase | None:
        """The phase that a first submission on this day falls into."""
        return next((p for p in self.phases if p.starts <= day <= p.ends), None)


@dataclass(frozen=True, slots=True)
class Quota:
    """A target for a unit; revised by a later row with a reason, never overwritten.

    ``phase`` None is the whole programme.
    """

    programme: int
    phase: int | None
    unit: int
    kind: QuotaKind
    target: int
    effective_from: date
    reason: str = ""
