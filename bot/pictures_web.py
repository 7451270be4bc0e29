"""Lends pictures by link, for networks that fetch what we show instead of taking it.

Nobody can guess a link, and it lives for a month: a network may look again whenever somebody
scrolls back.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.channel import Rendered

PATH = "/anh/{name}"

TYPES = {"png": "image/png", "jpg": "image/jpeg"}

HEADERS = {
    "Cache-Control": "public, max-age=86400",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}

_NAME = re.compile(r"[A-Za-z0-9_-]{20,64}\.(?:png|jpg)")


class Pictures:
    """Pictures in a folder, each under a name drawn for it; they outlive a restart."""

    def __init__(
        self,
        folder: Path,
        public_url: str,
        lives: timedelta,
        fresh_token: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        """``public_url`` is how the world reaches our server; ``fresh_token`` draws a name."""
        self._folder = folder
        self._url = public_url.rstrip("/")
        self._lives = lives
        self._fresh_token = fresh_token
        self._now = now

    def publish(self, drawn: Rendered) -> str:
        """Keep a picture and drop those that have had their time; its address."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._drop_old()
        suffix = drawn.name.rpartition(".")[2].lower()
        name = f"{self._fresh_token()}.{suffix if suffix in TYPES else 'png'}"
        (self._folder / name).write_bytes(drawn.content)
        return self._url + PATH.format(name=name)

    def routes(self) -> list[web.RouteDef]:
        """Where they are lent."""
        return [web.get(PATH, self.lend)]

    async def lend(self, request: web.Request) -> web.Response:
        """The picture of a name, or 404."""
        name = request.match_info["name"]
        if not _NAME.fullmatch(name):
            return web.Response(status=404)
        try:
            content = await asyncio.to_thread((self._folder / name).read_bytes)
        except OSError:
            return web.Response(status=404)
        kind = TYPES[name.rpartition(".")[2]]
        return web.Response(body=content, content_type=kind, headers=HEADERS)

    def _drop_old(self) -> None:
        oldest = (self._now() - self._lives).timestamp()
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
