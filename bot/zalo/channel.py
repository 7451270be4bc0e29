"""The Zalo Bot Platform as a channel: one bot account."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

import aiohttp
from aiohttp import web

from bot.channel import Limits, NotAccepted, Receive, Rendered, Sent
from bot.downloads import download
from bot.insisting import insist
from bot.raw_events import UNREADABLE, field_names, read_time
from bot.wire import CallFailed
from bot.zalo import assumptions, decode
from bot.zalo.client import Client
from bot.zalo.doctor import BotFacts, bot_facts
from bot.zalo.errors import classed
from bot.zalo.payload import read_taken
from bot.zalo.polling import Polling
from bot.zalo.send import Call, message, photo
from bot.zalo.webhook import Webhook, routes, set_webhook, webhook_url
from domain.address import Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing

LONG_POLL = 30
"""Seconds; the platform's own usual."""

T = TypeVar("T")

Publish = Callable[[Rendered], str]
"""Puts a picture where anyone who knows its address can fetch it; returns the address."""

log = logging.getLogger(__name__)


class ZaloChannel:
    """One bot account of Zalo; polls, unless a webhook is given.

    ``name`` is what people mention in groups. Pictures go out only where ``publish`` is given:
    the platform takes public addresses and no files. Nothing touches the network before it is used.
    """

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], datetime],
        name: str = "",
        base_url: str = assumptions.OFFICIAL,
        session: aiohttp.ClientSession | None = None,
        poll_timeout: int = LONG_POLL,
        webhook: Webhook | None = None,
        publish: Publish | None = None,
        a_month: int = assumptions.MESSAGES_A_MONTH,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = decode.CHANNEL
        self.client = Client(token, base_url, session)
        self.bot = self.client.number
        self.limits = Limits(
            text=assumptions.TEXT_MOST,
            utf16=True,
            caption=assumptions.CAPTION_MOST,
            buttons=False,
            edits=False,
            documents=False,
            pictures=publish is not None,
            a_second=assumptions.A_SECOND,
            a_chat_second=assumptions.A_CHAT_SECOND,
            a_group_minute=assumptions.A_GROUP_MINUTE,
            a_month=a_month,
        )
        self._called(name)
        self._now = now
        self._poll_timeout = poll_timeout
        self._webhook = webhook
        self._publish = publish
        self._pause = pause
        self._group_events = 0

    @property
    def shown(self) -> str:
        """What people see it called; its number where that is not known."""
        return self._me.name or self.bot

    async def introduce(self) -> BotFacts:
        """Ask Zalo who we are, and learn our name where it tells. Raises SendError."""
        facts = await _classed(bot_facts(self.client))
        if not self._me.name:
            self._called(facts.display_name)
        return facts

    async def delivers_to(self) -> str:
        """The webhook that is set; "" where Zalo waits to be polled. Raises SendError."""
        return await _classed(webhook_url(self.client))

    def decode(self, raw: bytes) -> Incoming | None:
        """Turn one raw event into what a person did; None for what concerns nobody here."""
        if not raw.strip():
            return None  # Zalo looks whether the webhook is there
        if self._group_events < assumptions.GROUP_EVENTS_NOTED and decode.is_group(raw):
            self._group_events += 1
            log.info("zalo_group_event", extra={"bot": self.bot, "fields": field_names(raw)})
        said = decode.decode(raw, self._me, self._now())
        if said is None:
            log.info("zalo_event_passed_over", extra={"bot": self.bot})
        return said

    def key_of(self, raw: bytes) -> str:
        """The key of an event, readable even when the rest is not."""
        return decode.key_of(raw, self._me)

    async def run(self, receive: Receive) -> None:
        """Take events in until cancelled. Raises Misconfigured when the token is refused."""
        if (webhook := self._webhook) is not None:
            await insist(
                lambda: _classed(set_webhook(self.client, webhook)),
                "zalo_webhook_not_set",
                self._pause,
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
        if drawn is None:
            return await self._call(message(to, say))
        if self._publish is None:
            raise NotAccepted("no_pictures")
        url = await asyncio.to_thread(self._publish, drawn)
        return await self._call(photo(to, say, url))

    async def settle(self, tap: str) -> None:
        """Nothing spins: there are no buttons."""

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """Download a photo of at most ``most`` bytes, or raise a SendError."""
        return await download(self.client.wire, file, most)

    async def close(self) -> None:
        """Give back sockets."""
        await self.client.close()

    def _called(self, name: str) -> None:
        """Only what mentions us is heard in groups, so we say how."""
        self._me = decode.Me(self.bot, name)
        self.limits = replace(self.limits, mention=f"@{name}" if name else "")

    async def _call(self, call: Call) -> Sent:
        """Do it and read the answer; one that cannot be read was an answer all the same."""
        result = await _classed(self.client.call(call.method, call.parameters, read=call.read))
        try:
            taken = read_taken(result)
        except UNREADABLE:
            return Sent(MessageRef(""), self._now())
        ref = f"{call.parameters['chat_id']}/{taken.message_id}" if taken.message_id else ""
        return Sent(MessageRef(ref), read_time(taken.date) or self._now())


async def _classed(work: Awaitable[T]) -> T:
    """Its result. Raises SendError for a CallFailed."""
    try:
        return await work
    except CallFailed as error:
        raise classed(error) from None
