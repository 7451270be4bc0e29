"""Payloads of what people do, and exactly what each is read as."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.raw_events import UNREADABLE
from bot.zalo_oa import assumptions
from bot.zalo_oa.decode import Me, decode, is_routine, key_of, payload_of, recipient
from bot.zalo_oa.payload import read_event
from domain.action import STALE, Action
from domain.address import Account, Address, MessageRef
from domain.message import Event, FileRef, Incoming, Sender

PAYLOADS = Path(__file__).parent / "payloads"
ME = Me("3000", "LĐLĐ Lạng Sơn")
SAID_AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
USER, GROUP = "246845883529197922", "f414c8f76fa586fbdfb4"
MESSAGE = "96d3cdf3af1504604"
TOLD = "1793606400123"


def said(last: str, **changes: object) -> Incoming:
    """Somebody in private; ``last`` are the message's last two digits."""
    private = Incoming(
        key=f"zalo_oa:3000:{MESSAGE}{last}",
        at=SAID_AT,
        origin=Address("zalo_oa", "3000", USER),
        private=True,
        sender=Sender(Account("zalo_oa", "3000", USER)),
        message=MessageRef(f"{USER}/{MESSAGE}{last}"),
    )
    return replace(private, **changes)  # type: ignore[arg-type]  # passed on


def said_in_group(last: str, **changes: object) -> Incoming:
    about: dict[str, object] = {
        "origin": Address("zalo_oa", "3000", f"group:{GROUP}"),
        "private": False,
        "message": MessageRef(f"{GROUP}/{MESSAGE}{last}"),
    }
    return said(last, **(about | changes))


def happened(name: str, **changes: object) -> Incoming:
    return said("", key=f"zalo_oa:3000:{name}:{USER}:{TOLD}", message=None, **changes)


def happened_in_group(name: str, kind: str, called: str = "") -> Incoming:
    return said_in_group(
        "",
        key=f"zalo_oa:3000:{name}:{GROUP}:{TOLD}",
        message=None,
        sender=Sender(None),
        event=Event(kind, name=called),
        chat_name=called,
    )


ALBUM = MessageRef(f"{USER}/{USER}/358721280")
FIRST, SECOND = (FileRef(f"https://photo.zdn.vn/{n}.jpg", "photo") for n in (1, 2))
FILE = "https://file.zdn.vn/1"
DECISION = FileRef(FILE, "document", "quyết định.pdf", 40513, "d41d8cd98f00b204")
NUMBERED = "zalo_oa:3000:77"

READ = {
    "text": said("01", text="Xin chào"),
    "text_quoting": said("02", text="vâng", reply_to=MessageRef(f"{USER}/{MESSAGE}00")),
    "image": said("03", text="trạm bơm", files=(FIRST,), album=ALBUM),
    "images": said("04", files=(FIRST, SECOND), album=ALBUM),
    "image_of_another_shape": said("05", files=(FIRST,), album=ALBUM),
    "image_without_address": said("06", unreadable="photo"),
    "file": said("07", files=(DECISION,)),
    "file_of_odd_size": said("08", files=(FileRef(FILE, "document", "a.docx"),)),
    "sticker": said("09", unreadable="sticker"),
    "gif": said("0a", unreadable="video"),
    "audio": said("0b", unreadable="voice"),
    "video": said("0c", unreadable="video"),
    "location": said("0d", unreadable="location"),
    "business_card": said("0e", unreadable="other"),
    "link": said("0f", text="xem https://baolangson.vn/1"),
    "link_without_words": said("10", text="https://baolangson.vn/1"),
    "kind_of_the_future": said("11", unreadable="other"),
    "tap": said("12", action=Action("confirm", "17", 2)),
    "tap_of_something_old": said("13", action=STALE),
    "follow": happened("follow", text="/start"),
    "unfollow": happened("unfollow", event=Event("blocked")),
    "group_text": said_in_group("14", text="/progress CTN27"),
    "group_text_naming_the_oa_beside": said_in_group("15", text="td"),
    "group_mention": said_in_group("16", text="/progress"),
    "group_mention_of_another": None,
    "group_image": said_in_group(
        "18", files=(FIRST,), album=MessageRef(f"{GROUP}/{USER}/358721280")
    ),
    "group_created": happened_in_group("create_group", "added"),
    "group_dissolved": happened_in_group("disperse_group", "removed"),
    "group_renamed": happened_in_group("update_group_info", "renamed", "Tổ cơ điện"),
    "group_changed_otherwise": None,
    "number_ids": said("", key=NUMBERED, message=MessageRef(f"{USER}/77"), text="Xin chào"),
    "no_time": said("19", text="Xin chào", at=RECEIVED),
    "another_oa": None,
    "anonymous": None,
    "event_of_the_future": None,
    "own_echo": None,
    "admin_by_hand": None,
    "receipt": None,
}
POISON = sorted(path.stem for path in PAYLOADS.glob("poison_*"))


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def read(raw: bytes, me: Me = ME) -> Incoming | None:
    return decode(read_event(raw), raw, me, RECEIVED)


