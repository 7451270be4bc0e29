"""A Zalo to try an Official Account on: a server that speaks its API, and the people behind it.

    async with ZaloOAServer(now=clock).serve() as server:
        oa = server.world.add_oa()
        person = server.world.add_person("Lan")
        server.people.follow(person, oa)
        server.people.say(person, oa, "chào em")

It obeys what is known of the real one: errors come with HTTP 200 and ``error`` in the body, a
refresh token works once, a person may be written to freely for 48 hours after their last deed and
not at all after 7 days, events are signed and told again until the app answers 200 in two seconds.
What nobody knows is a switch in ``faults``. API and OAuth answer at the same address.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
import msgspec
from aiohttp import web

from bot.playground import outward
from bot.playground.faulty import cut
from bot.playground.watching import Watched
from bot.playground.zalo_oa import events
from bot.playground.zalo_oa.content import Reader
from bot.playground.zalo_oa.faults import Faults
from bot.playground.zalo_oa.groups import Groups
from bot.playground.zalo_oa.methods import Methods, count
from bot.playground.zalo_oa.oauth import OAuth, Pair
from bot.playground.zalo_oa.people import People
from bot.playground.zalo_oa.refusals import ConsentRefused, Refused, bad
from bot.playground.zalo_oa.sending import Sending
from bot.playground.zalo_oa.webhooks import Webhooks
from bot.playground.zalo_oa.world import OA, Message, World

TOKEN_PATH, PERMISSION_PATH = "/v4/oa/access_token", "/v4/oa/permission"
_PATH = re.compile(r".*?(/v[234](?:\.0)?/oa/.*)")
_LENT = re.compile(r".*?/lent/([0-9a-f]+)")


class ZaloOAServer(Watched):
    """One simulated Zalo."""

    def __init__(self, *, now: Callable[[], datetime], chance: Random | None = None) -> None:
        super().__init__()
        self.world = World(now, chance or Random(1))
        self.faults = Faults()
        self.oauth = OAuth(self.world)
        self.webhooks = Webhooks(self.world, self.stir)
        reader = Reader(self.world, self.faults, self._look)
        groups = Groups(self.world, self.faults, self.webhooks, reader, self._show)
        self.people = People(self.world, self.webhooks, groups, self._show)
        self.methods = Methods(self.world, Sending(self.world, reader, self._show), groups)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        """Path and content of every call that came with a good token, and of every one of OAuth."""
        self.url = ""
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator["ZaloOAServer"]:
        """Listen while the block runs; port 0 takes a free one."""
        runner = web.ServerRunner(web.Server(self.handle), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        self._session = self.webhooks.session = aiohttp.ClientSession()
        try:
            await web.TCPSite(runner, host, port).start()
            self.url = self.people.url = f"http://{host}:{runner.addresses[0][1]}"
            yield self
        finally:
            self.faults.clear()
            await self.webhooks.settled()
            await self._session.close()
            await runner.cleanup()

    def consent(self, oa: OA) -> str:
        """An admin allows the app; the code that the redirect carries, good for ten minutes."""
        return self.oauth.consent(oa)

    def issue(self, oa: OA) -> Pair:
        """A pair of tokens for a test that begins after consent."""
        return self.oauth.issue(oa)

    def revoke(self, oa: OA) -> None:
        """An admin takes the app's leave back: both tokens are dead at once."""
        self.oauth.revoke(oa)

    async def pass_time(self) -> None:
        """Tell the app again what is due by now; call it after moving the clock."""
        await self.webhooks.pass_time()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one HTTP request, under whatever prefix the server is mounted."""
        if lent := _LENT.fullmatch(request.path):
            return self._lend(request, lent.group(1))
        found = _PATH.fullmatch(request.path)
        path = found.group(1) if found else request.path
        fault = self.faults.next(path)
        if fault is not None and fault.manner == "refuse" and not self.faults.down:
            self.stir()
            return self._refusal(path, fault.code, fault.description)
        if self.faults.down or (fault is not None and fault.manner != "after"):
            self.stir()
            return await self.faults.misbehave(request, fault)
        answer = await self._answer(path, request)
        self.stir()
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        return answer if fault is None else cut(request)

    async def _answer(self, path: str, request: web.BaseRequest) -> web.Response:
        if path == TOKEN_PATH:
            return await self._token(request)
        if path == PERMISSION_PATH:
            return self._permit(request)
        headers: dict[str, str] = {}
        try:
            oa = self.oauth.bearer(request.headers.get("access_token", ""))
            headers = count(self.world, oa.app)
            said = await _said(request)
            self.calls.append((path, said))
            data = await self.methods.call(oa, request.method, path, said)
        except Refused as refused:
            return web.json_response(refused.body, headers=headers)
        body = {"data": data, "error": 0, "message": "Success"}
        return web.json_response(body, headers=headers)

    async def _token(self, request: web.BaseRequest) -> web.Response:
        """Only a form is read, and only a POST."""
        said = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append((TOKEN_PATH, {**said}))
        try:
            return web.json_response(self.oauth.token(said, request.headers.get("secret_key", "")))
        except ConsentRefused as refused:
            return web.json_response(refused.body, status=self.faults.oauth_status)

    def _permit(self, request: web.BaseRequest) -> web.Response:
        try:
            target, about = self.oauth.permit(request.query)
        except ConsentRefused as refused:
            return web.json_response(refused.body, status=self.faults.oauth_status)
        location = f"{target}{'&' if '?' in target else '?'}{urlencode(about)}"
        return web.Response(status=302, headers={"Location": location})

    def _refusal(self, path: str, code: int, description: str) -> web.Response:
        if path == TOKEN_PATH:
            refused = ConsentRefused(code, description or "Error", description or "Error")
            return web.json_response(refused.body, status=self.faults.oauth_status)
        return web.json_response(Refused(code, description).body)

    def _show(self, message: Message) -> None:
        """A message of the OA arrives, and comes back as an event."""
        oa = message.by
        assert isinstance(oa, OA)
        if self.faults.delivers_nothing:
            return
        self.world.log.append(message)
        if self.faults.echoes:
            self.webhooks.tell(oa, events.echo(self.world, oa, message))

    async def _look(self, url: str) -> bytes | None:
        """What is behind an address, if it is a picture."""
        assert self._session is not None
        return await outward.picture(self._session, url)

    def _lend(self, request: web.BaseRequest, number: str) -> web.Response:
        """What somebody sent, as long as its link lives."""
        if self.faults.down or self.faults.next("download") is not None:
            return cut(request)
        asset = self.people.lent.get(number)
        if asset is None or self.faults.links_expired:
            return web.Response(status=403, text="expired")
        kind = "application/octet-stream" if asset.kind == "file" else "image/jpeg"
        return web.Response(body=asset.content, content_type=kind)


async def _said(request: web.BaseRequest) -> dict[str, Any]:
    """What a call says: JSON, the address or JSON in its ``data``, or an uploaded file."""
    try:
        if request.method == "GET":
            if "data" not in request.query:
                return dict(request.query)
            return msgspec.json.decode(request.query["data"], type=dict[str, Any])
        if request.content_type == "multipart/form-data":
            return await _uploaded(request)
        return msgspec.json.decode(await request.read(), type=dict[str, Any])
    except msgspec.MsgspecError:
        raise bad("body") from None


async def _uploaded(request: web.BaseRequest) -> dict[str, Any]:
    """The part named "file", read past the limit that aiohttp sets for whole bodies."""
    async for part in await request.multipart():
        if isinstance(part, aiohttp.BodyPartReader) and part.name == "file":
            content = bytearray()
            while chunk := await part.read_chunk():
                content += chunk
            return {"name": part.filename, "content": bytes(content)}
    raise bad("file")
