"""A Bot API that costs next to nothing, so that what is measured is the bot.

One process, plain asyncio, the same for every bot: getUpdates with offsets and long polls,
sendMessage with the message as its answer; every other method is True. It keeps no history.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic, time
from typing import Any
from urllib.parse import parse_qs

import msgspec

from tests.bench.answering import Connection, header

MOST = 100
"""Updates an answer holds at most, whatever was asked for (Bot API, getUpdates)."""


class Line:
    """One bot account: the updates that wait for it, and who hears what it says."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.hear: Callable[[int, str], None] = lambda chat, text: None
        """Called with the chat and the text of every message sent."""
        self.refuse: Callable[[int], int] = lambda chat: 0
        """Asked before a message is taken: seconds that its bot has to wait, 0 to take it."""
        self.woken = asyncio.Event()
        """Set when the first getUpdates comes; cleared to wait for another first one."""
        self.polled = 0.0
        """When that was, monotonic seconds."""
        self._updates: deque[tuple[int, bytes]] = deque()
        self._next = 1
        self._messages = 0
        self._poll: Callable[[], None] | None = None

    @property
    def bot(self) -> dict[str, Any]:
        """Who the bot is."""
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Bot", "username": f"bench{number}bot"}

    def add(self, make: Callable[[int], bytes]) -> None:
        """Make an update with the next number and let the bot have it."""
        self._updates.append((self._next, make(self._next)))
        self._next += 1
        if self._poll is not None:
            self._poll()

    def poll(
        self, offset: int, limit: int, seconds: float, answer: Callable[[bytes], None]
    ) -> None:
        """Answer with what waits, at latest after so many seconds; drop what is confirmed."""
        if not self.woken.is_set():
            self.polled = monotonic()
            self.woken.set()
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._updates or seconds <= 0:
            answer(self._waiting(limit))
            return
        timer = asyncio.get_running_loop().call_later(seconds, lambda: now())

        def now() -> None:
            timer.cancel()
            self._poll = None
            answer(self._waiting(limit))

        self._poll = now

    def send(self, said: dict[str, Any]) -> bytes:
        """Take a message; the answer to sendMessage."""
        chat, text = int(said["chat_id"]), str(said["text"])
        self._messages += 1
        self.hear(chat, text)
        return msgspec.json.encode(
            {
                "message_id": self._messages,
                "from": self.bot,
                "chat": {"id": chat, "first_name": "Lan", "type": "private"},
                "date": int(time()),
                "text": text,
            }
        )

    def _waiting(self, limit: int) -> bytes:
        ready = [raw for _, raw in list(self._updates)[: min(limit, MOST)]]
        return b"[" + b",".join(ready) + b"]"


class Network:
    """The server; lines are found by the token in the path."""

    def __init__(self) -> None:
        self.url = ""
        self.lines: dict[str, Line] = {}
        self._server: asyncio.Server | None = None

    def line(self, token: str) -> Line:
        """A new bot account."""
        return self.lines.setdefault(token, Line(token))

    async def __aenter__(self) -> "Network":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(Connection):
    """What every bot's client talks to."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network

    def asked(self, path: str, head: str, body: bytes) -> None:
        _, account, method = path.split("/", 2)
        line = self._network.lines.get(account.removeprefix("bot"))
        if line is None:
            self.reply(b'{"ok":false,"error_code":401,"description":"Unauthorized"}', "401 No")
            return
        said = _parameters(header(head, "content-type"), body)
        match method.lower():
            case "getupdates":
                offset, limit = int(said.get("offset", 0)), int(said.get("limit", MOST))
                line.poll(offset, limit, float(said.get("timeout", 0)), self._result)
            case "sendmessage":
                if wait := line.refuse(int(said["chat_id"])):
                    self.reply(_flooded(wait), "429 Too Many Requests")
                else:
                    self._result(line.send(said))
            case "getme":
                self._result(msgspec.json.encode(line.bot))
            case _:
                self._result(b"true")

    def _result(self, result: bytes) -> None:
        self.reply(b'{"ok":true,"result":' + result + b"}")


def _flooded(wait: int) -> bytes:
    return msgspec.json.encode(
        {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {wait}",
            "parameters": {"retry_after": wait},
        }
    )


def _parameters(kind: str, body: bytes) -> dict[str, Any]:
    """What a call says, in either of the two ways that our clients write it."""
    if not body:
        return {}
    if kind.startswith("application/json"):
        said: dict[str, Any] = msgspec.json.decode(body)
        return said
    if not kind.startswith("application/x-www-form-urlencoded"):
        raise ValueError(f"a body of another kind: {kind}")
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
