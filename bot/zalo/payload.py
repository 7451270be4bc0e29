"""The parts of an event that we read; everything else may have any shape."""

import re
from typing import Any

import msgspec

NOTHING = msgspec.Raw()
"""Content that is not there; any other Raw is true."""

FIELDS_MOST = 60
"""Names of an event's fields; real ones have about ten."""

ID_MOST = 128
"""Characters; known ids are 16 to 32 hexadecimal digits."""

_ID = re.compile(r"[!-~]+")
"""Printable and without spaces: ids are opaque, and no number."""


class From(msgspec.Struct, frozen=True, gc=False):
    """Who wrote."""

    id: str | int = ""
    display_name: str = ""
    is_bot: bool = False


class Chat(msgspec.Struct, frozen=True, gc=False):
    """``chat_type`` is PRIVATE or GROUP, or something newer."""

    id: str | int = ""
    chat_type: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message, of any kind."""

    from_: From = msgspec.field(default_factory=From, name="from")
    chat: Chat = msgspec.field(default_factory=Chat)
    message_id: str | int = ""
    date: int | float | str | None = None
    """Milliseconds since 1970."""
    text: str = ""
    caption: str = ""
    photo_url: str = ""
    photo: str = ""
    # Only whether these are there.
    sticker: msgspec.Raw = NOTHING
    voice_url: msgspec.Raw = NOTHING


class Event(msgspec.Struct, frozen=True):
    """What the platform tells; ``result`` is there when the body is wrapped."""

    event_name: str = ""
    message: Message | None = None
    result: "Event | None" = None


class Me(msgspec.Struct, frozen=True):
    """The answer to getMe. ``display_name`` is in no page; it is taken where it comes."""

    id: str | int = ""
    account_name: str = ""
    display_name: str = ""
    account_type: str = ""
    can_join_groups: bool = False


class Taken(msgspec.Struct, frozen=True):
    """The answer to sendMessage and sendPhoto."""

    message_id: str | int = ""
    date: int | float | str | None = None


class Verification(msgspec.Struct, frozen=True):
    """What the platform saw when it looked at a webhook."""

    ok: bool = True
    outcome: str = ""
    hint: str = ""


class Hook(msgspec.Struct, frozen=True):
    """The answer to setWebhook and getWebhookInfo."""

    url: str = ""
    verification: Verification = msgspec.field(default_factory=Verification)


UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""What these raise: the wrong shape, no JSON at all, or brackets nested without end."""

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""The character that no text column of PostgreSQL takes, as JSON has to write it."""

_read_event = msgspec.json.Decoder(Event).decode
read_me = msgspec.json.Decoder(Me).decode
read_taken = msgspec.json.Decoder(Taken).decode
read_hook = msgspec.json.Decoder(Hook).decode


def read_event(raw: bytes) -> Event:
    """Read one event, wrapped or not, without the NULs that a forged client may put into it."""
    event = _read_event(_NUL.sub(rb"\1", raw) if b"\\u0000" in raw else raw)
    return event.result if event.result is not None and event.message is None else event


def read_id(given: str | int) -> str:
    """An id as a text; "" where there is none. Raises ValueError for what can be none."""
    id = str(given)
    if id and (len(id) > ID_MOST or not _ID.fullmatch(id)):
        raise ValueError("an id of another shape")
    return id


def field_names(raw: bytes) -> list[str]:
    """The names of an event's fields, ``message.chat.id`` and so on; never what is in them."""
    try:
        return sorted(_names("", msgspec.json.decode(raw)))[:FIELDS_MOST]
    except UNREADABLE:
        return []


def _names(before: str, value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _names(f"{before}[]", each)]
    if not isinstance(value, dict):
        return [before]
    return [
        name
        for key, inner in value.items()
        for name in _names(f"{before}.{key[:40]}" if before else key[:40], inner)
    ]
