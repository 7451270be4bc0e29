"""Chats and messages as the page is told of them: what the JSON of the playground holds."""

from typing import Literal

import msgspec


class By(msgspec.Struct, frozen=True):
    """Who wrote: somebody of the cast, or ``bot``."""

    who: str
    name: str


class ShownButton(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button under a message; ``place`` is its row and column."""

    label: str
    kind: Literal["action", "link"]
    place: tuple[int, int]
    url: str = ""


class Paper(msgspec.Struct, frozen=True):
    """A file that can be fetched; ``url`` is taken from where the page is."""

    url: str
    name: str
    size: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One message. ``at`` is local; ``number`` is that of the change that brought it."""

    id: str
    chat: str
    number: int
    by: By = msgspec.field(name="from")
    at: str
    text: str
    edited: bool = False
    deleted: bool = False
    reply_to: str | None = None
    buttons: list[list[ShownButton]] = []
    photo: str | None = None
    document: Paper | None = None
    sticker: bool = False
    voice: bool = False
    service: bool = False
    """Whether the app says it and no person: who came, who left."""
    turn: str | None = None
    """What asks for the inside of the turn that it belongs to."""


class ShownChat(msgspec.Struct, frozen=True, kw_only=True):
    """One chat, without its messages where only it changed."""

    id: str
    network: str
    kind: Literal["private", "group"]
    title: str
    who: str | None
    members: list[str]
    left: list[str]
    blocked: bool
    messages: list[Shown] | msgspec.UnsetType = msgspec.UNSET


class Command(msgspec.Struct, frozen=True):
    """A line of the menu that a network offers."""

    name: str
    about: str


class Can(msgspec.Struct, frozen=True):
    """What a network lets people and bots do."""

    buttons: bool
    edits: bool
    files: bool
    group_reads_all: bool
    """Whether the bot hears everything in a group, or only what is meant for it."""


class ShownNetwork(msgspec.Struct, frozen=True, kw_only=True):
    """One network: its bot, its menus, its chats."""

    name: str
    bot: str
    commands: list[Command]
    group_commands: list[Command]
    can: Can
    chats: list[ShownChat]


class Switches(msgspec.Struct, frozen=True):
    """What is wrong with a network just now."""

    slow: bool = False
    flood: bool = False
    down: bool = False
