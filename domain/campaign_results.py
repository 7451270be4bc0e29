"""What a campaign brought: what was submitted on its days, and which units brought most."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.campaign import Campaign
from domain.initiative import Tally
from domain.ranking import Peer

BEST_MOST = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and its rank; ties share one (1, 1, 3)."""

    rank: int
    unit: int
    count: int
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Of the campaign's own unit with all below, and of the units right below it."""

    campaign: Campaign
    tally: Tally
    """What changed on its days."""
    peers: tuple[Peer, ...] = ()
    """The units right below, with what was submitted in each on its days."""

    @property
    def active(self) -> int:
        """In how many of them anything was submitted."""
        return sum(peer.submitted > 0 for peer in self.peers)


def by_count(peers: Sequence[Peer]) -> list[Placed]:
    """All in which anything was submitted, most first.

    >>> [(each.rank, each.unit) for each in by_count([Peer(1, 2, 2), Peer(2, 5, 5), Peer(3, 2, 2)])]
    [(1, 2), (2, 1), (2, 3)]
    """
    brought = [peer for peer in peers if peer.submitted > 0]
    return _placed([(Fraction(peer.submitted), peer) for peer in brought])


def by_share(peers: Sequence[Peer]) -> list[Placed]:
    """The same by the share of their quota that the campaign brought; only those with a quota."""
    brought = [peer for peer in peers if peer.submitted > 0]
    return _placed(
        [(Fraction(peer.submitted, peer.target), peer) for peer in brought if peer.target]
    )


def _placed(rated: Sequence[tuple[Fraction, Peer]]) -> list[Placed]:
    best = sorted(rated, key=lambda each: (-each[0], each[1].unit))
    ranks: dict[Fraction, int] = {}
    for place, (rate, _) in enumerate(best, start=1):
        ranks.setdefault(rate, place)
    return [Placed(ranks[rate], peer.unit, peer.submitted, peer.target) for rate, peer in best]
