"""What our channel does, against the simulated Zalo."""

import aiohttp
import pytest

from bot.channel import Misconfigured, NotAccepted, Rendered, TryLater
from bot.zalo import assumptions
from bot.zalo.channel import ZaloChannel
from domain.address import MessageRef
from domain.message import FileRef, Outgoing
from tests.bot.zalo.conftest import NAME, NOW, Line
from tests.bot.zalo.test_decode import payload
from tests.support.logs import logged

HELLO = Outgoing("Chào anh/chị * {b} _")
PICTURE = Rendered("photo", "tien-do.png", b"png")


async def test_says_words_exactly_as_they_are(line: Line) -> None:
    sent = await line.channel.send(line.private, HELLO, None)
    assert line.server.calls == [("sendMessage", {"chat_id": line.lan.id, "text": HELLO.text})]
    (message,) = line.server.world.history(line.lan)
    assert sent.message == MessageRef(f"{line.lan.id}/{message.id}")
    assert sent.at == NOW


async def test_writes_into_a_group(line: Line) -> None:
    group = line.group()
    await line.channel.send(line.of(group), HELLO, None)
    assert line.server.world.heard(group) == [HELLO.text]
    assert line.server.calls[-1][1]["chat_id"] == group.id


async def test_sends_a_picture_by_its_address(line: Line) -> None:
    shown: list[Rendered] = []

    def publish(drawn: Rendered) -> str:
        shown.append(drawn)
        return f"{line.server.url}/photo/0a"

    line.server.people.photos["0a"] = b"png"
    channel = line.another(publish=publish)
    assert channel.limits.pictures
    await channel.send(line.private, Outgoing("Tiến độ"), PICTURE)
    await channel.send(line.private, Outgoing(""), PICTURE)
    first, second = line.server.world.history(line.lan)
    assert (first.text, first.picture, second.text) == ("Tiến độ", b"png", "")
    assert shown == [PICTURE, PICTURE]
    assert "caption" not in line.server.calls[-1][1]
    await channel.close()


async def test_says_that_a_picture_is_not_shown(line: Line) -> None:
    """``bot/sending.py`` sends the words without it then."""
    channel = line.another(publish=lambda drawn: f"{line.server.url}/photo/dead")
    with pytest.raises(NotAccepted, match="photo URL is invalid"):
        await channel.send(line.private, Outgoing("Tiến độ"), PICTURE)
    with pytest.raises(NotAccepted, match="no_pictures"):
        await line.channel.send(line.private, Outgoing("Tiến độ"), PICTURE)
    await channel.close()


def test_carries_what_zalo_carries(line: Line) -> None:
    limits = line.channel.limits
    carried = (limits.buttons, limits.edits, limits.documents, limits.pictures)
    assert carried == (False, False, False, False)
    assert (limits.text, limits.a_month) == (2000, 3000)


async def test_sends_a_text_of_the_longest_length(line: Line) -> None:
    await line.channel.send(line.private, Outgoing("ổ" * assumptions.TEXT_MOST), None)
    with pytest.raises(NotAccepted, match="at most 2000"):
        await line.channel.send(line.private, Outgoing("x" * (assumptions.TEXT_MOST + 1)), None)


async def test_counts_an_answer_without_an_id_as_sent(line: Line) -> None:
    line.server.world.fresh_id = lambda: ""  # type: ignore[method-assign]  # an answer of the future
    sent = await line.channel.send(line.private, HELLO, None)
    assert sent.message == MessageRef("")


async def test_fetches_what_a_person_sent(line: Line) -> None:
    line.server.people.send_photo(line.lan, line.bot, b"jpg" * 1000, "trạm bơm")
    said = line.channel.decode(line.bot.waiting.popleft())
    assert said is not None
    (file,) = said.files
    assert await line.channel.fetch(file, 3000) == b"jpg" * 1000
    with pytest.raises(NotAccepted, match="too_large"):
        await line.channel.fetch(file, 2999)


async def test_tells_a_dead_link_from_a_network_that_fails(line: Line) -> None:
    line.server.people.send_photo(line.lan, line.bot, b"jpg")
    said = line.channel.decode(line.bot.waiting.popleft())
    assert said is not None
    (file,) = said.files
    line.server.faults.cut("download", times=2)  # aiohttp asks again by itself, once
    with pytest.raises(TryLater):
        await line.channel.fetch(file, 10)
    line.server.faults.links_expired = True
    for ref in (file.ref, "ftp://photo", "javascript:alert(1)", "http://[", f"{line.server.url}/x"):
        with pytest.raises(NotAccepted, match="file_gone"):
            await line.channel.fetch(FileRef(ref, "photo"), 10)


async def test_reads_photos_as_the_docs_name_them(line: Line) -> None:
    line.server.faults.photo_field = "photo"
    line.server.people.send_photo(line.lan, line.bot, b"jpg")
    said = line.channel.decode(line.bot.waiting.popleft())
    assert said is not None
    assert [file.kind for file in said.files] == ["photo"]


async def test_notes_the_fields_of_the_first_group_events(line: Line) -> None:
    with logged() as logs:
        for _ in range(assumptions.GROUP_EVENTS_NOTED + 5):
            line.channel.decode(payload("group_reply"))
            line.channel.decode(payload("text"))
    assert [entry["event"] for entry in logs] == (
        ["zalo_group_event"] * assumptions.GROUP_EVENTS_NOTED
    )
    assert "message.quote.message_id" in logs[0]["fields"]


def test_passes_over_what_is_for_another_with_one_line(line: Line) -> None:
    for name in ("no_message_event", "another_bot", "group_mention_of_another"):
        with logged() as logs:
            assert line.channel.decode(payload(name)) is None
        assert [e["event"] for e in logs if e["event"] != "zalo_group_event"] == [
            "zalo_event_passed_over"
        ]


async def test_asks_for_its_own_name(line: Line) -> None:
    assert line.channel.shown == NAME
    nameless = line.another(name="")
    facts = await nameless.introduce()
    assert (facts.id, facts.plan, facts.can_join_groups) == ("1000", "BASIC", True)
    assert nameless.shown == "1000", "Zalo tells no name that people see"
    await nameless.close()


async def test_tells_where_zalo_delivers(line: Line) -> None:
    assert await line.channel.delivers_to() == ""
    url = "https://bot.example.org/zalo"
    await line.channel.client.call("setWebhook", {"url": url, "secret_token": "a-secret"})
    assert await line.channel.delivers_to() == url
    line.server.revoke(line.bot)
    with pytest.raises(Misconfigured):
        await line.channel.delivers_to()


async def test_leaves_a_session_open_that_is_not_its_own(line: Line) -> None:
    async with aiohttp.ClientSession() as session:
        channel = ZaloChannel(
            line.bot.token, now=lambda: NOW, base_url=line.server.url, session=session
        )
        await channel.send(line.private, HELLO, None)
        await channel.close()
        assert not session.closed
