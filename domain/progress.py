"""Progress against quotas: shares, what is missing, and the pace that needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.initiative import Tally
from domain.programme import Counted, Phase, QuotaKind
from domain.projection import Projection
from domain.ranking import Rank
from domain.units import Unit

PACE_DAYS = 7
"""The pace now is that of the last seven days."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands; ``target`` None is no quota: shown as "—" and not ranked."""

    unit: Unit
    tally: Tally
    target: int | None
    kind: QuotaKind = QuotaKind.ASSIGNED
    """Which quota the target is: chỉ tiêu giao or chỉ tiêu đăng ký."""
    counts: Counted = Counted.VALID
    """Which count is held against it."""
    revised: date | None = None
    """Since when the target holds, where it replaced an earlier one."""

    @property
    def count(self) -> int:
        """What the programme goes by: hợp lệ, or everything đã nộp."""
        return self.tally.valid if self.counts is Counted.VALID else self.tally.submitted

    @property
    def share(self) -> Fraction | None:
        """The count over the target.

        >>> from datetime import date
        >>> unit = Unit(1, "TD", "Tràng Định", "ldld_huyen", None, date(2022, 1, 1))
        >>> Standing(unit, Tally(submitted=570, valid=570), 265).share
        Fraction(114, 53)
        """
        return Fraction(self.count, self.target) if self.target else None

    @property
    def missing(self) -> int:
        """How many the quota still wants; 0 once reached."""
        return max(0, (self.target or 0) - self.count)


@dataclass(frozen=True, slots=True)
class Below:
    """The units right below, taken together; those that ended are not among ``units``."""

    units: int = 0
    empty: int = 0
    """Of them, those that nothing was submitted in."""
    empty_names: tuple[str, ...] = ()
    handed_down: int | None = None
    """The sum of their quotas of the parent's kind; None where none has one."""
    ended: tuple[tuple[str, int], ...] = ()
    """Units that ended and what they still count for, so that the sum is right."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All that a progress post says of a unit, in one phase or the whole programme."""

    standing: Standing
    children: tuple[Standing, ...]
    """The best ones below, best first; ``below`` tells how many there are."""
    rank: Rank | None
    days_left: int
    """Days until the phase or programme closes, today included; 0 once closed."""
    week: Tally
    """The change over the last seven days."""
    phase: Phase | None = None
    phases: tuple[Phase, ...] = ()
    """All that the programme has."""
    below: Below = Below()
    cluster: tuple[str, Rank] | None = None
    projection: Projection | None = None
    past: date | None = None
    """The day at whose end this was so, where an earlier day was asked for."""
    needs_recognition: bool = False
    """Whether some may wait not for review but for their workplace to recognise them."""

    @property
    def needed_a_day(self) -> Fraction | None:
        """Entries a day that the rest of the quota needs; None when reached or closed."""
        if not self.standing.missing or not self.days_left:
            return None
        return Fraction(self.standing.missing, self.days_left)

    @property
    def now_a_day(self) -> Fraction:
        """Entries a day over the last seven days."""
        return Fraction(max(0, self.week_count), PACE_DAYS)

    @property
    def week_count(self) -> int:
        """The change of what the programme goes by, over the last seven days."""
        counts = self.standing.counts
        return self.week.valid if counts is Counted.VALID else self.week.submitted


def days_left(ends: date, today: date) -> int:
    """Today included; 0 once it is over.

    >>> days_left(date(2023, 9, 1), date(2023, 9, 1)), days_left(date(2023, 9, 1), date(2023, 9, 2))
    (1, 0)
    """
    return max(0, (ends - today).days + 1)


def ranked(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Best share first; units without a quota last, by count."""
    return tuple(
        sorted(
            standings,
            key=lambda s: (s.share is None, -(s.share or 0), -s.count, s.unit.name),
        )
    )


def ranks(standings: Sequence[Standing]) -> Mapping[int, int]:
    """The rank by share of every unit with a quota; ties share a rank (1, 1, 3)."""
    shares = sorted((s.share for s in standings if s.share is not None), reverse=True)
    return {s.unit.id: shares.index(s.share) + 1 for s in standings if s.share is not None}
