"""Making or changing a campaign by chat: what has been said of it, and what will not do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.campaign import Campaign
from domain.errors import Rejected
from domain.programme import Programme
from domain.vietnamese import format_date, nfc, read_date
from domain.vietnamese.spans import Days, read_span

NAME_MOST = 80
"""Characters: it stands in every post."""

MESSAGE_MOST = 500
"""Characters: what is read in a group without scrolling."""


class Step(StrEnum):
    """What is asked, in this order."""

    NAME = "name"
    DAYS = "days"
    MESSAGE = "message"
    SURE = "sure"


ASKED = (Step.NAME, Step.DAYS, Step.MESSAGE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A campaign as far as it has been said; ``campaign`` 0 is a new one.

    Of one that there is only ``change`` is said anew: the rest stays as it then is.
    """

    unit: int = 0
    campaign: int = 0
    name: str = ""
    starts: date | None = None
    ends: date | None = None
    message: str | None = None
    """None was not asked for yet; "" leaves it to the texts."""
    change: str = ""
    """The step that is changed."""

    @property
    def missing(self) -> Step:
        """What is to be asked next."""
        if not self.name:
            return Step.NAME
        if self.starts is None or self.ends is None:
            return Step.DAYS
        return Step.MESSAGE if self.message is None else Step.SURE

    @property
    def says_days(self) -> bool:
        """Whether days are told anew."""
        return self.change in ("", Step.DAYS)

    def without(self, step: Step) -> "Sketch":
        """As if this had not been said."""
        if step is Step.NAME:
            return replace(self, name="")
        if step is Step.DAYS:
            return replace(self, starts=None, ends=None)
        return replace(self, message=None)

    def on(self, days: Days) -> "Sketch":
        """With these days."""
        return replace(self, starts=days[0], ends=days[1])

    def dump(self) -> dict[str, Any]:
        """For the conversation: JSON."""
        days = {name: day and day.isoformat() for name, day in self._days().items()}
        return asdict(self) | days

    @classmethod
    def load(cls, about: Mapping[str, Any]) -> "Sketch":
        """What ``dump`` wrote.

        >>> sketch = Sketch(7, 0, "Tháng Công nhân", date(2026, 5, 1), date(2026, 5, 31), "")
        >>> Sketch.load(sketch.dump()) == sketch
        True
        """
        known = {name: about[name] for name in cls.__slots__ if name in about}
        for name in ("starts", "ends"):
            known[name] = date.fromisoformat(known[name]) if known.get(name) else None
        return cls(**known)

    @classmethod
    def of(cls, campaign: Campaign, change: Step) -> "Sketch":
        """Of one that there is, with something to be said anew."""
        known = cls(
            campaign.unit,
            campaign.id,
            campaign.name,
            campaign.starts,
            campaign.ends,
            campaign.message,
            change,
        )
        return known.without(change)

    def campaign_of(self, programme: Programme, old: Campaign | None) -> Campaign:
        """The campaign that it comes to; the first day of one that has begun stays.

        What somebody else changed about ``old`` meanwhile stays changed.
        """
        assert self.starts is not None and self.ends is not None
        message = self.message or ""
        if old is None:
            ids = 0, programme.id, self.unit
            return Campaign(*ids, self.name, self.starts, self.ends, message)
        if self.change == Step.NAME:
            return replace(old, name=self.name)
        if self.change == Step.MESSAGE:
            return replace(old, message=message)
        return replace(old, starts=self.starts, ends=self.ends)

    def _days(self) -> dict[str, date | None]:
        return {"starts": self.starts, "ends": self.ends}


def read_name(text: str) -> str:
    """Its name; Rejected when it is too long, or has no letter: a number was meant as a choice.

    >>> read_name("  Tháng   Công nhân ")
    'Tháng Công nhân'
    """
    name = " ".join(nfc(text).split())
    if len(name) > NAME_MOST or not any(map(str.isalpha, name)):
        raise Rejected("campaign_name", most=NAME_MOST)
    return name


def read_message(text: str) -> str:
    """What is said when it begins; Rejected when it is too long."""
    message = nfc(text).strip()
    if len(message) > MESSAGE_MOST:
        raise Rejected("campaign_message", count=len(message), most=MESSAGE_MOST)
    return message


def read_days(text: str, today: date, programme: Programme) -> Days | tuple[str, tuple[Days, ...]]:
    """The days, or why they will not do, with spans worth offering; Rejected: out of programme."""
    read = read_span(text, today)
    if read.days is None:
        fit = tuple(days for days in read.suggestions if _inside(days, programme))
        return str(read.ask), fit
    trouble = trouble_with(read.days, None, today)
    if not trouble:
        return check_days(read.days, programme)
    if trouble == "past":
        return trouble, ()
    return trouble, (check_days((today, read.days[1]), programme),)


def trouble_with(days: Days, old: Campaign | None, today: date) -> str:
    """Why a campaign can no longer be given these days: begun or past; "" when it can.

    What began keeps its first day, and nothing begins or ends before today.

    >>> may = date(2026, 5, 1), date(2026, 5, 31)
    >>> [trouble_with(may, None, date(2026, 5, day)) for day in (1, 2)]
    ['', 'begun']
    >>> trouble_with(may, Campaign(1, 1, 1, "Hè", may[0], date(2026, 5, 20)), date(2026, 5, 2))
    ''
    """
    first, last = days
    if last < today:
        return "past"
    begun = old is not None and old.starts <= today
    kept = old is not None and first == old.starts
    return "" if (kept if begun else first >= today) else "begun"


def read_end(text: str, campaign: Campaign, today: date, programme: Programme) -> Days | None:
    """Until when one that has begun is to run; None when no day was named."""
    read = read_span(text, today)
    days = read.days or next(iter(read.suggestions), None)
    alone = read_date(text, today, future=True)
    if alone.iso and alone.precision == "day":
        end = date.fromisoformat(alone.iso)
    elif days is not None:
        end = days[1]
    else:
        return None
    return check_days((campaign.starts, end), programme) if end >= today else None


def check_days(days: Days, programme: Programme) -> Days:
    """The same days; Rejected when the programme has not all of them."""
    if not _inside(days, programme):
        opens, closes = format_date(programme.opens), format_date(programme.closes)
        raise Rejected("campaign_outside", opens=opens, closes=closes)
    return days


def _inside(days: Days, programme: Programme) -> bool:
    return programme.opens <= days[0] <= days[1] <= programme.closes
