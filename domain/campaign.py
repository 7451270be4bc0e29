"""Peak campaigns (đợt cao điểm) of a programme: some weeks in which everybody pulls together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

URGENT_DAYS = 2
"""The last 48 hours of an urgent campaign are its last two days."""

USEFUL_DAYS = 3
"""What is announced of a campaign is news for so long."""

LOOKED_BACK_DAYS = 10
"""What was not said within so many days is not even noted as left out."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Đợt cao điểm: from ``starts`` to ``ends``, both days included, for a unit and all below."""

    id: int
    programme: int
    unit: int
    name: str
    starts: date
    ends: date
    message: str = ""
    """What is said when it begins; "" leaves it to the texts."""
    urgent: bool = False
    """Whether in its last two days pushes are said on weekends and holidays too."""
    made_by: int | None = field(default=None, compare=False)
    """Who made it in chat; None where it came with the programme's file."""
    closed_at: datetime | None = field(default=None, compare=False)
    """When it was called off."""
    made_at: datetime | None = field(default=None, compare=False)
    """When we heard of it: it may have begun before; None until stored."""

    def runs_on(self, day: date) -> bool:
        """Whether it is on that day."""
        return self.starts <= day <= self.ends

    def overlaps(self, other: "Campaign") -> bool:
        """Whether both are of one unit and share a day."""
        same = self.unit == other.unit and self.id != other.id
        return same and self.starts <= other.ends and other.starts <= self.ends

    def urgent_days(self) -> frozenset[date]:
        """The days that are no days off.

        >>> first, last = date(2026, 5, 1), date(2026, 5, 31)
        >>> may = Campaign(1, 1, 1, "Tháng Công nhân", first, last, urgent=True)
        >>> [day.day for day in sorted(may.urgent_days())]
        [30, 31]
        """
        if not self.urgent:
            return frozenset()
        last = (self.ends - n * _DAY for n in range(URGENT_DAYS))
        return frozenset(day for day in last if day >= self.starts)


class What(StrEnum):
    """What is announced of a campaign."""

    START = "start"
    END = "end"
    """It is over: its results."""
    OFF = "off"
    """It was called off after it had begun."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something to announce from the morning of ``day`` on, of use up to ``last``."""

    what: What
    day: date
    last: date

    def late_on(self, day: date) -> bool:
        """Whether it is of no use any more."""
        return day > self.last


def announcements(campaign: Campaign, off: date | None) -> tuple[Announcement, ...]:
    """All that is ever announced of it; ``off`` is the local day on which it was called off.

    >>> may = Campaign(1, 1, 1, "Tháng Công nhân", date(2026, 5, 1), date(2026, 5, 31))
    >>> [(each.what.value, each.day.day, each.last.day) for each in announcements(may, None)]
    [('start', 1, 3), ('end', 1, 3)]
    """
    more = (USEFUL_DAYS - 1) * _DAY
    if off is not None:
        return (Announcement(What.OFF, off, off + more),) if off >= campaign.starts else ()
    after = campaign.ends + _DAY
    return (
        Announcement(What.START, campaign.starts, min(campaign.starts + more, campaign.ends)),
        Announcement(What.END, after, after + more),
    )


def owed(campaign: Campaign, off: date | None, today: date) -> list[Announcement]:
    """What is to be said of it today, or noted as too late."""
    since = today - LOOKED_BACK_DAYS * _DAY
    return [each for each in announcements(campaign, off) if since < each.day <= today]


def urgent_days(campaigns: Iterable[Campaign], path: Iterable[int]) -> frozenset[date]:
    """The days that are no days off for a unit; ``path`` leads from the root to it."""
    above = frozenset(path)
    days = (campaign.urgent_days() for campaign in campaigns if campaign.unit in above)
    return frozenset().union(*days)
