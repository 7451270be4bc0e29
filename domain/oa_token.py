"""An Official Account's tokens: a refresh token is good once, and buys a new pair."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

MARGIN = timedelta(hours=1)
"""An access token is replaced so long before it ends: an outage that is shorter costs nothing."""

ENDS_SOON = timedelta(days=14)
"""So long before a refresh token ends somebody hears of it: an administrator may be on leave."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access: str = field(repr=False)
    access_until: datetime
    refresh: str = field(repr=False)
    refresh_until: datetime


@dataclass(frozen=True, slots=True)
class OAToken:
    """The pair in use of one Official Account."""

    pair: Pair
    stored_at: datetime
    refused_at: datetime | None = None
    """When the network said that the refresh token is good for nothing; None while it is good."""
    leased_until: datetime | None = None
    """Until when somebody is about to replace the pair."""

    def is_fresh(self, now: datetime) -> bool:
        """Whether the access token need not be replaced yet."""
        return now < self.pair.access_until - MARGIN

    def is_leased(self, now: datetime) -> bool:
        """Whether somebody is replacing the pair."""
        return self.leased_until is not None and now < self.leased_until

    def is_lost(self, now: datetime) -> bool:
        """Whether only a new consent brings another pair."""
        return self.refused_at is not None or now >= self.pair.refresh_until

    def ends_soon(self, now: datetime) -> bool:
        """Whether the refresh token has not been replaced for so long that it nearly ends."""
        return self.pair.refresh_until - now < ENDS_SOON
