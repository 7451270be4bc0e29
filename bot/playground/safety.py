"""Keeps the playground to this machine and away from anything real.

It listens on loopback alone, answers only whoever names it by that address, takes nothing that
another site's page sends, and lets nobody in without the token that stands in the address. It runs
on a database and with bot accounts that were made for it.
"""

import hmac
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.installation import Installation

LOOPBACK = "127.0.0.1"
"""Where it listens, and nowhere else."""

NAMES = (LOOPBACK, "localhost")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Unsafe(Exception):
    """The playground was about to touch something real."""


def require_made_up(installation: Installation, folder: Path) -> None:
    """Raises Unsafe unless it has no bot accounts and keeps everything in this folder."""
    kept = (installation.data, Path(installation.database_url.removeprefix("sqlite:///")))
    if installation.config.bots or installation.config.zalo_oa:
        raise Unsafe("bot accounts")
    if not all(path.resolve().is_relative_to(folder.resolve()) for path in kept):
        raise Unsafe("data outside its folder")


def guard(token: str, anybody: tuple[str, ...]) -> Middleware:
    """Refuse whoever is not this machine's own page; ``anybody`` are the paths that need no token.

    A name that leads here from elsewhere (DNS rebinding) shows in Host, a foreign page in Origin.
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        port = _port(request)
        homes = [f"{name}:{port}" for name in NAMES]
        if request.host not in homes:
            raise web.HTTPForbidden
        origin = request.headers.get("Origin")
        if request.path.startswith(anybody):
            return await handler(request)
        if origin is not None and origin not in [f"http://{home}" for home in homes]:
            raise web.HTTPForbidden
        given = request.path.split("/")[1]
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise web.HTTPNotFound
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guarded


def _port(request: web.Request) -> int:
    """Where we listen, whatever the caller says."""
    transport = request.transport
    address = transport.get_extra_info("sockname") if transport else None
    return int(address[1]) if address else 0
