"""Telegram as a channel: one bot account."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import aiohttp
from aiohttp import web
from telegram.constants import FloodLimit, InlineKeyboardMarkupLimit, MessageLimit
from telegram.error import TelegramError

from bot.channel import Limits, Receive, Rendered, SendError, Sent, Unsure
from bot.insisting import insist
from bot.telegram import decode, errors, files
from bot.telegram.client import OFFICIAL, Client
from bot.telegram.doctor import BotFacts, bot_facts
from bot.telegram.polling import Polling
from bot.telegram.request import Request
from bot.telegram.send import Call, calls, edit, otherwise
from bot.telegram.webhook import Webhook, routes, set_webhook
from domain.address import Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing

LONG_POLL = 30
"""Seconds; long enough to be cheap, short enough for the boxes in between."""


class TelegramChannel:
    """One bot account of Telegram; polls, unless a webhook is given.

    Nothing touches the network before it is used, and the session is opened then if none is given.
    Without a username it asks Telegram for its own before it takes anything in: in groups it has
    to know which commands are for it.
    """

    def __init__(
        self,
        token: str,
        *,
        username: str = "",
        now: Callable[[], datetime],
        bot: str = "",
        base_url: str = OFFICIAL,
        session: aiohttp.ClientSession | None = None,
        poll_timeout: int = LONG_POLL,
        webhook: Webhook | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = decode.CHANNEL
        self.transport = Request(session)
        self.client = Client(token, self.transport, base_url)
        self.bot = bot or self.client.number
        self.limits = Limits(
            text=MessageLimit.MAX_TEXT_LENGTH,
            utf16=True,
            caption=MessageLimit.CAPTION_LENGTH,
            a_second=FloodLimit.MESSAGES_PER_SECOND,
            a_chat_second=FloodLimit.MESSAGES_PER_SECOND_PER_CHAT,
            a_group_minute=FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
            buttons_in_a_row=InlineKeyboardMarkupLimit.BUTTONS_PER_ROW,
        )
        self._me = decode.Me(self.bot, username.removeprefix("@"))
        self._now = now
        self._poll_timeout = poll_timeout
        self._webhook = webhook
        self._pause = pause

    @property
    def username(self) -> str:
        """Without the @; empty until it is known."""
        return self._me.username

    async def introduce(self) -> BotFacts:
        """Ask Telegram who we are, and remember the username. Raises SendError."""
        facts = await bot_facts(self.client)
        self._me = decode.Me(self.bot, facts.username)
        return facts

    def decode(self, raw: bytes) -> Incoming | None:
        """Turn one raw update into what a person did; None for what concerns nobody here."""
        return decode.decode(raw, self._me, self._now())

    def key_of(self, raw: bytes) -> str:
        """The key of an update, readable even when the rest is not."""
        return decode.key_of(raw, self._me)

    async def run(self, receive: Receive) -> None:
        """Take updates in until cancelled. Raises Misconfigured when the token is refused."""
        if not self.username:
            await insist(self.introduce, "telegram_does_not_tell_our_name", self._pause)
        if (webhook := self._webhook) is not None:
            await insist(
                lambda: set_webhook(self.client, webhook), "telegram_webhook_not_set", self._pause
            )
            await asyncio.Event().wait()
        await self.polling(receive).run()

    def polling(self, receive: Receive) -> Polling:
        """The long poll that ``run`` runs."""
        take = partial(receive, self)
        return Polling(self.client, take, seconds=self._poll_timeout, pause=self._pause)

    def routes(self, path: str, receive: Receive) -> list[web.RouteDef]:
        """What to mount on the server when a webhook is given."""
        if self._webhook is None:
            return []
        return routes(path, self._webhook.secret, partial(receive, self))

    async def send(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        """Send one fitted message, or raise a SendError."""
        if say.replaces and drawn is None and (change := edit(to, say)):
            try:
                return await self._call(change)
            except TelegramError as error:
                if errors.already_so(error):
                    return Sent(say.replaces, self._now())
                if not errors.cannot_edit(error):
                    raise errors.classed(error, to) from None
        first, *rest = calls(to, say, drawn)
        sent = await self._do(first, to)
        for call in rest:
            try:
                sent = await self._do(call, to)
            except SendError as fault:
                # Half of it has arrived: sending it all again is not "later" but twice.
                raise Unsure(f"only the file arrived: {fault}") from None
        return sent

    async def settle(self, tap: str) -> None:
        """Stop a tapped button's spinner; failures are not worth telling."""
        with suppress(TelegramError):
            await self.client.call("answerCallbackQuery", {"callback_query_id": tap})

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """Download a file of at most ``most`` bytes, or raise a SendError."""
        return await files.fetch(self.client, file, most)

    async def close(self) -> None:
        """Give back sockets."""
        await self.transport.shutdown()

    async def _do(self, call: Call, to: Address) -> Sent:
        while True:
            try:
                return await self._call(call)
            except TelegramError as error:
                other = otherwise(call, error)
                if other is None:
                    raise errors.classed(error, to) from None
                call = other

    async def _call(self, call: Call) -> Sent:
        """Do it and read the answer; one that cannot be read was an answer all the same."""
        message: Any = await self.client.call(call.method, call.parameters)
        try:
            chat, number = message["chat"]["id"], message["message_id"]
            at = datetime.fromtimestamp(message.get("edit_date") or message["date"], UTC)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError):
            return Sent(MessageRef(""), self._now())
        return Sent(decode.message_ref(chat, number), at)
