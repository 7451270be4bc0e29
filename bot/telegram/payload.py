"""The parts of a Bot API update that we read; everything else may have any shape.

A field we do not read cannot make an update unreadable, kinds and statuses are plain strings
because Telegram adds new ones without notice, and content we only name is left undecoded.
"""

from typing import Annotated

import msgspec

from bot.raw_events import NOTHING, without_nul

Seconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970, up to the year 9999: later ones are no datetime."""


class User(msgspec.Struct, frozen=True, gc=False):
    """Who wrote, tapped, or changed a membership."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""


class Chat(msgspec.Struct, frozen=True, gc=False):
    """``type`` is private, group, supergroup, channel, or something newer."""

    id: int
    type: str = ""
    title: str = ""


class PhotoSize(msgspec.Struct, frozen=True, gc=False):
    """One of the sizes that Telegram makes of a photo."""

    file_id: str
    file_unique_id: str = ""
    width: int = 0
    height: int = 0
    file_size: int = 0


class Attached(msgspec.Struct, frozen=True, gc=False):
    """A document."""

    file_id: str
    file_unique_id: str = ""
    file_name: str = ""
    file_size: int = 0


class Replied(msgspec.Struct, frozen=True, gc=False):
    """The message answered to."""

    message_id: int


class Message(msgspec.Struct, frozen=True):
    """A message, new or edited; service messages are messages too."""

    message_id: int
    chat: Chat
    date: Seconds = 0
    """0 when the message is inaccessible by now."""
    edit_date: Seconds = 0
    from_: User | None = msgspec.field(default=None, name="from")
    sender_chat: Chat | None = None
    author_signature: str = ""
    message_thread_id: int = 0
    is_topic_message: bool = False
    reply_to_message: Replied | None = None
    media_group_id: str = ""
    forward_origin: msgspec.Raw = NOTHING
    text: str = ""
    caption: str = ""
    photo: tuple[PhotoSize, ...] = ()
    document: Attached | None = None
    new_chat_title: str = ""
    migrate_to_chat_id: int = 0
    # Only whether these are there.
    animation: msgspec.Raw = NOTHING
    sticker: msgspec.Raw = NOTHING
    voice: msgspec.Raw = NOTHING
    audio: msgspec.Raw = NOTHING
    video: msgspec.Raw = NOTHING
    video_note: msgspec.Raw = NOTHING
    location: msgspec.Raw = NOTHING
    contact: msgspec.Raw = NOTHING
    poll: msgspec.Raw = NOTHING
    dice: msgspec.Raw = NOTHING
    game: msgspec.Raw = NOTHING
    story: msgspec.Raw = NOTHING
    checklist: msgspec.Raw = NOTHING
    paid_media: msgspec.Raw = NOTHING


class CallbackQuery(msgspec.Struct, frozen=True):
    """A tapped button. ``message`` may be inaccessible: then it has a chat, an id and no date."""

    id: str
    from_: User = msgspec.field(name="from")
    message: Message | None = None
    data: str = ""


class Member(msgspec.Struct, frozen=True, gc=False):
    """Our place in a chat: creator, administrator, member, restricted, left, kicked."""

    status: str
    is_member: bool = True


class MembershipChange(msgspec.Struct, frozen=True):
    """Somebody blocked, unblocked, added or removed the bot."""

    chat: Chat
    from_: User = msgspec.field(name="from")
    new_chat_member: Member
    old_chat_member: Member | None = None
    date: Seconds = 0


class Update(msgspec.Struct, frozen=True):
    """At most one of its parts is there; none when the kind is not one of ours."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MembershipChange | None = None


class Numbered(msgspec.Struct, frozen=True, gc=False):
    """An update of which only the number is looked at."""

    update_id: int


class Fetched(msgspec.Struct, frozen=True):
    """The answer to getUpdates, its updates not decoded yet."""

    result: list[msgspec.Raw] = []
    description: str = ""


_read_update = msgspec.json.Decoder(Update).decode
read_number = msgspec.json.Decoder(Numbered).decode
read_fetched = msgspec.json.Decoder(Fetched).decode


def read_update(raw: bytes) -> Update:
    """Read one update, without the NULs that a forged client may put into it."""
    return _read_update(without_nul(raw))


UNREADABLE = (msgspec.MsgspecError, RecursionError)
"""What these raise: the wrong shape, no JSON at all, or brackets nested without end."""

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask for; chat_member stays out, as who else is in a group is none of our business."""
