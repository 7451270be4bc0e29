"""What an operator wants to know: is the token good, is a webhook set, may the bot post there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.error import TelegramError

from bot.channel import SendError, Unreachable
from bot.telegram.client import Client
from bot.telegram.errors import classed
from domain.address import Address


@dataclass(frozen=True, slots=True)
class BotFacts:
    """What Telegram says of the bot account."""

    id: str
    username: str
    name: str
    can_join_groups: bool
    reads_all_in_groups: bool
    """Privacy mode is off: it hears everything said in groups. On is as it should be."""


@dataclass(frozen=True, slots=True)
class WebhookFacts:
    """How Telegram delivers; an empty ``url`` means that it waits to be polled."""

    url: str
    waiting: int
    last_error: str = ""
    last_error_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """Whether the bot may post in a chat; ``standing`` is Telegram's word for its place there."""

    allowed: bool
    standing: str = ""
    problem: SendError | None = None


async def bot_facts(client: Client) -> BotFacts:
    """Ask who we are. Raises Misconfigured when the token is refused, or another SendError."""
    try:
        me = await client.get_me()
    except TelegramError as error:
        raise classed(error) from None
    return BotFacts(
        str(me.id),
        me.username or "",
        me.full_name,
        bool(me.can_join_groups),
        bool(me.can_read_all_group_messages),
    )


async def webhook_facts(client: Client) -> WebhookFacts:
    """Ask how updates are delivered. Raises SendError."""
    try:
        info = await client.get_webhook_info()
    except TelegramError as error:
        raise classed(error) from None
    return WebhookFacts(
        info.url,
        info.pending_update_count,
        info.last_error_message or "",
        info.last_error_date,
    )


async def posting(client: Client, chat: Address) -> Posting:
    """Ask whether we may post there; never raises for a chat that is gone."""
    try:
        me: dict[str, Any] = await client.call(
            "getChatMember", {"chat_id": int(chat.chat), "user_id": int(client.number)}
        )
    except TelegramError as error:
        problem = classed(error, chat)
        return Posting(False, problem=problem)
    standing = str(me.get("status", ""))
    match standing:
        case "creator" | "administrator" | "member":
            return Posting(True, standing)
        case "restricted":
            return Posting(bool(me.get("can_send_messages")), standing)
        case _:
            return Posting(False, standing, Unreachable(standing))
