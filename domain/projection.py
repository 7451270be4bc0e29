"""What the count may be at the end, if the next weeks are like the last ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt
from statistics import fmean, variance

WEEKS_MOST = 8
"""Older weeks tell little: entries come in waves."""

WEEKS_LEAST = 2
"""With less than fourteen days nothing is foretold."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Between which counts it should end, two times in three, after ``weeks`` weeks looked at."""

    low: int
    high: int
    weeks: int


def projection(
    count: int, days: Mapping[date, int], first: date, today: date, ends: date
) -> Projection | None:
    """Look at the weeks up to today, none of them before ``first``; None where it is too early.

    The last weeks' mean goes on, and its spread grows with the weeks to come and with how few
    were seen. Weeks differ at least as much as chance alone makes them (their variance is their
    mean), so that two weeks alike promise nothing. An outlook, not a promise: the last days of
    a drive bring more than any week before.

    >>> monday = date(2026, 11, 2)
    >>> steady = {monday + timedelta(days=n): 3 for n in range(21)}
    >>> projection(63, steady, monday, date(2026, 11, 22), date(2026, 12, 20))
    Projection(low=133, high=161, weeks=3)
    """
    weeks = min(WEEKS_MOST, ((today - first).days + 1) // 7)
    left = (ends - today).days
    if weeks < WEEKS_LEAST or left <= 0:
        return None
    counts = [0] * weeks
    for day, change in days.items():
        week = (today - day).days // 7
        if 0 <= week < weeks:
            counts[week] += change
    mean = fmean(counts)
    if mean <= 0:
        return None
    ahead = left / 7
    spread = sqrt(max(variance(counts), mean) * (ahead + ahead * ahead / weeks))
    middle = count + mean * ahead
    step = _step(spread)
    low = floor((middle - spread) / step) * step
    return Projection(max(count, low), ceil((middle + spread) / step) * step, weeks)


def _step(spread: float) -> int:
    """Round to what the spread lets one say: 380–460, never 383–457."""
    step = 1
    while spread >= 20 * step:
        step *= 10
    return step


def since(today: date) -> date:
    """The first day of those weeks."""
    return today - timedelta(days=7 * WEEKS_MOST - 1)
