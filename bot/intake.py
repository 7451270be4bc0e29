"""Takes raw updates in: decodes them, runs a turn for each, and sends what they answer.

Returns once every update is committed, as handled or as a dead letter; only then may the channel
tell the network.
"""

import asyncio
import hashlib
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.attempts import LEASE
from bot.channel import Channel
from bot.delivery import Delivery
from bot.turns import Turns
from domain.message import Incoming
from domain.parcel import Parcel
from storage.engine import is_outage
from storage.store import Store

log = logging.getLogger(__name__)

MOST_SETTLING = 200
"""Spinners being stopped at a time; above it they stop by themselves after a while."""

Respond = Callable[[Store, Incoming, datetime], list[Parcel]]
"""Handles one update in a turn, recording its inbox key; the stored parcels that answer it."""


class TryAgain(Exception):
    """The database is down: the updates are not safe, so the network must keep them."""


class Intake:
    """The way in; ``receive`` is the Receive of every channel."""

    def __init__(
        self,
        turns: Turns,
        delivery: Delivery,
        respond: Respond,
        apology: Callable[[Incoming], Parcel | None],
        clock: Callable[[], datetime],
        owner: str,
        *,
        on_files: Callable[[], None] = lambda: None,
    ) -> None:
        """``apology`` is said when a turn fails; ``on_files`` hears that there is one to fetch."""
        self._turns = turns
        self._delivery = delivery
        self._respond = respond
        self._apology = apology
        self._clock = clock
        self._owner = owner
        self._on_files = on_files
        self._settling: set[asyncio.Task[None]] = set()

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        """Handle updates in order; raises TryAgain when the database cannot keep them."""
        now = self._clock()
        begun = [step for raw in raws if (step := self._begin(channel, raw, now))]
        down: Exception | None = None
        for step in begun:
            try:
                parcels = await self._end(channel, step, now)
            except Exception as error:
                down = error
                continue
            self._delivery.post(parcels)
            if step.said is not None and step.said.tap:
                self._settle(channel, step.said.tap)
            if step.said is not None and step.said.files:
                self._on_files()
        if down is not None:
            log.error(
                "updates_not_kept", extra={"channel": channel.name, "fault": type(down).__name__}
            )
            raise TryAgain from down

    async def close(self) -> None:
        """Wait for the last spinners."""
        await asyncio.gather(*self._settling, return_exceptions=True)

    def _begin(self, channel: Channel, raw: bytes, now: datetime) -> "_Step | None":
        """Decode one update and queue its turn; None when it concerns nobody."""
        try:
            said = channel.decode(raw)
        except Exception as error:
            return _Step(raw, None, self._bury(channel, raw, None, error, now))
        if said is None:
            log.debug("update_skipped", extra={"channel": channel.name})
            return None

        def turn(store: Store) -> list[Parcel]:
            return self._respond(store, said, now)

        return _Step(raw, said, self._turns.submit(turn, str(said.origin)))

    async def _end(self, channel: Channel, step: "_Step", now: datetime) -> list[Parcel]:
        """What the turn answers, or the apology; raises when neither could be kept."""
        try:
            return await step.turn
        except Exception as error:
            if step.said is None or is_outage(error):
                raise
            return await self._bury(channel, step.raw, step.said, error, now)

    def _bury(
        self, channel: Channel, raw: bytes, said: Incoming | None, error: Exception, now: datetime
    ) -> asyncio.Future[list[Parcel]]:
        """Keep what could not be handled, say so to the person, and never meet it again."""
        key = said.key if said else _key_of(channel, raw)
        fault = _fault(error)
        log.error("update_failed", extra={"channel": channel.name, "update": key, "fault": fault})

        def keep(store: Store) -> list[Parcel]:
            if said is not None and not store.inbox.record(key, now):
                return []
            store.inbox.keep_dead(key, channel.name, channel.bot, raw, fault, now)
            sorry = self._apology(said) if said else None
            return store.parcels.add_all([sorry], self._owner, now + LEASE) if sorry else []

        return self._turns.submit(keep, str(said.origin) if said else "")

    def _settle(self, channel: Channel, tap: str) -> None:
        """Stop a spinner without waiting for it."""
        if len(self._settling) >= MOST_SETTLING:
            return
        task = asyncio.get_running_loop().create_task(channel.settle(tap))
        self._settling.add(task)
        task.add_done_callback(self._settled)

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._settling.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.debug("tap_not_settled", extra={"fault": type(fault).__name__})


@dataclass(frozen=True, slots=True)
class _Step:
    """One update under way; ``said`` is None when it could not be decoded."""

    raw: bytes
    said: Incoming | None
    turn: asyncio.Future[list[Parcel]]


def _key_of(channel: Channel, raw: bytes) -> str:
    """The update's own key, or one made of its content."""
    try:
        key = channel.key_of(raw)
    except Exception:
        key = ""
    return key or f"{channel.name}:{channel.bot}:sha256:{hashlib.sha256(raw).hexdigest()}"


def _fault(error: Exception) -> str:
    """Which error and where: its message may quote the person, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
