"""The simulated Telegram as the playground plays it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.playground.board import Board, Entry
from bot.playground.cast import Cast
from bot.playground.shown import By, Can, Command, Shown, ShownChat, ShownNetwork, Switches
from bot.playground.side import (
    GROUP,
    LONGEST,
    SLOW,
    Attached,
    Cannot,
    shown_group,
    shown_private,
)
from bot.playground.telegram import looking
from bot.playground.telegram.refusals import Impossible, Refused
from bot.playground.telegram.world import BotAccount, Chat, Message, Person, Standing
from bot.playground.telegram_server import TelegramServer
from bot.telegram.decode import message_ref
from domain.address import Account, Address, MessageRef
from domain.texts import Texts

NAME = "telegram"

SENDING = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup")
"""What a flooded network refuses."""

EVER = 1_000_000_000
RETRY_AFTER = 5
"""Seconds that a flooded network asks for."""


class TelegramSide:
    """People, bot and group of the cast on Telegram."""

    name = NAME

    def __init__(
        self,
        server: TelegramServer,
        cast: Cast,
        token: str,
        board: Board,
        words: Texts,
        local: Callable[[datetime], datetime],
    ) -> None:
        """``local`` gives the union's own time."""
        self.server = server
        self._cast, self._board, self._words, self._local = cast, board, words, local
        world = server.world
        self._bot = world.add_bot(token, cast.username, cast.bot)
        self.players = [each.who for each in cast.player]
        self._people = {each.who: world.add_person(each.name) for each in cast.player}
        self._names = {person.id: who for who, person in self._people.items()}
        self._group = world.add_chat("group", cast.group.title)
        for who in cast.group.members:
            standing: Standing = "creator" if who == cast.group.by else "member"
            self._group.standing[self._people[who].id] = standing
        self._group.standing[self._bot.id] = "member"
        world.on_change.append(self._changed)

    def account(self, who: str) -> Account:
        return Account(NAME, str(self._bot.id), str(self._people[who].id))

    def address(self, who: str) -> Address:
        return Address(NAME, str(self._bot.id), str(self._people[who].id))

    def group_address(self) -> Address:
        return Address(NAME, str(self._bot.id), str(self._group.id))

    def place(self, message: Message) -> tuple[Address, MessageRef] | None:
        chat, number = message.chat, message.ids.get(message.chat.owner(self._bot.id))
        if number is None:
            return None
        return Address(NAME, str(self._bot.id), str(chat.id)), message_ref(chat.id, number)

    def acquaint(self, who: str) -> None:
        self._bot.started.add(self._people[who].id)

    def network(self) -> ShownNetwork:
        somebody = next(iter(self._people.values()))
        chats = [*self._people, GROUP]
        return ShownNetwork(
            name=NAME,
            bot=self._bot.name,
            commands=self._menu(somebody, self._bot),
            group_commands=self._menu(somebody, self._group),
            can=Can(buttons=True, edits=True, files=True, group_reads_all=self._bot.reads_all),
            chats=[self.chat(f"{NAME}/{each}") for each in chats],
        )

    def chat_of(self, at: Address) -> str:
        theirs = {self.address(who): who for who in self._people} | {self.group_address(): GROUP}
        return f"{NAME}/{theirs[at]}" if at in theirs else ""

    def chat(self, id: str) -> ShownChat:
        who = id.partition("/")[2]
        if who == GROUP:
            left = [each for each, person in self._people.items() if not self._holds(person)]
            return shown_group(NAME, self._group.title, self._people, left)
        person = self._people[who]
        return shown_private(NAME, who, person.name, blocked=person.id in self._bot.blocked)

    def say(
        self, who: str, chat: str, text: str, reply_to: Message | None, *, mention: bool
    ) -> Message:
        if not text.strip():
            raise Cannot("empty")
        if mention:
            text = f"@{self._bot.username} {text}".strip()
        if len(text) > LONGEST:
            raise Cannot("too_long")
        return self.server.people.say(self._people[who], self._place(who, chat), text, reply_to)

    def press(self, who: str, message: Message, place: tuple[int, int]) -> Message | None:
        if message.chat.kind == "private":
            self._not_blocked(who)
        try:
            pressed = self.server.people.tap(self._people[who], message, place)
        except Impossible:
            raise Cannot("no_button") from None
        if isinstance(pressed, str):
            return self.open_link(who, pressed)
        return pressed if isinstance(pressed, Message) else None

    def open_link(self, who: str, url: str) -> Message:
        if "startgroup=" in url and not self._holds(self._people[who]):
            raise Cannot("not_in_group")
        try:
            return self.server.people.open_link(self._people[who], url, self._group)
        except Impossible:
            raise Cannot("no_link") from None

    def send_photo(self, who: str, chat: str, file: Attached, caption: str) -> Message:
        place, person = self._place(who, chat), self._people[who]
        return self.server.people.send_photo(person, place, file.content, caption)

    def send_file(self, who: str, chat: str, file: Attached, caption: str) -> Message:
        place, person = self._place(who, chat), self._people[who]
        mime = file.mime or "application/octet-stream"
        return self.server.people.send_document(
            person, place, file.name, file.content, caption, mime=mime
        )

    def send_sticker(self, who: str, chat: str) -> Message:
        return self.server.people.send_sticker(self._people[who], self._place(who, chat))

    def send_voice(self, who: str, chat: str) -> Message:
        return self.server.people.send_voice(self._people[who], self._place(who, chat))

    def edit(self, who: str, message: Message, text: str) -> Message:
        if not text.strip():
            raise Cannot("empty")
        if message.chat.kind == "private":
            self._not_blocked(who)
        try:
            return self.server.people.edit(self._people[who], message, text)
        except Impossible:
            raise Cannot("not_yours") from None

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
        self.server.groups.leave(self._group, person)
        self._tell(GROUP)

    def join(self, who: str) -> None:
        person = self._people[who]
        if self._holds(person):
            raise Cannot("in_group")
        self.server.groups.add(self._group, person, person)
        self._tell(GROUP)

    def upgrade(self, who: str) -> None:
        if not self._group.governs(self._people[who].id):
            raise Cannot("not_creator")
        try:
            new = self.server.groups.upgrade(self._group, self._people[who])
        except Impossible:
            raise Cannot("upgraded") from None
        self._group = new
        self._tell(GROUP)

    def file(self, message: Message) -> Attached | None:
        stored = message.media
        return Attached(stored.name, stored.data, stored.mime) if stored else None

    def switch(self, to: Switches) -> None:
        faults = self.server.faults
        faults.clear()
        faults.down, faults.delay = to.down, SLOW if to.slow else 0.0
        if to.down:
            self._bot.updates.interrupt(Refused(502, "Bad Gateway"))
        if to.flood:
            for method in SENDING:
                faults.flood(method, EVER, RETRY_AFTER)

    def wake(self) -> None:
        self.server.wake()

    def _place(self, who: str, chat: str) -> BotAccount | Chat:
        if chat == GROUP:
            if not self._holds(self._people[who]):
                raise Cannot("not_in_group")
            return self._group
        self._not_blocked(who)
        return self._bot

    def _not_blocked(self, who: str) -> None:
        if self._people[who].id in self._bot.blocked:
            raise Cannot("blocked")

    def _holds(self, person: Person) -> bool:
        return self._group.holds(person.id)

    def _menu(self, person: Person, place: BotAccount | Chat) -> list[Command]:
        offered = self.server.people.menu(person, place, self._bot)
        return [Command(each["command"], each["description"]) for each in offered]

    def _tell(self, chat: str) -> None:
        id = f"{NAME}/{chat}"
        self._board.change("chat", lambda: self.chat(id))

    def _changed(self, message: Message) -> None:
        if looking.is_echo(message):
            return
        person = message.chat.person
        chat = self._names[person.id] if person else GROUP
        at = self._local(datetime.fromtimestamp(message.body["date"], UTC))
        id, gone = f"{NAME}/{chat}", message.deleted
        self._board.note(id, message, at, self._shown, deleted=gone)

    def _shown(self, entry: Entry) -> Shown:
        message: Message = entry.message
        author: Any = message.author
        by = By("bot", self._bot.name) if author is self._bot else self._by(author)
        reply_to = self._board.id_of(message.reply_to) if message.reply_to else None
        return looking.shown(entry, by, reply_to, self._words)

    def _by(self, person: Person) -> By:
        return By(self._names[person.id], person.name)
