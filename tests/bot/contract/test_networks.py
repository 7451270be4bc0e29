"""How every channel with a network fails, and takes in what waits for it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.channel import (
    Channel,
    Misconfigured,
    NotAccepted,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from domain.address import Address
from domain.message import Outgoing
from tests.bot.contract.rig import SECRET, Networked
from tests.bot.contract.rigs import NETWORKED

HELLO = Outgoing("Chào anh/chị")
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(params=NETWORKED)
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Networked]:
    async with NETWORKED[request.param]() as ready:
        yield ready


def home(rig: Networked) -> Address:
    """The person's private chat."""
    said = rig.channel.decode(rig.says("chào"))
    assert said is not None
    return said.origin


async def failure(channel: Channel, to: Address) -> SendError:
    with pytest.raises(SendError) as caught:
        await channel.send(to, HELLO, None)
    return caught.value


async def test_is_unsure_when_the_answer_is_lost(rig: Networked) -> None:
    to = home(rig)
    rig.lose_answer()
    assert isinstance(await failure(rig.channel, to), Unsure)
    assert rig.read() == [HELLO.text]


async def test_is_unsure_when_the_gateway_fails(rig: Networked) -> None:
    to = home(rig)
    rig.gateway_fails()
    assert isinstance(await failure(rig.channel, to), Unsure)


async def test_tries_later_when_nobody_is_there(rig: Networked) -> None:
    nowhere = rig.somewhere_else(NOWHERE)
    assert isinstance(await failure(nowhere, home(rig)), TryLater)
    await nowhere.close()


async def test_tries_later_when_it_writes_too_much(rig: Networked) -> None:
    to = home(rig)
    rig.flood()
    refusal = await failure(rig.channel, to)
    assert isinstance(refusal, TryLater)
    assert refusal.after


async def test_cannot_reach_who_blocked_it(rig: Networked) -> None:
    to = home(rig)
    rig.block()
    assert isinstance(await failure(rig.channel, to), Unreachable)


async def test_alarms_when_its_token_is_refused(rig: Networked) -> None:
    to = home(rig)
    rig.revoke()
    assert isinstance(await failure(rig.channel, to), Misconfigured)


async def test_refuses_a_file_that_is_too_large(rig: Networked) -> None:
    said = rig.channel.decode(rig.sends_photo(bytes(5000)))
    assert said is not None
    with pytest.raises(NotAccepted, match="too_large"):
        await rig.channel.fetch(said.files[0], 4999)


async def test_takes_in_what_waits_for_it(rig: Networked) -> None:
    taken: list[bytes] = []
    done = asyncio.Event()

    async def receive(channel: Channel, raws: Sequence[bytes]) -> None:
        assert channel is rig.channel
        taken.extend(raws)
        if len(taken) >= 2:
            done.set()

    rig.leaves_waiting("một")
    rig.leaves_waiting("hai")
    running = asyncio.create_task(rig.takes_in(receive))
    async with asyncio.timeout(10):
        await done.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    read = [rig.channel.decode(raw) for raw in taken]
    assert [said.text for said in read if said] == ["một", "hai"]


async def test_stops_taking_in_when_its_token_is_refused(rig: Networked) -> None:
    async def receive(channel: Channel, raws: Sequence[bytes]) -> None:
        raise AssertionError("nothing comes")

    rig.revoke()
    with pytest.raises(Misconfigured):
        async with asyncio.timeout(10):
            await rig.takes_in(receive)


async def test_says_nothing_once_closed(rig: Networked) -> None:
    to = home(rig)
    await rig.channel.close()
    assert isinstance(await failure(rig.channel, to), TryLater)


async def test_keeps_its_token_to_itself(rig: Networked, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    to = home(rig)
    rig.lose_answer()
    told = [str(await failure(rig.channel, to))]
    rig.gateway_fails()
    told.append(str(await failure(rig.channel, to)))
    nowhere = rig.somewhere_else(NOWHERE)
    told.append(str(await failure(nowhere, to)))
    told += [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert not [line for line in told if SECRET in line]
    await nowhere.close()
