"""Access tokens of one Official Account, replaced in time by one of all who use it at once.

A refresh token is good once, so whoever is to use it first takes a lease on it, in a turn of its
own; what it buys is stored before anybody is given it. A crash before the answer costs nothing, as
the token is still in place; one between the answer and the commit costs a new consent.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.time_and_chance import fresh_name
from bot.wire import AnswerLost, CallFailed, NotWritten
from bot.zalo_oa import assumptions
from bot.zalo_oa.account import ZaloOA
from bot.zalo_oa.errors import NoToken, NotStored, OAuthRefused, WrongOA
from bot.zalo_oa.oauth import Granted, OAuth
from bot.zalo_oa.rows import Rows
from domain.oa_token import OAToken, Pair
from storage.store import Store

LEASE = timedelta(minutes=2)
"""How long one process may take: more than twice what all tries of a refresh take together."""

LOOK_EVERY = 0.5
"""Seconds between two looks at what another process is doing."""

PATIENCE = 10.0
"""Seconds that another process is waited for while the token in use is still good."""

MOST_WAITED = 2 * LEASE.total_seconds()
"""Seconds that another process is waited for at all: who died at it held it for half of that."""

LEFT_ALONE = timedelta(seconds=30)
"""After OAuth failed it is asked no more for so long, however many messages want a token."""

KEPT_FRESH_EVERY = 1800.0
"""Seconds; half of the margin, so that no message waits for a refresh."""

log = logging.getLogger(__name__)


class Tokens:
    """The tokens of one account. Nothing is opened or asked before they are first wanted."""

    def __init__(
        self,
        account: ZaloOA,
        database_url: str,
        now: Callable[[], datetime],
        session: aiohttp.ClientSession | None = None,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        draw: Callable[[], str] = fresh_name,
    ) -> None:
        """``draw`` gives a name that no other process has."""
        self.oa = account.oa_id
        self._oauth = OAuth(account, session)
        self._rows = Rows(database_url, pause)
        self._now = now
        self._pause = pause
        self._owner = draw()
        self._lock = asyncio.Lock()
        self._under_way: set[asyncio.Task[str]] = set()
        self._held: Pair | None = None
        self._bad = ""
        """The access token that the API refused last."""
        self._renewed = ""
        """The one that took the place of such a token."""
        self._failed: tuple[datetime, CallFailed] | None = None
        self._closing = False

    def __repr__(self) -> str:
        """Without the tokens."""
        return f"Tokens({self.oa})"

    async def access(self) -> str:
        """A good access token. Raises NoToken, or another CallFailed when it may come later."""
        pair = self._held
        if pair is not None and self._is_fresh(pair):
            return pair.access
        return await self._whole(self._obtain())

    async def renew(self, bad: str) -> str:
        """An access token other than the one that the API would not take. Raises as ``access``."""
        if self._held is None or self._held.access == bad:
            self._bad = bad
        return await self.access()

    async def grant(self, code: str) -> None:
        """Take the tokens that an administrator's consent is worth. Raises CallFailed."""
        await self._whole(self._take(self._oauth.redeem(code)))

    async def plant(self, refresh_token: str) -> None:
        """Take a refresh token that was got elsewhere: it is used up at once for a pair of ours.

        What is in place stays when it is no good. Raises CallFailed.
        """
        await self._whole(self._take(self._oauth.refresh(refresh_token)))

    async def keep_fresh(self) -> None:
        """Replace tokens in time even when nobody says anything, until cancelled."""
        while True:
            (fault,) = await asyncio.gather(self.access(), return_exceptions=True)
            if isinstance(fault, Exception):
                log.info("oa_token_not_fresh", extra=self._who | {"fault": type(fault).__name__})
            await self._pause(KEPT_FRESH_EVERY)

    async def close(self) -> None:
        """Let what is under way end, so that nothing that was bought is lost; give all back."""
        self._closing = True
        await asyncio.gather(*self._under_way, return_exceptions=True)
        with suppress(NotStored):
            await self._rows.settle()
        await self._oauth.close()
        self._rows.close()

    @property
    def _who(self) -> dict[str, str]:
        return {"bot": self.oa}

    def _is_fresh(self, pair: Pair) -> bool:
        now = self._now()
        return pair.access != self._bad and OAToken(pair, now).is_fresh(now)

    def _is_usable(self, pair: Pair) -> bool:
        return pair.access != self._bad and self._now() < pair.access_until

    async def _whole(self, work: Coroutine[Any, Any, str]) -> str:
        """Do it to its end, even when whoever wants it is stopped meanwhile."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[str]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()

    async def _obtain(self) -> str:
        """The access token in place, or one that replaces it: one of us at a time looks."""
        async with self._lock:
            await self._rows.settle()
            waited = 0.0
            while True:
                token = await self._rows.look(lambda store: store.oa_tokens.get(self.oa))
                if token is None:
                    raise NoToken(f"{self.oa}: nobody has consented yet")
                pair = self._held = token.pair
                if self._is_fresh(pair):
                    return pair.access
                if pair.access == self._bad == self._renewed:
                    self._give_up()
                usable = self._is_usable(pair)
                if token.refused_at is not None or self._is_left_alone():
                    return self._as_it_is(token, usable=usable)
                if await self._claim(pair):
                    if (new := await self._replace(pair, usable=usable)) is not None:
                        return new
                elif token.is_leased(self._now()):
                    waited += await self._wait(waited)
                    if usable and waited >= PATIENCE:
                        return pair.access

    def _is_left_alone(self) -> bool:
        return self._failed is not None and self._now() < self._failed[0] + LEFT_ALONE

    def _give_up(self) -> None:
        """The API refuses what OAuth gave in place of what it refused: more would be no better."""
        log.error("oa_token_refused", extra=self._who)
        self._renewed = ""
        self._failed = self._now(), NoToken(f"{self.oa}: the API takes no token")

    def _as_it_is(self, token: OAToken, *, usable: bool) -> str:
        """The token in place, while OAuth cannot be asked for another."""
        if usable:
            return token.pair.access
        if token.refused_at is not None or self._failed is None:
            raise NoToken(f"{self.oa}: the refresh token is used up or too old")
        raise self._failed[1].with_traceback(None)

    async def _wait(self, waited: float) -> float:
        """Let another process go on; how many seconds that took. Raises NotWritten."""
        if self._closing or waited >= MOST_WAITED:
            raise NotWritten(f"{self.oa}: another process is at it")
        await self._pause(LOOK_EVERY)
        return LOOK_EVERY

    async def _claim(self, pair: Pair) -> bool:
        at = self._now()

        def claim(store: Store) -> bool:
            return store.oa_tokens.claim(self.oa, pair.refresh, self._owner, at, at + LEASE)

        return await self._rows.change(claim)

    async def _replace(self, old: Pair, *, usable: bool) -> str | None:
        """Use the refresh token, which is ours to use; None when something else is in place."""
        at = self._now()
        try:
            new = _pair(await self._oauth.refresh(old.refresh), at)
        except OAuthRefused as refusal:
            if refusal.code in assumptions.REFRESH_GONE:
                await self._refused(old, at)
                return None
            log.error("oa_token_refused", extra=self._who | {"code": refusal.code})
            fault: CallFailed = NoToken(f"{self.oa}: {refusal}")
        except (NotWritten, AnswerLost) as lost:
            log.warning("oa_token_not_refreshed", extra=self._who | {"fault": str(lost)})
            fault = lost
        else:
            if not await self._rows.store(
                lambda store: store.oa_tokens.replace(self.oa, old.refresh, new, at)
            ):
                return None
            self._held, self._failed = new, None
            self._renewed = new.access if old.access == self._bad else ""
            log.info("oa_token_refreshed", extra=self._who)
            return new.access
        self._failed = self._now(), fault
        await self._rows.change(lambda store: store.oa_tokens.give_back(self.oa, self._owner))
        if usable:
            return old.access
        raise fault

    async def _refused(self, old: Pair, at: datetime) -> None:
        """It was used up or is too old, unless another one has been put in its place meanwhile."""

        def refuse(store: Store) -> bool:
            return store.oa_tokens.refuse(self.oa, old.refresh, at)

        if await self._rows.change(refuse):
            log.error("oa_consent_needed", extra=self._who)

    async def _take(self, asking: Awaitable[Granted]) -> str:
        """Put tokens in place that nobody has used yet, if they are for this account."""
        async with self._lock:
            at = self._now()
            pair = _pair(await asking, at)
            try:
                whose = await self._oauth.whose(pair.access)
            except CallFailed:
                whose = ""
            if whose not in ("", self.oa):
                raise WrongOA(whose)

            def keep(store: Store) -> bool:
                store.oa_tokens.keep(self.oa, pair, at)
                store.audit.note(None, "oa_consent", f"zalo_oa:{self.oa}", at)
                return True

            await self._rows.store(keep)
            self._held, self._failed = pair, None
            return pair.access


def _pair(granted: Granted, at: datetime) -> Pair:
    """``at`` is when it was asked for: it ends rather too early than too late."""
    lives = timedelta(seconds=granted.lives) if granted.lives else assumptions.ACCESS_LIVES
    return Pair(granted.access, at + lives, granted.refresh, at + assumptions.REFRESH_LIVES)
