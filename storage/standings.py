"""Where a unit stands, read in a few indexed queries whatever the number of entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.initiative import Tally
from domain.programme import Counted, Phase, Programme, QuotaKind
from domain.progress import PACE_DAYS, Below, Progress, Standing, days_left
from domain.projection import Projection, projection, since
from domain.ranking import Peer, PeerRow, Rank, best_first, nothing_yet, rank_of
from domain.units import Unit
from storage.quotas import WHOLE
from storage.store import Store

SHOWN_MOST = 20
"""Children loaded as units: as many as a picture has bars."""

NAMED_MOST = 3
"""Children with nothing that are named; more is a list of its own."""

Seen = dict[tuple[int, int, int, date, bool], tuple[list[PeerRow], list[PeerRow]]]
"""The units below others, by how they were asked for in one turn: nothing changes meanwhile."""


def progress_of(
    store: Store,
    programme: Programme,
    unit: Unit,
    today: date,
    *,
    phase: int | None = None,
    as_of: date | None = None,
    seen: Seen | None = None,
) -> Progress:
    """The progress of a unit now (``today`` is the local day), or at the end of an earlier day.

    ``phase`` 0 is the whole programme; None is what its officers go by: the phase that runs if
    the unit has a quota of its own for it, else the whole programme. Who asks of many
    units in one turn lets them share ``seen``.
    """
    day = as_of or today
    if phase is None:
        chosen = usual_phase(store, programme, unit, day)
    else:
        chosen = next((each for each in programme.phases if each.id == phase), None)
    past = as_of is not None
    asked = Asked(store, programme, chosen, day, past=past, seen={} if seen is None else seen)
    standing = asked.standing(unit)
    days = asked.days(unit)
    children, ended = asked.peers(unit.id)
    return Progress(
        standing=standing,
        children=tuple(asked.child(peer) for peer in best_first(children, SHOWN_MOST)),
        rank=asked.rank(unit),
        days_left=days_left(asked.ends, day),
        week=_week(days, day),
        phase=chosen,
        phases=programme.phases,
        below=_below(asked, children, ended, standing.kind),
        cluster=asked.rank_in_cluster(unit),
        projection=_projection(asked, standing, days),
        past=as_of,
        needs_recognition=programme.needs_recognition,
    )


def usual_phase(store: Store, programme: Programme, unit: Unit, day: date) -> Phase | None:
    """The phase that runs, where the unit has a quota for it; else None, the whole programme."""
    running = programme.phase_on(day)
    if running is None:
        return None
    for kind in QuotaKind:
        if store.quotas.target(programme.id, unit.id, kind, running.id, day) is not None:
            return running
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for of one unit after the other: which phase, as of which day."""

    store: Store
    programme: Programme
    phase: Phase | None
    day: date
    past: bool
    """The end of ``day`` counts, in the tree of that day; else this moment."""
    seen: Seen = field(default_factory=dict, repr=False, compare=False)
    """What was read already; units that are asked of in one turn may share it."""

    @property
    def number(self) -> int:
        """The phase as the tables know it."""
        return self.phase.id if self.phase else WHOLE

    @property
    def starts(self) -> date:
        """The first day of the phase or programme."""
        return self.phase.starts if self.phase else self.programme.opens

    @property
    def ends(self) -> date:
        """The last day of the phase or programme."""
        return self.phase.ends if self.phase else self.programme.closes

    def tally(self, unit: int) -> Tally:
        """The unit's counts."""
        tallies, number = self.store.tallies, self.number or None
        if self.past:
            return tallies.as_of(self.programme.id, unit, self.day, number)
        return tallies.of(self.programme.id, unit, number)

    def standing(self, unit: Unit) -> Standing:
        """Count and target; without the quota that counts, the other kind's."""
        programme, tally = self.programme, self.tally(unit.id)
        for kind in dict.fromkeys((programme.against, *QuotaKind)):
            found = self.store.quotas.in_force(programme.id, unit.id, kind, self.number, self.day)
            if found is not None:
                return Standing(unit, tally, found.target, kind, programme.counts, found.revised)
        return Standing(unit, tally, None, programme.against, programme.counts)

    def peers(self, parent: int) -> tuple[list[PeerRow], list[PeerRow]]:
        """The units right below, and those that had ended."""
        key = self.programme.id, self.number, parent, self.day, self.past
        if key not in self.seen:
            self.seen[key] = self._read_peers(parent)
        return self.seen[key]

    def _read_peers(self, parent: int) -> tuple[list[PeerRow], list[PeerRow]]:
        if not self.past:
            return self.store.peers.below(self.programme, parent, self.number, self.day)
        counts = self.store.tallies.of_children_as_of(
            self.programme.id, parent, self.day, self.number or None
        )
        return self.store.peers.below_on(self.programme, parent, self.number, self.day, counts)

    def child(self, peer: Peer) -> Standing:
        """With its unit; only what was submitted and what counts is known of it."""
        unit = self.store.units.get(peer.unit)
        assert unit is not None
        tally = Tally(submitted=peer.submitted, valid=peer.counted)
        kinds = sorted(QuotaKind, key=lambda kind: kind is not self.programme.against)
        return Standing(unit, tally, peer.target, kinds[peer.other], self.programme.counts)

    def name(self, peer: Peer) -> str:
        """What the unit is called."""
        unit = self.store.units.get(peer.unit)
        return unit.name if unit else ""

    def rank(self, unit: Unit) -> Rank | None:
        """Among its siblings of that day."""
        parent = self.parent(unit)
        return rank_of(unit.id, self.peers(parent)[0]) if parent else None

    def parent(self, unit: Unit) -> int | None:
        """What the unit stood below."""
        if not self.past:
            return unit.parent
        places = self.store.units.places(unit.id)
        then = [place.parent for place in places if place.valid_from <= self.day]
        return then[-1] if then else unit.parent

    def rank_in_cluster(self, unit: Unit) -> tuple[str, Rank] | None:
        """Among its cụm/khối thi đua, which has no history."""
        if not unit.cluster or self.past:
            return None
        peers = self.store.peers.of_cluster(self.programme, unit.cluster, self.number, self.day)
        rank = rank_of(unit.id, peers)
        return (unit.cluster, rank) if rank else None

    def days(self, unit: Unit) -> dict[date, Tally]:
        """What changed on each of the last weeks' days."""
        found = self.store.tallies.by_day(
            self.programme.id, unit.id, since(self.day), self.number or None
        )
        return {day: change for day, change in found.items() if day <= self.day}


