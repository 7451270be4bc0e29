"""The board that a group gets every day of a campaign: today, the whole, and who brought most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from domain.campaign import Campaign
from domain.initiative import Tally
from domain.progress import Standing
from domain.ranking import PeerRow, Rank

BEST_MOST = 5
"""The board is eight lines at most."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A unit below, and what it brought."""

    unit: int
    today: int
    all: int


@dataclass(frozen=True, slots=True)
class Named:
    """The same by name."""

    name: str
    today: int
    all: int


@dataclass(frozen=True, slots=True)
class Board:
    """Of one unit on one day."""

    campaign: Campaign
    standing: Standing
    today: Tally
    """What changed today."""
    yesterday: Tally
    days_left: int
    """Of the campaign, today included."""
    best: tuple[Named, ...] = ()
    below: int = 0
    """Units right below."""
    empty: int = 0
    """Of them, those that nothing was submitted in."""
    rank: Rank | None = None
    """Of a unit with none below."""


def brought_most(
    peers: Sequence[PeerRow], today: Mapping[int, int], most: int = BEST_MOST
) -> list[Brought]:
    """Those that brought anything: by what came today, then by the whole.

    >>> rows = [(1, 9, 9, None, 0, None), (2, 4, 4, None, 0, None), (3, 0, 0, None, 0, None)]
    >>> [(each.unit, each.today, each.all) for each in brought_most(rows, {2: 3})]
    [(2, 3, 4), (1, 0, 9)]
    """
    rows = [(today.get(row[0], 0), row[1], -row[0]) for row in peers]
    rows = [row for row in rows if row[0] > 0 or row[1] > 0]
    rows.sort(reverse=True, key=itemgetter(0, 1, 2))
    return [Brought(-id, now, all) for now, all, id in rows[:most]]
