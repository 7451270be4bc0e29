"""Recorded payloads of what people say, and exactly what each is read as."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.telegram.decode import Me, decode, key_of
from domain.action import Action
from domain.address import Account, Address, MessageRef
from domain.message import Event, FileRef, Incoming, Sender

PAYLOADS = Path(__file__).parent / "payloads"
ME = Me("42", "SangKienBot")
SAID_AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)

LAN = Sender(Account("telegram", "42", "6000000001"), "A Nguyễn Thị")
MINH = Sender(Account("telegram", "42", "6000000002"), "Minh")
LARGE = FileRef("large", "photo", size=183021, unique="u-large")

PRIVATE = Incoming(
    key="",
    at=SAID_AT,
    origin=Address("telegram", "42", "6000000001"),
    private=True,
    sender=LAN,
    message=MessageRef("6000000001/101"),
)
GROUP = Incoming(
    key="",
    at=SAID_AT,
    origin=Address("telegram", "42", "-4000000001"),
    private=False,
    sender=MINH,
    message=MessageRef("-4000000001/101"),
    chat_name="Tổ công đoàn 1",
)
SUPER = replace(
    GROUP,
    origin=Address("telegram", "42", "-1002000000001"),
    message=MessageRef("-1002000000001/101"),
    chat_name="CĐCS Cao Lộc",
)
TOPIC = replace(SUPER, origin=Address("telegram", "42", "-1002000000001", "12"))
TAP = replace(
    PRIVATE,
    at=RECEIVED,
    message=MessageRef("6000000001/100"),
    action=Action("edit", "giai_phap", 3),
    tap="258010",
)
EVENT = replace(PRIVATE, message=None)
GROUP_EVENT = replace(GROUP, sender=LAN)

READ = {
    "text": replace(PRIVATE, text="lap cam bien, bom tu giu ap luc"),
    "start_with_payload": replace(PRIVATE, text="/start CTN27"),
    "edited": replace(
        PRIVATE, text="lắp cảm biến", edited=True, at=SAID_AT + timedelta(seconds=75)
    ),
    "reply": replace(PRIVATE, text="đúng rồi", reply_to=MessageRef("6000000001/99")),
    "photo_with_caption": replace(PRIVATE, text="trạm bơm", files=(LARGE,)),
    "photo_too_large": replace(PRIVATE, files=(LARGE,)),
    "album": replace(PRIVATE, files=(LARGE,), album=MessageRef("6000000001/album/13579")),
    "document": replace(
        PRIVATE, files=(FileRef("doc", "document", "quyết định.pdf", 52013, "u-doc"),)
    ),
    "forwarded": replace(PRIVATE, text="mẫu của tổ", forwarded=True),
    "sticker": replace(PRIVATE, unreadable="sticker"),
    "voice": replace(PRIVATE, unreadable="voice"),
    "video": replace(PRIVATE, unreadable="video"),
    "video_with_caption": replace(PRIVATE, text="máy chạy thử"),
    "animation": replace(PRIVATE, unreadable="video"),
    "location": replace(PRIVATE, unreadable="location"),
    "contact": replace(PRIVATE, unreadable="other"),
    "poll": replace(PRIVATE, unreadable="other"),
    "dice": replace(PRIVATE, unreadable="other"),
    "group_command_for_us": replace(GROUP, text="/progress CTN27"),
    "group_mention": replace(GROUP, text="tiến độ"),
    "group_mention_of_another": replace(GROUP, text="@hoa_cty27 xem nhé"),
    "topic": replace(TOPIC, text="/progress"),
    "topic_reply": replace(TOPIC, text="xong", reply_to=MessageRef("-1002000000001/55")),
    "general_topic": replace(SUPER, text="/progress"),
    "reply_thread_in_a_supergroup": replace(
        SUPER, text="xong", reply_to=MessageRef("-1002000000001/77")
    ),
    "anonymous_admin": replace(SUPER, text="/progress", sender=Sender(None, "Trưởng ban")),
    "renamed": replace(
        GROUP_EVENT,
        event=Event("renamed", name="Tổ công đoàn 1A"),
        chat_name="Tổ công đoàn 1A",
    ),
    "migrated_to": replace(
        GROUP_EVENT, event=Event("moved", to=Address("telegram", "42", "-1002000000001"))
    ),
    "tap": TAP,
    "tap_of_something_old": replace(TAP, action=Action("stale")),
    "tap_on_an_inaccessible_message": TAP,
    "tap_in_a_topic": replace(
        TAP,
        origin=TOPIC.origin,
        private=False,
        sender=MINH,
        message=MessageRef("-1002000000001/100"),
        chat_name="CĐCS Cao Lộc",
    ),
    "blocked": replace(EVENT, event=Event("blocked")),
    "unblocked": replace(EVENT, event=Event("unblocked")),
    "added": replace(GROUP_EVENT, message=None, event=Event("added")),
    "removed": replace(SUPER, sender=LAN, message=None, event=Event("removed")),
    "chat_type_of_the_future": replace(
        GROUP,
        text="/progress",
        origin=Address("telegram", "42", "-1009000000001"),
        message=MessageRef("-1009000000001/101"),
        chat_name="Cụm 3",
    ),
    "odd_parts_we_do_not_read": replace(PRIVATE, text="vẫn đọc được"),
}

CONCERNS_NOBODY = {
    "live_location_moved",
    "group_command_for_another",
    "linked_channel",
    "as_a_channel",
    "another_bot",
    "channel_post",
    "member_joined",
    "pinned",
    "migrated_from",
    "tap_on_an_inline_message",
    "promoted",
    "restricted",
    "member_status_of_the_future",
    "added_to_a_channel",
    "kind_of_the_future",
}

POISON = {"poison_wrong_type", "poison_no_chat", "poison_year_50000"}


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def key(raw: bytes) -> str:
    return f"telegram:42:{msgspec.json.decode(raw)['update_id']}"


def test_has_a_case_for_every_payload() -> None:
    assert {file.stem for file in PAYLOADS.iterdir()} == READ.keys() | CONCERNS_NOBODY | POISON


@pytest.mark.parametrize("name", READ)
def test_reads(name: str) -> None:
    raw = payload(name)
    assert decode(raw, ME, RECEIVED) == replace(READ[name], key=key(raw))


@pytest.mark.parametrize("name", sorted(CONCERNS_NOBODY))
def test_leaves_alone(name: str) -> None:
    assert decode(payload(name), ME, RECEIVED) is None


@pytest.mark.parametrize("name", sorted(POISON))
def test_raises_on_poison_but_knows_its_number(name: str) -> None:
    raw = payload(name)
    with pytest.raises(msgspec.MsgspecError):
        decode(raw, ME, RECEIVED)
    assert key_of(raw, ME) == key(raw)


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b"\xff", b'{"update_id":"7"}', b'{"update', b"[" * 10**5]
)
def test_finds_no_number_where_there_is_none(raw: bytes) -> None:
    assert key_of(raw, ME) == ""


def test_raises_on_an_update_cut_short() -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode(payload("text")[:-20], ME, RECEIVED)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/progress@SangKienBot", "/progress"),
        ("/start@SANGKIENBOT CTN27", "/start CTN27"),
        ("/progress@SangKienBot\nCTN27", "/progress\nCTN27"),
        ("@SangKienBot /progress", "/progress"),
        ("@SangKienBot", ""),
        ("@SangKienBotX tiến độ", "@SangKienBotX tiến độ"),
        ("nhờ @SangKienBot", "nhờ @SangKienBot"),
        ("/progress@SangKienBot2", None),
        ("@SangKienBot /progress@OtherBot", None),
        ("a/b@c.vn", "a/b@c.vn"),
    ],
)
def test_reads_in_a_group_what_is_meant_for_us(said: str, meant: str | None) -> None:
    update = msgspec.json.decode(payload("group_mention"))
    update["message"]["text"] = said
    read = decode(msgspec.json.encode(update), ME, RECEIVED)
    assert (read.text if read else None) == meant


def test_leaves_a_private_text_as_it_was_typed() -> None:
    update = msgspec.json.decode(payload("text"))
    update["message"]["text"] = "@SangKienBot /progress@OtherBot"
    read = decode(msgspec.json.encode(update), ME, RECEIVED)
    assert read is not None
    assert read.text == "@SangKienBot /progress@OtherBot"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"Ch\u0000o", "Cho"),
        (rb"\u0000\u0000x", "x"),
        (rb"a\\u0000b", r"a\u0000b"),
    ],
)
def test_leaves_out_what_no_text_column_takes(written: bytes, read: str) -> None:
    message = (
        b'{"message_id": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "text": "'
    )
    said = decode(b'{"update_id": 1, "message": ' + message + written + b'"}}', ME, RECEIVED)
    assert said is not None and said.text == read
