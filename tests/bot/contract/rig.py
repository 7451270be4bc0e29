"""What the contract tests know of a channel and its other side."""

from datetime import UTC, datetime
from typing import Protocol

from bot.channel import Channel, Receive

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SECRET = "top-secret"


class Rig(Protocol):
    """A channel and its other side."""

    channel: Channel

    def says(self, text: str) -> bytes:
        """The person writes in private: the raw update."""
        ...

    def says_in_group(self, text: str) -> bytes:
        """The person says it to the bot in a group that both are in."""
        ...

    def sends_photo(self, content: bytes) -> bytes: ...

    def sends_sticker(self) -> bytes: ...

    def read(self) -> list[str]:
        """What the person has got from the bot in private; buttons by their labels."""
        ...


class Networked(Rig, Protocol):
    """One with a network that can fail."""

    def leaves_waiting(self, text: str) -> None:
        """The person writes while the bot is not looking."""
        ...

    async def takes_in(self, receive: Receive) -> None:
        """Run it as it is run in service, until cancelled."""
        ...

    def block(self) -> None: ...

    def flood(self) -> None:
        """The next message is one too many."""
        ...

    def lose_answer(self) -> None: ...

    def gateway_fails(self) -> None: ...

    def revoke(self) -> None: ...

    def somewhere_else(self, url: str) -> Channel:
        """The same account at another address."""
        ...
