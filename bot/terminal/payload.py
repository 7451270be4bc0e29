"""One thing said in the terminal, as a raw update and as what the rest of the house reads."""

from datetime import datetime

import msgspec

from domain.action import Action
from domain.address import Account, Address, MessageRef
from domain.message import FileRef, Incoming, Sender

CHANNEL = "terminal"
BOT = "local"
GROUP = "group:"


class Update(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was typed. ``chat`` is the person's own, or begins with ``group:``."""

    key: str
    at: datetime
    user: str
    name: str
    chat: str
    message: str
    group: str = ""
    """The group's name, when it was said in one."""
    text: str = ""
    action: str = ""
    tapped: str = ""
    """The message whose button was tapped."""
    photo: str = ""
    unreadable: str = ""
    edited: bool = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Update).decode


def write(update: Update) -> bytes:
    """As the network would hand it over."""
    return _encode(update)


def read(raw: bytes) -> Incoming:
    """What a person did. Raises msgspec.MsgspecError on anything ``write`` did not write."""
    said = _decode(raw)
    files = (FileRef(said.photo, "photo", unique=said.message),) if said.photo else ()
    return Incoming(
        key=said.key,
        at=said.at,
        origin=Address(CHANNEL, BOT, said.chat),
        private=not said.group,
        sender=Sender(Account(CHANNEL, BOT, said.user), said.name),
        text=said.text,
        action=Action.unpack(said.action) if said.action else None,
        files=files,
        message=MessageRef(said.tapped or said.message),
        edited=said.edited,
        unreadable=said.unreadable,
        chat_name=said.group,
        tap=said.message if said.action else "",
    )


def key_of(raw: bytes) -> str:
    """The key of an update; empty when it cannot be read."""
    try:
        return _decode(raw).key
    except msgspec.MsgspecError:
        return ""
