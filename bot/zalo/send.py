"""What we say, as the exact call that says it; pure."""

from dataclasses import dataclass
from typing import Any

from bot.zalo.client import PHOTO, READ
from bot.zalo.decode import chat_id
from domain.address import Address
from domain.message import Outgoing


@dataclass(frozen=True, slots=True)
class Call:
    """One call; ``read`` is how many seconds of silence are borne."""

    method: str
    parameters: dict[str, Any]
    read: float = READ


def message(to: Address, say: Outgoing) -> Call:
    """Words: plain, as a stray ``*`` or ``{`` of a person would be read as a style."""
    return Call("sendMessage", {"chat_id": chat_id(to), "text": say.text})


def photo(to: Address, say: Outgoing, url: str) -> Call:
    """A picture behind a public address, with the words under it."""
    parameters = {"chat_id": chat_id(to), "photo": url}
    if say.text:
        parameters["caption"] = say.text
    return Call("sendPhoto", parameters, PHOTO)
