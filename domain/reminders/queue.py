"""When a chair is told of what waits on their desk: at most every so many days while it lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

CAMPAIGN_EVERY = 1
"""Days, while a campaign runs over the chair's unit."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one unit for its chair, and since when the oldest does."""

    unit: int
    count: int
    since: datetime


def every(usual: int, in_campaign: bool) -> int:
    """How many days an entry may lie, and that pass before the chair is told again.

    >>> every(2, in_campaign=False), every(2, in_campaign=True)
    (2, 1)
    """
    return min(usual, CAMPAIGN_EVERY) if in_campaign else usual


def queue_key(chair: int, day: date) -> str:
    """The key of what a chair is told on a local day.

    >>> queue_key(12, date(2026, 11, 23))
    'queue:12:2026-11-23'
    """
    return f"queue:{chair}:{day.isoformat()}"


def just_before(chair: int, today: date, days: int) -> tuple[str, ...]:
    """The keys under which the chair was told so short ago that today is too soon.

    >>> just_before(12, date(2026, 11, 23), 3)
    ('queue:12:2026-11-22', 'queue:12:2026-11-21')
    >>> just_before(12, date(2026, 11, 23), 1)
    ()
    """
    return tuple(queue_key(chair, today - timedelta(days=n)) for n in range(1, days))
