"""Simulated networks on loopback, under a clock that stands until it is moved."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.demo import sample, seed, start_of
from bot.packaged import operator_texts
from bot.playground.stage import Stage
from bot.playground.telegram_server import TelegramServer
from bot.playground.zalo_oa_server import ZaloOAServer
from tests.bot.playground.network import Clock, Wire
from tests.bot.playground.official import Official
from tests.bot.playground.staged import Page, page_at


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's data, to be copied."""
    folder = tmp_path_factory.mktemp("seeded")
    installation = sample(folder, operator_texts())
    seed(installation, start_of(installation))
    return folder


@pytest.fixture
async def stage(seeded: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    folder = tmp_path / "played"
    shutil.copytree(seeded, folder)
    async with Stage(sample(folder, operator_texts()), folder).opened() as opened:
        yield opened


@pytest.fixture
async def page(stage: Stage) -> AsyncIterator[Page]:
    async with page_at(stage.url) as listening:
        yield listening


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=clock).serve() as running:
        yield running


@pytest.fixture
async def wire(server: TelegramServer) -> AsyncIterator[Wire]:
    async with Wire(server, server.world.add_bot("70:a", "first_bot", "First")) as ready:
        yield ready


@pytest.fixture
async def official(clock: Clock) -> AsyncIterator[Official]:
    async with ZaloOAServer(now=clock).serve() as server, aiohttp.ClientSession() as session:
        yield Official(server, session, clock)
