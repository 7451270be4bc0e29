"""The last weeks, from Monday to Sunday, and what each brought."""

from collections.abc import Mapping
from datetime import date, timedelta

from domain.initiative import Tally

WEEKS_MOST = 6
"""A phone's screen."""

WEEK = timedelta(days=7)


def first_monday(today: date) -> date:
    """Where the first of those weeks begins."""
    return today - timedelta(days=today.weekday()) - (WEEKS_MOST - 1) * WEEK


def weeks_of(days: Mapping[date, Tally], today: date) -> list[tuple[date, Tally]]:
    """The weeks by their Mondays, newest first; this one may not be over.

    >>> monday = date(2026, 11, 16)
    >>> weeks = weeks_of({monday: Tally(valid=2), date(2026, 11, 15): Tally(valid=1)}, monday)
    >>> [(day.day, week.valid) for day, week in weeks[:3]]
    [(16, 2), (9, 1), (2, 0)]
    """
    found = {first_monday(today) + number * WEEK: Tally() for number in range(WEEKS_MOST)}
    for day, change in days.items():
        monday = day - timedelta(days=day.weekday())
        if monday in found and day <= today:
            found[monday] += change
    return sorted(found.items(), reverse=True)
