"""What raw events of several networks share: opaque ids, milliseconds, characters to leave out."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from domain.address import MessageRef

UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""What reading raises: the wrong shape, no JSON at all, or brackets nested without end."""

NOTHING = msgspec.Raw()
"""Content that is not there; any other Raw is true."""

Milliseconds = int | float | str | None
"""Since 1970, however a network writes them."""

FIELDS_MOST = 60
"""Names of an event's fields; real ones have about ten."""

ID_MOST = 128
"""Characters; known ids are 16 to 32 hexadecimal or decimal digits."""

_ID = re.compile(r"[!-~]+")
"""Printable and without spaces: ids are opaque, and no number."""

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""The character that no text column of PostgreSQL takes, as JSON has to write it."""


def without_nul(raw: bytes) -> bytes:
    """JSON without the NULs that a forged client may put into its strings."""
    return _NUL.sub(rb"\1", raw) if b"\\u0000" in raw else raw


def read_id(given: str | int) -> str:
    """An id as a text; "" where there is none. Raises ValueError for what can be none."""
    id = str(given)
    if id and (len(id) > ID_MOST or not _ID.fullmatch(id)):
        raise ValueError("an id of another shape")
    return id


def read_time(milliseconds: Milliseconds) -> datetime | None:
    """A moment, UTC; None where there is none or it is none."""
    try:
        return (
            datetime.fromtimestamp(float(milliseconds or 0) / 1000, UTC) if milliseconds else None
        )
    except (ValueError, OverflowError, OSError):
        return None


def read_second(milliseconds: Milliseconds) -> datetime | None:
    """A moment to the second, as a question takes a second to reach a person."""
    at = read_time(milliseconds)
    return at.replace(microsecond=0) if at else None


def sent_together(chat: str, who: str, sent: datetime, seconds: int) -> MessageRef:
    """What a person's photos of the same few seconds have in common, as an album.

    For networks that tell photos one by one, and not which of them were sent at once.
    """
    return MessageRef(f"{chat}/{who}/{int(sent.timestamp()) // seconds}")


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
