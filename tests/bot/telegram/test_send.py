"""What we say, as the exact calls it becomes."""

from typing import Any

import pytest
from telegram import InputFile

from bot.channel import Rendered
from bot.telegram.send import Call, calls, edit
from domain.action import Action
from domain.address import Address, MessageRef
from domain.message import Button, Outgoing

LAN = Address("telegram", "42", "6000000001")
TOPIC = Address("telegram", "42", "-1002000000001", "12")
PLAIN = {"link_preview_options": {"is_disabled": True}}
YES = Button("Xác nhận", Action("confirm", "17", 2))
LINK = Button("Mở", url="https://t.me/SangKienBot?start=CTN27")
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Xác nhận", "callback_data": "confirm:17:2"}],
        [{"text": "Mở", "url": "https://t.me/SangKienBot?start=CTN27"}],
    ]
}
PICTURE = Rendered("photo", "tien-do.png", b"png")
LONG = "👍" * 513  # 1026 UTF-16 units


def bare(call: Call) -> tuple[str, dict[str, Any]]:
    """The call with its file as name and bytes."""
    shown = {
        name: (value.filename, value.input_file_content) if isinstance(value, InputFile) else value
        for name, value in call.parameters.items()
    }
    return call.method, shown


@pytest.mark.parametrize(
    ("to", "say", "drawn", "wanted"),
    [
        (
            LAN,
            Outgoing("Chào anh/chị"),
            None,
            [("sendMessage", {"chat_id": 6000000001, "text": "Chào anh/chị", **PLAIN})],
        ),
        (
            LAN,
            Outgoing("Xem lại", ((YES,), (LINK,))),
            None,
            [
                (
                    "sendMessage",
                    {
                        "chat_id": 6000000001,
                        "text": "Xem lại",
                        "reply_markup": KEYBOARD,
                        **PLAIN,
                    },
                )
            ],
        ),
        (
            LAN,
            Outgoing("Chữ", ((Button("không dẫn đi đâu"),),)),
            None,
            [("sendMessage", {"chat_id": 6000000001, "text": "Chữ", **PLAIN})],
        ),
        (
            TOPIC,
            Outgoing("Tiến độ"),
            None,
            [
                (
                    "sendMessage",
                    {
                        "chat_id": -1002000000001,
                        "message_thread_id": 12,
                        "text": "Tiến độ",
                        **PLAIN,
                    },
                )
            ],
        ),
        (
            TOPIC,
            Outgoing("Tiến độ", ((YES,), (LINK,))),
            PICTURE,
            [
                (
                    "sendPhoto",
                    {
                        "chat_id": -1002000000001,
                        "message_thread_id": 12,
                        "photo": ("tien-do.png", b"png"),
                        "caption": "Tiến độ",
                        "reply_markup": KEYBOARD,
                    },
                )
            ],
        ),
        (
            LAN,
            Outgoing("", ()),
            Rendered("document", "mau.docx", b"docx"),
            [("sendDocument", {"chat_id": 6000000001, "document": ("mau.docx", b"docx")})],
        ),
        (
            LAN,
            Outgoing(LONG, ((YES,), (LINK,))),
            PICTURE,
            [
                ("sendPhoto", {"chat_id": 6000000001, "photo": ("tien-do.png", b"png")}),
                (
                    "sendMessage",
                    {"chat_id": 6000000001, "text": LONG, "reply_markup": KEYBOARD, **PLAIN},
                ),
            ],
        ),
    ],
)
def test_becomes(
    to: Address,
    say: Outgoing,
    drawn: Rendered | None,
    wanted: list[tuple[str, dict[str, Any]]],
) -> None:
    assert [bare(call) for call in calls(to, say, drawn)] == wanted


def test_sends_a_picture_of_more_than_ten_megabytes_as_a_document() -> None:
    (call,) = calls(LAN, Outgoing(""), Rendered("photo", "a.png", bytes(10 * 1024 * 1024 + 1)))
    assert call.method == "sendDocument"


def test_edits_the_message_it_replaces() -> None:
    say = Outgoing("Đã nộp", ((YES,), (LINK,)), replaces=MessageRef("6000000001/100"))
    call = edit(LAN, say)
    assert call is not None
    assert bare(call) == (
        "editMessageText",
        {
            "chat_id": 6000000001,
            "message_id": 100,
            "text": "Đã nộp",
            "reply_markup": KEYBOARD,
            **PLAIN,
        },
    )


@pytest.mark.parametrize("ref", ["6000000002/100", "6000000001/album/7", "nonsense", ""])
def test_edits_nothing_in_another_chat(ref: str) -> None:
    assert edit(LAN, Outgoing("Đã nộp", replaces=MessageRef(ref))) is None
