"""Recorded payloads of what people say, and exactly what each is read as."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.raw_events import UNREADABLE, field_names
from bot.zalo.decode import Me, chat_id, decode, is_group, key_of
from domain.address import Account, Address, MessageRef
from domain.message import FileRef, Incoming, Sender

PAYLOADS = Path(__file__).parent / "payloads"
ME = Me("1000", "Bot Sáng Kiến")
SAID_AT = datetime(2025, 6, 19, 6, 55, 31, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
USER, CHAT = "6ede9afa66b88fe6d6a9", "8f3c9afa66b88fe60001"


def said(last: str, **changes: object) -> Incoming:
    """Ted in private; ``last`` are the message's last two digits."""
    id = f"2d758cb5e222177a4e{last}"
    private = Incoming(
        key=f"zalo:1000:{USER}:{id}",
        at=SAID_AT,
        origin=Address("zalo", "1000", USER),
        private=True,
        sender=Sender(Account("zalo", "1000", USER), "Ted"),
        message=MessageRef(f"{USER}/{id}"),
    )
    return replace(private, **changes)  # type: ignore[arg-type]  # passed on


def said_in_group(last: str, text: str) -> Incoming:
    id = f"2d758cb5e222177a4e{last}"
    return said(
        last,
        key=f"zalo:1000:{CHAT}:{id}",
        origin=Address("zalo", "1000", f"group:{CHAT}"),
        private=False,
        message=MessageRef(f"{CHAT}/{id}"),
        text=text,
    )


PHOTO = FileRef("https://photo-stal-1.zdn.vn/jpg/1.jpg", "photo")
ALBUM = MessageRef(f"{USER}/{USER}/350063226")
"""Of all that Ted shows from 06:55:30 to 06:55:34."""

NUMBER = "1234567890123456789"

READ = {
    "text": said("35", text="Xin chào"),
    "text_wrapped": said("35", text="Xin chào"),
    "image_live": said("36", text="trạm bơm", files=(PHOTO,), album=ALBUM),
    "image_as_in_the_docs": said("36", files=(PHOTO,), album=ALBUM),
    "sticker": said("37", unreadable="sticker"),
    "voice": said("38", unreadable="voice"),
    "unsupported": said("39", unreadable="withheld"),
    "event_of_the_future": said("3a", unreadable="other"),
    "no_message_event": None,
    "another_bot": None,
    "group_mention": said_in_group("3c", "/progress CTN27"),
    "group_reply": said_in_group("3d", "td"),
    "group_mention_of_another": None,
    "no_chat_type": said("3f", text="Xin chào"),
    "no_date_no_sender": said(
        "40", text="Xin chào", at=RECEIVED, sender=Sender(Account("zalo", "1000", USER))
    ),
    "number_ids": said(
        "",
        key=f"zalo:1000:{NUMBER}:77",
        origin=Address("zalo", "1000", NUMBER),
        sender=Sender(Account("zalo", "1000", NUMBER), "Ted"),
        message=MessageRef(f"{NUMBER}/77"),
        text="Xin chào",
    ),
}
POISON = sorted(path.stem for path in PAYLOADS.glob("poison_*"))


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def test_leaves_no_payload_unread() -> None:
    assert sorted(path.stem for path in PAYLOADS.iterdir()) == sorted([*READ, *POISON])


@pytest.mark.parametrize("name", READ)
def test_reads(name: str) -> None:
    wanted = READ[name]
    assert decode(payload(name), ME, RECEIVED) == wanted
    if wanted is not None:
        assert key_of(payload(name), ME) == wanted.key


@pytest.mark.parametrize("name", POISON)
def test_refuses(name: str) -> None:
    with pytest.raises((*UNREADABLE, ValueError)):
        decode(payload(name), ME, RECEIVED)


@pytest.mark.parametrize("raw", [b"{", b"[]", b"7", b"\xff", b"[" * 5000])
def test_refuses_what_is_no_event(raw: bytes) -> None:
    with pytest.raises(UNREADABLE):
        decode(raw, ME, RECEIVED)
    assert key_of(raw, ME) == ""


@pytest.mark.parametrize("raw", [b"{}", b'{"event_name":"message.text.received"}'])
def test_passes_over_what_holds_no_message(raw: bytes) -> None:
    assert decode(raw, ME, RECEIVED) is None


def test_makes_the_whole_body_the_key_of_a_message_without_an_id() -> None:
    raw = payload("unsupported").replace(b'"message_id":"2d758cb5e222177a4e39",', b"")
    read = decode(raw, ME, RECEIVED)
    assert read is not None
    assert read.key == key_of(raw, ME) == f"zalo:1000:sha256:{hashlib.sha256(raw).hexdigest()}"
    assert read.message is None


def test_keeps_no_nul() -> None:
    read = decode(payload("text").replace(b"Xin", b"X\\u0000in"), ME, RECEIVED)
    assert read is not None
    assert read.text == "Xin chào"


@pytest.mark.parametrize("date", ["1e300", "-9e99", '"soon"', "true", "{}"])
def test_takes_its_own_time_where_none_can_be_read(date: str) -> None:
    raw = payload("text").replace(b"1750316131602", date.encode())
    try:
        read = decode(raw, ME, RECEIVED)
    except UNREADABLE:
        assert date in ("true", "{}")
    else:
        assert read is not None
        assert read.at == RECEIVED


def test_takes_photos_of_the_same_few_seconds_for_one_answer() -> None:
    moments = range(1750316129000, 1750316137000, 1000)
    raws = [payload("image_live").replace(b"1750316131602", b"%d" % at) for at in moments]
    albums = [said.album for raw in raws if (said := decode(raw, ME, RECEIVED))]
    assert [albums.count(each) for each in dict.fromkeys(albums)] == [1, 5, 2]


def test_tells_a_group_by_its_address_alone() -> None:
    """Ids of groups look like those of people, so the address says which it is."""
    read = decode(payload("group_mention"), ME, RECEIVED)
    assert read is not None
    assert chat_id(read.origin) == CHAT
    assert is_group(payload("group_reply"))
    assert not is_group(payload("text"))
    assert not is_group(b"{")


def test_names_the_fields_and_never_what_is_in_them() -> None:
    names = field_names(payload("group_reply"))
    assert "message.quote.message_id" in names
    assert not any("Ted" in name or USER in name for name in names)
