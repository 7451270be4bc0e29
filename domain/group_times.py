"""When a group is posted to next, as far as that is known today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from domain.calendar import Calendar
from domain.campaign import Campaign
from domain.deadlines import Deadline, deadlines
from domain.deadlines import over as near
from domain.notice import Kind
from domain.programme import Programme
from domain.schedule import Schedule, last_slot, slots_after

SHOWN = 3


def coming(
    kind: Kind,
    schedule: Schedule,
    now: datetime,
    calendar: Calendar,
    programme: Programme | None,
    campaigns: Iterable[Campaign],
    path: Sequence[int],
) -> list[datetime]:
    """The next times, in the calendar's zone: fewer where less is known, none of what just comes.

    ``path`` leads from the root to the group's unit.
    """
    campaigns = over(campaigns, path)
    slots = (slot.astimezone(calendar.zone) for slot in slots_after(schedule, now, calendar))
    if kind is Kind.PROGRESS:
        found = _of_progress(slots, programme)
    elif kind is Kind.BOARD:
        found = (slot for slot in slots if any(each.runs_on(slot.date()) for each in campaigns))
    elif kind is Kind.DEADLINE and programme is not None:
        last = last_slot(schedule, now, calendar)
        done = last.astimezone(calendar.zone) if last else now
        found = _of_ends(slots, programme, campaigns, done.date(), path)
    else:
        found = iter(())
    return list(islice(found, SHOWN))


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
    slots: Iterator[datetime],
    programme: Programme,
    campaigns: Sequence[Campaign],
    done: date,
    path: Sequence[int],
) -> Iterator[datetime]:
    """Each step comes once; what was due on the day of the slot before is ``done``."""
    told = {_step(each) for each in near(deadlines(programme, campaigns, done), path)}
    for slot in slots:
        due = {_step(e) for e in near(deadlines(programme, campaigns, slot.date()), path)}
        if due - told:
            yield slot
        told |= due


def _step(end: Deadline) -> tuple[str, int, int]:
    return end.what, end.id, end.step


def _of_progress(slots: Iterator[datetime], programme: Programme | None) -> Iterator[datetime]:
    """From the first day of the programme to the day after its last, when its result is said."""
    if programme is None:
        return iter(())
    last = programme.closes + timedelta(days=1)
    return (slot for slot in slots if programme.opens <= slot.date() <= last)
