"""A unit's day in a campaign, read in some ten indexed queries whatever the number of entries."""

from datetime import date, timedelta

from domain.board import Board, Named, brought_most
from domain.campaign import Campaign
from domain.initiative import Tally
from domain.programme import Counted, Programme
from domain.progress import days_left
from domain.ranking import nothing_yet
from domain.units import Unit
from storage.standings import Asked, usual_phase
from storage.store import Store

DAY = timedelta(days=1)


def board_of(
    store: Store, programme: Programme, campaign: Campaign, unit: Unit, day: date
) -> Board:
    """As it is now; ``day`` is the local day."""
    asked = Asked(store, programme, usual_phase(store, programme, unit, day), day, past=False)
    days = store.tallies.by_day(programme.id, unit.id, day - DAY)
    children, _ = asked.peers(unit.id)
    today = store.tallies.since_children(programme.id, unit.id, day) if children else {}
    counted = {id: _counted(programme, change) for id, change in today.items()}
    best = tuple(
        Named(found.name, each.today, each.all)
        for each in brought_most(children, counted)
        if (found := store.units.get(each.unit))
    )
    return Board(
        campaign,
        asked.standing(unit),
        days.get(day, Tally()),
        days.get(day - DAY, Tally()),
        days_left(campaign.ends, day),
        best,
        len(children),
        len(nothing_yet(children)),
        None if children else asked.rank(unit),
    )


def _counted(programme: Programme, change: Tally) -> int:
    return change.valid if programme.counts is Counted.VALID else change.submitted
