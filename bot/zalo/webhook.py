"""How the platform delivers: to our own address, or to whoever asks."""

import logging
import re
from dataclasses import dataclass, field

from aiohttp import web

from bot.raw_events import UNREADABLE
from bot.webhooks import Take, route, says
from bot.wire import AnswerLost
from bot.zalo import assumptions
from bot.zalo.client import Client
from bot.zalo.errors import Refused
from bot.zalo.payload import Hook, read_hook

SECRET_HEADER = "X-Bot-Api-Secret-Token"

SECRET = re.compile(r"[!-~]{8,256}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Zalo delivers: ``url`` is public, ``secret`` is 8-256 characters."""

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what Zalo would; an empty secret would let anyone in."""
        if not SECRET.fullmatch(self.secret):
            raise ValueError("a webhook secret is 8-256 characters")


def routes(path: str, secret: str, take: Take) -> list[web.RouteDef]:
    """What to mount on the server: one POST route."""
    return [route(path, says(SECRET_HEADER, secret), take, "zalo")]


async def set_webhook(client: Client, webhook: Webhook) -> None:
    """Have Zalo deliver there; it looks at once whether somebody is there. Raises CallFailed."""
    parameters = {"url": webhook.url, "secret_token": webhook.secret}
    hook = _read(await client.call("setWebhook", parameters))
    if not hook.verification.ok:
        seen = hook.verification
        log.error(
            "zalo_webhook_not_reached",
            extra={"bot": client.number, "outcome": seen.outcome, "hint": seen.hint},
        )


async def webhook_url(client: Client) -> str:
    """Where Zalo delivers; "" where it waits to be polled. Raises CallFailed."""
    try:
        return _read(await client.call("getWebhookInfo")).url
    except Refused as refusal:
        if refusal.code in assumptions.NO_WEBHOOK:
            return ""
        raise


async def remove_webhook(client: Client) -> None:
    """Take away a webhook that would keep polls silent for ever, and say so. Raises CallFailed."""
    if not await webhook_url(client):
        return
    try:
        await client.call("deleteWebhook")
    except Refused as refusal:
        if refusal.code not in assumptions.NO_WEBHOOK:
            raise
    hint = "polling is configured; a webhook was set and kept every message from it"
    log.warning("zalo_webhook_removed", extra={"bot": client.number, "hint": hint})


def _read(result: bytes) -> Hook:
    try:
        return read_hook(result)
    except UNREADABLE:
        raise AnswerLost("an answer that cannot be read") from None
