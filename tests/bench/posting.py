"""The networks' side of webhooks: so many events on the wire at once, each waited for."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic

from tests.bench import talk
from tests.bench.process import Process

POOL = 3
"""People for each event on the wire: whoever is asked again answers when their turn comes."""

DRAINED = 60.0
"""Seconds in which a bot has to answer what it was told, after a round."""

Post = tuple[str, bytes]
"""The headers of an event, each with its line end, and its body."""

Make = Callable[[int, int], Post]
"""The event in which a chat gives the answer to a step."""


@dataclass(slots=True)
class Posted:
    """What one round saw. ``waits`` are seconds from an event's being sent to the 200 for it."""

    waits: list[float] = field(default_factory=list)
    wrong: int = 0
    """Events that were not answered 200, and replies that did not ask the next question."""
    replies: int = 0
    seconds: float = 0.0
    cpu: float | None = None
    """Seconds of processor time that the bot took."""

    @property
    def rate(self) -> float:
        """Events answered 200, a second."""
        return len(self.waits) / self.seconds if self.seconds else 0.0

    @property
    def in_flight(self) -> float:
        """How many events were on the wire, on average."""
        return sum(self.waits) / self.seconds if self.seconds else 0.0


class Poster:
    """The people of one bot, who all answer by webhook."""

    def __init__(
        self,
        make: Make,
        path: str,
        port: int,
        process: Process,
        chats: Iterator[int],
        *,
        replies: bool = True,
    ) -> None:
        """``replies`` is whether the bot says anything; the next answer waits for that."""
        self._make = make
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        )
        self._port = port
        self._process = process
        self._chats = chats
        self._replies = replies
        self._ready: deque[tuple[int, int]] = deque()
        """Chats and the steps that they are at, whoever has waited longest ahead."""
        self._asked: dict[int, int] = {}
        """Those who wait for the bot to say something, with the step they are at."""
        self._rested: list[tuple[int, int]] | None = None
        """While people are brought to different steps: those who are where they should be."""
        self._wires: list[_Wire] = []
        self._idle: list[_Wire] = []
        self._seen = Posted()
        self._stopping = True

    async def rush(self, at_once: int, warm: float, seconds: float) -> Posted:
        """Keep so many events on the wire; what happens while warming up is left out.

        Raises RuntimeError when the bot stops answering.
        """
        await self._connect(at_once)
        if not self._ready:
            await self._gather(at_once * POOL)
        self._start()
        await asyncio.sleep(warm)
        seen = self._seen = Posted()
        began, cpu = monotonic(), self._process.cpu()
        await asyncio.sleep(seconds)
        seen.seconds = monotonic() - began
        if cpu is not None and (after := self._process.cpu()) is not None:
            seen.cpu = after - cpu
        self._seen, self._stopping = Posted(), True
        await self._drained()
        return seen

    async def bursts(self, count: int) -> Posted:
        """All the wires send at one moment, so many times; each burst finds the bot idle."""
        seen = self._seen = Posted()
        began = monotonic()
        for _ in range(count):
            self._start()
            self._stopping = True
            await self._drained()
        seen.seconds = monotonic() - began
        return seen

    def heard(self, chat: int, text: str) -> None:
        """The bot said something."""
        step = self._asked.pop(chat, None)
        self._seen.replies += 1
        if step is None or not talk.shows_progress(text, step):
            self._seen.wrong += 1
        if step is not None:
            self._next(chat, step + 1)

    async def _gather(self, people: int) -> None:
        """So many people, an eighth of them at each step: no question costs what another does."""
        self._rested, self._seen = [], Posted()
        for _ in range(people):
            self._next(next(self._chats), 0)
        self._start()
        end = monotonic() + DRAINED
        while len(self._rested) < people:
            self._check(end)
            await asyncio.sleep(0.05)  # outside what is measured
        self._stopping = True
        self._ready.extend(self._rested)
        self._rested = None
        await self._drained()

    def _start(self) -> None:
        """Let all the wires send."""
        self._stopping = False
        idle, self._idle = self._idle, []
        for wire in idle:
            self._send(wire)

    def _next(self, chat: int, step: int) -> None:
        """They will answer the next question; who has none makes room for somebody else."""
        if step == len(talk.STEPS):
            chat, step = next(self._chats), 0
        if self._rested is not None and step == chat % len(talk.STEPS):
            self._rested.append((chat, step))
            return
        self._ready.append((chat, step))
        if self._idle and not self._stopping:
            self._send(self._idle.pop())

    def _send(self, wire: "_Wire") -> None:
        if self._stopping or not self._ready:
            self._idle.append(wire)
            return
        chat, step = self._ready.popleft()
        headers, body = self._make(chat, step)
        if self._replies:
            self._asked[chat] = step
        began = monotonic()
        head = f"{self._head}{headers}Content-Length: {len(body)}\r\n\r\n"

        def answered(status: int) -> None:
            self._seen.waits.append(monotonic() - began)
            self._seen.wrong += status != 200
            if not self._replies:
                self._next(chat, step + 1)
            self._send(wire)

        wire.send(head.encode() + body, answered)

    async def _connect(self, count: int) -> None:
        """Open so many wires; the bot may have closed the old ones while another was measured."""
        for wire in self._wires:
            wire.close()
        loop, self._wires = asyncio.get_running_loop(), []
        for _ in range(count):
            _, wire = await loop.create_connection(_Wire, "127.0.0.1", self._port)
            self._wires.append(wire)
        self._idle = list(self._wires)

    async def _drained(self) -> None:
        """Let the bot finish, so that it is idle while another is measured."""
        end = monotonic() + DRAINED
        while len(self._idle) < len(self._wires) or self._asked:
            self._check(end)
            await asyncio.sleep(0.05)  # outside what is measured

    def _check(self, end: float) -> None:
        if monotonic() > end or self._process.ended:
            raise RuntimeError(f"the bot stopped answering\n{self._process.errors}")


class _Wire(asyncio.Protocol):
    """One keep-alive connection to the bot's web server, with one event on it at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._answered: Callable[[int], None] | None = None

    def send(self, request: bytes, answered: Callable[[int], None]) -> None:
        """Send it; ``answered`` is called with the status, 0 when the bot hung up."""
        assert self._transport is not None
        self._answered = answered
        self._transport.write(request)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, blank, body = self._buffer.partition(b"\r\n\r\n")
        if not blank or len(body) < _length(head):
            return
        self._buffer = b""
        self._tell(int(head.split(b" ", 2)[1]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._tell(0)

    def close(self) -> None:
        """Hang up."""
        assert self._transport is not None
        self._transport.close()

    def _tell(self, status: int) -> None:
        answered, self._answered = self._answered, None
        if answered is not None:
            answered(status)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0
