"""The board that a group gets every day of a campaign: today, all its days, who brought most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.campaign import Campaign
from domain.initiative import Tally
from domain.programme import Phase, Programme
from domain.progress import Standing
from domain.ranking import Rank

BEST_MOST = 3
"""The board is eight lines at most."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A unit below and what was submitted in it; ties share a rank (1, 1, 3)."""

    rank: int
    unit: int
    today: int
    all: int
    """On all days of the campaign."""


@dataclass(frozen=True, slots=True)
class Board:
    """Of one unit on one day."""

    campaign: Campaign
    programme: Programme
    phase: Phase | None
    """The one that ``standing`` is of; None is the whole programme."""
    standing: Standing
    today: Tally
    """What changed today."""
    yesterday: Tally
    all: Tally
    """What changed on the campaign's days up to today."""
    days: int
    """Until its last one; 0 is the last one."""
    best: tuple[tuple[str, Brought], ...] = ()
    """By name."""
    below: int = 0
    """Units right below."""
    active: int = 0
    """Of them, those that submitted anything on the campaign's days."""
    rank: Rank | None = None
    """Of a unit with none below."""


def brought_most(
    units: Iterable[int], today: Mapping[int, Tally], all: Mapping[int, Tally]
) -> list[Brought]:
    """The best by what was submitted today; on a day without, by what was in the whole campaign.

    >>> whole = {1: Tally(submitted=9), 2: Tally(submitted=4), 3: Tally(submitted=4)}
    >>> [(each.rank, each.unit) for each in brought_most((1, 2, 3, 4), {}, whole)]
    [(1, 1), (2, 2), (2, 3)]
    >>> brought_most((1, 2, 3, 4), {2: Tally(submitted=3)}, whole)
    [Brought(rank=1, unit=2, today=3, all=4)]
    """
    rows = [(_submitted(today, unit), _submitted(all, unit), -unit) for unit in units]
    rate = 0 if any(row[0] > 0 for row in rows) else 1
    rows = [row for row in rows if row[rate] > 0]
    rows.sort(key=lambda row: (row[rate], row), reverse=True)
    rates = [row[rate] for row in rows]
    return [
        Brought(rates.index(row[rate]) + 1, -row[2], row[0], row[1]) for row in rows[:BEST_MOST]
    ]


def _submitted(tallies: Mapping[int, Tally], unit: int) -> int:
    return tallies[unit].submitted if unit in tallies else 0
