"""Turns an event into what a person did; pure."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentions import meant
from bot.raw_events import UNREADABLE, read_id, read_second, sent_together
from bot.zalo_oa import assumptions
from bot.zalo_oa.assumptions import PHOTOS_TOGETHER
from bot.zalo_oa.payload import Content, Event, Message, read_contents, read_event
from domain.action import STALE, Action
from domain.address import Account, Address, MessageRef
from domain.message import Event as Happened
from domain.message import FileRef, Incoming, Sender

CHANNEL = "zalo_oa"

GROUP = "group:"
"""What an address's chat begins with when it is a group: the ids themselves do not tell."""

STARTS = "/start"
"""What a new follower says."""

BARE_MENTION = "/help"
"""What it means when somebody in a group names the OA and says nothing else."""

PHOTO, DOCUMENT = "photo", "document"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Me:
    """Which Official Account this is; ``name`` is "" where it is not known."""

    id: str
    name: str = ""


def decode(event: Event, raw: bytes, me: Me, received: datetime) -> Incoming | None:
    """What was done; None when it concerns nobody here. Raises ValueError.

    ``received`` stands in where no time is told.
    """
    name, message = event.event_name, event.message
    group = name.startswith(assumptions.IN_GROUP)
    known = name in assumptions.HAPPENED or name.startswith(assumptions.IN_PRIVATE)
    if not known or not _is_for(event, me, group=group):
        return None
    if name in assumptions.HAPPENED:
        return _happened(event, raw, me, received)
    if message is None:
        raise ValueError("a message without content")
    user = read_id(event.sender.id)
    chat = read_id(event.group_id or event.recipient.id) if group else user
    if not user or not chat:
        raise ValueError("a message without a chat")
    text, action = _said(event, message)
    if text and group:
        said = meant(text, me.name, BARE_MENTION)
        if said is None:
            return None
        text = said
    files, sent = _files(event, message), read_second(event.timestamp)
    together = bool(files) and _kind(event) == PHOTO
    id, quoted = read_id(message.msg_id), read_id(message.quote_msg_id)
    return Incoming(
        key=_key(event, raw, me),
        at=sent or received,
        origin=Address(CHANNEL, me.id, f"{GROUP}{chat}" if group else chat),
        private=not group,
        sender=Sender(Account(CHANNEL, me.id, user)),
        text=text,
        action=action,
        files=files,
        message=MessageRef(f"{chat}/{id}") if id else None,
        reply_to=MessageRef(f"{chat}/{quoted}") if quoted else None,
        album=sent_together(chat, user, sent, PHOTOS_TOGETHER) if together and sent else None,
        unreadable="" if text or action or files else _kind(event) or "other",
    )


def is_routine(event: Event) -> bool:
    """Whether it comes often and is not worth a line: receipts, and what the OA itself said."""
    return event.event_name.startswith(assumptions.ROUTINE)


def key_of(raw: bytes, me: Me) -> str:
    """The key of an event whose rest may be unreadable; empty when there is none."""
    try:
        return _key(read_event(raw), raw, me)
    except (*UNREADABLE, ValueError):
        return ""


def is_group(to: Address) -> bool:
    """Whether an address is a group."""
    return to.chat.startswith(GROUP)


def recipient(to: Address) -> str:
    """An address as Zalo names the person or the group."""
    return to.chat.removeprefix(GROUP)


def payload_of(action: Action) -> str:
    """An action as a button carries it."""
    return f"{assumptions.ACTION_MARK}{action.pack()}"


def _is_for(event: Event, me: Me, *, group: bool) -> bool:
    """One app may serve several OAs, and has one address for the events of all of them."""
    told = event.oa_id or ("" if group else event.recipient.id)
    return not told or str(told) == me.id


def _happened(event: Event, raw: bytes, me: Me, received: datetime) -> Incoming | None:
    kind, group = assumptions.HAPPENED[event.event_name], read_id(event.group_id)
    user = read_id(event.follower.id or event.user_id or event.sender.id)
    private = event.event_name in ("follow", "unfollow")
    chat = user if private else f"{GROUP}{group}" if group else ""
    if not chat:
        raise ValueError("an event without a chat")
    name = event.group_name[:LONGEST_NAME]
    if kind == "renamed" and not name:
        return None
    # Who made or ended a group is told in no way we know: it is nobody.
    who = Account(CHANNEL, me.id, user) if private else None
    said = Incoming(
        key=_key(event, raw, me),
        at=read_second(event.timestamp) or received,
        origin=Address(CHANNEL, me.id, chat),
        private=private,
        sender=Sender(who),
    )
    if not kind:
        return replace(said, text=STARTS)
    return replace(said, event=Happened(kind, name=name), chat_name=name)


def _key(event: Event, raw: bytes, me: Me) -> str:
    """Of the message; else who did what when, as a repeated event has one more field."""
    if event.message and (id := read_id(event.message.msg_id)):
        return f"{CHANNEL}:{me.id}:{id}"
    who, when = read_id(event.group_id or event.follower.id), read_id(str(event.timestamp or ""))
    if event.message is None and event.event_name in assumptions.HAPPENED and who and when:
        return f"{CHANNEL}:{me.id}:{event.event_name}:{who}:{when}"
    return f"{CHANNEL}:{me.id}:sha256:{hashlib.sha256(raw).hexdigest()}"


def _kind(event: Event) -> str:
    """How we call what was sent: "" is words."""
    before = assumptions.IN_GROUP
    name = event.event_name
    if not name.startswith(before):
        before = assumptions.IN_PRIVATE
    return assumptions.KINDS.get(name.removeprefix(before), "other")


def _said(event: Event, message: Message) -> tuple[str, Action | None]:
    """The words; a tapped button comes as words that begin with our mark."""
    if message.text.startswith(assumptions.ACTION_MARK):
        return "", Action.unpack(message.text.removeprefix(assumptions.ACTION_MARK)) or STALE
    if not message.text and not _kind(event):
        # A link that was pasted may come without words around it.
        return " ".join(each.url for each in read_contents(message)), None
    return message.text, None


def _files(event: Event, message: Message) -> tuple[FileRef, ...]:
    kind = _kind(event)
    if kind not in (PHOTO, DOCUMENT):
        return ()
    return tuple(_file(kind, each) for each in read_contents(message))


def _file(kind: str, content: Content) -> FileRef:
    name = content.name[:LONGEST_NAME] if kind == DOCUMENT else ""
    return FileRef(content.url, kind, name, _size(content.size), content.checksum[:LONGEST_NAME])


def _size(said: int | float | str) -> int:
    """Bytes; 0 where it is no number."""
    text = str(said)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
