"""Turns a raw update into what a person did; pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.telegram.payload import (
    UNREADABLE,
    Chat,
    Member,
    MembershipChange,
    Message,
    PhotoSize,
    Update,
    User,
    read_number,
    read_update,
)
from domain.action import STALE, Action
from domain.address import Account, Address, MessageRef
from domain.message import Event, FileRef, Incoming, Sender

CHANNEL = "telegram"

MOST_DOWNLOADED = 20 * 1024 * 1024
"""A bot cannot download more (Bot API, getFile)."""

GENERAL_TOPIC = 1
"""Addressed by leaving the thread out: its id is refused (tdlib/telegram-bot-api issue 798)."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})@([A-Za-z0-9_]{3,32})(?![\w@])")
_MENTION = re.compile(r"@([A-Za-z0-9_]{3,32})(?!\w)[\s,:;.!-]*")

_UNREADABLE = {
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "location": "location",
    "contact": "other",
    "poll": "other",
    "dice": "other",
    "game": "other",
    "story": "other",
    "checklist": "other",
    "paid_media": "other",
}


@dataclass(frozen=True, slots=True)
class Me:
    """Which bot this is: ``id`` is the number before the token's colon, ``username`` has no @."""

    id: str
    username: str


def decode(raw: bytes, me: Me, received: datetime) -> Incoming | None:
    """Read one update; None when it concerns nobody here. Raises payload.UNREADABLE or ValueError.

    ``received`` stands in where the network gives no time, as for a tapped button.
    """
    update = read_update(raw)
    key = key_of_number(me, update.update_id)
    if update.message:
        return _said(update.message, key, me, received, edited=False)
    if update.edited_message:
        return _said(update.edited_message, key, me, received, edited=True)
    if update.callback_query:
        return _tapped(update, key, me, received)
    if update.my_chat_member:
        return _membership(update.my_chat_member, key, me, received)
    return None


def key_of(raw: bytes, me: Me) -> str:
    """The key of an update whose rest may be unreadable; empty when it has no number."""
    try:
        return key_of_number(me, read_number(raw).update_id)
    except UNREADABLE:
        return ""


def key_of_number(me: Me, number: int) -> str:
    """Update numbers belong to a bot account."""
    return f"{CHANNEL}:{me.id}:{number}"


def message_ref(chat: int | str, message: int) -> MessageRef:
    """A message as ``chat/message``."""
    return MessageRef(f"{chat}/{message}")


def address(me: Me, chat: Chat, thread: int = 0) -> Address:
    """A chat, or one topic of a forum; the General topic is the chat itself."""
    named = str(thread) if thread and thread != GENERAL_TOPIC else ""
    return Address(CHANNEL, me.id, str(chat.id), named)


def _said(
    message: Message, key: str, me: Me, received: datetime, *, edited: bool
) -> Incoming | None:
    chat = message.chat
    if chat.type == "channel":
        return None
    topic = message.message_thread_id if message.is_topic_message else 0
    origin = address(me, chat, topic)
    at = _time((message.edit_date if edited else 0) or message.date, received)
    event = None if edited else _event(message, me)
    sender = _sender(message, me)
    if event:
        return Incoming(
            key=key,
            at=at,
            origin=origin,
            private=False,
            sender=sender or Sender(None),
            message=message_ref(chat.id, message.message_id),
            event=event,
            chat_name=event.name or chat.title,
        )
    if sender is None:
        return None
    private = chat.type == "private"
    text = message.text or message.caption
    if text and not private and (meant := _for_us(text, me)) is not None:
        text = meant
    elif text and not private:
        return None
    files = _files(message)
    unreadable = "" if text or files else _unreadable(message)
    if not (message.text or message.caption or files or unreadable) or (edited and unreadable):
        return None  # service messages, and a live location on the move
    return Incoming(
        key=key,
        at=at,
        origin=origin,
        private=private,
        sender=sender,
        text=text,
        files=files,
        message=message_ref(chat.id, message.message_id),
        reply_to=_reply_to(message),
        album=_album(message),
        edited=edited,
        forwarded=bool(message.forward_origin),
        unreadable=unreadable,
        chat_name=chat.title,
    )


