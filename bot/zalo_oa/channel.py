"""A Zalo Official Account as a channel: delivered to by webhook alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import aiohttp
from aiohttp import web

from bot.channel import Limits, NotAccepted, Receive, Rendered, SendError, Sent, TryLater, Unsure
from bot.downloads import download
from bot.fitting import fit
from bot.groups import Made
from bot.insisting import insist
from bot.raw_events import UNREADABLE, read_time
from bot.wire import CallFailed
from bot.zalo_oa import assumptions, decode, files, send
from bot.zalo_oa.client import Access, Client
from bot.zalo_oa.doctor import OAFacts, oa_facts
from bot.zalo_oa.errors import BAD_PARAMETERS, NoToken, classed
from bot.zalo_oa.groups import Gmf, Groups
from bot.zalo_oa.payload import read_event, read_taken
from bot.zalo_oa.send import Call
from bot.zalo_oa.webhook import routes
from domain.address import Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing

log = logging.getLogger(__name__)


class ZaloOAChannel:
    """One Official Account; nothing touches the network before it is used.

    ``app_id`` and ``webhook_secret`` are what its events are signed with. Choices go out as
    ``buttons`` until the API refuses them; then they are numbered for as long as we run. Groups are
    made as ``gmf`` says.
    """

    def __init__(
        self,
        oa_id: str,
        tokens: Access,
        *,
        app_id: str,
        webhook_secret: str,
        now: Callable[[], datetime],
        name: str = "",
        buttons: bool = False,
        gmf: Gmf | None = None,
        base_url: str = assumptions.OFFICIAL,
        session: aiohttp.ClientSession | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = decode.CHANNEL
        self.bot = oa_id
        self.client = Client(tokens, base_url, session, pause=pause)
        self.limits = Limits(
            text=assumptions.TEXT_MOST,
            utf16=True,
            caption=assumptions.TEXT_MOST,
            buttons=buttons,
            edits=False,
            document_types=assumptions.FILE_TYPES,
            file_captions=False,
            a_second=assumptions.A_SECOND,
            a_chat_second=assumptions.A_CHAT_SECOND,
            a_group_minute=assumptions.A_GROUP_MINUTE,
        )
        self._me = decode.Me(oa_id, name)
        self._groups = Groups(self.client, gmf or Gmf())
        self._app_id = app_id
        self._secret = webhook_secret
        self._now = now
        self._pause = pause

    def __repr__(self) -> str:
        """Without the secret."""
        return f"ZaloOAChannel({self.bot})"

    @property
    def shown(self) -> str:
        """What people see it called; its number where that is not known."""
        return self._me.name or self.bot

    async def introduce(self) -> OAFacts:
        """Ask Zalo who we are, and learn our name. Raises SendError."""
        try:
            facts = await oa_facts(self.client)
        except NoToken:
            # The OA's administrator may consent at any time, and then it is well.
            raise TryLater(None) from None
        except CallFailed as error:
            raise classed(error) from None
        if not self._me.name:
            self._me = decode.Me(self.bot, facts.name)
        return facts

    def decode(self, raw: bytes) -> Incoming | None:
        """Turn one event into what a person did; None for what concerns nobody here."""
        event, now = read_event(raw), self._now()
        if decode.is_routine(event):
            return None
        said = decode.decode(event, raw, self._me, now)
        if said is None:
            about = {"bot": self.bot, "event_name": event.event_name[:40]}
            log.info("zalo_oa_event_passed_over", extra=about)
        elif now - said.at > assumptions.EVENT_LIVES:
            log.warning("zalo_oa_event_too_old", extra={"bot": self.bot, "update": said.key})
            return None
        return said

    def key_of(self, raw: bytes) -> str:
        """The key of an event, readable even when the rest is not."""
        return decode.key_of(raw, self._me)

    async def run(self, receive: Receive) -> None:
        """Keep what we need to speak, until cancelled; events come to ``routes`` meanwhile.

        Raises Misconfigured when Zalo refuses the OA or its app.
        """
        await insist(self.introduce, "zalo_oa_does_not_tell_who_we_are", self._pause)
        await self.client.tokens.keep_fresh()

    def routes(self, path: str, receive: Receive) -> list[web.RouteDef]:
        """What to mount on the server."""
        return routes(path, self._app_id, self._secret, partial(receive, self))

    async def send(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        """Send one fitted message, or raise a SendError.

        Where its choices cannot be buttons they are numbered, which may make two messages of it.
        """
        if say.template is not None:
            return await self._call(send.template(to, say.template))
        pressed = self.limits.buttons and drawn is None and send.can_press(to, say)
        if say.buttons and not pressed:
            return await self._numbered(to, say, drawn)
        if drawn is not None:
            return await self._call(await files.uploaded(self.client, to, say, drawn))
        try:
            return await self._call(send.message(to, say))
        except NotAccepted as refusal:
            if not say.buttons or refusal.code != BAD_PARAMETERS:
                raise
        # What was refused may have been the words: if so this is refused as well.
        sent = await self._numbered(to, say, None)
        if self.limits.buttons:
            log.warning("zalo_oa_buttons_refused", extra={"bot": self.bot})
            self.limits = replace(self.limits, buttons=False)
        return sent

    async def settle(self, tap: str) -> None:
        """Nothing spins: a tapped button comes as words."""

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """Download a file of at most ``most`` bytes, or raise a SendError."""
        return await download(self.client.wire, file, most)

    async def groups_named(self, name: str) -> Mapping[str, str]:
        """The OA's groups of this very name: the link of each chat. Raises SendError."""
        return await self._groups.named(name)

    async def create_group(self, name: str, members: Sequence[str]) -> Made:
        """Make a group. Raises SendError; after Unsure there may be one."""
        return await self._groups.create(name, members)

    async def invite_to_group(self, chat: str, members: Sequence[str]) -> tuple[str, ...]:
        """Invite whoever is not in it; those in it or invited by now. Raises SendError."""
        return await self._groups.invite(chat, members)

    async def close(self) -> None:
        """Give back sockets."""
        await self.client.close()

    async def _numbered(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        first, *rest = fit(say, replace(self.limits, buttons=False))
        sent = await self.send(to, first, drawn)
        for piece in rest:
            try:
                sent = await self.send(to, piece, None)
            except SendError as fault:
                # Half of it has arrived: sending it all again is not "later" but twice.
                raise Unsure(f"only the beginning arrived: {fault}") from None
        return sent

    async def _call(self, call: Call) -> Sent:
        """Do it and read the answer; one that cannot be read was an answer all the same."""
        try:
            data = await self.client.call("POST", call.path, call.said)
        except CallFailed as error:
            raise classed(error) from None
        try:
            taken = read_taken(data)
        except UNREADABLE:
            return Sent(MessageRef(""), self._now())
        ref = f"{call.chat}/{taken.message_id}" if taken.message_id else ""
        return Sent(MessageRef(ref), read_time(taken.sent_time) or self._now())
