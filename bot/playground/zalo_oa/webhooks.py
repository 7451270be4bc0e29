"""Telling an app its events: signed, awaited for two seconds, told again until it is too late."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import msgspec

from bot.playground import outward
from bot.playground.zalo_oa.world import OA, World

SIGNATURE, RETRY = "X-ZEvent-Signature", "num_retry"
PATIENCE = 2.0
"""Real seconds that an app has to answer 200."""

AGAIN = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""After each failure; after the last one the webhook is turned off."""


@dataclass(frozen=True, slots=True)
class Late:
    """An event that was not taken, and when it is told again."""

    oa: OA
    event: dict[str, Any]
    failures: int
    due: datetime


class Webhooks:
    """The sender of one server."""

    def __init__(self, world: World, told: Callable[[], None]) -> None:
        self.world = world
        self.patience = PATIENCE
        self.session: aiohttp.ClientSession | None = None
        self.answers: list[int] = []
        """The status of each delivery; 0 for none in time."""
        self.late: list[Late] = []
        self.lost: list[dict[str, Any]] = []
        """Events that nobody will be told."""
        self._told = told
        self._tasks: set[asyncio.Task[None]] = set()

    def tell(self, oa: OA, event: dict[str, Any]) -> None:
        """Hand an event over: to the app's address, else it waits for whoever asks."""
        if oa.app.webhook_url is None:
            oa.waiting.append(signed(oa, event))
            self._told()
        elif not oa.app.webhook_on:
            self.lost.append(event)
        else:
            task = asyncio.get_running_loop().create_task(self._tell(oa, event, 0))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until the app was told all that was said, once."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def pass_time(self) -> None:
        """Tell again what is due by now, the oldest first; call it after moving the clock."""
        while due := [each for each in self.late if each.due <= self.world.now()]:
            first = min(due, key=lambda each: each.due)
            self.late.remove(first)
            await self._tell(first.oa, first.event, first.failures)

    async def post(self, oa: OA, headers: dict[str, str], body: bytes) -> int:
        """Send as it stands, right or wrong; the status, 0 for no answer in time."""
        assert self.session is not None and oa.app.webhook_url is not None
        url = oa.app.webhook_url
        status = await outward.post(self.session, url, body, headers, self.patience)
        self.answers.append(status)
        self._told()
        return status

    async def _tell(self, oa: OA, event: dict[str, Any], failures: int) -> None:
        if not oa.app.webhook_on:
            self.lost.append(event)
            return
        headers, body = signed(oa, event)
        if failures:
            headers[RETRY] = str(failures)
        if await self.post(oa, headers, body) == 200:
            return
        if not oa.app.retries:
            self.lost.append(event)
        elif failures == len(AGAIN):
            oa.app.webhook_on = False
            self.lost.append(event)
        else:
            due = self.world.now() + AGAIN[failures]
            self.late.append(Late(oa, event, failures + 1, due))


def signed(oa: OA, event: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    """The headers and the body of an event."""
    body = msgspec.json.encode(event)
    mac = signature(oa.app.id, body, str(event["timestamp"]), oa.app.webhook_secret)
    return {"Content-Type": "application/json", SIGNATURE: mac}, body


def signature(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """Plain SHA-256 over app id, raw body, timestamp and the OA Secret Key."""
    digest = hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode())
    return f"mac={digest.hexdigest()}"
