"""Takes updates in by webhook; answers 200 only once they are committed."""

import asyncio
import hmac
import logging
import re
from dataclasses import dataclass, field

from aiohttp import web
from telegram.error import TelegramError

from bot.telegram.client import Client
from bot.telegram.errors import classed
from bot.telegram.payload import ALLOWED_UPDATES
from bot.telegram.polling import Take

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

MOST_BODY = 1024 * 1024
"""Bytes; updates are a few kilobytes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers: ``url`` is public, ``secret`` is 1-256 of A-Z a-z 0-9 _ -."""

    url: str
    secret: str = field(repr=False)
    connections: int = 40
    """Deliveries at once; Telegram keeps each chat's order by itself."""

    def __post_init__(self) -> None:
        """Refuse what Telegram would; an empty secret would let anyone in."""
        if not SECRET.fullmatch(self.secret):
            raise ValueError("a webhook secret is 1-256 of A-Z a-z 0-9 _ -")


def routes(path: str, secret: str, take: Take) -> list[web.RouteDef]:
    """What to mount on the server: one POST route."""

    async def deliver(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        # Not JSON is handed in too: it is kept aside there, and not delivered for ever.
        (fault,) = await asyncio.gather(take([body]), return_exceptions=True)
        if fault is not None:
            log.error("telegram_update_not_taken", extra={"error": type(fault).__name__})
            return web.Response(status=503)
        return web.Response()

    return [web.post(path, deliver)]


async def set_webhook(client: Client, webhook: Webhook) -> None:
    """Have Telegram deliver there; what waits is kept. Raises SendError."""
    try:
        await client.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            max_connections=webhook.connections,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
    except TelegramError as error:
        raise classed(error) from None


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
