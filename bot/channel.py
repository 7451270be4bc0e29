"""What every channel does, and the ways in which sending can fail."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.address import Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can carry; ``bot/fitting.py`` cuts what we say to it."""

    text: int
    """Longest text, in the channel's own units."""
    utf16: bool = False
    """Whether those units are UTF-16 code units (Telegram) or characters."""
    caption: int = 0
    buttons: bool = True
    """False: choices are numbered in the text and typed."""
    buttons_in_a_row: int = 8
    edits: bool = True
    documents: bool = True
    document_types: frozenset[str] = frozenset()
    """Endings of the files that it carries, as ``docx``; empty: all."""
    file_captions: bool = True
    """False: words stand under pictures alone, and follow a file."""
    pictures: bool = True
    a_second: float = 30.0
    """Messages a second over all chats, for pushes."""
    a_chat_second: float = 1.0
    a_group_minute: float = 20.0
    mention: str = ""
    """What a command in a group has to come with, where only that reaches the bot."""
    a_month: int = 0
    """Messages a month, answers included; 0 where there is no such limit."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document drawn and ready: what the network uploads."""

    kind: str
    """photo or document."""
    name: str
    content: bytes
    note: str = ""
    """A sentence about it that only drawing could know; said below the text."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it: which message it became, and when by the network's own time (UTC)."""

    message: MessageRef
    at: datetime


class SendError(Exception):
    """Sending failed; classed once, at the channel's edge."""


class Unsure(SendError):
    """It may have arrived: the answer was lost on the way."""


class TryLater(SendError):
    """Not now. ``after`` is in seconds; None leaves the pause to us."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__(f"try later: {after}")
        self.after = after


class Unreachable(SendError):
    """Blocked, kicked, or the chat is gone: stop writing there."""


class Moved(SendError):
    """The group lives elsewhere now (upgraded to a supergroup)."""

    def __init__(self, to: Address) -> None:
        super().__init__(f"moved to {to}")
        self.to = to


class OutsideWindow(SendError):
    """The network lets us write to this person only after they write again; the chat is well."""


class NotAccepted(SendError):
    """The network refuses this very message; sending it again is pointless."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Misconfigured(SendError):
    """Our token or rights are wrong: an alarm for the operator."""


Receive = Callable[["Channel", Sequence[bytes]], Awaitable[None]]
"""Hands raw updates in, in order; returns once every one of them is committed or kept aside."""


class Channel(Protocol):
    """One bot account of one network."""

    name: str
    bot: str
    limits: Limits

    def decode(self, raw: bytes) -> Incoming | None:
        """Turn one raw update into what a person did; pure. Raises on what it cannot read."""
        ...

    def key_of(self, raw: bytes) -> str:
        """The key of an update, readable even when the rest is not; empty when there is none."""
        ...

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled; tell the network only after ``receive`` returned."""
        ...

    async def send(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        """Send one fitted message, or raise a SendError."""
        ...

    async def settle(self, tap: str) -> None:
        """Stop a tapped button's spinner; failures are not worth telling."""
        ...

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """Download a file of at most ``most`` bytes, or raise a SendError."""
        ...

    async def close(self) -> None:
        """Give back sockets."""
        ...
