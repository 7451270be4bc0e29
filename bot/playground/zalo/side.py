"""The simulated Zalo Bot Platform as the playground plays it: no buttons, no links, no edits."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.playground.board import Board, Entry
from bot.playground.cast import Cast
from bot.playground.shown import By, Can, Paper, Shown, ShownChat, ShownNetwork, Switches
from bot.playground.side import (
    GROUP,
    LONGEST,
    SLOW,
    Attached,
    Cannot,
    shown_group,
    shown_private,
)
from bot.playground.zalo.world import Bot, Group, Message, Person
from bot.playground.zalo_server import ZaloServer
from domain.address import Account, Address, MessageRef

NAME = "zalo"

SENDING = ("sendMessage", "sendPhoto")
"""What a flooded network refuses."""

EVER = 1_000_000_000


class ZaloSide:
    """People, bot and group of the cast on Zalo."""

    name = NAME

    def __init__(
        self,
        server: ZaloServer,
        cast: Cast,
        token: str,
        board: Board,
        local: Callable[[datetime], datetime],
    ) -> None:
        """``local`` gives the union's own time."""
        self.server = server
        self._board, self._local = board, local
        world = server.world
        self._bot = world.add_bot(token, cast.bot, can_join_groups=True)
        self.players = [each.who for each in cast.player]
        self._people = {each.who: world.add_person(each.name) for each in cast.player}
        self._names = {person.id: who for who, person in self._people.items()}
        members = (self._people[who] for who in cast.group.members)
        self._group = world.add_group(cast.group.title, *members)
        self._group.bots.add(self._bot.id)
        self._files: dict[Message, Attached] = {}
        world.on_message.append(self._changed)

    def account(self, who: str) -> Account:
        return Account(NAME, self._bot.id, self._people[who].id)

    def address(self, who: str) -> Address:
        return Address(NAME, self._bot.id, self._people[who].id)

    def group_address(self) -> Address:
        return Address(NAME, self._bot.id, f"group:{self._group.id}")

    def place(self, message: Message) -> tuple[Address, MessageRef]:
        group = self.group_address()
        private = Address(NAME, self._bot.id, message.chat)
        return (
            group if message.chat == self._group.id else private,
            MessageRef(f"{message.chat}/{message.id}"),
        )

    def acquaint(self, who: str) -> None:
        self._bot.served.add(self._people[who].id)

    def network(self) -> ShownNetwork:
        return ShownNetwork(
            name=NAME,
            bot=self._bot.name,
            commands=[],
            group_commands=[],
            can=Can(buttons=False, edits=False, files=False, group_reads_all=False),
            chats=[self.chat(f"{NAME}/{each}") for each in (*self._people, GROUP)],
        )

    def chat_of(self, at: Address) -> str:
        theirs = {self.address(who): who for who in self._people} | {self.group_address(): GROUP}
        return f"{NAME}/{theirs[at]}" if at in theirs else ""

    def chat(self, id: str) -> ShownChat:
        who = id.partition("/")[2]
        if who == GROUP:
            left = [each for each, person in self._people.items() if not self._holds(person)]
            return shown_group(NAME, self._group.name, self._people, left)
        person = self._people[who]
        return shown_private(NAME, who, person.name, blocked=person.id in self._bot.blocked)

    def say(
        self, who: str, chat: str, text: str, reply_to: Message | None, *, mention: bool
    ) -> Message:
        if not text.strip():
            raise Cannot("empty")
        if mention:
            text = f"{self._mention} {text}".strip()
        if len(text) > LONGEST:
            raise Cannot("too_long")
        place, mentions = self._place(who, chat), self._mentioned(text)
        return self.server.people.say(
            self._people[who], place, text, mentions=mentions, reply_to=reply_to
        )

    def press(self, who: str, message: Message, place: tuple[int, int]) -> Message:
        raise Cannot("no_button")

    def open_link(self, who: str, url: str) -> Message:
        raise Cannot("no_link")

    def send_photo(self, who: str, chat: str, file: Attached, caption: str) -> Message:
        place, mentions = self._place(who, chat), self._mentioned(caption)
        return self.server.people.send_photo(
            self._people[who], place, file.content, caption, mentions=mentions
        )

    def send_file(self, who: str, chat: str, file: Attached, caption: str) -> Message:
        place = self._place(who, chat)
        person = self._people[who]
        message = self.server.people.send_something_else(person, place)
        self._files[message] = file
        return message

    def send_sticker(self, who: str, chat: str) -> Message:
        return self.server.people.send_sticker(self._people[who], self._place(who, chat))

    def send_voice(self, who: str, chat: str) -> Message:
        return self.server.people.send_voice(self._people[who], self._place(who, chat))

    def edit(self, who: str, message: Message, text: str) -> Message:
        raise Cannot("no_edits")

    def block(self, who: str) -> None:
        self.server.people.block(self._people[who], self._bot)
        self._tell(who)

    def unblock(self, who: str) -> None:
        self.server.people.unblock(self._people[who], self._bot)
        self._tell(who)

    def leave(self, who: str) -> None:
        person = self._people[who]
        if not self._holds(person):
            raise Cannot("not_in_group")
        self._group.members.discard(person.id)
        self._tell(GROUP)

    def join(self, who: str) -> None:
        person = self._people[who]
        if self._holds(person):
            raise Cannot("in_group")
        self._group.members.add(person.id)
        self._tell(GROUP)

    def upgrade(self, who: str) -> None:
        raise Cannot("no_upgrade")

    def file(self, message: Message) -> Attached | None:
        picture = Attached("anh", message.picture) if message.picture else None
        return self._files.get(message, picture)

    def switch(self, to: Switches) -> None:
        faults = self.server.faults
        faults.clear()
        faults.down, faults.delay = to.down, SLOW if to.slow else 0.0
        if to.flood:
            for method in SENDING:
                faults.refuse(method, EVER, 429, "Quota exceeded")
        # What came while the network was down is told now.
        self._bot.arrived.set()

    def wake(self) -> None:
        """Nothing there goes by the clock until it is asked."""

    @property
    def _mention(self) -> str:
        return f"@{self._bot.name}"

    def _mentioned(self, text: str) -> Bot | None:
        """The bot, where its name was picked from the list."""
        return self._bot if self._mention.casefold() in text.casefold() else None

    def _place(self, who: str, chat: str) -> Bot | Group:
        if chat == GROUP:
            if not self._holds(self._people[who]):
                raise Cannot("not_in_group")
            return self._group
        if self._people[who].id in self._bot.blocked:
            raise Cannot("blocked")
        return self._bot

    def _holds(self, person: Person) -> bool:
        return person.id in self._group.members

    def _tell(self, chat: str) -> None:
        id = f"{NAME}/{chat}"
        self._board.change("chat", lambda: self.chat(id))

    def _changed(self, message: Message) -> None:
        at = self._local(self.server.world.now())
        chat = self._names.get(message.chat, GROUP)
        self._board.note(f"{NAME}/{chat}", message, at, self._shown)

    def _shown(self, entry: Entry) -> Shown:
        message: Message = entry.message
        author: Any = message.by
        by = By("bot", self._bot.name) if author is self._bot else self._by(author)
        answered = message.reply_to
        return Shown(
            id=entry.id,
            chat=entry.chat,
            number=entry.number,
            by=by,
            at=entry.at.isoformat(),
            text=message.text,
            reply_to=self._board.id_of(answered) if answered else None,
            photo=f"file/{entry.id}" if message.kind == "image" else None,
            document=self._paper(entry),
            sticker=message.kind == "sticker",
            voice=message.kind == "voice",
        )

    def _paper(self, entry: Entry) -> Paper | None:
        file = self._files.get(entry.message)
        return Paper(f"file/{entry.id}", file.name, len(file.content)) if file else None

    def _by(self, person: Person) -> By:
        return By(self._names[person.id], person.name)
