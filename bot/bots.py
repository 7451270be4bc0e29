"""The bot accounts that ``config.toml`` names, a kind a network."""

from typing import Annotated

import msgspec

from bot.part import Part
from bot.zalo import assumptions as zalo
from bot.zalo_oa.account import ReminderTemplate, ZaloOA

__all__ = ["ReminderTemplate", "Telegram", "Webhook", "Zalo", "ZaloOA"]


class Webhook(Part, frozen=True):
    """Where a network delivers, instead of being asked."""

    public_url: Annotated[str, msgspec.Meta(pattern=r"^https?://")]
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,256}$")]

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Webhook({self.public_url})"


class Telegram(Part, frozen=True):
    """One bot account of Telegram."""

    token: Annotated[str, msgspec.Meta(pattern=r"^\d+:\S+$")]
    api_url: Annotated[str, msgspec.Meta(pattern=r"^https?://")] = "https://api.telegram.org"
    webhook: Webhook | None = None

    @property
    def bot(self) -> str:
        """The account's number: the part of the token that is no secret."""
        return self.token.partition(":")[0]

    def __repr__(self) -> str:
        """Without the token."""
        return f"Telegram({self.bot})"


class Zalo(Part, frozen=True):
    """One bot account of the Zalo Bot Platform, and what its plan allows."""

    token: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]+:\S+$")]
    name: str = ""
    """What people mention in groups; Zalo tells it in no answer."""
    people: Annotated[int, msgspec.Meta(ge=1)] = zalo.PEOPLE_MOST
    groups: Annotated[int, msgspec.Meta(ge=0)] = zalo.GROUPS_MOST
    messages: Annotated[int, msgspec.Meta(ge=1)] = zalo.MESSAGES_A_MONTH
    """A month."""
    api_url: Annotated[str, msgspec.Meta(pattern=r"^https?://")] = zalo.OFFICIAL
    webhook: Webhook | None = None

    @property
    def bot(self) -> str:
        """The account's number: the part of the token that is no secret."""
        return self.token.partition(":")[0]

    def __repr__(self) -> str:
        """Without the token."""
        return f"Zalo({self.bot})"
