"""A channel without a network: remembers what was sent, and fails or waits when told to."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channel import Limits, Receive, Rendered, SendError, Sent
from domain.action import Action
from domain.address import Account, Address, MessageRef
from domain.message import FileRef, Incoming, Outgoing, Sender

SENT_AT = datetime(2026, 11, 23, 0, 59, 59, tzinfo=UTC)
"""The network's own time, which is not ours."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a person has on the screen."""

    to: Address
    say: Outgoing
    drawn: Rendered | None


class FakeChannel:
    """Satisfies ``bot.channel.Channel``; updates are small JSON objects."""

    def __init__(self, name: str = "fake", bot: str = "1", limits: Limits | None = None) -> None:
        self.name = name
        self.bot = bot
        self.limits = limits or Limits(text=4096, utf16=True, caption=1024)
        self.delivered: list[Delivered] = []
        self.tried = 0
        self.most_at_once = 0
        self.settled: list[str] = []
        self.files: dict[str, bytes | SendError] = {}
        self.faults: dict[str, list[Exception]] = {}
        """By chat: raised by the next calls, one each."""
        self.lost: dict[str, list[Exception]] = {}
        """By chat: raised after the message arrived, as when an answer is lost."""
        self.gates: dict[str, asyncio.Event] = {}
        """By chat: calls wait for it."""
        self.changed = asyncio.Event()
        """Set whenever a call begins or ends."""
        self.on_send: Callable[[Address, Outgoing], None] = lambda to, say: None
        self._at_once = 0

    def texts(self, chat: str = "") -> list[str]:
        """What was said, to one chat or to all."""
        return [d.say.text for d in self.delivered if not chat or d.to.chat == chat]

    def decode(self, raw: bytes) -> Incoming | None:
        """Read ``{"n": 1, "chat": "a", "text": "x"}``; null concerns nobody."""
        update = json.loads(raw)
        if update is None:
            return None
        chat = update["chat"]
        return Incoming(
            key=f"{self.name}:{self.bot}:{update['n']}",
            at=SENT_AT,
            origin=Address(self.name, self.bot, chat),
            private=True,
            sender=Sender(Account(self.name, self.bot, chat)),
            text=update.get("text", ""),
            action=Action.unpack(update.get("action", "")),
            files=tuple(FileRef(ref, "photo") for ref in update.get("files", ())),
            tap=update.get("tap", ""),
        )

    def key_of(self, raw: bytes) -> str:
        """The key even of an update that lacks the rest."""
        try:
            return f"{self.name}:{self.bot}:{json.loads(raw)['n']}"
        except (ValueError, KeyError, TypeError):
            return ""

    async def run(self, receive: Receive) -> None:
        """Nothing comes in by itself."""

    async def send(self, to: Address, say: Outgoing, drawn: Rendered | None) -> Sent:
        """Deliver it, unless told otherwise."""
        self.tried += 1
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.changed.set()
        try:
            self.on_send(to, say)
            if gate := self.gates.get(to.chat):
                await gate.wait()
            if faults := self.faults.get(to.chat):
                raise faults.pop(0)
            self.delivered.append(Delivered(to, say, drawn))
            if lost := self.lost.get(to.chat):
                raise lost.pop(0)
            return Sent(MessageRef(f"{to.chat}/{len(self.delivered)}"), SENT_AT)
        finally:
            self._at_once -= 1
            self.changed.set()

    async def settle(self, tap: str) -> None:
        """Remember it."""
        self.settled.append(tap)

    async def fetch(self, file: FileRef, most: int) -> bytes:
        """The file's content, or its fault."""
        content = self.files[file.ref]
        if isinstance(content, SendError):
            raise content
        return content

    async def close(self) -> None:
        """Nothing to give back."""
