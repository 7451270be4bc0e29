"""Ranks of units by share of their quota and by count, over a thousand siblings in a turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Peer(NamedTuple):
    """A unit among others, as it is read: in the order of a ``PeerRow``."""

    unit: int
    counted: int
    """What the programme goes by."""
    submitted: int
    target: int | None = None
    other: int = 0
    """1 where the target is of the other kind than the programme goes by."""
    ended: int | None = None
    """1 where the unit is no more."""


PeerRow = tuple[int, int, int, int | None, int, int | None]
"""A Peer that was only read: there may be eleven hundred, and naming their fields takes longer
than reading them. Every Peer is one."""


@dataclass(frozen=True, slots=True)
class Rank:
    """Hạng among siblings: by share among those with a quota, by count among all."""

    by_share: int | None
    ranked: int
    by_count: int
    all: int


def rank_of(unit: int, peers: Sequence[PeerRow]) -> Rank | None:
    """Where a unit stands among these; ties share a rank. None where there is nobody else.

    Floats tell ties: equal fractions divide to equal floats.

    >>> rank_of(3, [Peer(1, 5, 5, 10), Peer(2, 10, 10, 20), Peer(3, 1, 1, 10)])
    Rank(by_share=3, ranked=3, by_count=3, all=3)
    """
    own = next((peer for peer in peers if peer[0] == unit), None)
    if own is None or len(peers) < 2:
        return None
    shares = [peer[1] / peer[3] for peer in peers if peer[3]]
    _, count, _, target, *_ = own
    mine = count / target if target else 0.0
    return Rank(
        by_share=1 + sum([share > mine for share in shares]) if target else None,
        ranked=len(shares),
        by_count=1 + sum([peer[1] > count for peer in peers]),
        all=len(peers),
    )


def best_first(peers: Sequence[PeerRow], most: int | None = None) -> list[Peer]:
    """Best share first; units without a quota after them, by count; older units before newer.

    >>> [peer.unit for peer in best_first([Peer(1, 9, 9), Peer(2, 1, 1, 9), Peer(3, 2, 2, 9)])]
    [3, 2, 1]
    """
    keyed = [(peer[1] / peer[3] if peer[3] else -1.0, peer[1], -peer[0], peer) for peer in peers]
    keyed.sort(reverse=True)
    return [Peer._make(peer) for _, _, _, peer in keyed[:most]]


def nothing_yet(peers: Sequence[PeerRow]) -> list[Peer]:
    """Those in which nothing was submitted."""
    return [Peer._make(peer) for peer in peers if not peer[2]]
