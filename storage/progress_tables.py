"""Puts the progress table together; read off the turn thread, or once when figures are fixed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.initiative import Tally
from domain.papers import Line, Named, ProgressTable
from domain.programme import Counted, Phase, Programme, QuotaKind
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
    period = _Period(store, programme, phase, day, past)
    now, before = period.of_children(unit.id)
    below = period.children(unit.id, now)
    total = period.line(unit, period.of(unit.id), period.before(unit.id))
    lines = tuple(
        period.line(each, now.get(each.id, Tally()), before.get(each.id, Tally())) for each in below
    )
    lines = lines or (total,)
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


class _Period:
    """The counts at the end of a period, now or on a past day, and at its beginning."""

    def __init__(
        self, store: Store, programme: Programme, phase: Phase | None, day: date, past: bool
    ) -> None:
        self._store, self._programme, self._day, self._past = store, programme, day, past
        self._phase = phase.id if phase else None
        self._below: dict[tuple[int, QuotaKind, int | None], dict[int, int]] = {}

    def of(self, unit: int) -> Tally:
        """The counts of a unit."""
        tallies, programme = self._store.tallies, self._programme.id
        if self._past:
            return tallies.as_of(programme, unit, self._day, self._phase)
        return tallies.of(programme, unit, self._phase)

    def before(self, unit: int) -> Tally:
        """Its counts when the period began."""
        tallies, began = self._store.tallies, self._day - PERIOD
        return tallies.as_of(self._programme.id, unit, began, self._phase)

    def of_children(self, parent: int) -> tuple[dict[int, Tally], dict[int, Tally]]:
        """The counts of the units right below, and what they were when the period began."""
        tallies, programme, phase = self._store.tallies, self._programme.id, self._phase
        began = self._day - PERIOD
        if self._past:
            return (
                tallies.of_children_as_of(programme, parent, self._day, phase),
                tallies.of_children_as_of(programme, parent, began, phase),
            )
        now = tallies.of_children(programme, parent, phase)
        since = tallies.since_children(programme, parent, began + timedelta(days=1), phase)
        return now, {unit: tally - since.get(unit, Tally()) for unit, tally in now.items()}

    def children(self, parent: int, counted: Mapping[int, Tally]) -> list[Unit]:
        """The units that stood right below on the day."""
        below = {each.id: each for each in self._store.units.open_children(parent, self._day)}
        if not self._past:
            return list(below.values())
        for id in counted.keys() - below.keys():
            if unit := self._store.units.get(id):
                below[id] = unit
        return [each for each in below.values() if self._stood(each.id, parent)]

    def line(self, unit: Unit, tally: Tally, before: Tally) -> Line:
        """One row."""
        growth = tally - before
        target, kind = self._target(unit, self._phase)
        phases = [*(phase.id for phase in self._programme.phases), None]
        return Line(
            unit.id,
            unit.code,
            unit.name,
            self._store.units.members(unit),
            tuple(self._target(unit, phase)[0] for phase in phases),
            tally,
            target,
            kind,
            growth.valid if self._programme.counts is Counted.VALID else growth.submitted,
        )

    def _stood(self, unit: int, parent: int) -> bool:
        day = self._day
        return any(
            place.parent == parent
            and place.valid_from <= day
            and (place.valid_to is None or day <= place.valid_to)
            for place in self._store.units.places(unit)
        )

    def _target(self, unit: Unit, phase: int | None) -> tuple[int | None, QuotaKind]:
        """The quota in force; where there is none of the programme's kind, the other."""
        for kind in sorted(QuotaKind, key=lambda kind: kind is not self._programme.against):
            target = self._of_kind(unit, kind, phase)
            if target is not None:
                return target, kind
        return None, self._programme.against

    def _of_kind(self, unit: Unit, kind: QuotaKind, phase: int | None) -> int | None:
        """Of today's siblings all at once: there may be a thousand."""
        quotas, programme, day = self._store.quotas, self._programme.id, self._day
        if self._past or unit.parent is None:
            return quotas.target(programme, unit.id, kind, phase, day)
        key = (unit.parent, kind, phase)
        if key not in self._below:
            self._below[key] = quotas.of_children(programme, unit.parent, kind, phase, day)
        return self._below[key].get(unit.id)
