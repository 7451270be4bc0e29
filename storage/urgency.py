"""When a unit's people are left in peace while a campaign over it comes to its end."""

from datetime import datetime

from domain.calendar import Calendar, urgent_on
from domain.campaign import urgent_days
from storage.store import Store


def calendar_of_unit(store: Store, unit: int | None, usual: Calendar, now: datetime) -> Calendar:
    """The usual one, but that an urgent campaign's last two days are not off.

    Without such a campaign it costs one look at a few rows.
    """
    today = now.astimezone(usual.zone).date()
    campaigns = store.campaigns.urgent(today) if unit is not None else []
    if unit is None or not campaigns:
        return usual
    return urgent_on(usual, urgent_days(campaigns, store.units.path(unit)))
