"""Where a unit stands, read in a few indexed queries whatever the number of entries."""

from datetime import date, timedelta

from domain.initiative import Tally
from domain.programme import Programme, QuotaKind
from domain.progress import PACE_DAYS, Progress, Standing, progress
from domain.units import Unit
from storage.store import Store


def progress_of(store: Store, programme: Programme, unit: Unit, today: date) -> Progress:
    """The progress of a unit in the whole programme as of today (the local day)."""
    tally = store.tallies.of(programme.id, unit.id)
    standing = Standing(unit, tally, *_target(store, programme.id, unit.id, today))
    children = _children(store, programme.id, unit.id, today)
    siblings = _children(store, programme.id, unit.parent, today) if unit.parent else []
    week = store.tallies.since(programme.id, unit.id, today - timedelta(days=PACE_DAYS - 1))
    return progress(
        standing,
        children=children,
        siblings=siblings,
        week=week,
        closes=programme.closes,
        today=today,
    )


def _target(store: Store, programme: int, unit: int, today: date) -> tuple[int | None, QuotaKind]:
    """The quota assigned; where none was, the one the unit registered."""
    for kind in QuotaKind:
        target = store.quotas.target(programme, unit, kind, None, today)
        if target is not None:
            return target, kind
    return None, QuotaKind.ASSIGNED


def _children(store: Store, programme: int, parent: int, today: date) -> list[Standing]:
    """The units right below that exist today."""
    tallies = store.tallies.of_children(programme, parent)
    targets = {
        kind: store.quotas.of_children(programme, parent, kind, None, today) for kind in QuotaKind
    }
    standings = []
    for unit in store.units.children(parent):
        if unit.valid_to is not None and unit.valid_to < today:
            continue
        kind = next((k for k in QuotaKind if unit.id in targets[k]), QuotaKind.ASSIGNED)
        target = targets[kind].get(unit.id)
        standings.append(Standing(unit, tallies.get(unit.id, Tally()), target, kind))
    return standings
