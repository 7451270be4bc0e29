"""Sending updates to a bot's own address: in order by chat, again and again until it says 2xx."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

import aiohttp
import msgspec

from bot.playground.telegram import limits
from bot.playground.telegram.updates import Update
from bot.playground.telegram.world import BotAccount

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Reply = Callable[[BotAccount, dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bot wants its updates."""

    url: str
    secret: str
    connections: int


@dataclass(slots=True)
class _Trial:
    """How often one update was refused, and when it is tried again."""

    failures: int = 0
    delay: float = 1.0
    due: float = 0.0


@dataclass(slots=True)
class _Line:
    bot: BotAccount
    target: Target
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    trials: dict[int, _Trial] = field(default_factory=dict)
    busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    error: dict[str, Any] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None


class Webhooks:
    """The senders of one server, one line a bot."""

    def __init__(
        self,
        now: Callable[[], datetime],
        chance: Random,
        reply: Reply,
        tried: Callable[[], None],
    ) -> None:
        self.now = now
        self.chance = chance
        self.reply = reply
        self.tried = tried
        self._lines: dict[int, _Line] = {}
        self._session: aiohttp.ClientSession | None = None

    def target(self, bot: BotAccount) -> Target | None:
        line = self._lines.get(bot.id)
        return line.target if line is not None else None

    def last_error(self, bot: BotAccount) -> dict[str, Any]:
        return self._lines[bot.id].error

    def set(self, bot: BotAccount, target: Target) -> None:
        self.remove(bot)
        line = self._lines[bot.id] = _Line(bot, target)
        bot.updates.heard.append(line.stirred.set)
        line.task = asyncio.get_running_loop().create_task(self._run(line))

    def remove(self, bot: BotAccount) -> bool:
        """Stop sending; what was not taken stays queued."""
        line = self._lines.pop(bot.id, None)
        if line is None:
            return False
        bot.updates.heard.remove(line.stirred.set)
        for task in (line.task, *line.busy.values()):
            if task is not None and task is not asyncio.current_task():
                task.cancel()
        return True

    def wake(self) -> None:
        """Look again at what is due: call it after moving the clock."""
        for line in self._lines.values():
            line.stirred.set()

    async def close(self) -> None:
        for line in list(self._lines.values()):
            tasks = [task for task in (line.task, *line.busy.values()) if task is not None]
            self.remove(line.bot)
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _run(self, line: _Line) -> None:
        while True:
            line.stirred.clear()
            pause = self._send_due(line)
            try:
                await asyncio.wait_for(line.stirred.wait(), pause)
            except TimeoutError:
                continue

    def _send_due(self, line: _Line) -> float | None:
        """Start what can be sent; return the seconds until something more is due."""
        line.bot.updates.expire()
        at = self.now().timestamp()
        blocked = set(line.busy)
        pause: float | None = None
        for update in line.bot.updates.pending:
            if len(line.busy) >= line.target.connections:
                break
            if update.lane in blocked:
                continue
            blocked.add(update.lane)
            due = line.trials[update.id].due if update.id in line.trials else at
            if due > at:
                pause = due - at if pause is None else min(pause, due - at)
                continue
            task = asyncio.get_running_loop().create_task(self._send(line, update))
            line.busy[update.lane] = task
        return pause

    async def _send(self, line: _Line, update: Update) -> None:
        error, retry_after, answer = await self._post(line, update)
        line.busy.pop(update.lane, None)
        if error:
            self._refused(line, update, error, retry_after)
        else:
            line.trials.pop(update.id, None)
            line.bot.updates.drop(update.id)
            if answer:
                await self.reply(line.bot, answer)
        line.stirred.set()
        self.tried()

    def _refused(self, line: _Line, update: Update, error: str, retry_after: float) -> None:
        """Try at once after a first failure, then after 2, 4, 8 … seconds (WebhookActor)."""
        at = self.now().timestamp()
        trial = line.trials.setdefault(update.id, _Trial())
        wait = min(max(retry_after, 0.0), 3600.0)
        if wait == 0.0 and trial.failures > 0:
            trial.delay = min(trial.delay * 2, self.chance.uniform(*limits.WEBHOOK_DELAY))
            wait = trial.delay
        trial.failures += 1
        trial.due = at + wait
        line.error = {"last_error_date": int(at), "last_error_message": error}
        if trial.due > update.expires:
            line.bot.updates.drop(update.id)

    async def _post(self, line: _Line, update: Update) -> tuple[str, float, dict[str, Any] | None]:
        """What went wrong ("" for nothing), the Retry-After, and a method to run in reply."""
        headers = {"Content-Type": "application/json"}
        if line.target.secret:
            headers[SECRET_HEADER] = line.target.secret
        timeout = aiohttp.ClientTimeout(total=limits.WEBHOOK_READ)
        self._session = self._session or aiohttp.ClientSession()
        try:
            async with self._session.post(
                line.target.url, data=update.body, headers=headers, timeout=timeout
            ) as response:
                body = await response.read()
                if 200 <= response.status <= 299:
                    return "", 0.0, _method(body)
                after = response.headers.get("Retry-After", "0")
                said = f"Wrong response from the webhook: {response.status} {response.reason}"
                return said, float(after) if after.isdecimal() else 0.0, None
        except aiohttp.ClientConnectorError:
            return "Connection refused", 0.0, None
        except TimeoutError:
            return "Read timeout expired", 0.0, None
        except aiohttp.ClientError:
            return "Webhook connection closed", 0.0, None


def _method(body: bytes) -> dict[str, Any] | None:
    """The call in an answer's body; those that read or stop things are not run."""
    try:
        answer = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        return None
    name = str(answer.get("method", "")).lower()
    if not name or name.startswith("get") or name in ("setwebhook", "deletewebhook", "close"):
        return None
    return answer
