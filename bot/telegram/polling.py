"""Takes updates in by asking for them; confirms them only once they are committed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import msgspec
from telegram.error import InvalidToken, TelegramError

from bot.channel import Misconfigured
from bot.insisting import LONGEST, SHORTEST
from bot.telegram.client import Client
from bot.telegram.payload import ALLOWED_UPDATES, UNREADABLE, read_fetched, read_number
from bot.telegram.request import NotWritten, retry_after

LIMIT = 100
"""Updates asked for at once (Bot API, getUpdates)."""

GRACE = 10.0
"""Seconds on top of the long poll before the network counts as silent."""

WEBHOOK_IN_THE_WAY = "while webhook is active"
"""Part of Telegram's 409 when a webhook is set; the other 409 is a second poller."""

Take = Callable[[Sequence[bytes]], Awaitable[None]]
"""Returns once all of them are committed or kept aside."""

log = logging.getLogger(__name__)


class Polling:
    """One bot's long poll; ``pause`` waits so many seconds."""

    def __init__(
        self,
        client: Client,
        take: Take,
        *,
        seconds: int,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._take = take
        self._seconds = seconds
        self._pause = pause
        self._offset: int | None = None
        self._wait = SHORTEST
        self._trouble = ""

    async def run(self) -> None:
        """Ask for ever. Raises Misconfigured when the token is refused."""
        while True:
            await self.once()

    async def once(self) -> None:
        """Ask once, and hand in what came; in trouble, wait as long as is due."""
        body = await self._asked()
        if body is None:
            return
        try:
            updates = [bytes(raw) for raw in read_fetched(body).result]
        except UNREADABLE:
            await self._troubled("telegram_answer_unreadable")
            return
        if not updates:
            # All before the offset is confirmed now. Without one, ids need not be compared when
            # a week of silence makes the next id random, and perhaps lower.
            self._offset = None
            self._recovered()
            return
        confirmed = [number for raw in updates if (number := _number(raw)) is not None]
        if not confirmed:
            await self._troubled("telegram_updates_without_ids")
            return
        # Whatever keeps the intake from committing, the same updates are asked for again.
        (fault,) = await asyncio.gather(self._take(updates), return_exceptions=True)
        if fault is not None:
            await self._troubled("telegram_updates_not_taken", error=type(fault).__name__)
            return
        self._offset = confirmed[-1] + 1
        self._recovered()

    async def _asked(self) -> bytes | None:
        """The answer to one getUpdates; None after trouble."""
        asked = {"timeout": self._seconds, "limit": LIMIT, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            asked["offset"] = self._offset
        try:
            status, body = await self._client.transport.exchange(
                "POST",
                f"{self._client.base_url}/getUpdates",
                msgspec.json.encode(asked),
                read=self._seconds + GRACE,
                json=True,
            )
        except TelegramError as error:
            kind = "refused" if isinstance(error, NotWritten) else "lost"
            await self._troubled("telegram_unreachable", connection=kind, error=error.message)
            return None
        match status:
            case HTTPStatus.OK:
                return body
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
                raise Misconfigured("Telegram refuses the bot token: check it with @BotFather")
            case HTTPStatus.CONFLICT:
                await self._conflict(body)
            case HTTPStatus.TOO_MANY_REQUESTS:
                await self._troubled("telegram_polled_too_often", at_least=retry_after(body) or 0)
            case _:
                await self._troubled("telegram_polling_fails", status=status)
        return None

    async def _conflict(self, body: bytes) -> None:
        try:
            said = read_fetched(body).description
        except UNREADABLE:
            said = ""
        if WEBHOOK_IN_THE_WAY not in said:
            await self._troubled(
                "telegram_polled_twice", hint="another process polls with this token: stop one"
            )
            return
        try:
            await self._client.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise Misconfigured("Telegram refuses the bot token") from None
        except TelegramError as error:
            await self._troubled("telegram_webhook_stays", error=error.message)
            return
        log.warning(
            "telegram_webhook_removed", extra={"hint": "polling is configured; nothing was lost"}
        )

    async def _troubled(self, event: str, *, at_least: float = 0, **facts: object) -> None:
        """Say it once, then wait, twice as long as before."""
        wait = max(self._wait, at_least)
        if event != self._trouble:
            log.error(event, extra={"bot": self._client.number, "again_in": wait, **facts})
            self._trouble = event
        self._wait = min(self._wait * 2, LONGEST)
        await self._pause(wait)

    def _recovered(self) -> None:
        if self._trouble:
            log.info(
                "telegram_polls_again", extra={"bot": self._client.number, "after": self._trouble}
            )
        self._wait, self._trouble = SHORTEST, ""


def _number(raw: bytes) -> int | None:
    try:
        return read_number(raw).update_id
    except UNREADABLE:
        return None
