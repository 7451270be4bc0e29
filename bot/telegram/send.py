"""What we say, as the exact Bot API calls that say it; pure."""

from dataclasses import dataclass
from typing import Any

from telegram import InputFile
from telegram.constants import MessageLimit
from telegram.error import TelegramError

from bot.channel import NotAccepted, Rendered
from bot.telegram.errors import classed, thread_is_gone
from domain.address import Address
from domain.message import Button, Outgoing

MOST_PHOTO = 10 * 1024 * 1024
"""Bytes; a larger picture goes as a document (Bot API, sendPhoto)."""

NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Call:
    """One call: a method and its parameters, an InputFile among them where one is uploaded."""

    method: str
    parameters: dict[str, Any]


def calls(to: Address, say: Outgoing, drawn: Rendered | None) -> tuple[Call, ...]:
    """One call, or two where a text is too long to be a caption: then it follows the file."""
    if drawn is None:
        return (_text(to, say),)
    if not say.text or len(say.text.encode("utf-16-le")) // 2 <= MessageLimit.CAPTION_LENGTH:
        return (_file(to, drawn, say.text, _keyboard(say)),)
    return (_file(to, drawn, "", None), _text(to, say))


def edit(to: Address, say: Outgoing) -> Call | None:
    """The call that puts it in place of the message it answers; None when that is elsewhere."""
    chat, _, number = (say.replaces or "").partition("/")
    if chat != to.chat or not number.isdecimal():
        return None
    parameters: dict[str, Any] = {
        "chat_id": _chat(to),
        "message_id": int(number),
        "text": say.text,
        "link_preview_options": NO_PREVIEW,
    }
    # Without a keyboard the old one goes, as it should.
    if keyboard := _keyboard(say):
        parameters["reply_markup"] = keyboard
    return Call("editMessageText", parameters)


def otherwise(call: Call, error: TelegramError) -> Call | None:
    """Another way to say the same after a refusal; None when there is none.

    A topic that was deleted: its group. A picture of impossible sides: a document. A group that
    forbids files: the words alone.
    """
    parameters = dict(call.parameters)
    if thread_is_gone(error):
        thread = parameters.pop("message_thread_id", None)
        return Call(call.method, parameters) if thread else None
    refusal = classed(error)
    code = refusal.code if isinstance(refusal, NotAccepted) else ""
    if code == "not_a_picture" and call.method == "sendPhoto":
        parameters["document"] = parameters.pop("photo")
        return Call("sendDocument", parameters)
    if code == "no_files" and (caption := parameters.pop("caption", "")):
        for file in ("photo", "document"):
            parameters.pop(file, None)
        parameters |= {"text": caption, "link_preview_options": NO_PREVIEW}
        return Call("sendMessage", parameters)
    return None


def _text(to: Address, say: Outgoing) -> Call:
    parameters = _where(to)
    parameters["text"] = say.text
    parameters["link_preview_options"] = NO_PREVIEW
    if keyboard := _keyboard(say):
        parameters["reply_markup"] = keyboard
    return Call("sendMessage", parameters)


def _file(to: Address, drawn: Rendered, caption: str, keyboard: dict[str, Any] | None) -> Call:
    photo = drawn.kind == "photo" and len(drawn.content) <= MOST_PHOTO
    parameters = _where(to)
    parameters["photo" if photo else "document"] = InputFile(
        drawn.content, filename=drawn.name, attach=False
    )
    if caption:
        parameters["caption"] = caption
    if keyboard:
        parameters["reply_markup"] = keyboard
    return Call("sendPhoto" if photo else "sendDocument", parameters)


def _where(to: Address) -> dict[str, Any]:
    where: dict[str, Any] = {"chat_id": _chat(to)}
    if to.thread:
        where["message_thread_id"] = int(to.thread)
    return where


def _chat(to: Address) -> int | str:
    """Ids go as numbers."""
    return int(to.chat) if to.chat.lstrip("-").isdecimal() else to.chat


def _keyboard(say: Outgoing) -> dict[str, Any] | None:
    rows = [
        [_button(button) for button in row if button.action or button.url] for row in say.buttons
    ]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button) -> dict[str, str]:
    if button.action:
        return {"text": button.label, "callback_data": button.action.pack()}
    return {"text": button.label, "url": button.url}
