"""Contestant: python-telegram-bot's JobQueue and AIORateLimiter, everything in memory.

``/each COUNT DUE`` makes a job for every reminder, ``/all COUNT DUE`` one job that sends them all,
a few at a time: without a limiter, ten thousand jobs that are due at once all wait for the same
connections, and the process sends nothing for minutes. Reads: URL TOKEN [lifted].

As it comes, it loses what the network refuses once and what it begins a second late, which is
everything where a hundred thousand are due at once. Here it does neither.
"""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from telegram import Update
from telegram.ext import AIORateLimiter, Application, CallbackContext, CommandHandler

from tests.bench.reminding import AT_ONCE, TEXT, chat_of

RETRIES = 5
"""Times that a refused message is sent again."""

PATIENT = {"misfire_grace_time": None}
"""However late a job begins, it is done."""

Context = CallbackContext[Any, Any, Any, Any]


async def remind(context: Context) -> None:
    """The job of one reminder."""
    assert context.job is not None and context.job.chat_id is not None
    await context.bot.send_message(context.job.chat_id, TEXT)


async def remind_all(context: Context) -> None:
    """The job of them all."""
    assert context.job is not None
    room = asyncio.Semaphore(AT_ONCE)

    async def sent(message: Coroutine[Any, Any, object]) -> None:
        async with room:
            await message

    chats = map(chat_of, range(int(str(context.job.data))))
    await asyncio.gather(*(sent(context.bot.send_message(chat, TEXT)) for chat in chats))


async def each(update: Update, context: Context) -> None:
    """Queue a job for every reminder, and say so."""
    count, due = _asked(context)
    assert context.job_queue is not None and update.message is not None
    for number in range(count):
        context.job_queue.run_once(remind, due, chat_id=chat_of(number), job_kwargs=PATIENT)
    await update.message.reply_text("queued")


async def everybody(update: Update, context: Context) -> None:
    """Queue the one job, and say so."""
    count, due = _asked(context)
    assert context.job_queue is not None and update.message is not None
    context.job_queue.run_once(remind_all, due, data=count, job_kwargs=PATIENT)
    await update.message.reply_text("queued")


def _asked(context: Context) -> tuple[int, datetime]:
    assert context.args is not None
    count, due = context.args
    return int(count), datetime.fromtimestamp(float(due), UTC)


def run(url: str, token: str, *lifted: str) -> None:
    """Push until told to stop."""
    limiter = AIORateLimiter(max_retries=RETRIES)
    if lifted:
        limiter = AIORateLimiter(overall_max_rate=0, group_max_rate=0)
    builder = Application.builder().token(token).base_url(f"{url}/bot").rate_limiter(limiter)
    application = builder.build()
    application.add_handler(CommandHandler("each", each))
    application.add_handler(CommandHandler("all", everybody))
    application.run_polling()


if __name__ == "__main__":
    run(*sys.argv[1:])
