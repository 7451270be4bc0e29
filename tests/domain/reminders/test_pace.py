"""Which units lag, by how much, and what they are asked for."""

from datetime import date

import pytest

from domain.initiative import Tally
from domain.progress import Standing
from domain.reminders.pace import Behind, Span, behind, lags, worst_first
from domain.units import Unit

PHASE = Span(date(2026, 7, 1), date(2026, 10, 8))
"""A hundred days."""

MIDDLE = date(2026, 8, 20)
"""Fifty of them are gone."""


def standing(
    valid: int, target: int | None, *, submitted: int | None = None, since: date | None = None
) -> Standing:
    unit = Unit(7, "CTN27", "Công ty cấp nước", "cdcs", 1, since or date(2020, 1, 1))
    all = valid if submitted is None else submitted
    return Standing(unit, Tally(submitted=all, valid=valid, waiting=all - valid), target)


@pytest.mark.parametrize(
    ("count", "target", "today", "lagging"),
    [
        (10, 20, MIDDLE, False),
        (9, 20, MIDDLE, True),
        # Half an entry behind is nothing to chase anybody for.
        (9, 19, MIDDLE, False),
        (0, 1, MIDDLE, False),
        (0, 1, date(2026, 10, 8), False),
        (0, 2, MIDDLE, True),
        (0, 0, MIDDLE, False),
        (0, None, MIDDLE, False),
        (25, 20, MIDDLE, False),
        # Today is still to come, and the first two weeks are spared.
        (0, 500, date(2026, 7, 1), False),
        (0, 500, date(2026, 7, 14), False),
        (0, 500, date(2026, 7, 15), True),
        (0, 500, date(2026, 6, 30), False),
        (18, 20, date(2026, 10, 8), True),
        (19, 20, date(2026, 10, 8), False),
        (0, 20, date(2026, 10, 9), False),
    ],
)
def test_lags_by_a_whole_entry_or_not_at_all(
    count: int, target: int | None, today: date, lagging: bool
) -> None:
    assert lags(count, target, PHASE, today) is lagging


@pytest.mark.parametrize(
    ("at", "today", "told"),
    [
        (standing(3, 20), MIDDLE, (17, 50, False)),
        (standing(10, 20), MIDDLE, None),
        (standing(0, 20), MIDDLE, (20, 50, True)),
        (standing(0, 20, submitted=4), MIDDLE, (20, 50, False)),
        # With nothing a unit is told even where it does not lag by a whole one, or has no quota.
        (standing(0, 1), MIDDLE, (1, 50, True)),
        (standing(0, None), MIDDLE, (0, 50, True)),
        (standing(0, None, submitted=1), MIDDLE, None),
        (standing(0, 0), MIDDLE, None),
        (standing(0, 20), date(2026, 7, 14), None),
        (standing(0, 20), date(2026, 10, 8), (20, 1, True)),
        (standing(0, 20), date(2026, 10, 9), None),
        # Founded ten days ago, and thirty.
        (standing(0, 20, since=date(2026, 8, 10)), MIDDLE, None),
        (standing(0, 20, since=date(2026, 7, 21)), MIDDLE, (20, 50, True)),
        # Of 80 days 30 are gone, so 7.5 would be even.
        (standing(7, 20, since=date(2026, 7, 21)), MIDDLE, None),
        (standing(6, 20, since=date(2026, 7, 21)), MIDDLE, (14, 50, False)),
    ],
)
def test_tells_of_a_unit_that_lags_or_has_nothing(
    at: Standing, today: date, told: tuple[int, int, bool] | None
) -> None:
    found = behind(at, PHASE, today)
    assert (found and (found.missing, found.days_left, found.empty)) == told


@pytest.mark.parametrize(
    ("missing", "days_left", "a_week"),
    [(1, 100, 1), (10, 70, 1), (11, 70, 2), (4, 8, 4), (4, 7, 4), (4, 1, 4), (0, 50, 0)],
)
def test_asks_for_all_in_the_last_week(missing: int, days_left: int, a_week: int) -> None:
    assert Behind(1, "", missing, 20, 0, days_left, False).a_week == a_week


def test_names_those_with_nothing_first_then_those_that_miss_most() -> None:
    names = {"A": (3, False), "B": (9, False), "C": (1, True), "D": (3, False), "E": (2, True)}
    units = [
        Behind(number, name, missing, 20, 0, 50, empty)
        for number, (name, (missing, empty)) in enumerate(names.items())
    ]
    assert "".join(each.name for each in worst_first(units)) == "ECBAD"
