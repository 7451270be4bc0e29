"""What people do in the app: write, send, edit, forward, tap, start and block a bot, read.

All of it is called from the server's own event loop. What the app would not let a person do
raises `Impossible`.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.playground.telegram import menus, pictures, posting, shapes
from bot.playground.telegram.entities import Entity
from bot.playground.telegram.files import Stored
from bot.playground.telegram.groups import Groups
from bot.playground.telegram.refusals import Impossible
from bot.playground.telegram.world import BotAccount, Chat, Message, Person, Standing, Tap, World

Place = Chat | BotAccount


class People:
    """The side of the network that holds a phone."""

    def __init__(self, world: World, groups: Groups) -> None:
        self.world = world
        self.groups = groups

    def say(
        self,
        person: Person,
        place: Place,
        text: str,
        reply_to: Message | None = None,
        thread: int | None = None,
        *,
        anonymous: bool = False,
        entities: Sequence[Entity] = (),
    ) -> Message:
        """Write a message. A bot as the place means the private chat with it."""
        content = posting.texted(text, list(entities))
        return self._post(person, place, content, None, reply_to, thread, anonymous)

    def send_photo(
        self,
        person: Person,
        place: Place,
        data: bytes = b"",
        caption: str = "",
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        stored = self.world.files.keep("photo", data or pictures.plain())
        return self._post(person, place, _captioned(caption), stored, reply_to, thread)

    def send_album(
        self,
        person: Person,
        place: Place,
        photos: Sequence[bytes] = (b"", b""),
        caption: str = "",
        thread: int | None = None,
    ) -> list[Message]:
        """Several photos at once: as many updates, one `media_group_id`, one caption."""
        album = str(self.world.chance.randint(10**15, 10**16))
        sent = []
        for place_in_album, data in enumerate(photos):
            stored = self.world.files.keep("photo", data or pictures.plain())
            content = _captioned(caption if place_in_album == 0 else "")
            content["media_group_id"] = album
            sent.append(self._post(person, place, content, stored, None, thread))
        return sent

    def send_document(
        self,
        person: Person,
        place: Place,
        name: str = "document.pdf",
        data: bytes = b"%PDF-1.4",
        caption: str = "",
        *,
        mime: str = "application/pdf",
        size: int | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a file; `size` claims more bytes than are kept."""
        stored = self.world.files.keep("document", data, name, mime, size)
        return self._post(person, place, _captioned(caption), stored, reply_to, thread)

    def send_sticker(self, person: Person, place: Place) -> Message:
        stored = self.world.files.keep("sticker", b"RIFF....WEBP", "sticker.webp", "image/webp")
        return self._post(person, place, {}, stored)

    def send_voice(self, person: Person, place: Place, data: bytes = b"OggS") -> Message:
        stored = self.world.files.keep("voice", data, "voice.oga", "audio/ogg")
        return self._post(person, place, {}, stored)

    def edit(self, person: Person, message: Message, text: str) -> Message:
        """Change one's own message; bots get `edited_message`."""
        if message.author is not person or message.deleted:
            raise Impossible("only one's own message can be edited")
        message.earlier.append(message.text)
        key = "text" if message.media is None else "caption"
        for field in ("entities", "caption_entities"):
            message.body.pop(field, None)
        message.body.update(posting.texted(text, [], key), edit_date=self.world.seconds)
        self.world.changed(message)
        posting.tell(self.world, message, "edited_message")
        return message

    def delete(self, person: Person, message: Message) -> None:
        """Delete a message; no bot is ever told."""
        chat = message.chat
        if chat.kind != "private" and message.author is not person and not chat.governs(person.id):
            raise Impossible("only one's own message can be deleted")
        message.deleted = True
        self.world.changed(message)

    def forward(self, person: Person, message: Message, place: Place) -> Message:
        content = posting.forwarded(message)
        return self._post(person, place, content, message.media)

    def start(self, person: Person, bot: BotAccount, payload: str = "") -> Message:
        """Press the start button."""
        bot.blocked.discard(person.id)
        return self.say(person, bot, f"/start {payload}".strip())

    def open_link(self, person: Person, url: str, group: Chat | None = None) -> Message:
        """Follow a t.me link to a bot; with `startgroup` the bot is added to the group first."""
        parts = urlsplit(url)
        name = parts.path.strip("/").lower()
        bot = next((it for it in self.world.bots.values() if it.username.lower() == name), None)
        if parts.netloc not in ("t.me", "telegram.me") or bot is None:
            raise Impossible(f"not a link to a bot: {url}")
        query = parse_qs(parts.query, keep_blank_values=True)
        if "startgroup" in query:
            if group is None:
                raise Impossible("a group has to be chosen")
            self.groups.add(group, bot, person)
            payload = query["startgroup"][0]
            return self.say(person, group, f"/start@{bot.username} {payload}".strip())
        return self.start(person, bot, query.get("start", [""])[0])

    def tap(
        self, person: Person, message: Message, button: str | tuple[int, int]
    ) -> Tap | Message | str:
        """Press a button, by its label or by row and column.

        A callback button returns the `Tap`, whose fields show the answer later; a link or a
        text to copy returns that; a reply keyboard's button sends its label as a message.
        """
        if message.deleted:
            raise Impossible("the message is gone")
        pressed = _button(message, button)
        if "url" in pressed:
            return str(pressed["url"])
        if "copy_text" in pressed:
            return str(pressed["copy_text"]["text"])
        if "callback_data" not in pressed:
            return self.say(person, message.chat, pressed["text"])
        bot = message.author
        assert isinstance(bot, BotAccount)
        tap = Tap(
            id=str(self.world.chance.randint(10**17, 10**18)),
            bot=bot,
            person=person,
            message=message,
            data=pressed["callback_data"],
            at=self.world.now().timestamp(),
        )
        self.world.taps[tap.id] = tap
        query = {
            "id": tap.id,
            "from": shapes.user(person),
            "message": shapes.message(message, bot.id, self.world.files),
            "chat_instance": str(abs(message.chat.id) * 7919 + bot.id),
            "data": tap.data,
        }
        bot.updates.put("callback_query", query, f"tap:{person.id}")
        return tap

    def block(self, person: Person, bot: BotAccount) -> None:
        self._switch(person, bot, blocked=True)

    def unblock(self, person: Person, bot: BotAccount) -> None:
        self._switch(person, bot, blocked=False)

    def deactivate(self, person: Person) -> None:
        """Delete the account."""
        person.deactivated = True

    def history(self, place: Place, person: Person | None = None) -> list[Message]:
        """The messages that can be read in a chat now, oldest first."""
        if isinstance(place, BotAccount):
            if person is None:
                raise Impossible("whose chat with the bot?")
            place = self.world.private(place, person)
        return [message for message in place.log if not message.deleted]

    def menu(self, person: Person, place: Place, bot: BotAccount | None = None) -> list[Any]:
        """The bot's commands as this person is offered them in this chat."""
        if isinstance(place, BotAccount):
            return menus.offered(place, self.world.private(place, person), person)
        account = bot or self.world.bots_in(place)[0]
        return menus.offered(account, place, person)

    def _post(
        self,
        person: Person,
        place: Place,
        content: dict[str, Any],
        media: Stored | None,
        reply_to: Message | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        chat = self._enter(person, place, thread, anonymous)
        message = posting.add(
            self.world,
            chat,
            person,
            content,
            media=media,
            reply_to=reply_to,
            thread=thread,
            anonymous=anonymous,
        )
        posting.tell(self.world, message)
        return message

    def _enter(self, person: Person, place: Place, thread: int | None, anonymous: bool) -> Chat:
        if person.deactivated:
            raise Impossible("the account is deleted")
        if isinstance(place, BotAccount):
            place = self.world.private(place, person)
        if place.bot is not None:
            if person.id in place.bot.blocked:
                raise Impossible("the bot is blocked")
            place.bot.started.add(person.id)
            return place
        governs = place.governs(person.id)
        if not place.holds(person.id) or place.upgraded_to or place.deleted:
            raise Impossible(f"{person.first_name} cannot write there")
        topic = place.topics.get(thread) if thread is not None else None
        if thread is not None and topic is None:
            raise Impossible("no such topic")
        if (topic.closed if topic else place.general_closed) and not governs:
            raise Impossible("the topic is closed")
        if anonymous and not governs:
            raise Impossible("only an administrator can be anonymous")
        return place

    def _switch(self, person: Person, bot: BotAccount, *, blocked: bool) -> None:
        if (person.id in bot.blocked) == blocked:
            return
        (bot.blocked.add if blocked else bot.blocked.discard)(person.id)
        before: Standing = "member" if blocked else "kicked"
        after: Standing = "kicked" if blocked else "member"
        content = {
            "chat": shapes.chat(self.world.private(bot, person)),
            "from": shapes.user(person),
            "date": self.world.seconds,
            "old_chat_member": shapes.member(bot, before),
            "new_chat_member": shapes.member(bot, after),
        }
        bot.updates.put("my_chat_member", content, f"chat:{person.id}")


def _captioned(caption: str) -> dict[str, Any]:
    return posting.texted(caption, [], "caption") if caption else {}


def _button(message: Message, button: str | tuple[int, int]) -> dict[str, Any]:
    markup = message.body.get("reply_markup") or message.keyboard or {}
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if isinstance(button, tuple):
        row, column = button
        if row < len(rows) and column < len(rows[row]):
            return rows[row][column]
    for buttons in rows:
        for candidate in buttons:
            if candidate["text"] == button:
                return candidate
    raise Impossible(f"no such button: {button}")
