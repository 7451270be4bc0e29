"""A Zalo to try a bot on: a server that speaks the Bot Platform, and the people behind it.

    async with ZaloServer(now=clock).serve() as server:
        bot = server.world.add_bot("1000:abc", "Bot X")
        person = server.world.add_person("Lan")
        server.people.say(person, bot, "chào em")

It obeys what is known of the real one: errors come with HTTP 200, an idle poll is error 408 after
the time asked for, a poll brings one event and forgets it, a poller hears nothing while a webhook
is set, ids are hexadecimal, dates are milliseconds, groups are heard only where the bot is
mentioned or answered. What nobody knows is a switch in ``faults``. Long polls take real seconds.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from random import Random
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from bot.playground import outward
from bot.playground.faulty import cut
from bot.playground.watching import Watched
from bot.playground.zalo.faults import Faults
from bot.playground.zalo.methods import Methods
from bot.playground.zalo.people import People
from bot.playground.zalo.refusals import NOT_FOUND, NOTHING_YET, UNAUTHORIZED, Refused, bad
from bot.playground.zalo.world import Bot, World

SECRET_HEADER = "X-Bot-Api-Secret-Token"
USER_AGENT = "Java/1.8.0_192"
"""What Zalo's webhooks call themselves; some firewalls refuse it."""

LONGEST_POLL = 60.0
_PATH = re.compile(r".*?/bot([^/]*)/([^/]*)")
_LENT = re.compile(r".*?/photo/([0-9a-f]+)")


class ZaloServer(Watched):
    """One simulated Zalo."""

    def __init__(self, *, now: Callable[[], datetime], chance: Random | None = None) -> None:
        super().__init__()
        self.world = World(now, chance or Random(1))
        self.faults = Faults()
        self.people = People(self.world, self.faults, self._deliver)
        self.methods = Methods(self.world, self.faults, self._look, self._probe)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        """Every call of a known bot, with what was said."""
        self.answers: list[int] = []
        """The status of each webhook delivery."""
        self.url = ""
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator["ZaloServer"]:
        """Listen while the block runs; port 0 takes a free one."""
        # A poller that hangs up takes no event with it.
        server = web.Server(self.handle, handler_cancellation=True)
        runner = web.ServerRunner(server, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            async with self.reached_at(f"http://{host}:{runner.addresses[0][1]}"):
                yield self
        finally:
            await runner.cleanup()

    @asynccontextmanager
    async def reached_at(self, url: str) -> AsyncIterator[None]:
        """Work while the block runs: another server hands its requests under ``url`` on to us."""
        self.url = self.people.url = url
        self._session = aiohttp.ClientSession(headers={"User-Agent": USER_AGENT})
        try:
            yield
        finally:
            self.faults.clear()
            await self.people.settled()
            await self._session.close()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one HTTP request, under whatever prefix the server is mounted."""
        if lent := _LENT.fullmatch(request.path):
            return self._lend(request, lent.group(1))
        found = _PATH.fullmatch(request.path)
        if found is None:
            return web.json_response(NOT_FOUND.body)
        token, method = found.groups()
        fault = self.faults.next(method)
        if self.faults.down or (fault is not None and fault.manner != "after"):
            self.stir()
            if fault is not None and fault.manner == "refuse" and not self.faults.down:
                return web.json_response(Refused(fault.code, fault.description).body)
            return await self.faults.misbehave(request, fault)
        answer = await self._answer(token, method, request)
        self.stir()
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        return answer if fault is None else cut(request)

    async def _answer(self, token: str, method: str, request: web.BaseRequest) -> web.Response:
        try:
            bot = self.world.bots.get(token)
            if bot is None or bot.revoked:
                raise UNAUTHORIZED
            said = await _said(request)
            self.calls.append((method, said))
            if method == "getUpdates":
                event = await self._next(bot, said)
                return _json(b'{"ok":true,"result":' + event + b"}")
            result = await self.methods.call(bot, method, said)
        except Refused as refused:
            return web.json_response(refused.body)
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _next(self, bot: Bot, said: dict[str, Any]) -> bytes:
        """One event, dropped as it is told; with a webhook set the poller waits in vain."""
        loop = asyncio.get_running_loop()
        end = loop.time() + min(float(said.get("timeout", 30)), LONGEST_POLL)
        while bot.target is not None or self.faults.down or not bot.waiting:
            bot.arrived.clear()
            bot.polls += 1
            self.stir()
            try:
                async with asyncio.timeout_at(end):
                    await bot.arrived.wait()
            except TimeoutError:
                raise NOTHING_YET from None
            finally:
                bot.polls -= 1
                self.stir()
            if bot.revoked:
                raise UNAUTHORIZED
        return bot.waiting.popleft()

    def revoke(self, bot: Bot) -> None:
        """Its owner resets the token."""
        bot.revoked = True
        bot.arrived.set()

    async def deliver(self, bot: Bot, body: bytes, secret: str | None = None) -> int:
        """Post a body to the bot's webhook as it stands; the status that it answers."""
        assert bot.target is not None and self._session is not None
        headers = {"Content-Type": "application/json"}
        headers[SECRET_HEADER] = bot.target.secret if secret is None else secret
        status = await outward.post(self._session, bot.target.url, body, headers)
        self.answers.append(status)
        self.stir()
        return status

    async def _deliver(self, bot: Bot, event: dict[str, Any]) -> None:
        """Once: whether the real one tries again is not known."""
        said: dict[str, Any] = {"ok": True, "result": event} if self.faults.wrapped else event
        await self.deliver(bot, msgspec.json.encode(said))

    async def _probe(self, bot: Bot) -> dict[str, Any]:
        assert bot.target is not None
        status = await self.deliver(bot, b"")
        outcome = {200: "webhook.ok", 0: "webhook.err.unreachable"}.get(
            status, f"webhook.http.{status}"
        )
        well = status == 200
        hint = "" if well else "Check that the address can be reached"
        return {"ok": well, "url": bot.target.url, "outcome": outcome, "hint": hint}

    async def _look(self, url: str) -> bytes | None:
        """What is behind an address, if it is a picture."""
        assert self._session is not None
        return await outward.picture(self._session, url)

    def _lend(self, request: web.BaseRequest, name: str) -> web.Response:
        """A photo that somebody sent, as long as its link lives."""
        if self.faults.down or self.faults.next("download") is not None:
            return cut(request)
        content = self.people.photos.get(name)
        if content is None or self.faults.links_expired:
            return web.Response(status=403, text="expired")
        return web.Response(body=content, content_type="image/jpeg")


async def _said(request: web.BaseRequest) -> dict[str, Any]:
    """The parameters: JSON, or in the address."""
    body = await request.read()
    if not body:
        return dict(request.query)
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise bad("Bad request") from None


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json")
