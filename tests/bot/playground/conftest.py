"""A simulated Telegram on loopback, under a clock that stands until it is moved."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import Clock, Wire


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
