"""The parts of an event or an answer that we read; everything else may have any shape."""

import msgspec

from bot.raw_events import NOTHING, UNREADABLE, Milliseconds, without_nul

Id = str | int


class Party(msgspec.Struct, frozen=True, gc=False):
    """Who wrote, follows, or is written to: a person, an OA or a group."""

    id: Id = ""


class Content(msgspec.Struct, frozen=True, gc=False):
    """What is attached: a photo has an address, a file its name and size as well."""

    url: str = ""
    name: str = ""
    size: int | float | str = 0
    checksum: str = ""


class Attachment(msgspec.Struct, frozen=True):
    """One of a message's attachments."""

    payload: Content = Content()
    url: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message, of any kind."""

    msg_id: Id = ""
    text: str = ""
    quote_msg_id: Id = ""
    attachments: msgspec.Raw = NOTHING


class Event(msgspec.Struct, frozen=True):
    """What Zalo tells. Messages have a sender and a recipient, other events name the OA beside."""

    event_name: str = ""
    oa_id: Id = ""
    sender: Party = Party()
    recipient: Party = Party()
    follower: Party = Party()
    user_id: Id = ""
    group_id: Id = ""
    group_name: str = ""
    message: Message | None = None
    timestamp: Milliseconds = None


class Taken(msgspec.Struct, frozen=True):
    """The answer to a message."""

    message_id: Id = ""
    sent_time: Milliseconds = None


class Uploaded(msgspec.Struct, frozen=True):
    """The answer to an upload: a picture gets the one, a file the other."""

    attachment_id: str = ""
    token: str = ""


class OA(msgspec.Struct, frozen=True):
    """The answer to getoa."""

    oa_id: Id = ""
    name: str = ""
    is_verified: bool = False
    package_name: str = ""
    package_valid_through_date: str = ""


_read_event = msgspec.json.Decoder(Event).decode
_read_all = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read_attachment = msgspec.json.Decoder(Attachment).decode
read_taken = msgspec.json.Decoder(Taken).decode
read_uploaded = msgspec.json.Decoder(Uploaded).decode
read_oa = msgspec.json.Decoder(OA).decode


def read_event(raw: bytes) -> Event:
    """Read one event, without the NULs that a forged client may put into it."""
    return _read_event(without_nul(raw))


def read_contents(message: Message) -> tuple[Content, ...]:
    """What is attached and has an address; shapes that are new to us are passed over."""
    try:
        raws = _read_all(message.attachments) if message.attachments else []
    except UNREADABLE:
        return ()
    found = []
    for raw in raws:
        try:
            each = _read_attachment(raw)
        except UNREADABLE:
            continue
        content = each.payload
        if not content.url and each.url:
            content = msgspec.structs.replace(content, url=each.url)
        if content.url:
            found.append(content)
    return tuple(found)
