"""Which units a campaign's board names."""

import pytest

from domain.board import brought_most
from domain.initiative import Tally


def tallies(counts: dict[int, int]) -> dict[int, Tally]:
    return {unit: Tally(submitted=count) for unit, count in counts.items()}


@pytest.mark.parametrize(
    ("today", "all", "best"),
    [
        ({}, {}, []),
        # Whoever brought most today, whatever they brought before.
        ({1: 1, 2: 3}, {1: 90, 2: 3, 3: 50}, [(1, 2), (2, 1)]),
        # Of those who brought as much today, who brought more in all; they share the rank.
        ({1: 2, 2: 2, 3: 1}, {1: 2, 2: 7, 3: 9}, [(1, 2), (1, 1), (3, 3)]),
        # Equal in all, too: the older unit.
        ({1: 2, 2: 2}, {1: 2, 2: 2}, [(1, 1), (1, 2)]),
        # A day on which nobody brought anything, or more was withdrawn.
        ({2: -1}, {1: 4, 2: 4, 3: 5}, [(1, 3), (2, 1), (2, 2)]),
        ({2: -1}, {2: 0}, []),
        # Three are named, the last one by chance of age.
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 2}, {}, [(1, 5), (2, 1), (2, 2)]),
        # A unit that is no more has counts, and no place.
        ({9: 8}, {9: 8, 1: 1}, [(1, 1)]),
    ],
)
def test_names_the_best(
    today: dict[int, int], all: dict[int, int], best: list[tuple[int, int]]
) -> None:
    found = brought_most(range(1, 6), tallies(today), tallies(all))
    assert [(each.rank, each.unit) for each in found] == best


def test_tells_what_came_today_and_in_all() -> None:
    [best] = brought_most([7], {7: Tally(submitted=2, valid=9)}, {7: Tally(submitted=5, valid=1)})
    assert (best.today, best.all) == (2, 5)
