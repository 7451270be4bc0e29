"""The switches that make the simulated Telegram fail."""

import asyncio

import aiohttp
import pytest

from tests.bot.playground.network import Wire, friend

GONE = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


async def send(wire: Wire, chat: int) -> dict:
    return await wire.call("sendMessage", chat_id=chat, text="x")


async def test_fails_as_often_as_told(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.faults.fail("sendMessage", times=2, code=502)
    wire.server.faults.fail("sendMessage", code=500)
    wire.server.faults.flood("sendMessage", retry_after=9)
    codes = [(await send(wire, lan.id)).get("error_code") for _ in range(5)]
    assert codes == [502, 502, 500, 429, None]
    assert len(wire.server.accepted) == 1


async def test_takes_the_message_and_loses_the_answer(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.faults.lose_answer("sendMessage")
    with pytest.raises(GONE):
        await send(wire, lan.id)
    assert [entry.text for entry in wire.server.accepted] == ["x"]
    assert (await send(wire, lan.id))["ok"]


async def test_drops_the_connection_before_anything_happened(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.faults.cut("sendMessage")
    with pytest.raises(GONE):
        await send(wire, lan.id)
    assert wire.server.accepted == []


async def test_is_down_until_it_is_up(wire: Wire) -> None:
    wire.server.faults.down = True
    with pytest.raises(GONE):
        await wire.call("getMe")
    wire.server.faults.clear()
    assert (await wire.call("getMe"))["ok"]


@pytest.mark.parametrize(("accept", "taken"), [(False, 0), (True, 1)])
async def test_hangs_before_or_after_taking_the_message(
    wire: Wire, accept: bool, taken: int
) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.faults.hang("sendMessage", accept=accept)
    hanging = asyncio.create_task(send(wire, lan.id))
    await wire.server.until(lambda: wire.server.faults.hanging == 1)
    assert len(wire.server.accepted) == taken
    wire.server.faults.release()
    with pytest.raises(GONE):
        await hanging


async def test_tells_a_listener_of_each_message_before_the_sender_knows(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    heard: list[str] = []
    wire.server.world.on_accept.append(lambda entry: heard.append(entry.method))
    wire.server.faults.lose_answer("sendMessage")
    with pytest.raises(GONE):
        await send(wire, lan.id)
    assert heard == ["sendMessage"]
