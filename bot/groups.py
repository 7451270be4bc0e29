"""What a channel does beside the rest where its bot makes groups, and how that can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.channel import SendError


@dataclass(frozen=True, slots=True)
class Made:
    """A group that the network made: ``chat`` as addresses have it, ``link`` joins it."""

    chat: str
    link: str
    invited: tuple[str, ...]
    """Of those who were to come, whom the network let us invite."""


class NoGroup(SendError):
    """The network makes no group until somebody sees to it; ``why`` is package, expired, quota,
    full, members or gone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@runtime_checkable
class MakesGroups(Protocol):
    """One bot account of a network whose bots come into no group but their own."""

    name: str
    bot: str

    async def groups_named(self, name: str) -> Mapping[str, str]:
        """The bot's groups of this very name: the link of each chat. Raises SendError."""
        ...

    async def create_group(self, name: str, members: Sequence[str]) -> Made:
        """Make a group. Raises SendError; after Unsure there may be one."""
        ...

    async def invite_to_group(self, chat: str, members: Sequence[str]) -> tuple[str, ...]:
        """Invite whoever is not in it; those in it or invited by now. Raises SendError."""
        ...
