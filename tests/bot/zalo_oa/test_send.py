"""What we say, and the exact call that says it."""

import pytest

from bot.zalo_oa import assumptions
from bot.zalo_oa.send import Call, can_press, file, message, picture, template
from domain.action import Action
from domain.address import Address
from domain.message import Button, Outgoing, Template

LAN = Address("zalo_oa", "3000", "246845883529197922")
GROUP = Address("zalo_oa", "3000", "group:f414c8")
TO_LAN = {"user_id": "246845883529197922"}
TO_GROUP = {"group_id": "f414c8"}
CONSULT, IN_GROUP = "/v3.0/oa/message/cs", "/v3.0/oa/group/message"
CONFIRM = Button("Xác nhận", Action("confirm", "17", 2))
SITE = Button("Xem", url="https://bot.example")


def call(said: dict[str, object]) -> Call:
    return Call(CONSULT, {"recipient": TO_LAN, "message": said}, LAN.chat)


def in_group(said: dict[str, object]) -> Call:
    return Call(IN_GROUP, {"recipient": TO_GROUP, "message": said}, "f414c8")


def test_says_words() -> None:
    assert message(LAN, Outgoing("Chào * {b} [@1]")) == call({"text": "Chào * {b} [@1]"})


def test_says_words_in_a_group_that_name_nobody() -> None:
    """``[@…]`` in a group is a mention, whoever wrote it into a form."""
    said = message(GROUP, Outgoing("Bơm [@123] và [@f414c8]"))
    assert said == in_group({"text": "Bơm [\u2060@123] và [\u2060@f414c8]"})


def test_puts_choices_and_links_under_words() -> None:
    buttons = [
        {"title": "Xác nhận", "type": "oa.query.hide", "payload": "#sk:confirm:17:2"},
        {"title": "Xem", "type": "oa.open.url", "payload": {"url": "https://bot.example"}},
    ]
    shown = {"type": "template", "payload": {"buttons": buttons}}
    say = Outgoing("Xem lại:", ((CONFIRM,), (SITE,)))
    assert message(LAN, say) == call({"text": "Xem lại:", "attachment": shown})


def test_shows_an_uploaded_picture() -> None:
    element = {"media_type": "image", "attachment_id": "a1"}
    shown = {
        "type": "template",
        "payload": {"template_type": "media", "elements": [element]},
    }
    assert picture(LAN, Outgoing("Tiến độ"), "a1") == call({"text": "Tiến độ", "attachment": shown})
    assert picture(GROUP, Outgoing(""), "a1") == in_group({"attachment": shown})


def test_shows_an_uploaded_file() -> None:
    shown = {"type": "file", "payload": {"token": "t1"}}
    assert file(LAN, "t1") == call({"attachment": shown})
    assert file(GROUP, "t1") == in_group({"attachment": shown})


def test_sends_what_was_approved_beforehand() -> None:
    approved = Template("123456", {"ten": "Lan", "viec": "3 sáng kiến"})
    said = {
        "user_id": LAN.chat,
        "template_id": "123456",
        "template_data": {"ten": "Lan", "viec": "3 sáng kiến"},
    }
    assert template(LAN, approved) == Call("/v3.0/oa/message/template", said, LAN.chat)


@pytest.mark.parametrize(
    ("to", "count", "may"),
    [
        (LAN, assumptions.BUTTONS_MOST, True),
        (LAN, assumptions.BUTTONS_MOST + 1, False),
        (GROUP, 1, False),
    ],
)
def test_knows_where_choices_may_be_buttons(to: Address, count: int, may: bool) -> None:
    assert can_press(to, Outgoing("Chọn:", ((CONFIRM,),) * count)) is may
