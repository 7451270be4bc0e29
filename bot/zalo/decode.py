"""Turns a raw event into what a person did; pure."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.mentions import meant
from bot.raw_events import UNREADABLE, read_id, read_second, sent_together
from bot.zalo import assumptions
from bot.zalo.assumptions import PHOTOS_TOGETHER
from bot.zalo.payload import Chat, Event, Message, read_event
from domain.address import Account, Address, MessageRef
from domain.message import FileRef, Incoming, Sender

CHANNEL = "zalo"

GROUP = "group:"
"""What an address's chat begins with when it is a group: the ids themselves do not tell."""

PRIVATE_CHAT, GROUP_CHAT = "PRIVATE", "GROUP"
MESSAGE = "message."
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Me:
    """Which bot this is: ``id`` is the part before the token's colon, ``name`` what people
    mention in groups, "" where it is not known."""

    id: str
    name: str = ""


def decode(raw: bytes, me: Me, received: datetime) -> Incoming | None:
    """Read one event; None when it concerns nobody here. Raises UNREADABLE or ValueError.

    ``received`` stands in where no time is told.
    """
    event = read_event(raw)
    message = event.message
    if message is None or not event.event_name.startswith(MESSAGE) or message.from_.is_bot:
        return None
    chat = read_id(message.chat.id)
    if not chat:
        raise ValueError("a message without a chat")
    user = read_id(message.from_.id)
    private = _is_private(message.chat, user)
    text = message.text or message.caption
    if text and not private:
        said = meant(text, me.name, assumptions.BARE_MENTION)
        if said is None:
            return None
        text = said
    files, sent = _files(message), read_second(message.date)
    id = read_id(message.message_id)
    # In a private chat both ids are the same (Zalo's page of webhooks).
    who = user or (chat if private else "")
    return Incoming(
        key=_key(me, event, raw),
        at=sent or received,
        origin=Address(CHANNEL, me.id, chat if private else f"{GROUP}{chat}"),
        private=private,
        sender=Sender(
            Account(CHANNEL, me.id, who) if who else None, message.from_.display_name[:LONGEST_NAME]
        ),
        text=text,
        files=files,
        message=MessageRef(f"{chat}/{id}") if id else None,
        album=sent_together(chat, who, sent, PHOTOS_TOGETHER) if files and sent else None,
        unreadable="" if text or files else _unreadable(event),
    )


def key_of(raw: bytes, me: Me) -> str:
    """The key of an event whose rest may be unreadable; empty when there is none."""
    try:
        return _key(me, read_event(raw), raw)
    except (*UNREADABLE, ValueError):
        return ""


def is_group(raw: bytes) -> bool:
    """Whether an event comes from a group."""
    try:
        message = read_event(raw).message
        return message is not None and not _is_private(message.chat, str(message.from_.id))
    except UNREADABLE:
        return False


def chat_id(to: Address) -> str:
    """An address as the platform names the chat."""
    return to.chat.removeprefix(GROUP)


def _key(me: Me, event: Event, raw: bytes) -> str:
    """Message ids are unique in a chat; without one the whole body is the key."""
    message = event.message
    if message and (id := read_id(message.message_id)) and (chat := read_id(message.chat.id)):
        return f"{CHANNEL}:{me.id}:{chat}:{id}"
    return f"{CHANNEL}:{me.id}:sha256:{hashlib.sha256(raw).hexdigest()}"


def _is_private(chat: Chat, user: str) -> bool:
    """As it is told; where it is not, a private chat has the person's own id."""
    if chat.chat_type in (PRIVATE_CHAT, GROUP_CHAT):
        return chat.chat_type == PRIVATE_CHAT
    return str(chat.id) == user


def _files(message: Message) -> tuple[FileRef, ...]:
    for name in assumptions.PHOTO_FIELDS:
        if url := getattr(message, name):
            return (FileRef(url, "photo"),)
    return ()


def _unreadable(event: Event) -> str:
    message = event.message
    if message and message.sticker:
        return "sticker"
    if message and message.voice_url:
        return "voice"
    return "withheld" if event.event_name == assumptions.WITHHELD else "other"
