"""The terminal as a channel: what is sent is shown, and remembered so that it can be tapped."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.channel import Limits, NotAccepted, Receive, Rendered, Sent, Unreachable
from bot.terminal import payload
from bot.terminal.picture import PICTURE
from bot.terminal.screen import Screen
from domain.address import Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing

AT_ONCE = 1_000_000.0
"""Nothing is paced: there is no network to be kind to."""

OUR_PICTURE = "picture:"


class TerminalChannel:
    """People and groups that live in one terminal."""

    def __init__(
        self, screen: Screen, now: Callable[[], datetime], *, buttons: bool = True
    ) -> None:
        self.name = payload.CHANNEL
        self.bot = payload.BOT
        self.limits = Limits(
            text=4000,
            caption=1000,
            buttons=buttons,
            edits=False,
            a_second=AT_ONCE,
            a_chat_second=AT_ONCE,
            a_group_minute=AT_ONCE,
        )
        self.names: dict[str, str] = {}
        """What people and groups are called, by chat."""
        self.offered: dict[str, tuple[MessageRef, Outgoing]] = {}
        """The last message with buttons in each chat."""
        self._screen = screen
        self._now = now
        self._last: datetime | None = None
        self._sent = 0

    def now(self) -> datetime:
        """The clock's time, later than any told before: two messages never share a moment."""
        now = self._now()
        if self._last is not None and now <= self._last:
            now = self._last + timedelta(microseconds=1)
        self._last = now
        return now

    def decode(self, raw: bytes) -> Incoming | None:
        """Turn one line into what a person did."""
        return payload.read(raw)

    def key_of(self, raw: bytes) -> str:
        """The key of a line."""
        return payload.key_of(raw)

    async def run(self, receive: Receive) -> None:
        """Wait: what is typed is handed in by ``bot.terminal.chat``."""
        await asyncio.Event().wait()

    async def send(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        """Show it."""
        if to.chat not in self.names and to.chat.startswith(payload.GROUP):
            raise Unreachable(to.chat)
        self._sent += 1
        ref = MessageRef(f"bot-{self._sent}")
        group = to.chat.startswith(payload.GROUP)
        self._screen.bubble(self.names.get(to.chat, to.chat), group, say, drawn)
        if any(button.action for row in say.buttons for button in row):
            self.offered[to.chat] = (ref, say)
        return Sent(ref, self.now())

    async def settle(self, tap: str) -> None:
        """Nothing spins here."""

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """Read the file that was named, or our own picture."""
        if file.ref == OUR_PICTURE:
            return PICTURE
        try:
            content = await asyncio.to_thread(Path(file.ref).read_bytes)
        except OSError:
            raise NotAccepted("no_such_file") from None
        if len(content) > most:
            raise NotAccepted("too_large")
        return content

    async def close(self) -> None:
        """Nothing to give back."""
