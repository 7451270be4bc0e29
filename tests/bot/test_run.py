"""``sangkien run`` as a process, against the simulated Telegram on loopback."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.playground.telegram_server import TelegramServer
from tests.architecture.house import ROOT

TOKEN = "7000000001:simulated"
PATIENCE = 20.0
"""Seconds; two processes share the machine with other tests."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=lambda: datetime.now(UTC)).serve() as running:
        yield running


NO_NIGHT = '[reminders]\nquiet_from = "00:00"\nquiet_to = "00:00"\n'
"""The world's time decides when it is night: here it never is."""


@asynccontextmanager
async def running(folder: Path, settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    (folder / "config.toml").write_text(settings + NO_NIGHT)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def stopped(process: asyncio.subprocess.Process) -> tuple[int, str, str]:
    process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode or 0, out.decode(), err.decode()


async def test_answers_and_stops_when_told(tmp_path: Path, server: TelegramServer) -> None:
    bot = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
    person = server.world.add_person("Vũ")
    settings = f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
    async with running(tmp_path, settings) as process:
        server.people.start(person, bot)
        chat = server.world.private(bot, person)
        await server.until(lambda: any(m.from_bot for m in chat.log), PATIENCE)
        assert "Chào anh/chị" in next(m.text for m in chat.log if m.from_bot)
        code, out, err = await stopped(process)
    assert code == 0
    assert "Bot đang chạy: Telegram @sangkien_bot" in out
    assert "Đã dừng." in out
    assert TOKEN not in out + err


async def test_says_that_the_token_is_refused(tmp_path: Path, server: TelegramServer) -> None:
    settings = f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
    async with running(tmp_path, settings) as process:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "Telegram không nhận token của bot 7000000001." in err.decode()
    assert "Traceback" not in err.decode()
    assert TOKEN not in out.decode() + err.decode()


async def test_takes_updates_by_webhook(
    tmp_path: Path, server: TelegramServer, unused_tcp_port: int
) -> None:
    bot = server.world.add_bot(TOKEN, "sangkien_bot", "Sáng kiến")
    person = server.world.add_person("Vũ")
    here = f"http://127.0.0.1:{unused_tcp_port}"
    settings = (
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{server.url}"\n'
        f'[telegram.webhook]\npublic_url = "{here}"\nsecret = "a-secret-of-16-signs"\n'
        f"[web]\nport = {unused_tcp_port}\n"
    )
    async with running(tmp_path, settings) as process:
        server.people.start(person, bot)
        chat = server.world.private(bot, person)
        await server.until(lambda: any(m.from_bot for m in chat.log), PATIENCE)
        async with aiohttp.ClientSession() as session, session.get(f"{here}/healthz") as answer:
            assert await answer.json() == {"ok": True}
        async with aiohttp.ClientSession() as session:
            forged = await session.post(f"{here}/telegram/{bot.id}", data=b"{}")
            assert forged.status == 403
        assert (await stopped(process))[0] == 0
