"""Serves papers by link, where the network carries no files: to whoever also knows the code.

The link alone opens nothing; a few wrong codes and it is dead; rights are checked when drawing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web

from bot.channel import Rendered
from bot.page import HEADERS, page
from domain.address import Address
from domain.codes import digest
from domain.house import House
from domain.message import Document
from domain.paper_links import LIVES, PATH, PURPOSE, TRIES
from domain.ticket import Ticket
from storage.store import Store

T = TypeVar("T")

Draw = Callable[[Document], Awaitable[Rendered | None]]

FIELD = "ma"
TOKEN_MOST = 64
BODY_MOST = 1_000
"""Bytes of a form that holds one code."""

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a code: the ticket, where it was right; else how many tries are left."""

    ticket: Ticket | None
    left: int = 0


class Papers:
    """The pages behind links; ``turn`` runs a turn, ``draw`` draws off the event loop."""

    def __init__(
        self,
        house: House,
        turn: Callable[[Callable[[Store], Tried]], Awaitable[Tried]],
        draw: Draw,
        now: Callable[[], datetime],
    ) -> None:
        self._house, self._turn, self._draw, self._now = house, turn, draw, now

    def routes(self) -> list[web.RouteDef]:
        """Where they are served."""
        return [web.get(PATH, self._ask), web.post(PATH, self._open)]

    async def _ask(self, request: web.Request) -> web.Response:
        """The same page for every link: it tells nobody which are good."""
        return self._page(self._form())

    async def _open(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if len(token) > TOKEN_MOST or (request.content_length or 0) > BODY_MOST:
            return self._dead()
        code = str((await request.post()).get(FIELD, "")).strip()
        now = self._now()
        tried = await self._turn(lambda store: try_code(store, token, code, now))
        if tried.ticket is None:
            if not tried.left:
                return self._dead()
            wrong = self._house.texts("paper_link.wrong", left=tried.left)
            return self._page(f'<p class="wrong">{escape(wrong)}</p>{self._form()}', 403)
        about = tried.ticket.about
        drawn = await self._draw(Document(about["kind"], about["parameters"], now))
        return self._dead() if drawn is None else _file(drawn)

    def _dead(self) -> web.Response:
        return self._page(f"<p>{escape(self._house.texts('paper_link.dead'))}</p>", 404)

    def _form(self) -> str:
        texts = self._house.texts
        return (
            f"<p>{escape(texts('paper_link.ask'))}</p>"
            f'<form method="post" autocomplete="off"><label for="{FIELD}">'
            f"{escape(texts('paper_link.label'))}</label>"
            f'<input id="{FIELD}" name="{FIELD}" maxlength="12" required autofocus>'
            f"<button>{escape(texts('paper_link.open'))}</button></form>"
        )

    def _page(self, body: str, status: int = 200) -> web.Response:
        return page(self._house.texts("paper_link.title"), body, status)


def try_code(store: Store, token: str, code: str, now: datetime) -> Tried:
    """Whether a code opens a link; wrong ones are counted, and a link without tries is dead."""
    kept = digest(token)
    ticket = store.tickets.peek(kept, PURPOSE, now)
    where = Address("web", PURPOSE, kept)
    wrong = store.codes.tries(where, now - LIVES)
    if ticket is None or wrong >= TRIES:
        return Tried(None)
    if ticket.about["code"] != digest(code):
        store.codes.note_try(where, now)
        store.audit.note(ticket.issued_by, "paper_code_wrong", "paper", now, {}, ticket.unit)
        return Tried(None, TRIES - wrong - 1)
    detail = {"kind": ticket.about["kind"]}
    store.audit.note(ticket.issued_by, "paper_opened", "paper", now, detail, ticket.unit)
    return Tried(ticket)


def _file(drawn: Rendered) -> web.Response:
    kind = TYPES.get(drawn.name.rpartition(".")[2], "application/octet-stream")
    named = f"attachment; filename*=UTF-8''{quote(drawn.name)}"
    return web.Response(
        body=drawn.content,
        content_type=kind,
        headers=HEADERS | {"Content-Disposition": named},
    )
