"""The methods of the simulated Zalo that answer at once."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.playground.zalo.faults import Faults
from bot.playground.zalo.refusals import NOT_FOUND, QUOTA, Refused, bad
from bot.playground.zalo.world import Accepted, Bot, Group, Kind, Message, Person, Target, World

TEXT = 2000
SECRET = (8, 256)

Look = Callable[[str], Awaitable[bytes | None]]
"""What is behind a public address; None where nothing good is."""

Probe = Callable[[Bot], Awaitable[dict[str, Any]]]
"""Asks the address of a webhook whether it is there."""


class Methods:
    """One server's. Addresses on this machine are let through, as no real Zalo does."""

    def __init__(self, world: World, faults: Faults, look: Look, probe: Probe) -> None:
        self.world = world
        self.faults = faults
        self.look = look
        self.probe = probe

    async def call(self, bot: Bot, method: str, said: dict[str, Any]) -> Any:
        """The result of a method; None where the real one gives none. Raises Refused."""
        match method:
            case "getMe":
                return {
                    "id": bot.id,
                    "account_name": f"bot.{bot.id}",
                    "account_type": "BASIC",
                    "can_join_groups": bot.can_join_groups,
                }
            case "setWebhook":
                return await self._set_webhook(bot, said)
            case "deleteWebhook":
                if bot.target is None:
                    raise bad("Webhook was not set")
                bot.target = None
                return {"url": "", "updated_at": self.world.milliseconds()}
            case "getWebhookInfo":
                if bot.target is None:
                    raise NOT_FOUND
                return {"url": bot.target.url, "updated_at": bot.target.set_at}
            case "testWebhook":
                raise Refused(426, "Too many calls", field="errorCode")
            case "sendMessage":
                return self._sent(bot, method, self._chat(bot, said), _text(said, "text"))
            case "sendPhoto":
                return await self._send_photo(bot, said)
            case "sendChatAction":
                self._chat(bot, said)
                return None
            case _:
                raise NOT_FOUND

    async def _set_webhook(self, bot: Bot, said: dict[str, Any]) -> dict[str, Any]:
        url, secret = str(said.get("url", "")), str(said.get("secret_token", ""))
        parts = urlsplit(url)
        if parts.hostname != "127.0.0.1" and parts.scheme != "https":
            raise bad("The url must start with https://")
        if not SECRET[0] <= len(secret) <= SECRET[1]:
            raise bad("The secret_token must be between 8 and 256 characters")
        bot.target = Target(url, secret, self.world.milliseconds())
        return {
            "url": url,
            "updated_at": bot.target.set_at,
            "verification": await self.probe(bot),
        }

    async def _send_photo(self, bot: Bot, said: dict[str, Any]) -> dict[str, Any]:
        chat, url = self._chat(bot, said), str(said.get("photo", ""))
        if not url:
            raise bad("The photo must not be empty")
        if not url.startswith(("http://", "https://")):
            raise bad("The photo must start with http:// or https://")
        caption = _text(said, "caption") if "caption" in said else ""
        picture = await self.look(url)
        if picture is None:
            raise bad("The photo URL is invalid")
        return self._sent(bot, "sendPhoto", chat, caption, picture)

    def _sent(
        self, bot: Bot, method: str, chat: Person | Group, text: str, picture: bytes = b""
    ) -> dict[str, Any]:
        month = self.world.month()
        if bot.sent.get(month, 0) >= bot.month_most:
            raise QUOTA
        bot.sent[month] = bot.sent.get(month, 0) + 1
        kind: Kind = "image" if picture else "text"
        message = Message(chat.id, self.world.fresh_id(), bot, text, picture, kind)
        if not self.faults.delivers_nothing:
            self.world.keep(message)
        self.world.accepted.append(Accepted(bot.id, method, chat.id, text))
        return {"message_id": message.id, "date": self.world.milliseconds()}

    def _chat(self, bot: Bot, said: dict[str, Any]) -> Person | Group:
        """Whoever wrote to the bot, or a group that it is in."""
        wanted = str(said.get("chat_id", ""))
        group = self.world.groups.get(wanted)
        if group is not None and bot.id in group.bots:
            return group
        person = self.world.people.get(wanted)
        if person is None or wanted not in bot.served:
            raise bad("Chat not found")
        if wanted in bot.blocked:
            raise bad("Bot was blocked by the user")
        return person


def _text(said: dict[str, Any], name: str) -> str:
    text = str(said.get(name, ""))
    if not text.strip():
        raise bad(f"The {name} must not be empty")
    if len(text) > TEXT:
        raise bad(f"The {name} must be at most {TEXT} characters")
    return text