def _below(
    asked: Asked, children: Sequence[PeerRow], ended: Sequence[PeerRow], kind: QuotaKind
) -> Below:
    """What is said of all the units below together."""
    empty = nothing_yet(children)
    other = kind is not asked.programme.against
    handed = [target for _, _, _, target, by, _ in children if target is not None and by == other]
    left = [peer for peer in map(Peer._make, ended) if peer.submitted]
    return Below(
        units=len(children),
        empty=len(empty),
        empty_names=tuple(asked.name(peer) for peer in empty[:NAMED_MOST]),
        handed_down=sum(handed) if handed else None,
        ended=tuple((asked.name(peer), peer.counted) for peer in left),
    )


def _week(days: Mapping[date, Tally], today: date) -> Tally:
    first = today - timedelta(days=PACE_DAYS - 1)
    return sum((change for day, change in days.items() if first <= day), Tally())


def _projection(asked: Asked, standing: Standing, days: Mapping[date, Tally]) -> Projection | None:
    """Foretold only where there is a quota to reach, and by what counts."""
    if not standing.target or asked.past:
        return None
    valid = standing.counts is Counted.VALID
    counts = {day: change.valid if valid else change.submitted for day, change in days.items()}
    # With nothing before these weeks, they begin with the first entry.
    before = standing.tally - sum(days.values(), Tally())
    first = since(asked.day) if before else min(days, default=asked.day)
    return projection(standing.count, counts, max(asked.starts, first), asked.day, asked.ends)