@pytest.mark.parametrize("name", READ)
def test_reads(name: str) -> None:
    assert read(payload(name)) == READ[name]


def test_knows_every_recorded_payload() -> None:
    known = {*READ, *POISON, "no_message_id"}
    assert {path.stem for path in PAYLOADS.iterdir()} == known


@pytest.mark.parametrize("name", POISON)
def test_refuses(name: str) -> None:
    with pytest.raises((*UNREADABLE, ValueError)):
        read(payload(name))
    assert isinstance(key_of(payload(name), ME), str)


def test_makes_a_key_of_the_body_where_no_id_is_told() -> None:
    raw = payload("no_message_id")
    got = read(raw)
    assert got is not None
    assert got.key == f"zalo_oa:3000:sha256:{hashlib.sha256(raw).hexdigest()}"
    assert got.message is None


@pytest.mark.parametrize("name", ["text", "follow", "group_created"])
def test_gives_an_event_that_is_told_again_the_same_key(name: str) -> None:
    again = payload(name).replace(b'"app_id"', b'"num_retry": 3, "app_id"')
    assert key_of(again, ME) == key_of(payload(name), ME) != ""


@pytest.mark.parametrize("name", ["own_echo", "admin_by_hand", "receipt"])
def test_knows_what_is_not_worth_a_line(name: str) -> None:
    assert is_routine(read_event(payload(name)))


@pytest.mark.parametrize("name", ["text", "group_text", "follow", "unfollow", "anonymous"])
def test_knows_what_is(name: str) -> None:
    assert not is_routine(read_event(payload(name)))


def test_hears_what_is_said_beside_a_mention_of_itself_alone() -> None:
    raw = payload("group_mention").replace(b" /progress", b"")
    got = read(raw)
    assert got is not None
    assert got.text == "/help"


def test_leaves_out_a_character_that_no_database_takes() -> None:
    got = read(payload("text").replace(b'"text": "Xin', b'"text": "\\u0000Xin'))
    assert got is not None
    assert got.text == "Xin chào"


def test_reads_the_action_that_it_put_into_a_button() -> None:
    action = Action("edit", "giai_phap", 3)
    raw = payload("tap").replace(b"#sk:confirm:17:2", payload_of(action).encode())
    got = read(raw)
    assert got is not None
    assert got.action == action


def test_names_chats_as_zalo_does() -> None:
    assert recipient(Address("zalo_oa", "3000", USER)) == USER
    assert recipient(Address("zalo_oa", "3000", f"group:{GROUP}")) == GROUP


def test_reads_every_kind_that_it_believes_in() -> None:
    for kind in assumptions.KINDS:
        raw = payload("text").replace(b"user_send_text", f"user_send_{kind}".encode())
        assert read(raw) is not None
