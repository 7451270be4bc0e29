"""What a network's plan allows a bot account, and how much of it is used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.address import Address


@dataclass(frozen=True, slots=True)
class Plan:
    """Gói của một bot: what it is called, and the most that its network lets it have."""

    called: str
    people: int
    groups: int
    messages: int
    """A month."""


@dataclass(frozen=True, slots=True)
class Used:
    """As we count it; the network may count otherwise."""

    people: int
    """Who ever wrote in private and was answered."""
    groups: int
    messages: int
    """Sent this month."""


def used(chats: Iterable[Address], is_group: Callable[[Address], bool], messages: int) -> Used:
    """Count the chats that a bot account talks in.

    >>> chats = [Address("zalo", "1", chat) for chat in ("a", "b", "group:c")]
    >>> used(chats, lambda to: to.chat.startswith("group:"), 7)
    Used(people=2, groups=1, messages=7)
    """
    kinds = [is_group(chat) for chat in chats]
    return Used(kinds.count(False), kinds.count(True), messages)
