"""What people do in the simulated Zalo; a bot hears of it as the real platform would tell it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.zalo.faults import Faults
from bot.playground.zalo.world import Bot, Group, Kind, Message, Person, World

Deliver = Callable[[Bot, dict[str, Any]], Awaitable[None]]


class People:
    """The hands on the other side. ``deliver`` hands an event to a bot with a webhook."""

    def __init__(self, world: World, faults: Faults, deliver: Deliver) -> None:
        self.world = world
        self.faults = faults
        self.url = ""
        self.photos: dict[str, bytes] = {}
        """What is behind the links to people's photos."""
        self._deliver = deliver
        self._tasks: set[asyncio.Task[None]] = set()

    def say(
        self,
        person: Person,
        to: Bot | Group,
        text: str,
        *,
        mentions: Bot | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Write; in a group ``mentions`` was picked from Zalo's list, its name is in the text."""
        return self._said(person, to, "text", {"text": text}, text, mentions, reply_to)

    def send_photo(
        self,
        person: Person,
        to: Bot | Group,
        content: bytes,
        caption: str = "",
        *,
        mentions: Bot | None = None,
    ) -> Message:
        """Send a picture; in a group the mention must be in its own caption."""
        name = self.world.fresh_id()
        self.photos[name] = content
        about = {self.faults.photo_field: f"{self.url}/photo/{name}"}
        if caption:
            about["caption"] = caption
        return self._said(person, to, "image", about, caption, mentions, picture=content)

    def send_sticker(self, person: Person, to: Bot | Group) -> Message:
        about = {"sticker": "bfe458bf64fa8da4d4eb", "url": "https://zalo-api.zadn.vn/sticker"}
        return self._said(person, to, "sticker", about, "")

    def send_voice(self, person: Person, to: Bot | Group) -> Message:
        about = {"voice_url": f"{self.url}/voice/1.aac"}
        return self._said(person, to, "voice", about, "")

    def send_something_else(self, person: Person, to: Bot | Group) -> Message:
        """A file, a video, or anything from somebody whom the law protects."""
        return self._said(person, to, "unsupported", {}, "")

    def block(self, person: Person, bot: Bot) -> None:
        bot.blocked.add(person.id)

    def unblock(self, person: Person, bot: Bot) -> None:
        bot.blocked.discard(person.id)

    def invite(self, bot: Bot, group: Group) -> bool:
        """The leader opens the link that invites the bot; False where its plan is full.

        The bot hears nothing of it.
        """
        full = sum(bot.id in each.bots for each in self.world.groups.values()) >= bot.groups_most
        if full or not bot.can_join_groups:
            return False
        group.bots.add(bot.id)
        return True

    async def settled(self) -> None:
        """Wait until webhooks have what was said."""
        await asyncio.gather(*self._tasks)

    def _said(
        self,
        person: Person,
        to: Bot | Group,
        kind: Kind,
        about: dict[str, Any],
        shown: str,
        mentions: Bot | None = None,
        reply_to: Message | None = None,
        picture: bytes = b"",
    ) -> Message:
        chat = person.id if isinstance(to, Bot) else to.id
        id = self.world.fresh_id()
        message = Message(chat, id, person, shown, picture, kind, reply_to)
        self.world.keep(message)
        bot = to if isinstance(to, Bot) else self._hears(to, mentions, reply_to)
        if bot is None or not self._serves(bot, person):
            return message
        self.tell(
            bot,
            {
                "event_name": f"message.{kind}.received",
                "message": {
                    "from": {"id": person.id, "display_name": person.name, "is_bot": False},
                    "chat": {
                        "id": chat,
                        "chat_type": "PRIVATE" if isinstance(to, Bot) else "GROUP",
                    },
                    "message_id": message.id,
                    "date": self.world.milliseconds(),
                    "message_type": "CHAT_MESSAGE",
                    **about,
                },
            },
        )
        return message

    def tell(self, bot: Bot, event: dict[str, Any]) -> None:
        """Hand an event over: by webhook where one is set, else it waits for a poll."""
        if bot.target is None:
            self.world.put(bot, event)
            return
        task = asyncio.get_running_loop().create_task(self._send(bot, event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, bot: Bot, event: dict[str, Any]) -> None:
        await self._deliver(bot, event)

    def _hears(self, group: Group, mentions: Bot | None, reply_to: Message | None) -> Bot | None:
        """The bot that is told: the one mentioned, or the one whose message is answered."""
        answered = reply_to.by if reply_to and isinstance(reply_to.by, Bot) else None
        bot = mentions or answered
        return bot if bot is not None and bot.id in group.bots else None

    def _serves(self, bot: Bot, person: Person) -> bool:
        """Whether the plan still has room for this person."""
        if person.id in bot.served:
            return True
        if len(bot.served) >= bot.people_most:
            return False
        bot.served.add(person.id)
        return True
