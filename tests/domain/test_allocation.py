"""Sharing out a total: exact, within bounds, fair, and explained where it cannot be done."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.allocation import Bounds, Claim, Record, allocate, claims
from domain.errors import Rejected

A_CLAIM = st.tuples(
    st.fractions(0, 50, max_denominator=6), st.integers(0, 9), st.none() | st.integers(0, 60)
)


def made(drawn: list[tuple[Fraction, int, int | None]]) -> list[Claim]:
    return [Claim(n, *each) for n, each in enumerate(drawn, start=1)]


@given(st.integers(0, 2000), st.lists(A_CLAIM, min_size=1, max_size=30))
def test_gives_out_exactly_the_total_within_every_bound(
    total: int, drawn: list[tuple[Fraction, int, int | None]]
) -> None:
    wanted = made(drawn)
    least = sum(claim.least for claim in wanted)
    most = sum(
        claim.least
        if not claim.weight
        else total
        if claim.most is None
        else max(claim.least, claim.most)
        for claim in wanted
    )
    try:
        shares = allocate(total, wanted)
    except Rejected as refused:
        assert (refused.code, total < least, most < total) in (
            ("allocation_floors", True, False),
            ("allocation_floors", True, True),
            ("allocation_caps", False, True),
        )
        return
    assert sum(shares.values()) == total
    for claim in wanted:
        assert shares[claim.unit] >= claim.least
        if claim.most is not None:
            assert shares[claim.unit] <= max(claim.least, claim.most)


@given(st.integers(0, 500), st.lists(A_CLAIM, min_size=2, max_size=12), st.randoms())
def test_gives_no_less_to_who_weighs_more_whatever_the_order(
    total: int, drawn: list[tuple[Fraction, int, int | None]], chance: object
) -> None:
    alike = [Claim(n, weight, 1, 90) for n, (weight, _, _) in enumerate(drawn, start=1)]
    try:
        shares = allocate(total, alike)
    except Rejected:
        return
    for one, other in permutations(alike, 2):
        if one.weight > other.weight:
            assert shares[one.unit] >= shares[other.unit]
    assert allocate(total, alike[::-1]) == shares


@given(st.integers(1, 400), st.lists(st.integers(1, 40), min_size=1, max_size=15))
def test_strays_less_than_one_from_the_exact_share(total: int, weights: list[int]) -> None:
    wanted = [Claim(n, Fraction(weight)) for n, weight in enumerate(weights)]
    for claim in wanted:
        exact = Fraction(total) * claim.weight / sum(weights)
        assert abs(allocate(total, wanted)[claim.unit] - exact) < 1


@pytest.mark.parametrize(
    ("records", "bounds", "shares"),
    [
        # In proportion to the last years; the newest three count.
        (
            [Record(1, {2021: 99, 2023: 10, 2024: 10, 2025: 10}), Record(2, {2025: 20})],
            Bounds(),
            {1: 10, 2: 20},
        ),
        # Members stand in, at the rate of the others.
        ([Record(1, {2025: 10}, 100), Record(2, {}, 200)], Bounds(), {1: 10, 2: 20}),
        ([Record(1, {}, 100), Record(2, {}, 200)], Bounds(), {1: 10, 2: 20}),
        # Nothing known: the floor; of nobody: all the same.
        ([Record(1, {2025: 10}), Record(2, {})], Bounds(2), {1: 28, 2: 2}),
        ([Record(1, {}), Record(2, {})], Bounds(), {1: 15, 2: 15}),
        ([Record(1, {2025: 0}), Record(2, {2025: 0})], Bounds(), {1: 15, 2: 15}),
        # No more than one and a half of last year.
        (
            [Record(1, {2025: 10}), Record(2, {2025: 10}), Record(3, {}, 5)],
            Bounds(1, Fraction(3, 2)),
            None,
        ),
    ],
)
def test_weighs_by_what_is_known(
    records: list[Record], bounds: Bounds, shares: dict[int, int] | None
) -> None:
    wanted = claims(records, bounds)
    if shares is None:
        with pytest.raises(Rejected) as refused:
            allocate(40, wanted)
        assert refused.value.code == "allocation_caps"
        assert refused.value.details["most"] == 31
        return
    assert allocate(30, wanted) == shares


def test_explains_floors_that_are_too_many() -> None:
    with pytest.raises(Rejected) as refused:
        allocate(5, claims([Record(n, {2025: 3}) for n in range(6)], Bounds(1)))
    assert (refused.value.code, refused.value.details["least"]) == ("allocation_floors", 6)
    with pytest.raises(Rejected) as nobody:
        allocate(5, [])
    assert nobody.value.code == "allocation_nobody"
