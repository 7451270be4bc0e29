"""Taking events in by asking: nothing more is asked for before the last is committed."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.channel import Channel, Misconfigured
from bot.insisting import LONGEST
from bot.zalo import assumptions
from tests.bot.zalo.conftest import Inbox, Line
from tests.support.logs import logged


def say(line: Line, *texts: str) -> None:
    for text in texts:
        line.server.people.say(line.lan, line.bot, text)


def polled(line: Line) -> int:
    return sum(method == "getUpdates" for method, _ in line.server.calls)


async def test_takes_one_event_a_poll_in_order(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một", "hai")
    await polling.once()
    assert inbox.texts == ["một"]
    await polling.once()
    await polling.once()
    assert inbox.texts == ["một", "hai"]
    assert len(set(inbox.keys)) == 2
    assert line.pauses == []


async def test_takes_an_idle_poll_for_no_fault(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    with logged() as logs:
        for _ in range(3):
            await polling.once()
    assert (logs, line.pauses, inbox.texts) == ([], [], [])


async def test_asks_for_as_long_as_it_is_told(line: Line, inbox: Inbox) -> None:
    slow = line.another(poll_timeout=7)
    asking = asyncio.create_task(slow.polling(inbox.receive).once())
    await line.server.until(lambda: line.bot.polls == 1)
    assert line.server.calls[-1] == ("getUpdates", {"timeout": 7})
    say(line, "một")
    await asking
    assert inbox.texts == ["một"]
    await slow.close()


async def test_hands_the_same_in_again_until_it_is_taken(line: Line, inbox: Inbox) -> None:
    """The platform has forgotten it by then: asking again would bring the next one."""
    polling = line.channel.polling(inbox.receive)
    say(line, "một", "hai")
    inbox.fails = 3
    with logged() as logs:
        for _ in range(5):
            await polling.once()
    assert inbox.texts == ["một", "hai"]
    assert line.pauses == [1, 2, 4]
    assert [entry["event"] for entry in logs] == ["zalo_event_not_taken", "zalo_polls_again"]
    assert polled(line) == 2


async def test_asks_for_nothing_before_the_last_is_committed(line: Line) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def receive(channel: Channel, raws: Sequence[bytes]) -> None:
        begun.set()
        await done.wait()

    say(line, "một", "hai")
    once = asyncio.create_task(line.channel.polling(receive).once())
    await begun.wait()
    assert len(line.bot.waiting) == 1
    done.set()
    await once
    assert polled(line) == 1


async def test_poison_passes(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    poison: list[Any] = [
        {"event_name": "message.text.received", "message": {"text": 7}},
        {"x": 1},
        [],
    ]
    for event in poison:
        line.server.world.put(line.bot, event)
    say(line, "hai")
    for _ in range(5):
        await polling.once()
    assert inbox.texts == ["một", "poison", "nobody's", "hai"]


async def test_reads_a_list_of_events_too(line: Line, inbox: Inbox) -> None:
    say(line, "một", "hai")
    both = b"[" + b",".join(line.bot.waiting) + b"]"
    line.bot.waiting.clear()
    line.server.world.put(line.bot, both)
    await line.channel.polling(inbox.receive).once()
    assert inbox.texts == ["một", "hai"]


async def test_takes_away_a_webhook_that_is_still_set(line: Line, inbox: Inbox) -> None:
    other = {"url": "https://bot.example.org/zalo", "secret_token": "a-secret"}
    await line.channel.client.call("setWebhook", other)
    polling = line.channel.polling(inbox.receive)
    with logged() as logs:
        await polling.once()
    assert [entry["event"] for entry in logs] == ["zalo_webhook_removed"]
    say(line, "một")
    await polling.once()
    assert inbox.texts == ["một"]


async def test_notices_a_webhook_that_is_set_while_it_polls(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    await polling.once()
    other = {"url": "https://bot.example.org/zalo", "secret_token": "a-secret"}
    await line.channel.client.call("setWebhook", other)
    with logged() as logs:
        for _ in range(assumptions.IDLE_POLLS):
            await polling.once()
    assert [entry["event"] for entry in logs] == ["zalo_webhook_removed"]


async def test_polls_where_it_is_not_told_of_webhooks(line: Line, inbox: Inbox) -> None:
    line.server.faults.refuse("getWebhookInfo", code=429)
    say(line, "một")
    with logged() as logs:
        await line.channel.polling(inbox.receive).once()
    assert inbox.texts == ["một"]
    assert [entry["event"] for entry in logs] == ["zalo_webhook_not_told"]


async def test_rides_out_an_outage_without_spinning(line: Line, inbox: Inbox) -> None:
    """As on 2026-08-05: 502 and 504 of the gateway for two hours."""
    polling = line.channel.polling(inbox.receive)
    await polling.once()
    line.server.faults.page("getUpdates", times=4, status=502)
    line.server.faults.page("getUpdates", times=4, status=504)
    say(line, "một")
    with logged() as logs:
        for _ in range(9):
            await polling.once()
    assert inbox.texts == ["một"]
    assert line.pauses == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST]
    assert [entry["event"] for entry in logs] == ["zalo_unreachable", "zalo_polls_again"]


async def test_waits_where_nobody_answers(line: Line, inbox: Inbox) -> None:
    nowhere = line.another(base_url="http://127.0.0.1:1")
    polling = nowhere.polling(inbox.receive)
    with logged() as logs:
        await polling.once()
        await polling.once()
    assert line.pauses == [1, 2]
    assert [entry["event"] for entry in logs] == ["zalo_unreachable"]
    await nowhere.close()


@pytest.mark.parametrize("code", [400, 403, 404, 429])
async def test_waits_after_a_refusal(line: Line, inbox: Inbox, code: int) -> None:
    line.server.faults.refuse("getUpdates", times=2, code=code)
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    with logged() as logs:
        for _ in range(3):
            await polling.once()
    assert inbox.texts == ["một"]
    assert line.pauses == [1, 2]
    assert [entry["event"] for entry in logs] == ["zalo_polling_refused", "zalo_polls_again"]


async def test_does_not_spin_on_polls_that_end_at_once(line: Line, inbox: Inbox) -> None:
    slow = line.another(poll_timeout=30)
    line.server.faults.refuse("getUpdates", times=3, code=assumptions.NOTHING_YET)
    polling = slow.polling(inbox.receive)
    with logged() as logs:
        for _ in range(3):
            await polling.once()
    assert line.pauses == [1, 2, 4]
    assert [entry["event"] for entry in logs] == ["zalo_polls_end_early"]
    await slow.close()


async def test_stops_when_the_token_is_revoked_while_it_waits(line: Line, inbox: Inbox) -> None:
    slow = line.another(poll_timeout=30)
    running = asyncio.create_task(slow.run(inbox.receive))
    await line.server.until(lambda: line.bot.polls == 1)
    line.server.revoke(line.bot)
    with pytest.raises(Misconfigured, match="Creator"):
        await running
    await slow.close()


async def test_stops_when_the_token_is_wrong(line: Line, inbox: Inbox) -> None:
    wrong = line.another(token="1000:wrong")
    with pytest.raises(Misconfigured):
        await wrong.run(inbox.receive)
    await wrong.close()


async def test_goes_on_when_it_is_cancelled_and_run_again(line: Line, inbox: Inbox) -> None:
    slow = line.another(poll_timeout=30)
    running = asyncio.create_task(slow.run(inbox.receive))
    await line.server.until(lambda: line.bot.polls == 1)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await line.server.until(lambda: line.bot.polls == 0)
    say(line, "một")
    await slow.polling(inbox.receive).once()
    assert inbox.texts == ["một"]
    await slow.close()
