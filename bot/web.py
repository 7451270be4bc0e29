"""The one web server: webhooks of the networks, and whether we are well."""

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

Healthy = Callable[[], Awaitable[bool]]

CLOSING_GRACE = 5.0
"""Seconds that requests get to end when we stop."""


def application(routes: Iterable[web.RouteDef], healthy: Healthy) -> web.Application:
    """Everything the server answers."""

    async def health(request: web.Request) -> web.Response:
        well = await healthy()
        return web.json_response({"ok": well}, status=200 if well else 503)

    app = web.Application()
    app.add_routes([web.get("/healthz", health), *routes])
    return app


class Server:
    """Listens from ``start`` until ``close``."""

    def __init__(
        self, app: web.Application, host: str, port: int, *, hang_up: bool = False
    ) -> None:
        """``hang_up`` ends the work for whoever hangs up."""
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=CLOSING_GRACE,
            handler_cancellation=hang_up,
        )
        self._host = host
        self._port = port

    async def start(self) -> int:
        """Listen; returns the port. Raises OSError when it is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        port: int = self._runner.addresses[0][1]
        return port

    async def close(self) -> None:
        """Let requests end, and stop listening."""
        await self._runner.cleanup()
