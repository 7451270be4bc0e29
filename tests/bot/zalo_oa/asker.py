"""A process of its own that asks for an access token, and stops where it is told to be killed.

    python -m tests.bot.zalo_oa.asker ZALO DATABASE NAME TIME [POINT]

It says "ready", waits for a line, and ends with the token or with what kept it from having one.
"""

import asyncio
import sys
import threading
from collections.abc import Callable
from datetime import datetime

from bot.wire import CallFailed
from bot.zalo_oa.oauth import Granted, OAuth
from bot.zalo_oa.rows import Rows
from bot.zalo_oa.tokens import Tokens
from storage.store import Store
from tests.bot.zalo_oa.granted import account
from tests.support.clock import Clock

BEFORE = "before"
"""The lease is taken, and nothing has been asked."""
ANSWERED = "answered"
"""The pair is bought, and nobody else knows of it."""
STORED = "stored"
"""The pair is committed, and nobody has it yet."""

BRIEFLY = 0.05
"""Seconds that a pause really takes, so that others get on meanwhile."""

FASTER = 5
"""Times: so much more than a pause passes on its clock."""


def stop(point: str) -> None:
    """Say so and stand still for ever, without letting anything else go on."""
    say(point)
    threading.Event().wait()


def stop_at(point: str) -> None:
    """Stop there, in this process alone."""
    refresh, store = OAuth.refresh, Rows.store

    async def refreshing(self: OAuth, refresh_token: str) -> Granted:
        if point == BEFORE:
            stop(BEFORE)
        granted = await refresh(self, refresh_token)
        if point == ANSWERED:
            stop(ANSWERED)
        return granted

    async def storing(self: Rows, work: Callable[[Store], bool]) -> bool:
        stored = await store(self, work)
        if point == STORED:
            stop(STORED)
        return stored

    OAuth.refresh = refreshing  # type: ignore[method-assign]  # in this process alone
    Rows.store = storing  # type: ignore[method-assign]  # in this process alone


async def ask(zalo: str, database_url: str, name: str, at: str) -> str:
    clock = Clock(datetime.fromisoformat(at))

    async def pause(seconds: float) -> None:
        clock.move(FASTER * seconds)
        await asyncio.sleep(BRIEFLY)

    tokens = Tokens(account(zalo), database_url, clock, pause=pause, draw=lambda: name)
    try:
        return await tokens.access()
    except CallFailed as fault:
        return type(fault).__name__
    finally:
        await tokens.close()


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(zalo: str, database_url: str, name: str, at: str, point: str = "") -> None:
    stop_at(point)
    say("ready")
    sys.stdin.readline()
    say(asyncio.run(ask(zalo, database_url, name, at)))


if __name__ == "__main__":
    main(*sys.argv[1:])
