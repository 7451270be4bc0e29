"""Who and what exists in the simulated Zalo: bots with their plans, people, groups, messages."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Literal

import msgspec

Kind = Literal["text", "image", "sticker", "voice", "unsupported"]

PEOPLE, GROUPS, A_MONTH = 50, 3, 3000
"""The free plan (Zalo's page of plans, seen 2026-09-26)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bot wants its events."""

    url: str
    secret: str
    set_at: int


@dataclass(slots=True, eq=False)
class Person:
    """A user of the app; ``id`` is hexadecimal and says nothing."""

    id: str
    name: str


@dataclass(slots=True, eq=False)
class Group:
    """A group chat."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    bots: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Bot:
    """A bot as Zalo Bot Creator made it; ``name`` is what people mention."""

    id: str
    token: str
    name: str
    can_join_groups: bool = False
    people_most: int = PEOPLE
    groups_most: int = GROUPS
    month_most: int = A_MONTH
    served: set[str] = field(default_factory=set)
    """Ids of people who wrote to it, up to what its plan allows."""
    blocked: set[str] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)
    """Messages by month, as ``2026-11``."""
    revoked: bool = False
    target: Target | None = None
    waiting: deque[bytes] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    polls: int = 0
    """Long polls that wait now."""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One message as people see it; ``picture`` is what was behind the address when it came."""

    chat: str
    id: str
    by: Person | Bot
    text: str
    picture: bytes = b""
    kind: Kind = "text"
    reply_to: "Message | None" = None

    @property
    def from_bot(self) -> bool:
        return isinstance(self.by, Bot)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One send that the network took."""

    bot: str
    method: str
    chat: str
    text: str


class World:
    """All of it. Ids are drawn from ``chance``."""

    def __init__(self, now: Callable[[], datetime], chance: Random) -> None:
        self.now = now
        self.chance = chance
        self.bots: dict[str, Bot] = {}
        """By token."""
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.log: list[Message] = []
        self.accepted: list[Accepted] = []
        self.on_message: list[Callable[[Message], None]] = []

    def add_bot(self, token: str = "1000:abc", name: str = "Bot X", **plan: Any) -> Bot:
        """A bot; ``plan`` sets what its plan allows."""
        bot = Bot(token.partition(":")[0], token, name, **plan)
        self.bots[token] = bot
        return bot

    def add_person(self, name: str) -> Person:
        person = Person(self.fresh_id(), name)
        self.people[person.id] = person
        return person

    def add_group(self, name: str, *members: Person) -> Group:
        group = Group(self.fresh_id(), name, {each.id for each in members})
        self.groups[group.id] = group
        return group

    def keep(self, message: Message) -> None:
        """Show a message in its chat."""
        self.log.append(message)
        for listener in self.on_message:
            listener(message)

    def fresh_id(self) -> str:
        return f"{self.chance.getrandbits(80):020x}"

    def history(self, chat: Person | Group) -> list[Message]:
        """All that was said there."""
        return [message for message in self.log if message.chat == chat.id]

    def heard(self, chat: Person | Group) -> list[str]:
        """The texts that bots said there."""
        return [message.text for message in self.history(chat) if message.from_bot]

    def month(self) -> str:
        return f"{self.now():%Y-%m}"

    def milliseconds(self) -> int:
        return int(self.now().timestamp() * 1000)

    def put(self, bot: Bot, event: Any) -> None:
        """Queue an event for polling."""
        bot.waiting.append(event if isinstance(event, bytes) else msgspec.json.encode(event))
        bot.arrived.set()
