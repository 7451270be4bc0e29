"""How Zalo delivers: signed over the body as it came, to one address for each app."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from aiohttp import web

from bot.webhooks import Take, Verify, route
from bot.zalo_oa import assumptions

_TIMESTAMP = re.compile(rb'"timestamp"\s*:\s*"?(\d{1,20})"?')
"""What the signature covers besides the body stands in the body, and is looked up before anything
is read. A quotation mark inside somebody's words is written with a backslash, and so no match."""

MOST_TIMESTAMPS = 4
"""Of so many in one body each is tried."""


def routes(path: str, app_id: str, secret: str, take: Take) -> list[web.RouteDef]:
    """What to mount on the server: one POST route."""
    verify = signed(app_id, secret)
    return [route(path, verify, take, "zalo_oa", within=assumptions.ANSWER_WITHIN)]


def signed(app_id: str, secret: str) -> Verify:
    """Whether a request was signed with the webhook's secret. Raises ValueError for an empty one,
    which would let anyone in."""
    if not secret:
        raise ValueError("a webhook without a secret")

    def verify(headers: Mapping[str, str], body: bytes) -> bool:
        given = headers.get(assumptions.SIGNATURE, "").encode(errors="surrogateescape")
        right = False
        for timestamp in _TIMESTAMP.findall(body)[:MOST_TIMESTAMPS]:
            expected = signature(app_id, body, timestamp, secret).encode()
            right |= hmac.compare_digest(given, expected)
        return right

    return verify


def signature(app_id: str, body: bytes, timestamp: bytes, secret: str) -> str:
    """Plain SHA-256 over app id, body, timestamp and secret, as the page of webhooks says."""
    digest = hashlib.sha256(app_id.encode() + body + timestamp + secret.encode())
    return f"{assumptions.SIGNATURE_BEGINS}{digest.hexdigest()}"
