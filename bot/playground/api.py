"""The playground's HTTP API: what there is, what happens, and what people do. JSON in UTF-8.

Whatever cannot be done is answered with 400 and one sentence for who plays.
"""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from aiohttp import web

from bot.packaged import packaged
from bot.papers_web import Papers
from bot.pictures_web import PATH as PICTURES
from bot.playground.answers import JSON_MOST, as_json, read, told
from bot.playground.board import PAGE, Change
from bot.playground.curtain import Curtain
from bot.playground.moving import Where
from bot.playground.safety import guard
from bot.playground.script import Deed
from bot.playground.shown import ShownNetwork, Switches
from bot.playground.side import Attached, Cannot
from domain.paper_links import PATH as PAPERS

if TYPE_CHECKING:
    from bot.playground.stage import Stage

HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is alive."""

MOST_TOLD = 1000
"""Messages of a chat in one answer."""

FILE_MOST = 20 * 1024 * 1024
BODY_MOST = 64 * 1024 * 1024
"""Bytes: of a file that somebody sends, and of what a bot sends."""

NAME_MOST = 200

TYPES = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}
"""Of the files of the page."""

PICTURES_SEEN = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""What a browser may show inside the page; anything else is only saved."""

_FILE = re.compile(r"[a-z][a-z0-9_-]*\.(?:" + "|".join(TYPES) + ")")


class Switch(Switches, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be wrong with which network."""

    network: str


class Api:
    """Answers for one stage."""

    def __init__(self, stage: "Stage") -> None:
        self._stage = stage

    def application(self) -> web.Application:
        """Page, API, both networks, and what the bot lends by link."""
        stage, home = self._stage, f"/{self._stage.token}/"
        anybody = (PICTURES.partition("{")[0], PAPERS.partition("{")[0], "/sim/")
        application = web.Application(
            client_max_size=BODY_MOST, middlewares=[guard(stage.token, anybody)]
        )
        papers = Papers(
            stage.house,
            lambda work: stage.app.turns.run(work),
            lambda document: stage.app.draw(document),
            stage.clock,
        )
        words = stage.installation.words
        application.add_routes(
            [
                web.get(home, self._page),
                web.get(home + "page/{name}", self._page),
                web.get(home + "state", self._state),
                web.get(home + "events", self._events),
                web.get(home + "chat/{network}/{who}", self._chat),
                web.get(home + "file/{id}", self._file),
                web.post(home + "do", told(self._do, words)),
                web.post(home + "switch", told(self._switch, words)),
                web.post(home + "clock", told(self._clock, words)),
                *Curtain(stage).routes(home),
                *stage.golden.routes(home),
                *stage.tour.routes(home),
                web.get(PICTURES, self._picture),
                *papers.routes(),
                web.route("*", "/sim/telegram/{path:.*}", stage.telegram.handle),
                web.route("*", "/sim/zalo/{path:.*}", stage.zalo.handle),
            ]
        )
        return application

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if not _FILE.fullmatch(name):
            raise web.HTTPNotFound
        try:
            content = packaged("playground", "page", name)
        except OSError:
            raise web.HTTPNotFound from None
        kind = TYPES[name.rpartition(".")[2]]
        return web.Response(body=content, content_type=kind, charset="utf-8")

    async def _state(self, request: web.Request) -> web.Response:
        stage, last = self._stage, _number(request, "last", PAGE)
        return as_json(
            {
                **stage.moving.told(),
                "number": stage.board.number,
                "networks": [self._with_messages(side.network(), last) for side in stage.all],
                "cast": stage.cast.player,
                "switches": stage.switches,
                "tour": stage.tour.told(),
            }
        )

    async def _chat(self, request: web.Request) -> web.Response:
        chat = "{network}/{who}".format(**request.match_info)
        before, last = _number(request, "before", 0), _number(request, "last", PAGE)
        return as_json({"messages": self._stage.board.page(chat, before, min(last, MOST_TOLD))})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Every change after a number, as server-sent events, for as long as somebody listens."""
        board = self._stage.board
        known = request.headers.get("Last-Event-ID", "")
        number = int(known) if known.isdecimal() else _number(request, "after", board.number)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        while not board.closed:
            if changes := board.after(number):
                number = changes[-1].number
                await response.write(b"".join(map(_event, changes)))
                continue
            try:
                await board.later(number, HEARTBEAT)
            except TimeoutError:
                await response.write(b":\n\n")
        return response

    async def _file(self, request: web.Request) -> web.Response:
        entry = self._stage.board.entry(request.match_info["id"])
        side = self._stage.sides[entry.chat.partition("/")[0]] if entry else None
        file = side.file(entry.message) if side and entry else None
        if file is None:
            raise web.HTTPNotFound
        seen = next(
            (kind for sign, kind in PICTURES_SEEN.items() if file.content[:8].startswith(sign)), ""
        )
        named = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return web.Response(
            body=file.content,
            content_type=seen or "application/octet-stream",
            headers={} if seen else {"Content-Disposition": named},
        )

    async def _picture(self, request: web.Request) -> web.Response:
        return await self._stage.pictures.lend(request)

    async def _do(self, request: web.Request) -> Any:
        deed, file = await _deed(request)
        return {"message": self._stage.do(deed, file)}

    async def _switch(self, request: web.Request) -> Any:
        wanted = await read(request, Switch)
        if wanted.network not in self._stage.sides:
            raise Cannot("unreadable")
        to = Switches(wanted.slow, wanted.flood, wanted.down)
        self._stage.switch(wanted.network, to)
        return self._stage.switches

    async def _clock(self, request: web.Request) -> Any:
        await self._stage.move(await read(request, Where))
        return self._stage.moving.told()

    def _with_messages(self, network: ShownNetwork, last: int) -> ShownNetwork:
        page = self._stage.board.page
        last = min(last, MOST_TOLD)
        chats = [
            msgspec.structs.replace(chat, messages=page(chat.id, None, last))
            for chat in network.chats
        ]
        return msgspec.structs.replace(network, chats=chats)


async def _deed(request: web.Request) -> tuple[Deed, Attached | None]:
    """A deed as JSON, or as a form with a file."""
    if not request.content_type.startswith("multipart/"):
        return await read(request, Deed), None
    if request.content_length is None or request.content_length > FILE_MOST + JSON_MOST:
        raise Cannot("too_large")
    try:
        form = await request.post()
        file = form.get("file")
        said = {name: value for name, value in form.items() if isinstance(value, str)}
        deed = msgspec.convert(said, Deed)
    except (ValueError, AssertionError, msgspec.MsgspecError):
        raise Cannot("unreadable") from None
    if not isinstance(file, web.FileField):
        raise Cannot("no_file")
    name = file.filename.replace("\\", "/").rpartition("/")[2][-NAME_MOST:]
    return deed, Attached(name or "file", file.file.read(), file.content_type)


def _number(request: web.Request, name: str, usual: int) -> int:
    given = request.query.get(name, "")
    return int(given[:18]) if given.isascii() and given.isdecimal() else usual


def _event(change: Change) -> bytes:
    said = msgspec.json.encode(change.tell())
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (change.number, change.kind.encode(), said)
