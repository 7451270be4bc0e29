"""Who and what exists in the simulated network: bots, people, chats, topics, messages, taps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Literal

from bot.playground.telegram.files import Files, Stored
from bot.playground.telegram.flood import Flood
from bot.playground.telegram.keyboards import Rows, labels
from bot.playground.telegram.refusals import Impossible
from bot.playground.telegram.updates import Updates

ChatKind = Literal["private", "group", "supergroup"]
Standing = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(slots=True, eq=False)
class Person:
    """A user of the app."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = "vi"
    deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(slots=True, eq=False)
class BotAccount:
    """A bot as BotFather made it. `reads_all`: privacy mode is off."""

    id: int
    token: str
    username: str
    name: str
    updates: Updates
    flood: Flood
    reads_all: bool = False
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    last_message_id: int = 0
    commands: dict[tuple[str, int, int, str], list[dict[str, Any]]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    logged_out: bool = False

    def next_message_id(self) -> int:
        self.last_message_id += 1
        return self.last_message_id


@dataclass(slots=True, eq=False)
class Topic:
    """A forum topic; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False
    opening: "Message | None" = None


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (of one bot with one person), a group or a supergroup."""

    id: int
    kind: ChatKind
    title: str = ""
    person: Person | None = None
    bot: BotAccount | None = None
    standing: dict[int, Standing] = field(default_factory=dict)
    forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    deleted: bool = False
    upgraded_to: "Chat | None" = None
    last_message_id: int = 0
    last_bot: int = 0
    log: list["Message"] = field(default_factory=list)
    index: dict[tuple[int, int], "Message"] = field(default_factory=dict)

    def owner(self, bot_id: int) -> int:
        """Whose numbering a message id belongs to: the chat's own, or one account's."""
        return bot_id if self.kind == "group" else 0

    def find(self, bot_id: int, message_id: int) -> "Message | None":
        message = self.index.get((self.owner(bot_id), message_id))
        return None if message is None or message.deleted else message

    def holds(self, account_id: int) -> bool:
        """Whether the account is in the group now."""
        return self.standing.get(account_id, "left") not in ("left", "kicked")

    def governs(self, account_id: int) -> bool:
        """Whether the account is an administrator here."""
        return self.standing.get(account_id) in ("creator", "administrator")


@dataclass(slots=True, eq=False)
class Message:
    """One message; `body` holds its Bot API fields that are the same for every reader."""

    chat: Chat
    body: dict[str, Any]
    ids: dict[int, int]
    author: Person | BotAccount | None = None
    media: Stored | None = None
    reply_to: "Message | None" = None
    keyboard: dict[str, Any] | None = None
    earlier: list[str] = field(default_factory=list)
    deleted: bool = False

    def id_for(self, bot_id: int) -> int:
        return self.ids[self.chat.owner(bot_id)]

    @property
    def id(self) -> int:
        return next(iter(self.ids.values()))

    @property
    def text(self) -> str:
        """The text or caption a person reads."""
        said: str = self.body.get("text", "") or self.body.get("caption", "")
        return said

    @property
    def buttons(self) -> Rows:
        """The labels on the message's own keyboard."""
        return labels(self.body.get("reply_markup"))

    @property
    def offers(self) -> Rows:
        """The labels of a reply keyboard that came with it."""
        return labels(self.keyboard)

    @property
    def edited(self) -> bool:
        return "edit_date" in self.body

    @property
    def from_bot(self) -> bool:
        return isinstance(self.author, BotAccount)


@dataclass(slots=True, eq=False)
class Tap:
    """A pressed button and what the bot answered to it."""

    id: str
    bot: BotAccount
    person: Person
    message: Message
    data: str
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A send that the network took, whether or not the sender ever learnt it."""

    token: str
    method: str
    chat: int
    text: str
    at: datetime
    message: int


class World:
    """Everything that exists, and what the bots have done to it."""

    def __init__(self, now: Callable[[], datetime], chance: Random, flood: bool = False) -> None:
        self.now = now
        self.chance = chance
        self.flood = flood
        self.files = Files(now)
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.actions: list[tuple[BotAccount, Chat, str]] = []
        self.accepted: list[Accepted] = []
        self.edits: list[Accepted] = []
        self.on_accept: list[Callable[[Accepted], None]] = []
        self.on_change: list[Callable[[Message], None]] = []

    @property
    def seconds(self) -> int:
        return int(self.now().timestamp())

    def changed(self, message: Message) -> None:
        """Tell of a message that came, was changed, or is gone."""
        for listener in self.on_change:
            listener(message)

    def add_bot(
        self,
        token: str = "",
        username: str = "",
        name: str = "",
        *,
        reads_all: bool = False,
    ) -> BotAccount:
        """Make a bot. The id is the part of the token before the colon."""
        token = token or f"{7_000_000_001 + len(self.bots)}:simulated-{len(self.bots) + 1}"
        head = token.partition(":")[0]
        if not head.isdecimal() or token in self.bots:
            raise Impossible(f"no such token can be given: {head}")
        bot = BotAccount(
            id=int(head),
            token=token,
            username=username or f"simulated_{len(self.bots) + 1}_bot",
            name=name or "Simulated bot",
            updates=Updates(self.now, self.chance),
            flood=Flood(self.now),
            reads_all=reads_all,
        )
        self.bots[token] = bot
        return bot

    def add_person(
        self, first_name: str, last_name: str = "", username: str = "", *, id: int | None = None
    ) -> Person:
        """Let somebody have the app. Ids are beyond 32 bits, as real ones are."""
        number = 6_000_000_001 + len(self.people) if id is None else id
        person = self.people[number] = Person(number, first_name, last_name, username)
        return person

    def private(self, bot: BotAccount, person: Person) -> Chat:
        """The chat of a person with a bot, opened or not."""
        key = (bot.id, person.id)
        chat = self.private_chats.get(key)
        if chat is None:
            chat = Chat(person.id, "private", person=person, bot=bot)
            self.private_chats[key] = chat
        return chat

    def add_chat(self, kind: ChatKind, title: str) -> Chat:
        """An empty group or supergroup."""
        count = len(self.groups) + 1
        number = -1_002_000_000_000 - count if kind == "supergroup" else -4_000_000_000 - count
        chat = self.groups[number] = Chat(number, kind, title)
        return chat

    def bots_in(self, chat: Chat) -> list[BotAccount]:
        """The bots that take part in a chat."""
        if chat.bot is not None:
            return [chat.bot]
        return [bot for bot in self.bots.values() if chat.holds(bot.id)]

    def account(self, account_id: int) -> Person | BotAccount | None:
        for bot in self.bots.values():
            if bot.id == account_id:
                return bot
        return self.people.get(account_id)
