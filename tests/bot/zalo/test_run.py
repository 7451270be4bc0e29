"""``sangkien run`` as a process, against the simulated Zalo on loopback."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.telegram_server import TelegramServer
from bot.playground.zalo_server import ZaloServer
from tests.bot.test_run import PATIENCE, running, stopped

TOKEN, TELEGRAM = "1000:simulated", "7000000001:simulated"


@pytest.fixture
async def server() -> AsyncIterator[ZaloServer]:
    async with ZaloServer(now=lambda: datetime.now(UTC)).serve() as ready:
        yield ready


def settings(server: ZaloServer, more: str = "") -> str:
    return f'[zalo]\ntoken = "{TOKEN}"\nname = "Bot X"\napi_url = "{server.url}"\n{more}'


async def said(process: asyncio.subprocess.Process, words: str) -> None:
    """Wait until its log says so."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while words not in (await process.stderr.readline()).decode():
            pass


async def test_answers_and_stops_when_told(tmp_path: Path, server: ZaloServer) -> None:
    bot = server.world.add_bot(TOKEN, "Bot X")
    vu = server.world.add_person("Vũ")
    async with running(tmp_path, settings(server)) as process:
        server.people.say(vu, bot, "chào em")
        await server.until(lambda: bool(server.world.heard(vu)), PATIENCE)
        assert "Chào anh/chị" in server.world.heard(vu)[0]
        code, out, err = await stopped(process)
    assert code == 0
    assert "Bot đang chạy: Zalo Bot X" in out
    assert TOKEN not in out + err


async def test_takes_events_by_webhook(
    tmp_path: Path, server: ZaloServer, unused_tcp_port: int
) -> None:
    bot = server.world.add_bot(TOKEN, "Bot X")
    vu = server.world.add_person("Vũ")
    here = f"http://127.0.0.1:{unused_tcp_port}"
    hook = (
        f'[zalo.webhook]\npublic_url = "{here}/"\nsecret = "a-secret-of-16-signs"\n'
        f"[web]\nport = {unused_tcp_port}\n"
    )
    async with running(tmp_path, settings(server, hook)) as process:
        await server.until(lambda: bot.target is not None and bool(server.answers), PATIENCE)
        assert bot.target is not None
        assert bot.target.url == f"{here}/zalo/1000"
        server.people.say(vu, bot, "chào em")
        await server.until(lambda: bool(server.world.heard(vu)), PATIENCE)
        assert await server.deliver(bot, b"{}", "another-secret-of-16") == 403
        code, out, err = await stopped(process)
    assert (code, server.answers) == (0, [200, 200, 403])
    assert "a-secret-of-16-signs" not in out + err


async def test_says_that_the_token_is_refused(tmp_path: Path, server: ZaloServer) -> None:
    async with running(tmp_path, settings(server)) as process:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert "Zalo không nhận token của bot 1000." in err.decode()
    assert TOKEN not in out.decode() + err.decode()


async def test_goes_on_elsewhere_when_a_token_is_revoked(
    tmp_path: Path, server: ZaloServer
) -> None:
    lost, vu = server.world.add_bot(TOKEN, "Bot X"), server.world.add_person("Vũ")
    async with TelegramServer(now=lambda: datetime.now(UTC)).serve() as other:
        bot = other.world.add_bot(TELEGRAM, "sangkien_bot", "Sáng kiến")
        lan = other.world.add_person("Lan")
        telegram = f'[telegram]\ntoken = "{TELEGRAM}"\napi_url = "{other.url}"\n'
        async with running(tmp_path, settings(server) + telegram) as process:
            server.people.say(vu, lost, "chào em")
            await server.until(lambda: bool(server.world.heard(vu)), PATIENCE)
            await server.until(lambda: lost.polls == 1, PATIENCE)
            server.revoke(lost)
            await said(process, "token_refused_others_go_on")
            other.people.start(lan, bot)
            chat = other.world.private(bot, lan)
            await other.until(lambda: any(m.from_bot for m in chat.log), PATIENCE)
            code, _, err = await stopped(process)
    assert code == 0
    assert "token_refused" not in err, "it is said once"
