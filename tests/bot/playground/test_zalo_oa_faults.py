"""The simulated Official Account misbehaves on request."""

import asyncio

import aiohttp
import pytest

from bot.playground.zalo_oa_server import TOKEN_PATH
from tests.bot.playground.official import CONSULT, Official

TEXT = {"text": "Chào"}


@pytest.fixture(autouse=True)
def followed(official: Official) -> None:
    official.server.people.follow(official.lan, official.oa)


async def test_refuses_as_told(official: Official) -> None:
    official.server.faults.refuse(CONSULT, code=-32)
    assert await official.consult(TEXT) == -32
    assert official.server.world.heard(official.lan) == []
    assert await official.consult(TEXT) == 0


async def test_refuses_tokens_as_told(official: Official) -> None:
    official.server.faults.refuse(TOKEN_PATH, code=-14020, description="used")
    answer = await official.oauth(grant_type="refresh_token", refresh_token=official.pair.refresh)
    assert (answer["error"], answer["error_name"], answer["status"]) == (-14020, "used", 200)


async def test_answers_with_the_page_of_a_gateway(official: Official) -> None:
    official.server.faults.page(CONSULT, status=502)
    async with official.session.post(official.server.url + CONSULT) as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_drops_the_connection(official: Official) -> None:
    faults = official.server.faults
    faults.cut()
    with pytest.raises(aiohttp.ClientError):
        await official.consult(TEXT)
    faults.down = True
    with pytest.raises(aiohttp.ClientError):
        await official.consult(TEXT)
    faults.clear()
    assert await official.consult(TEXT) == 0
    assert len(official.server.world.heard(official.lan)) == 1


async def test_loses_an_answer_having_done_it(official: Official) -> None:
    official.server.faults.lose_answer(CONSULT)
    with pytest.raises(aiohttp.ClientError):
        await official.consult(TEXT)
    assert official.server.world.heard(official.lan) == ["Chào"]
    official.server.faults.lose_answer(TOKEN_PATH)
    old = official.pair.refresh
    with pytest.raises(aiohttp.ClientError):
        await official.oauth(grant_type="refresh_token", refresh_token=old)
    answer = await official.oauth(grant_type="refresh_token", refresh_token=old)
    assert answer["error"] == -14020


async def test_hangs_until_it_is_let_go(official: Official) -> None:
    official.server.faults.hang(CONSULT)
    waiting = asyncio.create_task(official.consult(TEXT))
    await official.server.until(lambda: official.server.faults.hanging == 1)
    official.server.faults.clear()
    with pytest.raises(aiohttp.ClientError):
        await waiting


async def test_is_slow_when_told_so(official: Official) -> None:
    loop = asyncio.get_running_loop()
    official.server.faults.delay = 0.03
    began = loop.time()
    assert await official.consult(TEXT) == 0
    assert loop.time() - began >= 0.03


async def test_delivers_nothing_when_told_so(official: Official) -> None:
    official.server.faults.delivers_nothing = True
    assert await official.consult(TEXT) == 0
    assert official.server.world.heard(official.lan) == []
