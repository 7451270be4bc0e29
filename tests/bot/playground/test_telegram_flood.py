"""Flood control under a moved clock."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import Clock, Wire, friend


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(now=clock, flood=True).serve() as running:
        yield running


async def burst(wire: Wire, chat: int, count: int) -> int:
    """How many of so many messages are taken before the first refusal."""
    for sent in range(count):
        if not (await wire.call("sendMessage", chat_id=chat, text="x"))["ok"]:
            return sent
    return count


async def test_allows_a_short_burst_to_a_person(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    assert await burst(wire, lan.id, 20) == 5
    answer = await wire.call("sendMessage", chat_id=lan.id, text="x")
    wait = answer["parameters"]["retry_after"]
    assert answer["description"] == f"Too Many Requests: retry after {wait}"
    clock.advance(wait)
    assert await burst(wire, lan.id, 1) == 1


async def test_makes_the_impatient_wait_longer(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    await burst(wire, lan.id, 5)
    waits = []
    for _ in range(4):
        answer = await wire.call("sendMessage", chat_id=lan.id, text="x")
        waits.append(answer["parameters"]["retry_after"])
    assert waits == sorted(set(waits))
    clock.advance(waits[-1])
    assert await burst(wire, lan.id, 1) == 1


async def test_allows_a_group_twenty_a_minute(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    group = wire.server.groups.create("Tổ 1", lan, [wire.bot])
    other = wire.server.groups.create("Tổ 2", lan, [wire.bot])
    taken = 0
    for _ in range(25):
        taken += await burst(wire, group.id, 1)
        clock.advance(1)
    assert taken == 20
    assert await burst(wire, other.id, 1) == 1


async def test_allows_thirty_a_second_in_all(wire: Wire, clock: Clock) -> None:
    people = [friend(wire.server, wire.bot, f"Lan{count}") for count in range(40)]
    taken = [await burst(wire, person.id, 1) for person in people]
    assert sum(taken) == 30
    clock.advance(400)
    assert await burst(wire, people[-1].id, 1) == 1


async def test_counts_every_picture_of_an_album(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    photo = wire.server.people.send_photo(lan, wire.bot)
    sizes = (await wire.updates())[-1]["message"]["photo"]
    assert photo.media is not None
    media = [{"type": "photo", "media": sizes[-1]["file_id"]}] * 4
    await wire.result("sendMediaGroup", chat_id=lan.id, media=media)
    assert await burst(wire, lan.id, 5) == 1


async def test_limits_edits_in_a_group_apart(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    group = wire.server.groups.create("Tổ 1", lan, [wire.bot])
    sent = await wire.result("sendMessage", chat_id=group.id, text="x")
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    answers = [await wire.call("editMessageText", **place, text=str(n)) for n in range(22)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False] * 2
    assert await burst(wire, group.id, 1) == 1
