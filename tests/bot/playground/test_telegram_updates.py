"""How updates wait, are confirmed, age and are fought over."""

import asyncio

import aiohttp

from bot.playground.telegram_server import TelegramServer
from tests.bot.playground.network import Clock, Wire, friend, tapped


def texts(updates: list[dict]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_repeats_updates_until_a_higher_offset_confirms_them(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    wire.server.people.say(lan, wire.bot, "hai")
    first = await wire.updates()
    assert texts(first) == ["/start", "hai"]
    assert await wire.updates(offset=first[0]["update_id"]) == first
    assert await wire.updates(offset=first[1]["update_id"]) == first[1:]
    assert await wire.updates() == first[1:]
    assert await wire.updates(offset=first[1]["update_id"] + 1) == []
    assert await wire.updates() == []


async def test_numbers_updates_one_after_another(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    for count in range(5):
        wire.server.people.say(lan, wire.bot, str(count))
    numbers = [update["update_id"] for update in await wire.updates()]
    assert numbers == list(range(numbers[0], numbers[0] + 6))


async def test_gives_no_more_than_asked_for(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    for count in range(150):
        wire.server.people.say(lan, wire.bot, str(count))
    assert len(await wire.updates(limit=2)) == 2
    assert len(await wire.updates()) == 100


async def test_forgets_all_but_the_last_on_a_negative_offset(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    for count in "abc":
        wire.server.people.say(lan, wire.bot, count)
    assert texts(await wire.updates(offset=-2)) == ["b", "c"]
    assert texts(await wire.updates()) == ["b", "c"]


async def test_ignores_an_offset_from_the_future(wire: Wire) -> None:
    friend(wire.server, wire.bot)
    (update,) = await wire.updates()
    assert await wire.updates(offset=update["update_id"] + 1000) == [update]


async def test_forgets_what_nobody_fetched_for_a_day(wire: Wire, clock: Clock) -> None:
    friend(wire.server, wire.bot)
    clock.advance(86_399)
    assert len(await wire.updates()) == 1
    clock.advance(1)
    assert await wire.updates() == []


async def test_forgets_a_tap_after_two_and_a_half_minutes(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
    await wire.result("sendMessage", chat_id=lan.id, text="?", reply_markup=keyboard)
    tapped(wire.server.people.tap(lan, wire.server.people.history(wire.bot, lan)[-1], "x"))
    assert len(await wire.updates()) == 2
    clock.advance(150)
    assert len(await wire.updates()) == 1


async def test_jumps_to_another_number_after_a_week_of_silence(wire: Wire, clock: Clock) -> None:
    lan = friend(wire.server, wire.bot)
    (before,) = await wire.drained()
    clock.advance(7 * 86_400 + 1)
    wire.server.people.say(lan, wire.bot, "lâu rồi")
    (after,) = await wire.updates()
    assert after["update_id"] != before["update_id"] + 1


async def test_holds_a_long_poll_until_something_is_said(wire: Wire) -> None:
    lan = friend(wire.server, wire.bot)
    await wire.drained()
    poll = asyncio.create_task(wire.updates(timeout=30))
    await wire.bot.updates.polled.wait()
    wire.server.people.say(lan, wire.bot, "một")
    assert texts(await poll) == ["một"]


async def test_ends_a_waiting_poll_when_another_comes(wire: Wire) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=30))
    await wire.bot.updates.polled.wait()
    second = asyncio.create_task(wire.call("getUpdates", timeout=30))
    ended = await first
    assert (ended["error_code"], ended["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    )
    friend(wire.server, wire.bot)
    assert len((await second)["result"]) == 1


async def test_refuses_polls_while_a_webhook_is_set(wire: Wire) -> None:
    await wire.result("setWebhook", url="https://example.org/hook")
    assert await wire.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await wire.call("deleteWebhook"))["description"] == "Webhook was deleted"
    assert await wire.result("getUpdates") == []


async def test_ends_a_waiting_poll_when_a_webhook_is_set(wire: Wire) -> None:
    poll = asyncio.create_task(wire.refusal("getUpdates", timeout=30))
    await wire.bot.updates.polled.wait()
    await wire.result("setWebhook", url="https://example.org/hook")
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_keeps_back_kinds_that_were_not_asked_for(wire: Wire) -> None:
    lan = wire.server.world.add_person("Lan")
    group = wire.server.groups.create("Tổ", lan, [wire.bot])
    wire.server.groups.promote(group, wire.bot, lan)
    wire.server.groups.add(group, wire.server.world.add_person("Hoa"), lan)
    kinds = {key for update in await wire.result("getUpdates") for key in update}
    assert kinds == {"update_id", "message", "my_chat_member"}
    await wire.result("getUpdates", offset=-1, allowed_updates=["message"])
    wire.server.groups.demote(group, wire.bot, lan)
    assert [set(update) for update in await wire.result("getUpdates")] == [{"update_id", "message"}]


async def test_tells_each_bot_its_own(wire: Wire) -> None:
    other = wire.server.world.add_bot("71:b", "second_bot")
    friend(wire.server, wire.bot)
    async with Wire(wire.server, other) as second:
        assert await second.updates() == []
        assert len(await wire.updates()) == 1


async def test_reads_parameters_however_they_are_sent(server: TelegramServer, wire: Wire) -> None:
    lan = friend(server, wire.bot)
    url = f"{server.url}/bot{wire.bot.token}/SENDmessage"
    said = {"chat_id": str(lan.id), "text": "chào"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in said.items():
        multipart.add_field(name, value)
    answers = []
    for request in (
        wire.session.get(url, params=said),
        wire.session.post(url, params=said),
        wire.session.post(url, data=said),
        wire.session.post(url, data=multipart),
        wire.session.post(url, json=said),
    ):
        async with request as response:
            answers.append((await response.json())["result"]["text"])
    assert answers == ["chào"] * 5
