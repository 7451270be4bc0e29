"""Takes updates in by webhook, for any network: answers 200 only once they are committed."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

MOST_BODY = 1024 * 1024
"""Bytes; updates are a few kilobytes."""

Take = Callable[[Sequence[bytes]], Awaitable[None]]
"""Returns once all of them are committed or kept aside."""

log = logging.getLogger(__name__)


def route(path: str, header: str, secret: str, take: Take, network: str) -> web.RouteDef:
    """One POST route that asks for ``secret`` in ``header``; ``network`` names it in the logs."""

    async def deliver(request: web.Request) -> web.Response:
        given = request.headers.get(header, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            log.warning(f"{network}_webhook_forged")
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            log.warning(f"{network}_webhook_too_large")
            return web.Response(status=413)
        # Not JSON is handed in too: it is kept aside there, and not delivered for ever.
        (fault,) = await asyncio.gather(take([body]), return_exceptions=True)
        if fault is not None:
            log.error(f"{network}_update_not_taken", extra={"error": type(fault).__name__})
            return web.Response(status=503)
        return web.Response()

    return web.post(path, deliver)


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
