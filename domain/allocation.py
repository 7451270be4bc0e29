"""Sharing out a total among units by what each brought in the last years: exact, and explained.

Largest remainder (Hamilton) between a floor and a cap for each unit. "Giao chỉ tiêu sát với thực
tế": the weight is the mean of the last years' recognised initiatives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.errors import Rejected

YEARS_MOST = 3
"""Years that count: older ones tell of another membership."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a unit brings to the sharing; ``most`` None is no cap."""

    unit: int
    weight: Fraction
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a unit: recognised initiatives by year, and its members."""

    unit: int
    years: Mapping[int, int]
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least ``floor`` each; at most ``growth`` times the last year's count, None is no cap."""

    floor: int = 1
    growth: Fraction | None = None


def claims(records: Sequence[Record], bounds: Bounds) -> list[Claim]:
    """Weights from the last years; from members, at the others' rate, where there is no history.

    Without either a unit gets its floor. Where nothing is known of anybody, all weigh the same.
    A floor above the cap wins; without history there is no cap.

    >>> known, new = Record(1, {2024: 8, 2025: 12}, 100), Record(2, {}, 50)
    >>> [str(claim.weight) for claim in claims([known, new], Bounds())]
    ['10', '5']
    """
    rate = _rate(records)
    found = [_claim(record, rate, bounds) for record in records]
    if any(claim.weight for claim in found):
        return found
    return [Claim(c.unit, Fraction(1), c.least, c.most) for c in found]


def allocate(total: int, claims: Sequence[Claim]) -> dict[int, int]:
    """Whole numbers that add up to ``total``, by unit; the same claims give the same numbers.

    Ties go to the greater weight, then to the older unit. Rejected says why it cannot be done:
    allocation_nobody, allocation_floors (needs at least ``least``), allocation_caps (no more than
    ``most`` can be given).

    >>> allocate(10, [Claim(1, Fraction(3)), Claim(2, Fraction(3)), Claim(3, Fraction(1))])
    {1: 4, 2: 4, 3: 2}
    >>> allocate(10, [Claim(1, Fraction(9), 0, 6), Claim(2, Fraction(1), 1, None)])
    {1: 6, 2: 4}
    """
    if not claims:
        raise Rejected("allocation_nobody")
    least = sum(claim.least for claim in claims)
    if total < least:
        raise Rejected("allocation_floors", least=least)
    room = [_room(claim, total) for claim in claims]
    if sum(room) < total:
        raise Rejected("allocation_caps", most=sum(room))
    level = _level(total, claims, room)
    shares = [
        _between(level * claim.weight, claim.least, most)
        for claim, most in zip(claims, room, strict=True)
    ]
    whole = [int(share) for share in shares]
    order = sorted(
        range(len(claims)),
        key=lambda n: (whole[n] - shares[n], -claims[n].weight, claims[n].unit),
    )
    for n in order[: total - sum(whole)]:
        whole[n] += 1
    return {claim.unit: count for claim, count in zip(claims, whole, strict=True)}


def mean(years: Mapping[int, int]) -> Fraction | None:
    """Of the last years that are known."""
    last = sorted(years)[-YEARS_MOST:]
    return Fraction(sum(years[year] for year in last), len(last)) if last else None


def _rate(records: Sequence[Record]) -> Fraction:
    """Initiatives a member, of the units of which both are known; 1 where that is nobody."""
    both = [(mean(r.years) or Fraction(0), r.members) for r in records if r.years and r.members]
    members = sum(count for _, count in both)
    if not members:
        return Fraction(0) if any(any(r.years.values()) for r in records) else Fraction(1)
    return sum((count for count, _ in both), Fraction(0)) / members


def _claim(record: Record, rate: Fraction, bounds: Bounds) -> Claim:
    weight = mean(record.years)
    if weight is None:
        return Claim(record.unit, rate * (record.members or 0), bounds.floor)
    most = None
    if bounds.growth is not None:
        most = max(bounds.floor, int(bounds.growth * record.years[max(record.years)]))
    return Claim(record.unit, weight, bounds.floor, most)


def _room(claim: Claim, total: int) -> int:
    """The most that a unit may be given; without any weight, its floor."""
    if not claim.weight:
        return claim.least
    return total if claim.most is None else max(claim.least, claim.most)


def _between(share: Fraction, least: int, most: int) -> Fraction:
    return min(max(share, Fraction(least)), Fraction(most))


def _level(total: int, claims: Sequence[Claim], room: Sequence[int]) -> Fraction:
    """How much one of weight gets, so that all together, held within their bounds, make the total.

    The sum grows with the level, straight between the levels at which a unit meets a bound.
    """
    bounded = list(zip(claims, room, strict=True))
    turns = sorted(
        {bound / claim.weight for claim, most in bounded if claim.weight
         for bound in (Fraction(claim.least), Fraction(most))}
    )  # fmt: skip
    if not turns:
        return Fraction(0)

    def given(level: Fraction) -> Fraction:
        return sum((_between(level * c.weight, c.least, most) for c, most in bounded), Fraction(0))

    low, high = 0, len(turns) - 1
    while low < high:
        middle = (low + high) // 2
        if given(turns[middle]) < total:
            low = middle + 1
        else:
            high = middle
    upper, above = turns[low], given(turns[low])
    if low == 0 or above == total:
        return upper
    lower = turns[low - 1]
    below = given(lower)
    return lower + (upper - lower) * (total - below) / (above - below)
