"""``sangkien zalo-oa``, ``doctor`` and ``check``: how an operator gets the leave to write."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.playground.zalo_oa_server import ZaloOAServer
from tests.architecture.house import ROOT
from tests.bot.zalo_oa.granted import OA, SECRET, change, good_at, in_place, issue, pair

PATIENCE = 30.0
"""Seconds; a machine that is busy with other tests takes its time."""


class Desk:
    """An operator's folder, and Zalo."""

    def __init__(self, folder: Path, server: ZaloOAServer, port: int) -> None:
        self.folder, self.server = folder, server
        self.here = f"http://127.0.0.1:{port}"
        self.oa = server.world.add_oa(redirect_uri=f"{self.here}/zalo_oa/{OA}/consent")
        self.database_url = f"sqlite:///{folder / 'data' / 'sangkien.sqlite3'}"
        (folder / "config.toml").write_text(
            f'[web]\npublic_url = "{self.here}"\nport = {port}\n'
            f'[zalo_oa]\noa_id = "{OA}"\napp_id = "4000"\nsecret_key = "{SECRET}"\n'
            f'webhook_secret = "oa-secret"\napi_url = "{server.url}"\noauth_url = "{server.url}"\n'
        )

    async def gives(self, *command: str, typed: str = "") -> tuple[int, str]:
        """The exit code of a command, and all that it says."""
        async with self.started(*command) as process:
            talk = process.communicate(typed.encode())
            said, _ = await asyncio.wait_for(talk, PATIENCE)
            return process.returncode or 0, said.decode()

    @asynccontextmanager
    async def started(self, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command),
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest.fixture
async def desk(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[Desk]:
    async with ZaloOAServer(now=lambda: datetime.now(UTC)).serve() as server:
        yield Desk(tmp_path, server, unused_tcp_port)


async def test_leads_from_the_link_to_the_tokens_while_the_bot_runs(desk: Desk) -> None:
    async with desk.started("run") as bot, aiohttp.ClientSession() as browser:
        assert bot.stdout is not None
        while b"Bot " not in await asyncio.wait_for(bot.stdout.readline(), PATIENCE):
            pass
        code, said = await desk.gives("zalo-oa", "consent")
        assert (code, f"{desk.here}/zalo_oa/{OA}/consent" in said) == (0, True)
        [link] = re.findall(r"\S+state=\S+", said)
        async with browser.get(link) as page:
            assert (page.status, "Xong rồi" in await page.text()) == (200, True)
        async with browser.get(link) as again:
            assert again.status == 403
    assert in_place(desk.database_url).pair.access == good_at(desk.server)
    code, said = await desk.gives("doctor")
    assert (code, "OA 3000: tên OA X, gói Advanced" in said) == (0, True)
    assert "OA 3000: mã truy cập tốt đến" in said
    assert "OA 3000: tin trả tiền tháng này 0, trong đó 0 tin mẫu (bot tự đếm)" in said


async def test_takes_a_pasted_address(desk: Desk) -> None:
    code = desk.server.consent(desk.oa)
    pasted = f"{desk.here}/zalo_oa/{OA}/consent?code={code}&oa_id={OA}"
    ended, said = await desk.gives("zalo-oa", "code", pasted)
    assert (ended, "Đã nhận quyền gửi tin của OA 3000" in said) == (0, True)
    assert in_place(desk.database_url).pair.access == good_at(desk.server)
    ended, said = await desk.gives("zalo-oa", "code", pasted)
    assert (ended, "Zalo không nhận" in said, code in said) == (1, True, False)


async def test_takes_a_refresh_token_and_never_shows_it(desk: Desk) -> None:
    elsewhere = desk.server.issue(desk.oa)
    ended, said = await desk.gives("zalo-oa", "token", typed=f"{elsewhere.refresh}\n")
    assert (ended, "Đã nhận quyền" in said) == (0, True)
    now = in_place(desk.database_url).pair
    assert now.access == good_at(desk.server) != elsewhere.access
    ended, refused = await desk.gives("zalo-oa", "token", typed=f"{elsewhere.refresh}\n")
    assert (ended, "Refresh token chỉ dùng được một lần" in refused) == (1, True)
    secrets = (elsewhere.refresh, now.refresh, now.access, SECRET)
    assert [secret for secret in secrets if secret in said + refused] == []
    ended, said = await desk.gives("zalo-oa", "token", typed="")
    assert (ended, "Chưa đọc được gì" in said) == (1, True)


async def test_asks_which_account_is_meant(desk: Desk) -> None:
    ended, said = await desk.gives("zalo-oa", "consent", "--oa", "99")
    assert (ended, "Không có OA số 99" in said) == (1, True)


@pytest.mark.parametrize("command", ["doctor", "check"])
async def test_says_that_nobody_has_consented(desk: Desk, command: str) -> None:
    await desk.gives("migrate")
    ended, said = await desk.gives(command)
    assert (ended, "Chạy: sangkien zalo-oa consent" in said) == (1, True)


@pytest.mark.parametrize("command", ["doctor", "check"])
async def test_says_why_zalo_does_not_answer(desk: Desk, command: str) -> None:
    await desk.gives("migrate")
    issue(desk.server, desk.database_url)
    desk.server.faults.down = True
    ended, said = await desk.gives(command)
    assert (ended, "xem mạng và [zalo_oa] api_url" in said) == (1, True)
    desk.server.faults.down = False
    desk.oa.gone = True
    ended, said = await desk.gives(command)
    assert (ended, "Zalo báo: /v2.0/oa/getoa: -204" in said) == (1, True)


async def test_says_that_consent_and_package_are_about_to_lack(desk: Desk) -> None:
    await desk.gives("migrate")
    now = datetime.now(UTC)
    nearly = replace(pair(desk.server.issue(desk.oa)), refresh_until=now + timedelta(days=13))
    change(desk.database_url, lambda store: store.oa_tokens.keep(OA, nearly, now))
    desk.oa.package, desk.oa.verified = "", False
    ended, said = await desk.gives("doctor")
    assert "quyền gửi tin hết ngày" in said
    assert ("chưa xác thực" in said, "Zalo không ghi gói nào" in said) == (True, True)
    assert ended == 0
