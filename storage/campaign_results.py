"""Reads what a campaign brought, in four indexed queries whatever the number of entries."""

from datetime import date, timedelta

from domain.campaign import Campaign
from domain.campaign_results import Results
from domain.initiative import Tally
from domain.programme import Programme
from domain.ranking import Peer
from storage.quotas import WHOLE
from storage.store import Store

_DAY = timedelta(days=1)


def results_of(store: Store, programme: Programme, campaign: Campaign, on: date) -> Results:
    """What was submitted from its first day to its last one; ``on`` is the local day."""
    first, after = campaign.starts, campaign.ends + _DAY
    tallies = store.tallies
    since = tallies.since_children(programme.id, campaign.unit, first)
    later = tallies.since_children(programme.id, campaign.unit, after)
    children, _ = store.peers.below(programme, campaign.unit, WHOLE, on)
    peers = []
    for unit, _, _, target, *_ in children:
        submitted = (since.get(unit, Tally()) - later.get(unit, Tally())).submitted
        peers.append(Peer(unit, submitted, submitted, target))
    return Results(campaign, _changed(store, programme, campaign, campaign.unit), tuple(peers))


def submitted_in(store: Store, programme: Programme, campaign: Campaign, unit: int) -> int:
    """How many were submitted on its days in one unit and below it."""
    return _changed(store, programme, campaign, unit).submitted


def _changed(store: Store, programme: Programme, campaign: Campaign, unit: int) -> Tally:
    since = store.tallies.since(programme.id, unit, campaign.starts)
    return since - store.tallies.since(programme.id, unit, campaign.ends + _DAY)
