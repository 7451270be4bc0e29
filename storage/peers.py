"""The units right below one, or of one cluster, with count and target: light, read at once.

Eleven hundred of them take two to three milliseconds; loaded as units they would take ten.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from domain.initiative import Tally
from domain.programme import Counted, Programme, QuotaKind
from domain.ranking import PeerRow
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.tables import quota, tally, unit, unit_place

BELOW, CLUSTER = "below", "cluster"

_AMONG = {
    BELOW: unit.c.parent == bindparam("of", type_=BigInteger()),
    CLUSTER: unit.c.cluster == bindparam("of"),
}
_OF_KIND = (
    quota.c.programme == bindparam("programme"),
    quota.c.unit == unit.c.id,
    quota.c.kind == bindparam("kind"),
    quota.c.phase == bindparam("phase"),
    quota.c.effective_from <= bindparam("on"),
)
_TARGET = (
    select(quota.c.target)
    .where(*_OF_KIND)
    .order_by(quota.c.effective_from.desc(), quota.c.id.desc())
    .limit(literal_column("1"))
    .scalar_subquery()
    .correlate(unit)
)


_NO_OTHER = literal_column("0", type_=Integer())
_ENDED = type_coerce(unit.c.valid_to < bindparam("on"), Integer)


def _peers(among: Any, counts: Counted, phase: bool) -> Select[Any]:
    """Rows in the order of a Peer's fields."""
    joined = (tally.c.unit == unit.c.id) & (tally.c.programme == bindparam("programme"))
    columns: list[Any] = [tally.c[counts.value], tally.c.submitted]
    if phase:
        joined &= tally.c.phase == bindparam("phase")
    else:
        # The sum of 64-bit numbers is a decimal to PostgreSQL.
        columns = [cast(func.sum(column), BigInteger) for column in columns]
    counted, submitted = (func.coalesce(column, literal_column("0")) for column in columns)
    found = (
        select(unit.c.id, counted, submitted, _TARGET, _NO_OTHER, _ENDED)
        .join(tally, joined, isouter=True)
        .where(among, unit.c.valid_from <= bindparam("on"))
        .order_by(unit.c.id)
    )
    return found if phase else found.group_by(unit.c.id)


_PEERS = {
    (name, counts, phase): _peers(among, counts, phase)
    for name, among in _AMONG.items()
    for counts in Counted
    for phase in (True, False)
}
_TARGETS = {
    # By unit first: SQLite would else look through all quotas of the programme.
    name: select(unit.c.id, quota.c.target)
    .join(quota, quota.c.unit == unit.c.id)
    .where(among, *_OF_KIND)
    .order_by(unit.c.id, quota.c.effective_from, quota.c.id)
    for name, among in _AMONG.items()
}
_STOOD_BELOW = (
    # By the places of that day; the units of today stand below where they stand now.
    select(unit.c.id, _TARGET, _ENDED)
    .join(unit_place, unit_place.c.unit == unit.c.id)
    .where(
        unit_place.c.parent == bindparam("of"),
        unit_place.c.valid_from <= bindparam("on"),
        or_(unit_place.c.valid_to.is_(None), unit_place.c.valid_to >= bindparam("on")),
    )
    .order_by(unit.c.id)
)
_STOOD_TARGETS = (
    select(unit_place.c.unit, quota.c.target)
    .join(unit, unit.c.id == unit_place.c.unit)
    .join(quota, quota.c.unit == unit.c.id)
    .where(unit_place.c.parent == bindparam("of"), *_OF_KIND)
    .order_by(unit_place.c.unit, quota.c.effective_from, quota.c.id)
)


class Peers:
    """Units among others, in the tree of today and by the counts kept for it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def below(
        self, programme: Programme, parent: int, phase: int, on: date
    ) -> tuple[list[PeerRow], list[PeerRow]]:
        """Those right below, and those that ended; ``phase`` 0 is the whole programme."""
        return self._found(BELOW, programme, parent, phase, on)

    def of_cluster(self, programme: Programme, cluster: str, phase: int, on: date) -> list[PeerRow]:
        """Those of a cụm/khối thi đua that exist on that day."""
        return self._found(CLUSTER, programme, cluster, phase, on)[0]

    def below_on(
        self,
        programme: Programme,
        parent: int,
        phase: int,
        on: date,
        counts: Mapping[int, Tally],
    ) -> tuple[list[PeerRow], list[PeerRow]]:
        """Those that stood right below on a past day, with the counts of that day."""
        values = _values(programme, parent, phase, on)
        rows: list[PeerRow] = []
        for id, target, ended in self._cursor.all(_STOOD_BELOW, values):
            tally = counts.get(id, Tally())
            counted = tally.valid if programme.counts is Counted.VALID else tally.submitted
            rows.append((id, counted, tally.submitted, target, 0, ended))
        return self._split(rows, programme, _STOOD_TARGETS, values)

    def _found(
        self, name: str, programme: Programme, of: int | str, phase: int, on: date
    ) -> tuple[list[PeerRow], list[PeerRow]]:
        values = _values(programme, of, phase, on)
        rows: list[Any] = self._cursor.all(_PEERS[name, programme.counts, phase != WHOLE], values)
        return self._split(rows, programme, _TARGETS[name], values)

    def _split(
        self,
        peers: list[PeerRow],
        programme: Programme,
        targets: Select[Any],
        values: dict[str, Any],
    ) -> tuple[list[PeerRow], list[PeerRow]]:
        """Those that are there, and those that ended."""
        if any(peer[3] is None for peer in peers):
            # A unit without the quota that counts is measured by the other kind.
            other = next(kind for kind in QuotaKind if kind is not programme.against)
            # Rows come in order of force, so the last one of a unit stays.
            others: dict[int, int] = dict(self._cursor.all(targets, values | {"kind": other.value}))
            peers = [_by_other(peer, others) for peer in peers] if others else peers
        if not any(peer[5] for peer in peers):
            return peers, []
        return [p for p in peers if not p[5]], [p for p in peers if p[5]]


def _by_other(peer: PeerRow, targets: Mapping[int, int]) -> PeerRow:
    unit, counted, submitted, target, _, ended = peer
    if target is not None or unit not in targets:
        return peer
    return unit, counted, submitted, targets[unit], 1, ended


def _values(programme: Programme, of: int | str, phase: int, on: date) -> dict[str, Any]:
    kind = programme.against.value
    return {"programme": programme.id, "of": of, "phase": phase, "on": on, "kind": kind}
