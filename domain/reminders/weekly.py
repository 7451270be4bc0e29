"""On which day of the week chairs and officers hear of it, and of which week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LATE_MOST = 2
"""Days by which a slot may be made up for; after that the next one is near enough."""

SECOND = 3
"""Days after the usual slot there is another while a campaign runs: Thursday after Monday."""

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in the seven days before a slot."""

    submitted: int = 0
    valid: int = 0


def slot_on(today: date, weekday: int, *, twice: bool = False) -> date | None:
    """The slot that is due today, Monday being 0; None between slots.

    >>> monday = date(2026, 11, 23)
    >>> days = [monday + timedelta(days=n) for n in range(7)]
    >>> [str(slot_on(day, 0) or "-")[-2:] for day in days]
    ['23', '23', '23', '-', '-', '-', '-']
    >>> [str(slot_on(day, 0, twice=True) or "-")[-2:] for day in days]
    ['23', '23', '23', '26', '26', '26', '-']
    """
    weekdays = (weekday, (weekday + SECOND) % 7) if twice else (weekday,)
    ago = min((today.weekday() - each) % 7 for each in weekdays)
    return today - timedelta(days=ago) if ago <= LATE_MOST else None


def weekly_key(person: int, slot: date) -> str:
    """The key of somebody's weekly digest.

    >>> weekly_key(12, date(2026, 11, 23))
    'weekly:12:2026-11-23'
    """
    return f"weekly:{person}:{slot.isoformat()}"


def before(slot: date) -> tuple[date, date]:
    """The first and the last day of the week that ended with the day before the slot.

    >>> [day.isoformat() for day in before(date(2026, 11, 23))]
    ['2026-11-16', '2026-11-22']
    """
    return slot - WEEK, slot - timedelta(days=1)


def summed(weeks: Iterable[Week]) -> Week:
    """Several units' weeks together."""
    found = list(weeks)
    return Week(sum(week.submitted for week in found), sum(week.valid for week in found))
