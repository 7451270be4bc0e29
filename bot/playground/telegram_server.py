"""A Telegram to try a bot on: a server that speaks the Bot API, and the people on its other side.

    async with TelegramServer(now=clock).serve() as server:
        bot = server.world.add_bot()
        person = server.world.add_person("Lan")
        server.people.start(person, bot)

`server.url` is the base of the API. Time and chance are given: updates age, floods pass and
webhooks are retried by `now`, so whoever moves the clock calls `server.wake()` afterwards. Long
polls are the exception: their timeout is real seconds. Flood control is off unless asked for,
because a conversation under a standing clock would run into it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from random import Random
from typing import Any

import msgspec
from aiohttp import web

from bot.playground.telegram import receiving
from bot.playground.telegram.call import Call
from bot.playground.telegram.faults import Fault, Faults
from bot.playground.telegram.groups import Groups
from bot.playground.telegram.methods import METHODS
from bot.playground.telegram.parameters import Parameters, read
from bot.playground.telegram.people import People
from bot.playground.telegram.refusals import Refused, bad
from bot.playground.telegram.webhooks import Webhooks
from bot.playground.telegram.world import Accepted, BotAccount, World

_PATH = re.compile(r".*?(/file)?/bot([^/]*)/(.*)", re.DOTALL)
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_NOT_FOUND = Refused(404, "Not Found")
_RECEIVING = {
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
}


class TelegramServer:
    """One simulated Telegram. `flood` switches flood control on."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        chance: Random | None = None,
        flood: bool = False,
    ) -> None:
        self.world = World(now, chance or Random(1), flood)
        self.groups = Groups(self.world)
        self.people = People(self.world, self.groups)
        self.faults = Faults()
        self.webhooks = Webhooks(now, self.world.chance, self._run_reply, self._stir)
        self.calls: dict[str, int] = {}
        self.url = ""
        self._watchers: list[asyncio.Future[None]] = []

    @property
    def accepted(self) -> list[Accepted]:
        """Every send the network took, in order, even if the answer was lost."""
        return self.world.accepted

    def inject(self, bot: BotAccount, raw: dict[str, Any]) -> int:
        """Queue an update as it stands, however odd; returns its `update_id`."""
        return bot.updates.inject(raw)

    def wake(self) -> None:
        """Notice that the clock was moved."""
        self.webhooks.wake()

    async def until(self, happened: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait until something is so, looking after every request and webhook; real seconds."""
        async with asyncio.timeout(timeout):
            while not happened():
                watcher = asyncio.get_running_loop().create_future()
                self._watchers.append(watcher)
                await watcher

    def application(self) -> web.Application:
        """The server to mount inside another; `url` is then for the caller to know."""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.handle)
        return application

    @asynccontextmanager
    async def serve(
        self, host: str = "127.0.0.1", port: int = 0
    ) -> AsyncIterator["TelegramServer"]:
        """Listen while the block runs; port 0 takes a free one."""
        runner = web.ServerRunner(web.Server(self.handle), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            self.url = f"http://{host}:{runner.addresses[0][1]}"
            yield self
        finally:
            await self.close()
            await runner.cleanup()

    async def close(self) -> None:
        """End whatever waits."""
        self.faults.clear()
        for bot in self.world.bots.values():
            bot.updates.interrupt(Refused(502, "Bad Gateway"))
        await self.webhooks.close()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one HTTP request, under whatever prefix the server is mounted."""
        found = _PATH.fullmatch(request.path)
        if found is None:
            return _answer(_NOT_FOUND)
        file, token, method = found.groups()
        if file:
            return self._download(request, token, method)
        fault = self.faults.next(method)
        if self.faults.down or (fault is not None and fault.manner != "after"):
            early = await self._misbehave(request, fault)
            if early is not None:
                return early
        try:
            answer = _result(await self.perform(token, method, await read(request)))
        except Refused as refused:
            answer = _answer(refused)
        self._stir()
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        if fault is None:
            return answer
        return await self._hang(request) if fault.manner == "hang_after" else _cut(request)

    async def perform(self, token: str, method: str, said: Parameters) -> Any:
        """Run one method; raises `Refused`."""
        bot = self.world.bots.get(token)
        if bot is None:
            raise Refused(401, "Unauthorized") if _TOKEN.fullmatch(token) else _NOT_FOUND
        name = method.lower()
        self.calls[name] = self.calls.get(name, 0) + 1
        if bot.logged_out:
            raise bad("Logged out")
        call = Call(self.world, self.groups, bot, method, said)
        if name == "getupdates":
            return await receiving.get_updates(call, self.webhooks)
        if name == "getwebhookinfo":
            return receiving.get_webhook_info(call, self.webhooks)
        if name in _RECEIVING:
            return _Said(_RECEIVING[name](call, self.webhooks))
        function = METHODS.get(name)
        if function is None:
            raise _NOT_FOUND
        return function(call)

    async def _run_reply(self, bot: BotAccount, answer: dict[str, Any]) -> None:
        """Run the method a webhook answered with; nobody learns of its outcome."""
        method = str(answer.pop("method"))
        with suppress(Refused):
            await self.perform(bot.token, method, Parameters(answer))

    async def _misbehave(
        self, request: web.BaseRequest, fault: Fault | None
    ) -> web.StreamResponse | None:
        if self.faults.down or fault is None:
            return _cut(request)
        match fault.manner:
            case "refuse":
                return _answer(Refused(fault.code, fault.description, **fault.parameters))
            case "before":
                return _cut(request)
            case "hang":
                return await self._hang(request)
            case _:
                return None

    async def _hang(self, request: web.BaseRequest) -> web.StreamResponse:
        self.faults.hanging += 1
        self._stir()
        await self.faults.wait()
        return _cut(request)

    def _download(self, request: web.BaseRequest, token: str, path: str) -> web.StreamResponse:
        if self.faults.down or self.faults.next("download") is not None:
            return _cut(request)
        bot = self.world.bots.get(token)
        stored = None if bot is None else self.world.files.download(bot.id, path)
        if stored is None:
            return _answer(_NOT_FOUND)
        return web.Response(body=stored.data, content_type=stored.mime)

    def _stir(self) -> None:
        if self._watchers:
            watchers, self._watchers = self._watchers, []
            for watcher in watchers:
                if not watcher.done():
                    watcher.set_result(None)


class _Said(str):
    """A description that goes with the result True."""

    __slots__ = ()


def _result(result: Any) -> web.Response:
    if isinstance(result, _Said):
        said = {"ok": True, "result": True, "description": str(result)}
        return web.Response(body=msgspec.json.encode(said), content_type="application/json")
    if isinstance(result, list) and result and isinstance(result[0], bytes):
        body = b'{"ok":true,"result":[' + b",".join(result) + b"]}"
    else:
        body = msgspec.json.encode({"ok": True, "result": result})
    return web.Response(body=body, content_type="application/json")


def _answer(refused: Refused) -> web.Response:
    said: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        said["parameters"] = refused.parameters
    return web.Response(
        body=msgspec.json.encode(said), status=refused.code, content_type="application/json"
    )


def _cut(request: web.BaseRequest) -> web.Response:
    """Drop the connection; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
