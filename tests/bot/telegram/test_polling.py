"""Taking updates in by asking: nothing is confirmed before it is committed, nothing is lost."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.channel import Channel, Misconfigured
from bot.insisting import LONGEST, SHORTEST
from bot.telegram.channel import TelegramChannel
from tests.bot.telegram.conftest import NOW, Line
from tests.support.logs import logged


class Down(Exception):
    """The database is not there."""


class Inbox:
    """Commits what is handed in, unless it is told to fail."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.texts: list[str] = []
        self.fails = 0

    async def receive(self, channel: Channel, raws: Sequence[bytes]) -> None:
        if self.fails:
            self.fails -= 1
            raise Down
        for raw in raws:
            self.keys.append(channel.key_of(raw))
            try:
                said = channel.decode(raw)
            except ValueError:
                self.texts.append("poison")
            else:
                self.texts.append(said.text if said else "nobody's")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def say(line: Line, *texts: str) -> None:
    for text in texts:
        line.server.people.say(line.lan, line.bot, text)


async def test_takes_updates_in_order_and_once(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một", "hai")
    await polling.once()
    say(line, "ba")
    await polling.once()
    await polling.once()
    assert inbox.texts == ["một", "hai", "ba"]
    assert len(set(inbox.keys)) == 3
    assert not line.bot.updates.pending
    assert line.pauses == []


async def test_confirms_only_what_was_taken(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một", "hai")
    await polling.once()
    assert len(line.bot.updates.pending) == 2, "the next question confirms, not this one"
    await polling.once()
    assert not line.bot.updates.pending


async def test_asks_for_the_same_again_when_they_could_not_be_taken(
    line: Line, inbox: Inbox
) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    await polling.once()
    say(line, "hai")
    inbox.fails = 2
    with logged() as logs:
        for _ in range(3):
            await polling.once()
    assert inbox.texts == ["một", "hai"]
    assert line.pauses == [1, 2]
    assert [entry["event"] for entry in logs] == [
        "telegram_updates_not_taken",
        "telegram_polls_again",
    ]


async def test_a_crash_before_the_confirmation_brings_the_same_again(
    line: Line, inbox: Inbox
) -> None:
    say(line, "một", "hai")
    await line.channel.polling(inbox.receive).once()
    restarted = line.channel.polling(inbox.receive)
    await restarted.once()
    assert inbox.texts == ["một", "hai"] * 2
    assert inbox.keys[:2] == inbox.keys[2:], "the keys tell that they are the same"


async def test_a_cancelled_take_confirms_nothing(line: Line) -> None:
    begun = asyncio.Event()

    async def receive(channel: Channel, raws: Sequence[bytes]) -> None:
        begun.set()
        await asyncio.Event().wait()

    say(line, "một")
    task = asyncio.create_task(line.channel.run(receive))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(line.bot.updates.pending) == 1


async def test_poison_passes(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    line.server.inject(line.bot, {"message": {"text": 7}})
    line.server.inject(line.bot, {"telepathy": {}})
    say(line, "hai")
    await polling.once()
    await polling.once()
    assert inbox.texts == ["một", "poison", "nobody's", "hai"]
    assert all(inbox.keys)
    assert not line.bot.updates.pending


async def test_takes_a_lower_number_after_a_week_of_silence(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    await polling.once()
    await polling.once()
    line.bot.updates._next -= 5  # drawn anew, it may well be lower
    say(line, "sau Tết")
    await polling.once()
    await polling.once()
    assert inbox.texts == ["một", "sau Tết"]
    assert not line.bot.updates.pending


async def test_asks_in_portions_of_a_hundred(line: Line, inbox: Inbox) -> None:
    polling = line.channel.polling(inbox.receive)
    say(line, *(str(number) for number in range(150)))
    await polling.once()
    assert len(inbox.texts) == 100
    await polling.once()
    assert inbox.texts == [str(number) for number in range(150)]


async def test_asks_only_for_the_kinds_it_reads(line: Line, inbox: Inbox) -> None:
    await line.channel.polling(inbox.receive).once()
    assert set(line.bot.updates.allowed or ()) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


async def test_says_once_that_another_process_polls(line: Line, inbox: Inbox) -> None:
    said = (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    line.server.faults.fail("getUpdates", times=8, code=409, description=said)
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    with logged() as logs:
        for _ in range(9):
            await polling.once()
    assert [entry["event"] for entry in logs] == [
        "telegram_polled_twice",
        "telegram_polls_again",
    ]
    assert line.pauses == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST]
    assert inbox.texts == ["một"]


async def test_learns_its_name_before_it_takes_anything_in(line: Line, inbox: Inbox) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise Stopped

    nameless = TelegramChannel(
        line.bot.token, now=lambda: NOW, base_url=line.server.url, poll_timeout=0, pause=pause
    )
    line.server.people.say(line.lan, line.group(), "/progress@SangKienBot")
    line.server.faults.fail("getMe", times=2)
    inbox.fails = 1
    with logged() as logs, pytest.raises(Stopped):
        await nameless.run(inbox.receive)
    assert [entry["event"] for entry in logs] == [
        "telegram_does_not_tell_our_name",
        "telegram_does_not_tell_our_name",
        "telegram_updates_not_taken",
    ]
    await nameless.polling(inbox.receive).once()
    assert "/progress" in inbox.texts
    await nameless.close()


async def test_a_second_real_poller_ends_the_first_with_a_conflict(
    line: Line, inbox: Inbox
) -> None:
    slow = TelegramChannel(
        line.bot.token,
        username="b",
        now=lambda: NOW,
        base_url=line.server.url,
        poll_timeout=30,
        pause=_stop,
    )
    first = asyncio.create_task(slow.run(inbox.receive))
    await line.bot.updates.polled.wait()
    second = asyncio.create_task(slow.polling(inbox.receive).once())
    with logged() as logs, pytest.raises(Stopped):
        await first
    assert [entry["event"] for entry in logs] == ["telegram_polled_twice"]
    say(line, "một")
    await second
    assert inbox.texts == ["một"]
    await slow.close()


async def test_takes_away_a_webhook_that_is_in_the_way(line: Line, inbox: Inbox) -> None:
    await line.channel.client.set_webhook("https://bot.example.org/telegram", secret_token="x")
    say(line, "một")
    polling = line.channel.polling(inbox.receive)
    with logged() as logs:
        await polling.once()
        await polling.once()
    assert [entry["event"] for entry in logs] == ["telegram_webhook_removed"]
    assert inbox.texts == ["một"]


async def test_stops_when_the_token_is_refused(line: Line, inbox: Inbox) -> None:
    wrong = TelegramChannel("42:wrong", username="b", now=lambda: NOW, base_url=line.server.url)
    with pytest.raises(Misconfigured, match="BotFather"):
        await wrong.run(inbox.receive)
    await wrong.close()


@pytest.mark.parametrize("code", [400, 403, 500, 502])
async def test_waits_and_asks_again_after_a_fault(line: Line, inbox: Inbox, code: int) -> None:
    line.server.faults.fail("getUpdates", times=2, code=code)
    line.server.faults.cut("getUpdates", times=1)
    polling = line.channel.polling(inbox.receive)
    say(line, "một")
    for _ in range(4):
        await polling.once()
    assert inbox.texts == ["một"]
    assert line.pauses == [SHORTEST, 2, 4]


async def test_waits_as_long_as_it_is_told(line: Line, inbox: Inbox) -> None:
    line.server.faults.flood("getUpdates", retry_after=17)
    await line.channel.polling(inbox.receive).once()
    assert line.pauses == [17]


class Stopped(Exception):
    """Ends a poll that would wait."""


async def _stop(seconds: float) -> None:
    raise Stopped
