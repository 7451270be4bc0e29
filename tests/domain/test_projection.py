"""The outlook: honest about how little it knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projection import Projection, projection

TODAY = date(2026, 11, 22)
ENDS = date(2026, 12, 20)


def weekly(*counts: int) -> dict[date, int]:
    """Newest week first, all of it on its last day."""
    return {TODAY - timedelta(days=7 * n): count for n, count in enumerate(counts)}


def first(weeks: int) -> date:
    return TODAY - timedelta(days=7 * weeks - 1)


def test_goes_on_as_the_last_weeks_went() -> None:
    found = projection(300, weekly(30, 20, 30, 20), first(4), TODAY, ENDS)
    assert found == Projection(383, 417, 4)
    assert found.low <= 300 + 4 * 25 <= found.high


def test_is_wider_the_more_the_weeks_differ() -> None:
    steady = projection(300, weekly(25, 25, 25, 25), first(4), TODAY, ENDS)
    wild = projection(300, weekly(90, 0, 5, 5), first(4), TODAY, ENDS)
    assert steady and wild
    assert wild.high - wild.low > 3 * (steady.high - steady.low)


def test_promises_nothing_exact_of_weeks_that_are_alike() -> None:
    found = projection(50, weekly(25, 25), first(2), TODAY, ENDS)
    assert found and found.high - found.low > 10


@pytest.mark.parametrize(
    ("days", "ends"), [(13, ENDS), (1, ENDS), (56, TODAY), (56, date(2026, 1, 1))]
)
def test_says_nothing_too_early_or_too_late(days: int, ends: date) -> None:
    begun = TODAY - timedelta(days=days - 1)
    assert projection(40, weekly(20, 20), begun, TODAY, ends) is None


def test_says_nothing_where_nothing_comes_any_more() -> None:
    assert projection(40, {}, first(8), TODAY, ENDS) is None
    assert projection(40, weekly(-3, 1), first(8), TODAY, ENDS) is None


@given(
    st.integers(0, 10**6),
    st.dictionaries(
        st.integers(0, 80).map(lambda n: TODAY - timedelta(days=n)), st.integers(-9, 999)
    ),
    st.integers(1, 400),
    st.integers(-5, 900),
)
def test_never_falls_below_what_there_is(
    count: int, days: dict[date, int], since: int, left: int
) -> None:
    begun, ends = TODAY - timedelta(days=since), TODAY + timedelta(days=left)
    found = projection(count, days, begun, TODAY, ends)
    assert found is None or count <= found.low <= found.high
