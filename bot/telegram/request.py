"""How python-telegram-bot reaches the network here: aiohttp, at a tenth of httpx's cost.

No error told from here carries an address, because Telegram's addresses carry the token.
"""

import io
from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

CONNECT = 10.0
"""Seconds for a free connection, name lookup and handshake together."""

READ = 30.0
"""Seconds of silence; Telegram answers in tenths of one."""

UPLOAD = 120.0
"""Seconds for a request with a file, on a slow uplink."""

CONNECTIONS = 64

KEPT_ALIVE = 15.0
"""Seconds; a connection that the other side has dropped meanwhile makes a send unsure."""

Timeout = Any
"""The library's own union of a number, None and its marker for "not given"."""


class _Parameters(msgspec.Struct):
    retry_after: float = 0


class _Refusal(msgspec.Struct):
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


class NotWritten(NetworkError):
    """No connection came about: nothing was sent, so it may be tried again."""


class AnswerLost(NetworkError):
    """The request was on its way when the connection broke or time ran out."""


def open_session() -> aiohttp.ClientSession:
    """A session for one bot; needs a running loop."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT_ALIVE)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


class Flooded(NetworkError):
    """Too many requests; ``after`` is in seconds, None where Telegram did not say."""

    def __init__(self, after: float | None) -> None:
        super().__init__(f"Too Many Requests: retry after {after}")
        self.after = after


class Request(BaseRequest):
    """Carries calls over a given session, or over its own."""

    __slots__ = ("_closed", "_own", "_session")

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session
        self._own = session is None
        self._closed = False

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return READ

    async def initialize(self) -> None:
        """Nothing to do: the session opens with the first call."""

    async def shutdown(self) -> None:
        """Close the session if it is ours; no call opens another."""
        self._closed = True
        if self._own and self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, opened when first needed. Raises NotWritten after ``shutdown``."""
        if self._closed or (self._session is not None and self._session.closed):
            raise NotWritten("closed")
        if self._session is None:
            self._session = open_session()
        return self._session

    async def exchange(
        self, method: str, url: str, body: Any = None, *, read: float = READ, json: bool = False
    ) -> tuple[int, bytes]:
        """One request and its whole answer. Raises NotWritten or AnswerLost."""
        headers = {"Content-Type": "application/json"} if json else None
        try:
            async with self.session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=patience(read),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise lost(fault) from None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """What python-telegram-bot asks of a transport."""
        read = read_timeout if isinstance(read_timeout, int | float) else READ
        if request_data is None:
            status, answer = await self.exchange(method, url, read=read)
        elif request_data.contains_files:
            form, read = _form(request_data), max(read, UPLOAD)
            status, answer = await self.exchange(method, url, form, read=read)
        else:
            body = msgspec.json.encode(request_data.parameters)
            status, answer = await self.exchange(method, url, body, read=read, json=True)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            # The library's RetryAfter warns that its type will change, each time one is made.
            raise Flooded(retry_after(answer))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # The library would quote the whole page of a proxy in between.
            raise AnswerLost(f"HTTP {status}")
        return status, answer

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer; a page of a proxy in between is no answer, and is not logged."""
        try:
            answer = msgspec.json.decode(payload)
        except msgspec.DecodeError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def patience(read: float) -> aiohttp.ClientTimeout:
    """Bounds every stage, so that no call hangs for ever."""
    return aiohttp.ClientTimeout(total=CONNECT + 2 * read, connect=CONNECT, sock_read=read)


def lost(fault: BaseException) -> NetworkError:
    """Whether the request may have arrived, told without its address."""
    never = aiohttp.ConnectionTimeoutError | aiohttp.ClientConnectorError | aiohttp.InvalidURL
    kind = NotWritten if isinstance(fault, never) else AnswerLost
    return kind(type(fault).__name__)


def retry_after(answer: bytes) -> float | None:
    """Seconds to wait, from the body of a 429."""
    try:
        return msgspec.json.decode(answer, type=_Refusal).parameters.retry_after or None
    except msgspec.MsgspecError:
        return None


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        # As a stream: bytes would be written in one go, holding up the loop.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=kind)
    return form