def _event(message: Message, me: Me) -> Event | None:
    if message.migrate_to_chat_id:
        return Event("moved", to=address(me, Chat(message.migrate_to_chat_id)))
    if message.new_chat_title:
        return Event("renamed", name=message.new_chat_title)
    return None


def _sender(message: Message, me: Me) -> Sender | None:
    """None for channels, bots, and whatever else is not a person of this chat."""
    if message.sender_chat:
        # An anonymous admin speaks as the group itself, from GroupAnonymousBot (1087968824).
        same = message.sender_chat.id == message.chat.id
        return Sender(None, message.author_signature) if same else None
    if message.from_ is None or message.from_.is_bot:
        return None
    return _person(message.from_, me)


def _person(user: User, me: Me) -> Sender:
    name = f"{user.first_name} {user.last_name}".strip()
    return Sender(Account(CHANNEL, me.id, str(user.id)), name)


def _for_us(text: str, me: Me) -> str | None:
    """A group's text without our own name; None when it commands another bot.

    >>> ours = Me("42", "SangKienBot")
    >>> _for_us("/progress@sangkienbot 27", ours), _for_us("@SangKienBot, xong", ours)
    ('/progress 27', 'xong')
    >>> _for_us("/progress@OtherBot", ours) is None
    True
    """
    ours = me.username.casefold()
    mention = _MENTION.match(text)
    if mention and mention.group(1).casefold() == ours:
        text = text[mention.end() :]
    command = _COMMAND.match(text)
    if command is None:
        return text
    if command.group(2).casefold() != ours:
        return None
    return f"/{command.group(1)}{text[command.end() :]}"


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.photo:
        photo = max(message.photo, key=_worth)
        return (FileRef(photo.file_id, "photo", size=photo.file_size, unique=photo.file_unique_id),)
    if message.document and not message.animation:
        it = message.document
        return (FileRef(it.file_id, "document", it.file_name, it.file_size, it.file_unique_id),)
    return ()


def _worth(photo: PhotoSize) -> tuple[bool, int]:
    """The largest that can be downloaded at all."""
    return photo.file_size <= MOST_DOWNLOADED, photo.width * photo.height


def _unreadable(message: Message) -> str:
    if message.animation:
        return "video"
    return next((name for kind, name in _UNREADABLE.items() if getattr(message, kind)), "")


def _reply_to(message: Message) -> MessageRef | None:
    replied = message.reply_to_message
    if replied is None:
        return None
    if message.is_topic_message and replied.message_id == message.message_thread_id:
        return None  # in a topic every message "replies" to the one that opened it
    return message_ref(message.chat.id, replied.message_id)


def _album(message: Message) -> MessageRef | None:
    if not message.media_group_id:
        return None
    return MessageRef(f"{message.chat.id}/album/{message.media_group_id}")


def _tapped(update: Update, key: str, me: Me, received: datetime) -> Incoming | None:
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.type == "channel":
        return None
    message = query.message
    topic = message.message_thread_id if message.is_topic_message else 0
    return Incoming(
        key=key,
        at=received,
        origin=address(me, message.chat, topic),
        private=message.chat.type == "private",
        sender=_person(query.from_, me),
        action=Action.unpack(query.data) or STALE,
        message=message_ref(message.chat.id, message.message_id),
        chat_name=message.chat.title,
        tap=query.id,
    )


def _membership(change: MembershipChange, key: str, me: Me, received: datetime) -> Incoming | None:
    chat = change.chat
    was, now = (_inside(member) for member in (change.old_chat_member, change.new_chat_member))
    if chat.type == "channel" or now is None or was == now:
        return None
    private = chat.type == "private"
    kind = ("unblocked" if now else "blocked") if private else ("added" if now else "removed")
    person = change.from_
    return Incoming(
        key=key,
        at=_time(change.date, received),
        origin=address(me, chat),
        private=private,
        sender=Sender(None) if person.is_bot else _person(person, me),
        event=Event(kind),
        chat_name=chat.title,
    )


def _inside(member: Member | None) -> bool | None:
    """Whether it is in the chat; None where the status is new to us or was not told."""
    match member:
        case Member(status="creator" | "administrator" | "member"):
            return True
        case Member(status="restricted"):
            return member.is_member
        case Member(status="left" | "kicked"):
            return False
        case _:
            return None


def _time(seconds: int, received: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else received
