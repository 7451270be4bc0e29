"""Pictures lent by link, and shown on a network that fetches them."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.channel import Rendered
from bot.pictures_web import Pictures
from bot.time_and_chance import fresh_token
from tests.bot.zalo.staffed import staffed
from tests.dialogues.script import Step

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MONTH = timedelta(days=30)
PICTURE = Rendered("photo", "tien-do.png", b"\x89PNG")


def pictures(folder: Path, url: str = "https://bot.example/", now: datetime = NOW) -> Pictures:
    drawn = count()
    return Pictures(folder, url, MONTH, lambda: f"token-of-20-signs-{next(drawn):04}", lambda: now)


@asynccontextmanager
async def lent(shelf: Pictures) -> AsyncIterator[str]:
    """The shelf on a server of its own."""
    app = web.Application()
    app.add_routes(shelf.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_lends_a_picture_as_often_as_it_is_asked_for(tmp_path: Path) -> None:
    path = pictures(tmp_path).publish(PICTURE).removeprefix("https://bot.example")
    restarted = pictures(tmp_path)
    async with lent(restarted) as home, aiohttp.ClientSession() as session:
        for _ in range(3):
            async with session.get(home + path) as answer:
                assert await answer.read() == PICTURE.content
                assert answer.content_type == "image/png"
                assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        async with session.head(home + path) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    "name",
    [
        "token-of-20-signs-9999.png",
        "..%2Fsangkien.sqlite3",
        "token-of-20-signs-0000.sqlite3",
        "token-of-20-signs-0000",
        "x.png",
        "",
    ],
)
async def test_lends_nothing_else(tmp_path: Path, name: str) -> None:
    shelf = pictures(tmp_path)
    shelf.publish(PICTURE)
    async with (
        lent(shelf) as home,
        aiohttp.ClientSession() as session,
        session.get(f"{home}/anh/{name}") as answer,
    ):
        assert answer.status == 404


def test_draws_names_that_nobody_guesses() -> None:
    names = {fresh_token() for _ in range(100)}
    assert len(names) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", name) for name in names)


def test_drops_pictures_that_have_had_their_time(tmp_path: Path) -> None:
    shelf = pictures(tmp_path)
    old, young = (tmp_path / shelf.publish(PICTURE).rpartition("/")[2] for _ in range(2))
    for path, age in ((old, MONTH + timedelta(seconds=1)), (young, MONTH)):
        os.utime(path, ((NOW - age).timestamp(),) * 2)
    third = tmp_path / shelf.publish(PICTURE).rpartition("/")[2]
    assert sorted(tmp_path.iterdir()) == sorted([young, third])


async def test_shows_progress_as_a_picture_on_zalo(tmp_path: Path, sqlite_url: str) -> None:
    async with lent(pictures(tmp_path / "pictures")) as home:
        public = pictures(tmp_path / "pictures", home)
        async with staffed(tmp_path, sqlite_url, public.publish) as held:
            for who in ("officer", "chair"):
                await held.act(Step(who=who, say="td"))
            world, people = held.network.server.world, held.network.people
            (shown,) = [m for m in world.log if m.picture]
            assert shown.picture.startswith(b"\x89PNG")
            assert shown.text.startswith("Tiến độ – LĐLĐ tỉnh Lạng Sơn\n")
            assert shown.chat == people["officer"].id
            assert len(world.heard(people["chair"])) == 1


async def test_says_it_in_words_where_the_picture_is_not_reached(
    tmp_path: Path, sqlite_url: str
) -> None:
    nowhere = pictures(tmp_path / "pictures", "http://127.0.0.1:1")
    async with staffed(tmp_path, sqlite_url, nowhere.publish) as held:
        await held.act(Step(who="officer", say="td"))
        (said,) = held.network.server.world.history(held.network.people["officer"])[1:]
        assert said.text.startswith("Tiến độ – LĐLĐ tỉnh Lạng Sơn\n")
        assert said.picture == b""
