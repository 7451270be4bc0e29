"""Which units are below the pace that their quota needs, and how many a week they need now.

Measured on a straight line over the phase or programme. A unit is not lagging by less than one
whole entry, nor in its first two weeks: nobody is chased who has hardly begun.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from domain.progress import Standing, days_left

SPARED = timedelta(days=14)
"""The first two weeks."""

WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The phase or programme that is measured over, both days included."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit that lags, or has nothing; ``missing`` is 0 where there is no quota to reach."""

    unit: int
    name: str
    missing: int
    target: int | None
    waiting: int
    """Handed in, and not counted yet."""
    days_left: int
    """Today included."""
    empty: bool
    """Whether nothing was submitted at all."""

    @property
    def a_week(self) -> int:
        """Entries a week that the rest of the quota needs (design section 7); all of them in the
        last week.

        >>> Behind(1, "", 6, 10, 0, 39, False).a_week, Behind(1, "", 6, 10, 0, 5, False).a_week
        (2, 6)
        """
        return ceil(Fraction(self.missing * WEEK, max(WEEK, self.days_left)))


def lags(count: int, target: int | None, span: Span, today: date) -> bool:
    """Whether the count is a whole entry or more behind; today counts as still to come.

    >>> year = Span(date(2026, 1, 1), date(2026, 12, 31))
    >>> [lags(count, 100, year, date(2026, 7, 2)) for count in (48, 49)]
    [True, False]
    """
    gone, whole = (today - span.starts).days, (span.ends - span.starts).days + 1
    if not target or timedelta(days=gone) < SPARED or today > span.ends:
        return False
    return Fraction(target * gone, whole) - count >= 1


def behind(standing: Standing, span: Span, today: date) -> Behind | None:
    """What to say of a unit to its chair; None where it keeps up, or is spared.

    A unit that was founded later began then; one with nothing at all is told without a quota too,
    but not of a quota of 0: that asks for nothing.
    """
    unit = standing.unit
    if standing.target == 0:
        return None
    own = Span(max(span.starts, unit.valid_from), span.ends)
    began = own.starts + SPARED <= today <= own.ends
    empty = began and not standing.tally.submitted
    if not empty and not lags(standing.count, standing.target, own, today):
        return None
    return Behind(
        unit.id,
        unit.name,
        standing.missing,
        standing.target,
        standing.tally.waiting,
        days_left(own.ends, today),
        empty,
    )


def pace_key(chair: int, slot: date) -> str:
    """The key of what a chair is told in a slot, of all their units.

    >>> pace_key(12, date(2026, 11, 23))
    'pace:12:2026-11-23'
    """
    return f"pace:{chair}:{slot.isoformat()}"


def worst_first(units: Iterable[Behind]) -> list[Behind]:
    """Those with nothing first, then those that miss most."""
    return sorted(units, key=lambda each: (not each.empty, -each.missing, each.name))
