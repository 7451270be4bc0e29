"""Ranks of units by share of their quota and by count, over a thousand siblings in a turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.programme import QuotaKind


class Peer(NamedTuple):
    """A unit among others, as light as a row: there may be eleven hundred right below one."""

    unit: int
    name: str
    counted: int
    """What the programme goes by."""
    submitted: int
    target: int | None = None
    kind: QuotaKind = QuotaKind.ASSIGNED
    """Which quota the target is."""

    @property
    def share(self) -> float:
        """Exact enough to tell ties: equal fractions divide to equal floats.

        >>> Peer(1, "A", 1, 1, 3).share == Peer(2, "B", 100, 100, 300).share
        True
        """
        return self.counted / self.target if self.target else -1.0


@dataclass(frozen=True, slots=True)
class Rank:
    """Hạng among siblings: by share among those with a quota, by count among all."""

    by_share: int | None
    ranked: int
    by_count: int
    all: int


def rank_of(unit: int, peers: Sequence[Peer]) -> Rank | None:
    """Where a unit stands among these; ties share a rank. None where there is nobody else.

    >>> peers = [Peer(1, "A", 5, 5, 10), Peer(2, "B", 10, 10, 20), Peer(3, "C", 1, 1, 10)]
    >>> rank_of(3, peers)
    Rank(by_share=3, ranked=3, by_count=3, all=3)
    """
    own = next((peer for peer in peers if peer.unit == unit), None)
    if own is None or len(peers) < 2:
        return None
    shares = [peer[2] / peer[4] for peer in peers if peer[4]]
    mine = own.share
    return Rank(
        by_share=1 + sum(share > mine for share in shares) if own.target else None,
        ranked=len(shares),
        by_count=1 + sum(peer[2] > own.counted for peer in peers),
        all=len(peers),
    )


def best_first(peers: Sequence[Peer]) -> list[Peer]:
    """Best share first; units without a quota after them, by count; names settle the rest."""
    return sorted(peers, key=lambda peer: (-peer.share, -peer.counted, peer.name))
