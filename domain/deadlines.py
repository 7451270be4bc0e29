"""What ends soon, and what has just ended: the programme, a phase (giai đoạn), a campaign.

Each end is announced in steps. A step whose day nobody used, for we were away, is made up for in
the days after it, unless the next one has come; then it is left out for good. What begins only on
the day of a step, or after it, is announced as that, and not also as near its end.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from domain.campaign import Campaign
from domain.programme import Programme

What = Literal["programme", "phase", "campaign"]

STEPS = (30, 14, 7, 3, 1)
"""Days before an end (``reference/domain.md`` section 8.1)."""

LATE_MOST = 3
"""Days by which a step may come late: whoever began a draft after it is not warned in between."""

SUMMED_UP = 3
"""Days after an end in which its result is told."""


@dataclass(frozen=True, slots=True)
class Ended:
    """It is over: ``ends`` was its last day."""

    what: What
    id: int
    name: str
    ends: date
    unit: int | None = None
    """The unit it held for, with all below; None is everybody."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """It ends in ``days`` days; 0 is its last day."""

    what: What
    id: int
    name: str
    ends: date
    days: int
    step: int = 0
    """The step that is due; ``days`` is less where it comes late."""
    unit: int | None = None
    """The unit it holds for, with all below; None is everybody."""

    def key(self, whom: int | str) -> str:
        """Said once a step and person; anew where the end was put off.

        >>> Deadline("phase", 4, "Giai đoạn 1", date(2026, 11, 30), 6, 7).key(12)
        'deadline:phase:4:2026-11-30:7:12'
        """
        return f"deadline:{self.what}:{self.id}:{self.ends.isoformat()}:{self.step}:{whom}"


def deadlines(
    programme: Programme,
    campaigns: Iterable[Campaign],
    today: date,
    steps: Iterable[int] = STEPS,
) -> tuple[Deadline, ...]:
    """What ends in such a step, the programme first, then phases, then campaigns.

    >>> spring = Campaign(7, 1, 2, "Cao điểm", date(2026, 11, 1), date(2026, 11, 26))
    >>> year = Programme(
    ...     1, "p", "P", "LS", *(date(2026, 1, 1), date(2026, 12, 23)) * 2
    ... )
    >>> for each in deadlines(year, [spring], date(2026, 11, 23)):
    ...     print(each.what, each.days, each.step)
    programme 30 30
    campaign 3 3
    """
    order = sorted({step for step in steps if step > 0})
    found = []
    for begins, end in _ends(programme, campaigns):
        days = (end.ends - today).days
        step = next((step for step in order if step >= days), None)
        if days < 0 or step is None or step - days > LATE_MOST:
            continue
        if begins >= end.ends - timedelta(days=step):
            continue
        found.append(Deadline(end.what, end.id, end.name, end.ends, days, step, end.unit))
    return tuple(_one_a_day(found))


def ended(programme: Programme, campaigns: Iterable[Campaign], today: date) -> tuple[Ended, ...]:
    """What ended within the last three days, in the same order; its last day is not over."""
    over = (end for _, end in _ends(programme, campaigns))
    return tuple(_one_a_day([e for e in over if 1 <= (today - e.ends).days <= SUMMED_UP]))


End = TypeVar("End", Deadline, Ended)


def over(ends: Sequence[End], path: Sequence[int]) -> tuple[End, ...]:
    """Those that concern a unit, given by its path from the root; of one day only the first.

    >>> low = Ended("campaign", 1, "Huyện", date(2026, 11, 30), unit=5)
    >>> high = Ended("campaign", 2, "Tỉnh", date(2026, 11, 30), unit=1)
    >>> [each.name for each in over([low, high], (1, 5, 9))]
    ['Huyện']
    >>> [each.name for each in over([low, high], (1, 6))]
    ['Tỉnh']
    """
    days: set[date] = set()
    found = []
    for end in ends:
        if end.ends not in days and (end.unit is None or end.unit in path):
            days.add(end.ends)
            found.append(end)
    return tuple(found)


def _ends(programme: Programme, campaigns: Iterable[Campaign]) -> Iterator[tuple[date, Ended]]:
    """Each with its first day."""
    yield (
        programme.opens,
        Ended("programme", programme.id, programme.name, programme.closes),
    )
    for phase in sorted(programme.phases, key=lambda each: each.ends):
        yield phase.starts, Ended("phase", phase.id, phase.name, phase.ends)
    for each in sorted(campaigns, key=lambda each: (each.ends, each.id)):
        if each.programme == programme.id:
            yield each.starts, Ended("campaign", each.id, each.name, each.ends, each.unit)


def _one_a_day(ends: Sequence[End]) -> Iterator[End]:
    """Ends of one day are said as one: what is everybody's goes before a unit's own."""
    common: set[date] = set()
    own: set[tuple[date, int]] = set()
    for end in ends:
        if end.ends in common or (end.unit is not None and (end.ends, end.unit) in own):
            continue
        if end.unit is None:
            common.add(end.ends)
        else:
            own.add((end.ends, end.unit))
        yield end
