"""Takes updates in by webhook; answers 200 only once they are committed."""

import re
from dataclasses import dataclass, field

from aiohttp import web
from telegram.error import TelegramError

from bot.telegram.client import Client
from bot.telegram.errors import classed
from bot.telegram.payload import ALLOWED_UPDATES
from bot.webhooks import Take, route, says

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


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
    return [route(path, says(SECRET_HEADER, secret), take, "telegram")]


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
