"""A unit's day in a campaign, read in some ten indexed queries whatever the number of entries."""

from datetime import date, timedelta

from domain.board import Board, brought_most
from domain.campaign import Campaign
from domain.initiative import Tally
from domain.programme import Programme
from domain.units import Unit
from storage.standings import Asked, Seen, usual_phase
from storage.store import Store

DAY = timedelta(days=1)


def board_of(
    store: Store, programme: Programme, campaign: Campaign, unit: Unit, day: date, seen: Seen
) -> Board:
    """As it is now; ``day`` is the local day."""
    first, phase = campaign.starts, usual_phase(store, programme, unit, day)
    asked = Asked(store, programme, phase, day, past=False, seen=seen)
    days = store.tallies.by_day(programme.id, unit.id, min(first, day - DAY))
    below = [peer[0] for peer in asked.peers(unit.id)[0]]
    today, all = (
        store.tallies.since_children(programme.id, unit.id, since) if below else {}
        for since in (day, first)
    )
    best = brought_most(below, today, all)
    units = [(store.units.get(each.unit), each) for each in best]
    return Board(
        campaign,
        programme,
        asked.phase,
        asked.standing(unit),
        days.get(day, Tally()),
        days.get(day - DAY, Tally()),
        sum((change for on, change in days.items() if on >= first), Tally()),
        (campaign.ends - day).days,
        tuple((found.name, each) for found, each in units if found),
        len(below),
        sum(all[unit].submitted > 0 for unit in below if unit in all),
        None if below else asked.rank(unit),
    )
