"""Where a conversation happens, and opaque references into it."""

from dataclasses import dataclass
from typing import NewType

MessageRef = NewType("MessageRef", str)
"""A message as its own channel names it; nobody else looks inside."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A chat of one bot account; opaque to everything but its channel."""

    channel: str
    bot: str
    chat: str
    thread: str = ""

    def __str__(self) -> str:
        """Say it on one line, for keys and logs: ``telegram:42:1001``."""
        thread = f"/{self.thread}" if self.thread else ""
        return f"{self.channel}:{self.bot}:{self.chat}{thread}"


@dataclass(frozen=True, slots=True)
class Account:
    """A person as one bot account of one channel knows them."""

    channel: str
    bot: str
    user: str

    def is_at(self, chat: Address) -> bool:
        """Whether a private chat is theirs: on every network it is called like its person."""
        return (self.channel, self.bot, self.user) == (chat.channel, chat.bot, chat.chat)
