"""What ``doctor`` and ``check`` say when the network knows us, does not, or is silent."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.telegram_server import TelegramServer
from tests.architecture.house import ROOT

GOOD, WRONG = "7000000001:simulated", "7000000001:mistyped"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=lambda: datetime.now(UTC)).serve() as running:
        running.world.add_bot(GOOD, "sangkien_bot", "Sáng kiến")
        yield running


async def asked(folder: Path, command: str, token: str, url: str) -> tuple[int, str]:
    (folder / "config.toml").write_text(f'[telegram]\ntoken = "{token}"\napi_url = "{url}"\n')
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.mark.parametrize("command", ["doctor", "check"])
async def test_says_that_the_token_is_wrong(
    tmp_path: Path, server: TelegramServer, command: str
) -> None:
    code, said = await asked(tmp_path, command, WRONG, server.url)
    assert (code, "Telegram không nhận token; xin BotFather token mới" in said) == (1, True)


async def test_says_that_nobody_answers(tmp_path: Path) -> None:
    code, said = await asked(tmp_path, "doctor", GOOD, "http://127.0.0.1:1")
    assert (code, "không có trả lời; xem mạng" in said) == (1, True)


async def test_says_that_all_is_well(tmp_path: Path, server: TelegramServer) -> None:
    code, said = await asked(tmp_path, "doctor", GOOD, server.url)
    assert (code, "token tốt, tên @sangkien_bot" in said) == (0, True)
