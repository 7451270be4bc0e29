"""The consent of an Official Account's administrator: where it is asked for, and how it comes back.

Zalo sends the administrator's browser to us with a code. It is taken only together with the word
that we gave out shortly before, once, so that nobody's browser brings us the code of another OA.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from html import escape

from aiohttp import web

from bot.page import page
from bot.wire import CallFailed
from bot.zalo_oa import assumptions
from bot.zalo_oa.account import ZaloOA
from bot.zalo_oa.links import consent_path
from domain.codes import digest
from domain.texts import Texts
from storage.store import Store

CODE_MOST = 2048
STATE_MOST = 64
"""Characters: ours are shorter."""

Turn = Callable[[Callable[[Store], bool]], Awaitable[bool]]
Grant = Callable[[str], Awaitable[None]]

log = logging.getLogger(__name__)


class ConsentPage:
    """What the administrator's browser is shown; ``turn`` runs a turn, ``grant`` takes the code."""

    def __init__(
        self, account: ZaloOA, turn: Turn, grant: Grant, texts: Texts, now: Callable[[], datetime]
    ) -> None:
        self._account, self._turn, self._grant = account, turn, grant
        self._texts, self._now = texts, now

    def routes(self) -> list[web.RouteDef]:
        """Where it is served."""
        # Whoever only looks whether the page is there must not use the word up.
        return [web.get(consent_path(self._account), self._take, allow_head=False)]

    async def _take(self, request: web.Request) -> web.Response:
        """Take the code; the same answer to all whom we did not send."""
        given = [request.query.get(name, "") for name in assumptions.CONSENT_FIELDS]
        code, oa, state = given
        good = 0 < len(code) <= CODE_MOST and 0 < len(state) <= STATE_MOST
        if not good or oa != self._account.oa_id or not await self._is_ours(state):
            log.warning("oa_consent_not_ours", extra={"bot": self._account.oa_id})
            return self._page("refused", 403)
        try:
            await self._grant(code)
        except CallFailed as fault:
            about = {"bot": self._account.oa_id, "fault": type(fault).__name__}
            log.error("oa_consent_not_taken", extra=about)
            return self._page("failed", 502)
        log.info("oa_consent_taken", extra={"bot": self._account.oa_id})
        return self._page("taken")

    async def _is_ours(self, state: str) -> bool:
        word, oa, now = digest(state), self._account.oa_id, self._now()
        return await self._turn(lambda store: store.oa_tokens.answer(word, oa, now))

    def _page(self, what: str, status: int = 200) -> web.Response:
        said = self._texts(f"oa_consent.{what}", oa=self._account.name or self._account.oa_id)
        return page(self._texts("oa_consent.title"), f"<p>{escape(said)}</p>", status)
