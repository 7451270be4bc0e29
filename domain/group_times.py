"""When a group is posted to next, as far as that is known today."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from domain.calendar import Calendar, urgent_on
from domain.campaign import Campaign, urgent_days
from domain.deadlines import Deadline, deadlines
from domain.deadlines import over as near
from domain.notice import Kind
from domain.programme import Programme
from domain.schedule import Schedule, last_slot, slots_after

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Occasions:
    """What posts of a group hang on: the programme, and the campaigns over its unit."""

    programme: Programme | None
    campaigns: Sequence[Campaign]
    path: Sequence[int]
    """From the root to the unit."""
    zone: ZoneInfo
    """Of the house: a day of the programme ends when it ends there."""

    def running(self, day: date) -> bool:
        """Whether a campaign is on."""
        return any(each.runs_on(day) for each in over(self.campaigns, self.path))

    def ends(self, day: date) -> set[tuple[str, int, int]]:
        """The steps that are due to be announced."""
        if self.programme is None:
            return set()
        found = near(deadlines(self.programme, self.campaigns, day), self.path)
        return {_step(each) for each in found}


def coming(
    kind: Kind,
    schedule: Schedule,
    since: datetime,
    now: datetime,
    calendar: Calendar,
    occasions: Occasions,
) -> list[datetime]:
    """The next times, in the calendar's zone: fewer where less is known, none of what just comes.

    ``since`` it is posted by this schedule; the calendar is the group's.
    """
    days = urgent_days(occasions.campaigns, occasions.path)
    calendar = urgent_on(calendar, days)
    slots = slots_after(schedule, now, calendar)
    if kind is Kind.PROGRESS:
        found = _of_progress(slots, occasions)
    elif kind is Kind.BOARD:
        found = (slot for slot in slots if occasions.running(_day(slot, occasions)))
    elif kind is Kind.DEADLINE:
        last = last_slot(schedule, now, calendar)
        told = occasions.ends(_day(last, occasions)) if last and last >= since else set()
        found = _of_ends(slots, told, occasions)
    else:
        found = iter(())
    return [slot.astimezone(calendar.zone) for slot in islice(found, SHOWN)]


def over(campaigns: Iterable[Campaign], path: Sequence[int]) -> list[Campaign]:
    """Those that a unit takes part in; ``path`` leads from the root to it. The nearest ones first.

    >>> day = date(2026, 11, 1)
    >>> wide, near = (Campaign(n, 1, unit, "", day, day) for n, unit in ((1, 10), (2, 11)))
    >>> [each.id for each in over((wide, near), (10, 11)) + over((wide, near), (10, 12))]
    [2, 1, 1]
    """
    place = {unit: depth for depth, unit in enumerate(path)}
    mine = [each for each in campaigns if each.unit in place]
    return sorted(mine, key=lambda each: -place[each.unit])


def _of_ends(
    slots: Iterator[datetime], told: set[tuple[str, int, int]], occasions: Occasions
) -> Iterator[datetime]:
    """Each step comes once; ``told`` is what the slot before brought."""
    for slot in slots:
        due = occasions.ends(_day(slot, occasions))
        if due - told:
            yield slot
        told |= due


def _step(end: Deadline) -> tuple[str, int, int]:
    return end.what, end.id, end.step


def _of_progress(slots: Iterator[datetime], occasions: Occasions) -> Iterator[datetime]:
    """From the first day of the programme to the day after its last, when its result is said."""
    programme = occasions.programme
    if programme is None:
        return iter(())
    last = programme.closes + timedelta(days=1)
    return (slot for slot in slots if programme.opens <= _day(slot, occasions) <= last)


def _day(slot: datetime, occasions: Occasions) -> date:
    return slot.astimezone(occasions.zone).date()
