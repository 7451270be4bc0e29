"""Puts the progress table together; read off the turn thread, or once when figures are fixed."""

from datetime import date, datetime, timedelta

from domain.initiative import Tally
from domain.papers import Line, Named, ProgressTable
from domain.programme import Phase, Programme, QuotaKind
from domain.units import Unit
from storage.store import Store

PERIOD = timedelta(days=7)
"""Progress is reported weekly: the period before ended so long ago."""


def progress_table(
    store: Store,
    programme: Programme,
    unit: Unit,
    *,
    as_of: datetime,
    day: date,
    past: bool = False,
    phase: Phase | None = None,
) -> ProgressTable:
    """The figures of a unit and of those right below it; a unit without any stands alone.

    ``day`` is the local day of ``as_of``; ``past`` means that it is over, and its end counts.
    """
    table = _Table(store, programme, phase, day, past)
    below = [child for child in store.units.children(unit.id) if child.open_on(day)]
    lines = tuple(table.line(child) for child in below or [unit])
    total = table.line(unit)
    count, empty = store.papers.empty_units(
        programme.id, unit.id, day, phase.id if phase else None, past=past
    )
    return ProgressTable(
        programme.name,
        Named(unit.code, unit.name),
        phase.name if phase else "",
        tuple(each.name for each in programme.phases),
        programme.counts,
        programme.against,
        as_of,
        day - PERIOD,
        lines,
        total,
        total.tally - sum((line.tally for line in lines), Tally()),
        tuple(empty),
        count,
    )


class _Table:
    """What every row of one table is read with."""

    def __init__(
        self, store: Store, programme: Programme, phase: Phase | None, day: date, past: bool
    ) -> None:
        self._store, self._programme, self._day, self._past = store, programme, day, past
        self._phase = phase.id if phase else None

    def line(self, unit: Unit) -> Line:
        """One row."""
        tally = self._tally(unit, self._day if self._past else None)
        before = self._tally(unit, self._day - PERIOD)
        growth = tally - before
        target, kind = self._target(unit, self._phase)
        phases = [*(phase.id for phase in self._programme.phases), None]
        return Line(
            unit.id,
            unit.code,
            unit.name,
            unit.members,
            tuple(self._target(unit, phase)[0] for phase in phases),
            tally,
            target,
            kind,
            growth.valid if self._programme.counts == "valid" else growth.submitted,
        )

    def _tally(self, unit: Unit, day: date | None) -> Tally:
        """The counts at the end of a day; now, where none is named."""
        tallies, programme = self._store.tallies, self._programme.id
        if day is None:
            return tallies.of(programme, unit.id, self._phase)
        later = tallies.since(programme, unit.id, day + timedelta(days=1))
        return tallies.of(programme, unit.id, self._phase) - later

    def _target(self, unit: Unit, phase: int | None) -> tuple[int | None, QuotaKind]:
        """The quota in force; where there is none of the programme's kind, the other."""
        kinds = sorted(QuotaKind, key=lambda kind: kind is not self._programme.against)
        for kind in kinds:
            target = self._store.quotas.target(self._programme.id, unit.id, kind, phase, self._day)
            if target is not None:
                return target, kind
        return None, self._programme.against
