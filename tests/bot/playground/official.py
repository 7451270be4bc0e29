"""What the tests of the simulated Official Account share: a bare client, an app that listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from bot.playground.zalo_oa.oauth import Pair
from bot.playground.zalo_oa.world import OA, Person
from bot.playground.zalo_oa_server import TOKEN_PATH, ZaloOAServer
from tests.bot.playground.network import Clock

CONSULT = "/v3.0/oa/message/cs"
TEMPLATE = "/v3.0/oa/message/template"
GROUP = "/v3.0/oa/group/"


class Official:
    """One app's plain HTTP: no client of ours to hide anything."""

    def __init__(self, server: ZaloOAServer, session: aiohttp.ClientSession, clock: Clock) -> None:
        self.server = server
        self.session = session
        self.clock = clock
        self.oa: OA = server.world.add_oa()
        self.pair: Pair = server.issue(self.oa)
        self.lan: Person = server.world.add_person("Lan")

    async def call(self, path: str, said: Any = None, *, token: str = "") -> dict[str, Any]:
        """The whole answer to a POST; the status is 200 whatever it says."""
        headers = {"access_token": token or self.pair.access}
        async with self.session.post(
            self.server.url + path, json=said, headers=headers
        ) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
            return answer

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        headers = {"access_token": self.pair.access}
        url = self.server.url + path
        async with self.session.get(url, params=query, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def upload(self, kind: str, name: str, content: bytes) -> dict[str, Any]:
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", BytesIO(content), filename=name)
        url = f"{self.server.url}/v2.0/oa/upload/{kind}"
        headers = {"access_token": self.pair.access}
        async with self.session.post(url, data=form, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def oauth(self, secret_key: str = "app-secret", **form: str) -> dict[str, Any]:
        said = {"app_id": "4000"} | form
        async with self.session.post(
            self.server.url + TOKEN_PATH, data=said, headers={"secret_key": secret_key}
        ) as response:
            answer: dict[str, Any] = await response.json()
            return answer | {"status": response.status}

    async def consult(self, message: Any, *, to: Person | None = None) -> int:
        """The error of a consultation message; 0 is none."""
        user_id = self.oa.user_id(to or self.lan)
        said = {"recipient": {"user_id": user_id}, "message": message}
        error = (await self.call(CONSULT, said))["error"]
        assert isinstance(error, int)
        return error

    def later(self, seconds: float) -> None:
        """Time passes, and the tokens are renewed."""
        self.clock.advance(seconds)
        self.pair = self.server.issue(self.oa)

    def events(self) -> list[dict[str, Any]]:
        """What waits for the app, taken."""
        taken = [msgspec.json.decode(body, type=dict[str, Any]) for _, body in self.oa.waiting]
        self.oa.waiting.clear()
        return taken


class Listener:
    """An app's webhook that answers with a status of our choice."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.url = ""
        self.slow = False
        """Answers only once ``released``."""
        self.released = asyncio.Event()

    async def take(self, request: web.BaseRequest) -> web.Response:
        self.heard.append((dict(request.headers), await request.read()))
        if self.slow:
            await self.released.wait()
        return web.Response(status=self.status)

    @asynccontextmanager
    async def serve(self) -> AsyncIterator["Listener"]:
        runner = web.ServerRunner(web.Server(self.take))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/zalo_oa/3000"
        yield self
        await runner.cleanup()
