"""The playground keeps to this machine, and away from anything real."""

import asyncio
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import aiohttp
import msgspec
import pytest

from bot.bots import Telegram
from bot.commands.playing import shows_windows
from bot.config import DatabaseAt
from bot.demo import sample
from bot.packaged import operator_texts
from bot.playground.safety import Unsafe
from bot.playground.stage import Stage
from tests.architecture.house import ROOT
from tests.bot.playground.staged import Page


def home(stage: Stage) -> str:
    return stage.url.removesuffix(f"/{stage.token}/")


async def test_listens_on_loopback_alone(stage: Stage) -> None:
    port = int(home(stage).rpartition(":")[2])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    await writer.wait_closed()
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.2", port)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
async def test_answers_its_own_page_alone(
    page: Page, stage: Stage, headers: dict[str, str], status: int
) -> None:
    for path in ("", "state", "page/main.js"):
        async with page.session.get(stage.url + path, headers=headers) as response:
            assert response.status == status
            assert "Access-Control-Allow-Origin" not in response.headers


async def test_answers_by_its_other_name(page: Page, stage: Stage) -> None:
    port = home(stage).rpartition(":")[2]
    named = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}
    async with page.session.get(stage.url + "state", headers=named) as response:
        assert response.status == 200
        assert response.headers["X-Frame-Options"] == "DENY"
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http:" not in policy


async def test_refuses_a_foreign_name_for_everything_that_it_serves(
    page: Page, stage: Stage
) -> None:
    for path in ("/sim/telegram/botx/getMe", "/sim/zalo/botx/getMe", "/giay/x", "/anh/x.png"):
        named = {"Host": "evil.example"}
        async with page.session.get(home(stage) + path, headers=named) as response:
            assert response.status == 403


async def test_opens_to_nobody_without_the_token(page: Page, stage: Stage) -> None:
    for path in ("/", "/state", "/x/state", f"/{stage.token[:-1]}/state", "/page/main.js"):
        async with page.session.get(home(stage) + path) as response:
            assert response.status == 404


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_refuses_other_verbs(page: Page, stage: Stage, verb: str) -> None:
    for path in ("state", "do", "clock"):
        async with page.session.request(verb, stage.url + path) as response:
            assert response.status == 405
            assert "Access-Control-Allow-Methods" not in response.headers


async def test_lets_nobody_speak_as_the_bot(page: Page, stage: Stage) -> None:
    for network, answer in (("telegram", 401), ("zalo", 200)):
        url = f"{home(stage)}/sim/{network}/bot1000001:guessed/getMe"
        async with page.session.get(url) as response:
            assert response.status == answer
            assert (await response.json())["ok"] is False


async def test_takes_no_endless_bodies(page: Page, stage: Stage) -> None:
    async with page.session.post(stage.url + "do", data=bytes(100_000)) as response:
        assert response.status == 400
    about = {"network": "zalo", "who": "member1", "chat": "zalo/member1", "verb": "photo"}
    form = aiohttp.FormData(about)
    form.add_field("file", io.BytesIO(bytes(21 * 1024 * 1024)), filename="a.png")
    async with page.session.post(stage.url + "do", data=form) as response:
        assert "20 MB" in (await response.json())["fault"]


async def test_serves_no_file_but_the_pages(page: Page, stage: Stage) -> None:
    for name in ("..%2Fcast.toml", "cast.toml", "%2e%2e/api.py", "nothing.js", ""):
        async with page.session.get(f"{stage.url}page/{name}") as response:
            assert response.status == 404


def test_touches_nothing_real(tmp_path: Path) -> None:
    installation = sample(tmp_path, operator_texts())
    config = installation.config
    real = [
        msgspec.structs.replace(config, telegram=[Telegram(token="1:real")]),
        msgspec.structs.replace(config, database=DatabaseAt(url="postgresql://host/real")),
        msgspec.structs.replace(config, database=DatabaseAt(url="sqlite:////var/lib/real.sqlite3")),
        msgspec.structs.replace(config, data_dir="/var/lib/sangkien"),
    ]
    for each in real:
        with pytest.raises(Unsafe):
            Stage(replace(installation, config=each), tmp_path)


def test_opens_a_browser_only_where_there_are_windows() -> None:
    if sys.platform not in ("win32", "darwin"):
        assert not shows_windows({"TERM": "xterm"})
        assert shows_windows({"DISPLAY": ":0"})


def test_is_no_part_of_the_bot_that_runs() -> None:
    """Neither of the modules nor of the routes of ``run``."""
    script = (
        "import sys, bot.running, bot.commands.running, bot.serving, bot.app, bot.channels, "
        "bot.respond, bot.telegram.channel, bot.zalo.channel, bot.web, bot.papers_web, "
        "bot.pictures_web\n"
        "print([name for name in sys.modules if name.startswith('bot.playground')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
