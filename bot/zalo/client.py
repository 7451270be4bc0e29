"""The client of the Bot Platform: one POST a call, the answer's ``ok`` read, never its status.

No error told from here carries an address, because the addresses carry the token.
"""

from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec

from bot.zalo.assumptions import OFFICIAL
from bot.zalo.errors import AnswerLost, NotWritten, Refused
from bot.zalo.payload import UNREADABLE

CONNECT = 10.0
"""Seconds for a free connection, name lookup and handshake together."""

READ = 30.0
"""Seconds of silence."""

PHOTO = 150.0
"""Seconds for sendPhoto, which answers once the platform has fetched the picture from us."""

CONNECTIONS = 32

KEPT_ALIVE = 15.0
"""Seconds; a connection that the other side has dropped meanwhile makes a send unsure."""

MOST_SAID = 200
"""Characters of a refusal that are kept."""

NOTHING = msgspec.Raw()


class Envelope(msgspec.Struct, frozen=True):
    """What every answer is wrapped in; testWebhook alone spells its code ``errorCode``."""

    ok: bool
    result: msgspec.Raw = NOTHING
    description: str = ""
    error_code: int | str = 0
    errorCode: int | str = 0  # noqa: N815  # as the platform spells it

    @property
    def code(self) -> int:
        """0 where there is none, or none that is a number."""
        code = str(self.error_code or self.errorCode)
        return int(code) if code.isdecimal() else 0


_read_envelope = msgspec.json.Decoder(Envelope).decode
_encode = msgspec.json.Encoder().encode


class Client:
    """One bot account. Nothing touches the network before the first call."""

    def __init__(
        self, token: str, url: str = OFFICIAL, session: aiohttp.ClientSession | None = None
    ) -> None:
        self._token = token
        self._base = f"{url.rstrip('/')}/bot{token}"
        self._session = session
        self._own = session is None
        self._closed = False

    def __repr__(self) -> str:
        """Without the token."""
        return f"Client({self.number})"

    @property
    def number(self) -> str:
        """The bot account's id: the token's first part, the only one that is no secret."""
        return self._token.partition(":")[0]

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, opened when first needed. Raises NotWritten after ``close``."""
        if self._closed or (self._session is not None and self._session.closed):
            raise NotWritten("closed")
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT_ALIVE)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    async def call(
        self, method: str, parameters: dict[str, Any] | None = None, *, read: float = READ
    ) -> bytes:
        """The result of a method as JSON; empty where the platform gives none, as sendChatAction.

        ``read`` is how many seconds of silence are borne. Raises ZaloError.
        """
        status, body = await self._exchange(method, _encode(parameters or {}), read)
        try:
            answer = _read_envelope(body)
        except UNREADABLE:
            # A page of a gateway in between: what it stands for was done only if it is no refusal.
            kind = NotWritten if 400 <= status < 500 else AnswerLost
            raise kind(f"{method}: HTTP {status}") from None
        if not answer.ok:
            said = answer.description.replace(self._token, "…")[:MOST_SAID]
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise AnswerLost(f"{method}: HTTP {status}")
            raise Refused(method, answer.code, said)
        return bytes(answer.result)

    async def close(self) -> None:
        """Close the session if it is ours; no call opens another."""
        self._closed = True
        if self._own and self._session is not None:
            await self._session.close()
            self._session = None

    async def _exchange(self, method: str, body: bytes, read: float) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"}
        try:
            async with self.session.post(
                f"{self._base}/{method}",
                data=body,
                headers=headers,
                timeout=patience(read),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise lost(method, fault) from None


def patience(read: float) -> aiohttp.ClientTimeout:
    """Bounds every stage, so that no call hangs for ever."""
    return aiohttp.ClientTimeout(total=CONNECT + 2 * read, connect=CONNECT, sock_read=read)


def lost(what: str, fault: BaseException) -> NotWritten | AnswerLost:
    """Whether the request may have arrived, told without its address."""
    never = aiohttp.ConnectionTimeoutError | aiohttp.ClientConnectorError | aiohttp.InvalidURL
    kind = NotWritten if isinstance(fault, never) else AnswerLost
    return kind(f"{what}: {type(fault).__name__}")
