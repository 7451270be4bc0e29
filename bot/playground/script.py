"""What a person can do, whatever the network: a deed of the page, done on its side."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from bot.playground.board import Board, Entry
from bot.playground.side import GROUP, Attached, Cannot, Side

Verb = Literal[
    "say",
    "mention",
    "press",
    "link",
    "photo",
    "file",
    "sticker",
    "voice",
    "edit",
    "block",
    "unblock",
    "leave",
    "join",
    "upgrade",
]


class Deed(msgspec.Struct, frozen=True):
    """Who does what, and where."""

    network: str
    who: str
    chat: str
    verb: Verb
    text: str = ""
    reply_to: str | None = None
    message: str = ""
    place: tuple[int, int] = (0, 0)
    url: str = ""


def perform(
    deed: Deed, file: Attached | None, sides: Mapping[str, Side], board: Board
) -> str | None:
    """Do it; the id of the message that this wrote, if any. Raises Cannot."""
    side = sides.get(deed.network)
    network, _, chat = deed.chat.partition("/")
    if side is None or network != side.name or deed.who not in side.players:
        raise Cannot("unreadable")
    if chat not in (GROUP, deed.who) and deed.verb != "link":
        raise Cannot("not_there")
    message = _do(deed, side, chat, file, board)
    return None if message is None else board.id_of(message)


def _do(deed: Deed, side: Side, chat: str, file: Attached | None, board: Board) -> Any:
    who, text = deed.who, deed.text
    match deed.verb:
        case "say" | "mention":
            answered = _entry(board, deed, deed.reply_to).message if deed.reply_to else None
            return side.say(who, chat, text, answered, mention=deed.verb == "mention")
        case "press":
            return side.press(who, _entry(board, deed, deed.message).message, deed.place)
        case "link":
            return side.open_link(who, deed.url)
        case "photo":
            return side.send_photo(who, chat, _given(file), text)
        case "file":
            return side.send_file(who, chat, _given(file), text)
        case "sticker":
            return side.send_sticker(who, chat)
        case "voice":
            return side.send_voice(who, chat)
        case "edit":
            return side.edit(who, _entry(board, deed, deed.message).message, text)
        case "block":
            side.block(who)
        case "unblock":
            side.unblock(who)
        case "leave":
            side.leave(who)
        case "join":
            side.join(who)
        case "upgrade":
            side.upgrade(who)
    return None


def _entry(board: Board, deed: Deed, id: str) -> Entry:
    """The message of the deed's own chat."""
    entry = board.entry(id)
    if entry is None or entry.chat != deed.chat or entry.deleted:
        raise Cannot("no_message")
    return entry


def _given(file: Attached | None) -> Attached:
    if file is None or not file.content:
        raise Cannot("no_file")
    return file
