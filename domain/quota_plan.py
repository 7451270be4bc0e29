"""A proposal of quotas for the units below one, kept until somebody agrees to it."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from domain.allocation import Bounds


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit would be given, and what it had when the plan was made."""

    unit: int
    target: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class QuotaPlan:
    """Dự kiến giao chỉ tiêu. ``phase`` 0 is the whole programme.

    ``agreed_by`` is who agreed to it; from then on it is applied, ``done`` shares by now.
    """

    id: int
    programme: int
    unit: int
    phase: int
    total: int
    shares: tuple[Share, ...]
    floor: int = 1
    growth: str = ""
    """A fraction as it is written ("3/2"), "" for no cap."""
    since: date | None = None
    made_by: int | None = None
    made_at: datetime | None = None
    agreed_by: int | None = None
    done: int = 0
    applied_at: datetime | None = None

    @property
    def bounds(self) -> Bounds:
        """Between what the shares were to lie."""
        return Bounds(self.floor, Fraction(self.growth) if self.growth else None)
