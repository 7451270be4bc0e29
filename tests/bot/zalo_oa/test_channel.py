"""What our channel does, against the simulated Official Account."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.channel import NotAccepted, Rendered, TryLater
from bot.playground.zalo_oa.world import TemplateSpec
from bot.zalo_oa import assumptions
from bot.zalo_oa.channel import ZaloOAChannel
from domain.action import Action
from domain.address import Address, MessageRef
from domain.message import Button, FileRef, Outgoing, Template
from tests.bot.zalo_oa.conftest import NAME, Line
from tests.support.logs import logged

HELLO = Outgoing("Chào anh/chị * {b} _")
CHOICES = ((Button("Xác nhận", Action("confirm", "17", 2)), Button("Trả lại", Action("back"))),)
ASK = Outgoing("Xem lại:", CHOICES)
NUMBERED = "Xem lại:\n1 Xác nhận · 2 Trả lại"
DOCX = b"PK\x03\x04docx"


def drawn_png(side: int = 8) -> bytes:
    content = BytesIO()
    Image.effect_noise((side, side), 64).save(content, "PNG")
    return content.getvalue()


PICTURE = Rendered("photo", "tien-do.png", drawn_png())


async def test_says_words_exactly_as_they_are(line: Line) -> None:
    sent = await line.channel.send(line.private, HELLO, None)
    said: dict[str, Any] = {
        "recipient": {"user_id": line.private.chat},
        "message": {"text": HELLO.text},
    }
    assert line.server.calls == [("/v3.0/oa/message/cs", said)]
    (message,) = line.server.world.history(line.lan)
    assert sent.message == MessageRef(f"{line.private.chat}/{message.id}")
    assert sent.at == line.clock()


async def test_writes_into_a_group(line: Line) -> None:
    group = line.group()
    sent = await line.channel.send(line.of(group), HELLO, None)
    assert line.server.world.heard(group) == [HELLO.text]
    assert sent.message.startswith(f"{group.id}/")


async def test_shows_a_picture_with_the_words_under_it(line: Line) -> None:
    await line.channel.send(line.private, Outgoing("Tiến độ"), PICTURE)
    await line.channel.send(line.of(group := line.group()), Outgoing(""), PICTURE)
    (private,), (posted,) = (line.server.world.history(chat) for chat in (line.lan, group))
    assert (private.text, private.picture) == ("Tiến độ", PICTURE.content)
    assert (posted.text, posted.picture) == ("", PICTURE.content)


async def test_numbers_choices_under_a_picture(line: Line) -> None:
    channel = line.another(buttons=True)
    await channel.send(line.private, ASK, PICTURE)
    (message,) = line.server.world.history(line.lan)
    assert (message.text, message.picture, message.buttons) == (NUMBERED, PICTURE.content, ())
    await channel.close()


async def test_makes_a_picture_small_enough(line: Line) -> None:
    large = drawn_png(1200)
    assert len(large) > assumptions.IMAGE_MOST
    await line.channel.send(line.private, Outgoing(""), Rendered("photo", "anh.png", large))
    (message,) = line.server.world.history(line.lan)
    assert message.picture.startswith(b"\xff\xd8\xff")
    assert len(message.picture) <= assumptions.IMAGE_MOST


async def test_says_that_a_picture_is_none(line: Line) -> None:
    """``bot/sending.py`` sends the words without it then."""
    broken = Rendered("photo", "anh.jpg", b"\xff\xd8\xff" + bytes(assumptions.IMAGE_MOST))
    for drawn in (broken, Rendered("photo", "anh.jpg", b"nothing")):
        with pytest.raises(NotAccepted, match="not_a_picture"):
            await line.channel.send(line.private, Outgoing("Tiến độ"), drawn)
    assert line.server.world.heard(line.lan) == []


async def test_sends_a_file_under_its_own_name(line: Line) -> None:
    for name in ("đơn.docx", 'a";\r\nx: b\\.docx'):
        await line.channel.send(line.private, Outgoing(""), Rendered("document", name, DOCX))
    files = [message.file for message in line.server.world.history(line.lan)]
    assert [(each.name, each.content) for each in files if each] == [
        ("đơn.docx", DOCX),
        ("a_;__x: b_.docx", DOCX),
    ]


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("bảng.xlsx", 10, "file_type"),
        ("không đuôi", 10, "file_type"),
        ("quyết định.PDF", assumptions.FILE_MOST + 1, "too_large"),
    ],
)
async def test_refuses_a_file_that_zalo_would(line: Line, name: str, size: int, code: str) -> None:
    drawn = Rendered("document", name, b"%PDF" + bytes(size - 4))
    with pytest.raises(NotAccepted, match=code):
        await line.channel.send(line.private, Outgoing(""), drawn)
    assert line.server.calls == []


async def test_never_says_twice_what_failed_at_the_upload(line: Line) -> None:
    line.server.faults.lose_answer("/v2.0/oa/upload/image")
    with pytest.raises(TryLater):
        await line.channel.send(line.private, Outgoing("Tiến độ"), PICTURE)
    assert line.server.world.heard(line.lan) == []


async def test_offers_choices_as_buttons_that_come_back_as_actions(line: Line) -> None:
    channel = line.another(buttons=True)
    await channel.send(line.private, ASK, None)
    (message,) = line.server.world.history(line.lan)
    assert message.text == "Xem lại:"
    line.server.people.press(line.lan, message, "Xác nhận")
    said = channel.decode(line.told())
    assert said is not None
    assert (said.action, said.text) == (Action("confirm", "17", 2), "")
    await channel.close()


async def test_numbers_choices_where_buttons_may_not_be(line: Line) -> None:
    channel = line.another(buttons=True)
    many = Outgoing(
        "Chọn:", tuple((Button(f"Lựa chọn {n}", Action("x", str(n))),) for n in range(6))
    )
    await channel.send(line.private, many, None)
    await channel.send(line.of(group := line.group()), ASK, None)
    (private,) = line.server.world.heard(line.lan)
    assert private.splitlines() == ["Chọn:"] + [f"{n + 1}. Lựa chọn {n}" for n in range(6)]
    assert line.server.world.heard(group) == [NUMBERED]
    await channel.close()


async def test_goes_on_with_numbers_once_buttons_are_refused(line: Line) -> None:
    line.server.faults.buttons_work = False
    channel = line.another(buttons=True)
    with logged() as logs:
        for _ in range(3):
            await channel.send(line.private, ASK, None)
    assert line.server.world.heard(line.lan) == [NUMBERED] * 3
    assert [entry["event"] for entry in logs] == ["zalo_oa_buttons_refused"]
    assert not channel.limits.buttons
    assert len(line.server.calls) == 4, "asked for once"
    await channel.close()


async def test_keeps_its_buttons_when_it_was_something_else_that_was_refused(line: Line) -> None:
    channel = line.another(buttons=True)
    with logged() as logs, pytest.raises(NotAccepted, match="bad_parameters"):
        await channel.send(Address("zalo_oa", line.oa.id, "999"), ASK, None)
    assert logs == []
    assert channel.limits.buttons
    await channel.close()


async def test_splits_what_its_numbers_make_too_long(line: Line) -> None:
    channel = line.another(buttons=True)
    long = Outgoing("Câu. " * 399 + "Hết.", CHOICES)
    await channel.send(line.of(line.group()), long, None)
    (group,) = line.server.world.groups.values()
    first, last = line.server.world.heard(group)
    assert len(first) <= assumptions.TEXT_MOST
    assert last.endswith("1 Xác nhận · 2 Trả lại")
    await channel.close()


async def test_sends_what_was_approved_after_the_window_has_closed(line: Line) -> None:
    line.oa.templates["77"] = TemplateSpec("77", {"ten": 30}, 560)
    line.oa.money = 1000
    line.clock.move(30 * 24 * 3600)
    line.server.issue(line.oa)
    say = Outgoing("Chào Lan", template=Template("77", {"ten": "Lan"}))
    await line.channel.send(line.private, say, None)
    (message,) = line.server.world.history(line.lan)
    assert message.template == ("77", {"ten": "Lan"})


def test_carries_what_an_official_account_carries(line: Line) -> None:
    limits = line.channel.limits
    assert (limits.buttons, limits.edits, limits.documents, limits.pictures) == (
        False,
        False,
        True,
        True,
    )
    assert (limits.document_types, limits.file_captions) == (assumptions.FILE_TYPES, False)
    assert (limits.mention, limits.a_month) == ("", 0)


async def test_sends_a_text_of_the_longest_length(line: Line) -> None:
    await line.channel.send(line.private, Outgoing("ổ" * assumptions.TEXT_MOST), None)
    with pytest.raises(NotAccepted, match="bad_parameters"):
        await line.channel.send(line.private, Outgoing("x" * (assumptions.TEXT_MOST + 1)), None)


async def test_fetches_what_a_person_sent(line: Line) -> None:
    line.server.people.send_file(line.lan, line.oa, "dữ liệu.csv", b"a,b" * 1000)
    said = line.channel.decode(line.told())
    assert said is not None
    (file,) = said.files
    assert (file.kind, file.name, file.size) == ("document", "dữ liệu.csv", 3000)
    assert await line.channel.fetch(file, 3000) == b"a,b" * 1000
    with pytest.raises(NotAccepted, match="too_large"):
        await line.channel.fetch(file, 2999)
    told_less = FileRef(file.ref, "document", file.name, 10)
    with pytest.raises(NotAccepted, match="too_large"):
        await line.channel.fetch(told_less, 2999)


async def test_tells_a_dead_link_from_a_network_that_fails(line: Line) -> None:
    line.server.people.send_photo(line.lan, line.oa, b"jpg")
    said = line.channel.decode(line.told())
    assert said is not None
    (file,) = said.files
    line.server.faults.cut("download", times=2)  # aiohttp asks again by itself, once
    with pytest.raises(TryLater):
        await line.channel.fetch(file, 10)
    line.server.faults.links_expired = True
    for ref in (file.ref, "ftp://photo", "javascript:alert(1)", "http://[", f"{line.server.url}/x"):
        with pytest.raises(NotAccepted, match="file_gone"):
            await line.channel.fetch(FileRef(ref, "photo"), 10)


async def test_learns_its_name_and_package(line: Line) -> None:
    nameless = line.another(name="")
    assert nameless.shown == line.oa.id
    facts = await nameless.introduce()
    assert (facts.id, facts.name, facts.verified, facts.package) == (
        line.oa.id,
        NAME,
        True,
        "Premium",
    )
    assert nameless.shown == NAME
    await nameless.close()


async def test_waits_for_consent_without_giving_up(line: Line) -> None:
    line.server.oauth.revoke(line.oa)
    with pytest.raises(TryLater):
        await line.channel.introduce()


async def test_passes_over_what_is_old_or_nobodys_with_one_line(line: Line) -> None:
    line.server.people.say(line.lan, line.oa, "cũ rồi")
    old = line.told()
    line.clock.move(assumptions.EVENT_LIVES.total_seconds() + 1)
    line.server.people.say(line.lan, line.oa, "mới")
    new = line.told()
    with logged() as logs:
        assert line.channel.decode(old) is None
        said = line.channel.decode(new)
        assert line.channel.decode(new.replace(b"user_send_text", b"anonymous_send_text")) is None
        assert line.channel.decode(new.replace(b"user_send_text", b"oa_send_text")) is None
    assert said is not None
    assert said.text == "mới"
    assert [entry["event"] for entry in logs] == [
        "zalo_oa_event_too_old",
        "zalo_oa_event_passed_over",
    ]


async def test_leaves_a_session_open_that_is_not_its_own(line: Line) -> None:
    async with aiohttp.ClientSession() as session:
        channel = line.another(session=session)
        await channel.send(line.private, HELLO, None)
        await channel.close()
        assert not session.closed


async def test_shows_no_secret(line: Line) -> None:
    assert isinstance(line.channel, ZaloOAChannel)
    assert repr(line.channel) == "ZaloOAChannel(3000)"
