"""A month's messages, where a network allows a bot only so many: answers go before pushes.

Whose months the networks count is not known; ours are those of UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ALARMING = 0.80
"""From here on somebody is told: a week or so is left to buy more, or to write less."""

RESERVED = 0.95
"""From here on nothing is said unasked: the rest is for answers."""


@dataclass(frozen=True, slots=True)
class Spent:
    """How much of its month a bot account has sent."""

    channel: str
    bot: str
    month: date
    sent: int
    most: int

    @property
    def left(self) -> int:
        """Messages; networks may let some more through."""
        return max(0, self.most - self.sent)

    def key(self, person: int) -> str:
        """Under which one person hears once a month that little is left."""
        return f"alarm:allowance:{self.channel}:{self.bot}:{self.month.isoformat()}:{person}"


def month_of(moment: datetime) -> date:
    """The first day of a moment's month.

    >>> month_of(datetime(2026, 11, 28, 9, tzinfo=UTC))
    datetime.date(2026, 11, 1)
    """
    return moment.astimezone(UTC).date().replace(day=1)


def next_month(moment: datetime) -> datetime:
    """When the month after a moment's begins.

    >>> next_month(datetime(2026, 12, 31, 9, tzinfo=UTC)).isoformat()
    '2027-01-01T00:00:00+00:00'
    """
    following = (month_of(moment) + timedelta(days=31)).replace(day=1)
    return datetime(following.year, following.month, 1, tzinfo=UTC)


def is_alarming(sent: int, most: int) -> bool:
    """Whether so many of a month's messages are gone that somebody must hear of it.

    >>> is_alarming(15, 20), is_alarming(16, 20)
    (False, True)
    """
    return sent >= most * ALARMING


def is_reserved(sent: int, most: int) -> bool:
    """Whether what is left of a month's messages is kept for answers.

    >>> is_reserved(18, 20), is_reserved(19, 20)
    (False, True)
    """
    return sent >= most * RESERVED
