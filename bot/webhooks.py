"""Takes updates in by webhook, for any network: answers 200 only once they are committed."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

MOST_BODY = 1024 * 1024
"""Bytes; updates are a few kilobytes."""

Take = Callable[[Sequence[bytes]], Awaitable[None]]
"""Returns once all of them are committed or kept aside."""

Verify = Callable[[Mapping[str, str], bytes], bool]
"""Whether the network sent it, by the headers and the body as it came."""

log = logging.getLogger(__name__)


def says(header: str, secret: str) -> Verify:
    """Whether a request says ``secret`` in ``header``."""

    def verify(headers: Mapping[str, str], body: bytes) -> bool:
        given = headers.get(header, "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, secret.encode())

    return verify


def route(
    path: str, verify: Verify, take: Take, network: str, *, within: float | None = None
) -> web.RouteDef:
    """One POST route; ``network`` names it in the logs.

    What is not taken ``within`` so many seconds is answered 503, so that the network delivers it
    again before it gives up on us; taking it goes on all the same.
    """

    async def deliver(request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            log.warning(f"{network}_webhook_too_large")
            return web.Response(status=413)
        if not verify(request.headers, body):
            log.warning(f"{network}_webhook_forged")
            return web.Response(status=403)
        # Not JSON is handed in too: it is kept aside there, and not delivered for ever.
        fault = await _taken(take([body]), within)
        if fault is not None:
            log.error(f"{network}_update_not_taken", extra={"error": type(fault).__name__})
            return web.Response(status=503)
        return web.Response()

    return web.post(path, deliver)


async def _taken(taking: Awaitable[None], within: float | None) -> BaseException | None:
    """What kept it from being taken."""
    try:
        async with asyncio.timeout(within):
            (fault,) = await asyncio.gather(taking, return_exceptions=True)
    except TimeoutError as late:
        return late
    return fault


async def _body(request: web.Request) -> bytes | None:
    """The body, or None when it is too large to be an update."""
    if (request.content_length or 0) > MOST_BODY:
        return None
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > MOST_BODY:
            return None
    return bytes(body)
