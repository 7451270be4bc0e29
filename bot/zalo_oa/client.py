"""The client of the Official Account API: ``error`` of the answer is read, never its status."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from mimetypes import guess_type
from typing import Any, Protocol

import aiohttp
import msgspec

from bot.pacing import Rate
from bot.raw_events import NOTHING, UNREADABLE
from bot.wire import AnswerLost, NotWritten, Wire
from bot.zalo_oa import assumptions
from bot.zalo_oa.errors import Refused
from bot.zalo_oa.payload import read_uploaded

READ = 30.0
"""Seconds of silence."""

UPLOAD = 120.0
"""Seconds for a file, on a slow uplink."""

BURST = 60
"""Calls that may follow each other at once after a rest."""

PACE = Rate(60.0 / (assumptions.CALLS_A_MINUTE - BURST + 1), BURST)
"""No minute holds more calls than it may, bursts included."""

MOST_SAID = 200
"""Characters of a refusal that are kept."""

IMAGE, FILE = "image", "file"
"""What may be uploaded."""


class Access(Protocol):
    """Where access tokens come from. All of it may raise CallFailed."""

    async def access(self) -> str:
        """A token that is believed to be good."""
        ...

    async def renew(self, bad: str) -> str:
        """Another one than that which the API refused."""
        ...

    async def keep_fresh(self) -> None:
        """Replace tokens in time, until cancelled."""
        ...

    async def close(self) -> None: ...


class Envelope(msgspec.Struct, frozen=True):
    """What every answer is wrapped in; ``error`` is 0 when all is well."""

    error: int | str
    message: str = ""
    data: msgspec.Raw = NOTHING

    @property
    def code(self) -> int:
        """0 where all is well; 1 for an error that is no number."""
        code = str(self.error)
        return int(code) if code.removeprefix("-").isdecimal() else 1


_ODD = re.compile(r'[\x00-\x1f\x7f"\\]')
"""What would end a name or its line inside a header."""

_read_envelope = msgspec.json.Decoder(Envelope).decode
_encode = msgspec.json.Encoder().encode

Exchange = Callable[[str], Awaitable[tuple[int, bytes]]]
"""One request with an access token: the status and the body of its answer."""


class Client:
    """One Official Account. Nothing touches the network before the first call."""

    def __init__(
        self,
        tokens: Access,
        url: str = assumptions.OFFICIAL,
        session: aiohttp.ClientSession | None = None,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.tokens = tokens
        self.wire = Wire(session)
        self._base = url.rstrip("/")
        self._turns = Turns(PACE, pause)

    async def call(
        self,
        method: str,
        path: str,
        said: dict[str, Any] | None = None,
        *,
        read: float = READ,
    ) -> bytes:
        """The ``data`` of the answer as JSON; empty where there is none. Raises CallFailed.

        What a GET says goes into the address as JSON. ``read`` is how many seconds of silence are
        borne.
        """
        url, json = f"{self._base}{path}", _encode(said or {})

        async def exchange(token: str) -> tuple[int, bytes]:
            headers = {"access_token": token}
            if method == "GET":
                query = {"data": json.decode()} if said else None
                return await self.wire.exchange(
                    path, method, url, read=read, headers=headers, query=query
                )
            headers["Content-Type"] = "application/json"
            return await self.wire.exchange(
                path, method, url, read=read, headers=headers, body=json
            )

        return await self._answered(path, exchange)

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """The name under which messages may show it, for a week. Raises CallFailed.

        ``kind`` is IMAGE or FILE; the ending of ``name`` has to say what it is.
        """
        path = f"{assumptions.UPLOAD_PATH}{kind}"
        type = guess_type(name)[0] or "application/octet-stream"
        plain = _ODD.sub("_", name)

        async def exchange(token: str) -> tuple[int, bytes]:
            # The name as browsers write it: people see it.
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("file", content, filename=plain, content_type=type)
            return await self.wire.exchange(
                path,
                "POST",
                f"{self._base}{path}",
                read=UPLOAD,
                headers={"access_token": token},
                body=form,
            )

        data = await self._answered(path, exchange)
        try:
            uploaded = read_uploaded(data)
        except UNREADABLE:
            raise AnswerLost(f"{path}: an answer that cannot be read") from None
        return uploaded.attachment_id or uploaded.token

    async def close(self) -> None:
        """Close the session if it is ours, and what the tokens hold; no call opens another."""
        await self.wire.close()
        await self.tokens.close()

    async def _answered(self, path: str, exchange: Exchange) -> bytes:
        """Ask, and once more with another token where the first is good no more."""
        token = await _got(self.tokens.access())
        try:
            return await self._once(path, exchange, token)
        except Refused as refusal:
            if refusal.code not in assumptions.TOKEN_BAD:
                raise
        return await self._once(path, exchange, await _got(self.tokens.renew(token)))

    async def _once(self, path: str, exchange: Exchange, token: str) -> bytes:
        await self._turns.take(asyncio.get_running_loop().time())
        status, body = await exchange(token)
        try:
            answer = _read_envelope(body)
        except UNREADABLE:
            # A page of a gateway in between: what it stands for was done only if it is no refusal.
            kind = NotWritten if 400 <= status < 500 else AnswerLost
            raise kind(f"{path}: HTTP {status}") from None
        if answer.code:
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise AnswerLost(f"{path}: HTTP {status}")
            raise Refused(path, answer.code, answer.message.replace(token, "…")[:MOST_SAID])
        return bytes(answer.data)


async def _got(asking: Awaitable[str]) -> str:
    """A token. Raises CallFailed, and never AnswerLost: nothing of the call was sent."""
    try:
        return await asking
    except AnswerLost as fault:
        raise NotWritten(str(fault)) from None


class Turns:
    """Holds calls back to a rate, in the order in which they come."""

    def __init__(self, rate: Rate, pause: Callable[[float], Awaitable[None]]) -> None:
        self._rate = rate
        self._pause = pause
        self._full_at = 0.0

    async def take(self, now: float) -> None:
        """Wait until one more call may go; ``now`` is in seconds, from anywhere."""
        ready = self._rate.ready(self._full_at, BURST)
        self._full_at = self._rate.spent(self._full_at, now)
        if ready > now:
            await self._pause(ready - now)
