"""Progress against quotas: shares, ranks, what is missing, and the pace that needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.initiative import Tally
from domain.programme import QuotaKind
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

    @property
    def share(self) -> Fraction | None:
        """Hợp lệ over chỉ tiêu.

        >>> from datetime import date
        >>> unit = Unit(1, "TD", "Tràng Định", "ldld_huyen", None, date(2022, 1, 1))
        >>> Standing(unit, Tally(submitted=570, valid=570), 265).share
        Fraction(114, 53)
        """
        return Fraction(self.tally.valid, self.target) if self.target else None

    @property
    def missing(self) -> int:
        """How many valid entries the quota still wants; 0 once reached."""
        return max(0, (self.target or 0) - self.tally.valid)


@dataclass(frozen=True, slots=True)
class Rank:
    """Hạng among siblings: by share among those with a quota, by count among all."""

    by_share: int | None
    ranked: int
    by_count: int
    all: int


@dataclass(frozen=True, slots=True)
class Progress:
    """All that a progress post says of a unit."""

    standing: Standing
    children: tuple[Standing, ...]
    rank: Rank | None
    days_left: int
    """Days until the programme closes, today included; 0 once closed."""
    week: Tally
    """The change over the last seven days."""

    @property
    def needed_a_day(self) -> Fraction | None:
        """Valid entries a day that the rest of the quota needs; None when reached or closed."""
        if not self.standing.missing or not self.days_left:
            return None
        return Fraction(self.standing.missing, self.days_left)

    @property
    def now_a_day(self) -> Fraction:
        """Valid entries a day over the last seven days."""
        return Fraction(max(0, self.week.valid), PACE_DAYS)


def progress(
    standing: Standing,
    *,
    children: Sequence[Standing],
    siblings: Sequence[Standing],
    week: Tally,
    closes: date,
    today: date,
) -> Progress:
    """Put together all that is said of a unit; ``siblings`` include the unit itself."""
    days_left = max(0, (closes - today).days + 1)
    rank = rank_of(standing, siblings) if len(siblings) > 1 else None
    return Progress(standing, ranked(children), rank, days_left, week)


def ranked(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Best share first; units without a quota last, by count."""
    return tuple(
        sorted(
            standings,
            key=lambda s: (s.share is None, -(s.share or 0), -s.tally.valid, s.unit.name),
        )
    )


def ranks(standings: Sequence[Standing]) -> Mapping[int, int]:
    """The rank by share of every unit with a quota; ties share a rank (1, 1, 3)."""
    shares = sorted((s.share for s in standings if s.share is not None), reverse=True)
    return {s.unit.id: shares.index(s.share) + 1 for s in standings if s.share is not None}


def rank_of(standing: Standing, siblings: Sequence[Standing]) -> Rank:
    """Where a unit stands among its siblings."""
    by_share = ranks(siblings)
    counts = sorted((s.tally.valid for s in siblings), reverse=True)
    return Rank(
        by_share.get(standing.unit.id),
        len(by_share),
        counts.index(standing.tally.valid) + 1 if standing.tally.valid in counts else len(counts),
        len(siblings),
    )
