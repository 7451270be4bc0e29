"""What a person did, and what we say: the two ends of every turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.action import Action
from domain.address import Account, Address, MessageRef


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it: ``account`` is None for an anonymous admin, who is nobody we know."""

    account: Account | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file on the network: ``ref`` fetches it, ``kind`` is photo, document, voice or video."""

    ref: str
    kind: str
    name: str = ""
    size: int = 0
    """Bytes, 0 where the network does not say."""
    unique: str = ""
    """The same file sent twice has the same ``unique``, where the network tells."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a chat: ``kind`` is blocked, unblocked, added, removed,
    moved (``to`` is where it went) or renamed (``name`` is its new name)."""

    kind: str
    to: Address | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did, the same for every channel."""

    key: str
    """Unique for ever: channel, bot account and the network's own number."""
    at: datetime
    """The network's own time, UTC, to the second: a question takes a second to reach a person."""
    origin: Address
    private: bool
    sender: Sender
    text: str = ""
    action: Action | None = None
    files: tuple[FileRef, ...] = ()
    message: MessageRef | None = None
    reply_to: MessageRef | None = None
    album: MessageRef | None = None
    edited: bool = False
    forwarded: bool = False
    unreadable: str = ""
    """What it was when it was neither text nor file: sticker, voice, video, location, other."""
    event: Event | None = None
    chat_name: str = ""
    """A group's title, where the network tells."""
    tap: str = ""
    """What the network wants back to stop a tapped button's spinner."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: an action of ours, or a link. ``label`` is also what a person may type."""

    label: str
    action: Action | None = None
    url: str = ""
    typed: str = ""
    """Said in the text instead of a number where there are no buttons: a bare number there may
    be an answer ("Không có thì nhắn «bỏ qua»")."""


@dataclass(frozen=True, slots=True)
class Document:
    """What to render when sending; never the data itself. The asker's right is checked again."""

    kind: str
    parameters: Mapping[str, Any]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Template:
    """A message that the network approved beforehand, and what goes into its fields."""

    id: str
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What we say: plain text, rows of buttons, perhaps a document."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    replaces: MessageRef | None = None
    """The message whose button was tapped: edited in place where the network can."""
    asks: bool = False
    """It puts a question whose answer may be a bare number; its buttons win over older ones."""
    leads: bool = False
    """It may stand in one message with the reply after it, where messages are counted."""
    template: Template | None = None
    """Sent in place of the text where free words are not let through."""

    def actions(self) -> tuple[Button, ...]:
        """The buttons that have a number: links and what is typed out have none."""
        return tuple(b for row in self.buttons for b in row if b.action and not b.typed)
