"""The units right below one, or of one cluster, with count and target: light, read at once.

Eleven hundred of them take two to three milliseconds; loaded as units they would take ten.
"""

from collections.abc import Mapping, Sequence
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
from domain.ranking import Peer
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


def _peers(among: Any, phase: bool) -> Select[Any]:
    """Whether each has ended, what was submitted and is valid there, and its target."""
    joined = (tally.c.unit == unit.c.id) & (tally.c.programme == bindparam("programme"))
    counts: list[Any] = [tally.c.submitted, tally.c.valid]
    if phase:
        joined &= tally.c.phase == bindparam("phase")
    else:
        # The sum of 64-bit numbers is a decimal to PostgreSQL.
        counts = [cast(func.sum(column), BigInteger) for column in counts]
    found = (
        select(
            unit.c.id,
            unit.c.name,
            type_coerce(unit.c.valid_to < bindparam("on"), Integer),
            *(func.coalesce(count, literal_column("0")) for count in counts),
            _TARGET,
        )
        .join(tally, joined, isouter=True)
        .where(among, unit.c.valid_from <= bindparam("on"))
        .order_by(unit.c.id)
    )
    return found if phase else found.group_by(unit.c.id)


_PEERS = {
    (name, phase): _peers(among, phase) for name, among in _AMONG.items() for phase in (True, False)
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
    select(
        unit.c.id,
        unit.c.name,
        type_coerce(unit.c.valid_to < bindparam("on"), Integer),
        _TARGET,
    )
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
    ) -> tuple[list[Peer], list[Peer]]:
        """Those right below, and those that ended; ``phase`` 0 is the whole programme."""
        return self._found(BELOW, programme, parent, phase, on)

    def of_cluster(self, programme: Programme, cluster: str, phase: int, on: date) -> list[Peer]:
        """Those of a cụm/khối thi đua that exist on that day."""
        return self._found(CLUSTER, programme, cluster, phase, on)[0]

    def below_on(
        self,
        programme: Programme,
        parent: int,
        phase: int,
        on: date,
        counts: Mapping[int, Tally],
    ) -> tuple[list[Peer], list[Peer]]:
        """Those that stood right below on a past day, with the counts of that day."""
        values = _values(programme, parent, phase, on)
        rows = []
        for id, name, ended, target in self._cursor.all(_STOOD_BELOW, values):
            tally = counts.get(id, Tally())
            rows.append((id, name, ended, tally.submitted, tally.valid, target))
        return self._split(rows, programme, _STOOD_TARGETS, values)

    def _found(
        self, name: str, programme: Programme, of: int | str, phase: int, on: date
    ) -> tuple[list[Peer], list[Peer]]:
        values = _values(programme, of, phase, on)
        rows = self._cursor.all(_PEERS[name, phase != WHOLE], values)
        return self._split(rows, programme, _TARGETS[name], values)

    def _split(
        self,
        rows: Sequence[tuple[Any, ...]],
        programme: Programme,
        targets: Select[Any],
        values: dict[str, Any],
    ) -> tuple[list[Peer], list[Peer]]:
        """Those that are there, and those that ended."""
        other = next(kind for kind in QuotaKind if kind is not programme.against)
        others: dict[int, int] = {}
        if any(row[5] is None for row in rows):
            # Rows come in order of force, so the last one of a unit stays.
            others = dict(self._cursor.all(targets, values | {"kind": other.value}))
        valid = programme.counts is Counted.VALID
        found: tuple[list[Peer], list[Peer]] = [], []
        for id, name, ended, submitted, right, target in rows:
            kind = programme.against
            if target is None and id in others:
                # A unit without the quota that counts is measured by the other kind.
                target, kind = others[id], other
            count = right if valid else submitted
            found[bool(ended)].append(Peer(id, name, count, submitted, target, kind))
        return found


def _values(programme: Programme, of: int | str, phase: int, on: date) -> dict[str, Any]:
    kind = programme.against.value
    return {"programme": programme.id, "of": of, "phase": phase, "on": on, "kind": kind}
