"""The methods by which a bot gets its updates: asking for them, or having them sent."""

from typing import Any
from urllib.parse import urlsplit

from bot.playground.telegram import limits
from bot.playground.telegram.call import Call
from bot.playground.telegram.refusals import (
    TERMINATED_BY_WEBHOOK,
    WEBHOOK_ACTIVE,
    bad,
    conflict,
)
from bot.playground.telegram.webhooks import Target, Webhooks

_SECRET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_PORTS = (80, 88, 443, 8443)
_NEAR = ("127.0.0.1", "localhost", "::1")


async def get_updates(call: Call, webhooks: Webhooks) -> list[bytes]:
    """Confirm, then answer at once or wait for the first update."""
    if webhooks.target(call.bot) is not None:
        raise conflict(WEBHOOK_ACTIVE)
    call.bot.updates.allow(call.said.decoded("allowed_updates"))
    limit = min(max(call.said.number("limit", 100), 1), 100)
    timeout = min(max(call.said.number("timeout"), 0), limits.LONG_POLL)
    return await call.bot.updates.poll(call.said.number("offset"), limit, timeout)


def set_webhook(call: Call, webhooks: Webhooks) -> str:
    """Where to send updates from now on; returns what the answer's description says.

    Plain HTTP and any port are let through to this machine only: the real server asks for HTTPS
    on four ports.
    """
    url = call.said.text("url")
    if not url:
        return delete_webhook(call, webhooks)
    parts = urlsplit(url)
    if parts.hostname not in _NEAR:
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = call.said.text("secret_token")
    if len(secret) > limits.WEBHOOK_SECRET:
        raise bad("secret token is too long")
    if not set(secret) <= _SECRET:
        raise bad("secret token contains unallowed characters")
    least, most = limits.WEBHOOK_CONNECTIONS
    connections = min(max(call.said.number("max_connections", 40), least), most)
    call.bot.updates.allow(call.said.decoded("allowed_updates"))
    if call.said.flag("drop_pending_updates"):
        call.bot.updates.clear()
    call.bot.updates.interrupt(conflict(TERMINATED_BY_WEBHOOK))
    webhooks.set(call.bot, Target(url, secret, connections))
    return "Webhook was set"


def delete_webhook(call: Call, webhooks: Webhooks) -> str:
    if call.said.flag("drop_pending_updates"):
        call.bot.updates.clear()
    if webhooks.remove(call.bot):
        return "Webhook was deleted"
    return "Webhook is already deleted"


def get_webhook_info(call: Call, webhooks: Webhooks) -> dict[str, Any]:
    updates = call.bot.updates
    updates.expire()
    info: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    target = webhooks.target(call.bot)
    if target is not None:
        info |= {"url": target.url, "max_connections": target.connections}
        info |= webhooks.last_error(call.bot)
    if updates.allowed is not None:
        info["allowed_updates"] = sorted(updates.allowed)
    return info
