"""Takes events in by asking for them: one a poll, which the platform forgets as it tells it.

So what was told is held until it is committed, and nothing more is asked for before.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec

from bot.channel import Misconfigured
from bot.insisting import LONGEST, SHORTEST
from bot.raw_events import UNREADABLE
from bot.webhooks import Take
from bot.wire import CallFailed
from bot.zalo import assumptions
from bot.zalo.client import Client
from bot.zalo.errors import Refused
from bot.zalo.webhook import remove_webhook

GRACE = 15.0
"""Seconds on top of the long poll before the network counts as silent."""

REFUSED = "Zalo refuses the bot token: see Zalo Bot Creator"

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
        self._held: list[bytes] = []
        """What the platform has told and nobody has committed yet: it will not tell it again."""
        self._idle = assumptions.IDLE_POLLS
        """Polls in vain since we last asked whether a webhook is set; it is asked first of all."""
        self._wait = SHORTEST
        self._trouble = ""

    async def run(self) -> None:
        """Ask for ever. Raises Misconfigured when the token is refused."""
        while True:
            await self.once()

    async def once(self) -> None:
        """Ask once, and hand in what came; in trouble, wait as long as is due."""
        if not self._held:
            self._held = await self._asked()
        if not self._held:
            return
        (fault,) = await asyncio.gather(self._take(self._held), return_exceptions=True)
        if fault is not None:
            await self._troubled("zalo_event_not_taken", error=type(fault).__name__)
            return
        self._held = []
        self._recovered()

    async def _asked(self) -> list[bytes]:
        """What one getUpdates brings; nothing when there is nothing, or after trouble."""
        if self._idle >= assumptions.IDLE_POLLS and not await self._looked_after():
            return []
        began = asyncio.get_running_loop().time()
        try:
            result = await self._client.call(
                "getUpdates", {"timeout": self._seconds}, read=self._seconds + GRACE
            )
            events = _events(result)
        except Refused as refusal:
            await self._refused(refusal, asyncio.get_running_loop().time() - began)
            return []
        except CallFailed as error:
            await self._troubled("zalo_unreachable", error=str(error))
            return []
        except UNREADABLE:
            events = []
        if events:
            self._idle = 0
        else:
            await self._troubled("zalo_answer_unreadable")
        return events

    async def _refused(self, refusal: Refused, took: float) -> None:
        match refusal.code:
            case assumptions.BAD_TOKEN:
                raise Misconfigured(REFUSED)
            case assumptions.NOTHING_YET if took >= self._seconds / 2:
                self._idle += 1
                self._recovered()
            case assumptions.NOTHING_YET:
                # An answer that should have taken its time: asked again at once it would spin.
                await self._troubled("zalo_polls_end_early")
            case _:
                await self._troubled("zalo_polling_refused", code=refusal.code)

    async def _looked_after(self) -> bool:
        """Silence may mean that a webhook is set: ask; whether the platform told."""
        try:
            await remove_webhook(self._client)
        except Refused as refusal:
            if refusal.code == assumptions.BAD_TOKEN:
                raise Misconfigured(REFUSED) from None
            # It will not tell us: then we poll and see.
            log.warning("zalo_webhook_not_told", extra={"code": refusal.code})
        except CallFailed as error:
            await self._troubled("zalo_unreachable", error=str(error))
            return False
        self._idle = 0
        return True

    async def _troubled(self, event: str, **facts: object) -> None:
        """Say it once, then wait, twice as long as before."""
        if event != self._trouble:
            log.error(event, extra={"bot": self._client.number, "again_in": self._wait, **facts})
            self._trouble = event
        wait, self._wait = self._wait, min(self._wait * 2, LONGEST)
        await self._pause(wait)

    def _recovered(self) -> None:
        if self._trouble:
            log.info("zalo_polls_again", extra={"bot": self._client.number, "after": self._trouble})
        self._wait, self._trouble = SHORTEST, ""


def _events(result: bytes) -> list[bytes]:
    """The one event; a list of them is read as well. Raises UNREADABLE."""
    if result[:1] != b"[":
        return [result] if result else []
    return [bytes(each) for each in msgspec.json.decode(result, type=list[msgspec.Raw])]
