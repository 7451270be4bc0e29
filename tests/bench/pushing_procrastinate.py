"""Contestant: procrastinate's worker on PostgreSQL, a task a reminder, sent with PTB's Bot.

Reads: DATABASE URL TOKEN [lifted].
"""

import asyncio
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime

from aiolimiter import AsyncLimiter
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.types import JSONDict
from telegram import Bot
from telegram.constants import FloodLimit
from telegram.error import RetryAfter

from tests.bench.reminding import AT_ONCE, TEXT, chat_of

TASK = "remind"

PAGE = 1000
"""Tasks deferred in one statement."""

RETRY = RetryStrategy(max_attempts=5, wait=1, retry_exceptions={RetryAfter})


def application(database: str) -> App:
    """Tasks in that database, which has the library's tables."""
    return App(connector=PsycopgConnector(conninfo=database))


async def defer(database: str, count: int, due: datetime) -> None:
    """Queue a task for each of so many reminders."""
    async with application(database).open_async() as app:
        task = app.configure_task(TASK, schedule_at=due)
        for first in range(0, count, PAGE):
            numbers = range(first, min(first + PAGE, count))
            given: list[JSONDict] = [{"chat": chat_of(number)} for number in numbers]
            await task.batch_defer_async(*given)


async def run(database: str, url: str, token: str, *lifted: str) -> None:
    """Work until told to stop."""
    app = application(database)
    limiter: AbstractAsyncContextManager[None] = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
    if lifted:
        limiter = nullcontext()
    async with Bot(token, base_url=f"{url}/bot") as bot, app.open_async():

        @app.task(name=TASK, retry=RETRY)
        async def remind(chat: int) -> None:
            async with limiter:
                await bot.send_message(chat, TEXT)

        # It has no need to poll: this tells that it is there.
        await bot.get_updates(timeout=0)
        await app.run_worker_async(concurrency=AT_ONCE)


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
