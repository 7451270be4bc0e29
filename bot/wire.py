"""HTTP as our own clients do it: every stage bounded, the session opened when first needed.

A failure tells whether the request may have arrived, and never an address: some hold a token.
"""

from collections.abc import Mapping

import aiohttp

CONNECT = 10.0
"""Seconds for a free connection, name lookup and handshake together."""

CONNECTIONS = 32

KEPT_ALIVE = 15.0
"""Seconds; a connection that the other side has dropped meanwhile makes a send unsure."""


class CallFailed(Exception):
    """A call to a network that failed. Its words never hold a token, a code or a secret."""


class NotWritten(CallFailed):
    """No connection came about: nothing was sent, so it may be tried again."""


class AnswerLost(CallFailed):
    """The request was on its way when the connection broke, time ran out or a gateway failed."""


class Wire:
    """The HTTP of one client, over the session that it is given or over its own."""

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session
        self._own = session is None
        self._closed = False

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

    async def exchange(
        self,
        what: str,
        method: str,
        url: str,
        *,
        read: float,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | aiohttp.FormData | None = None,
    ) -> tuple[int, bytes]:
        """The status and the body of one answer; ``what`` names the call in a CallFailed.

        ``read`` is how many seconds of silence are borne.
        """
        try:
            async with self.session.request(
                method,
                url,
                params=query,
                data=body,
                headers=headers,
                timeout=patience(read),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise lost(what, fault) from None

    async def close(self) -> None:
        """Close the session if it is ours; no call opens another."""
        self._closed = True
        if self._own and self._session is not None:
            await self._session.close()
            self._session = None


def patience(read: float) -> aiohttp.ClientTimeout:
    """Bounds every stage, so that no call hangs for ever."""
    return aiohttp.ClientTimeout(total=CONNECT + 2 * read, connect=CONNECT, sock_read=read)


def lost(what: str, fault: BaseException) -> NotWritten | AnswerLost:
    """Whether the request may have arrived, told without its address."""
    never = aiohttp.ConnectionTimeoutError | aiohttp.ClientConnectorError | aiohttp.InvalidURL
    kind = NotWritten if isinstance(fault, never) else AnswerLost
    return kind(f"{what}: {type(fault).__name__}")
