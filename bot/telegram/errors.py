"""Classes each way in which Telegram refuses, once, for everyone who sends."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.channel import (
    Misconfigured,
    Moved,
    NotAccepted,
    SendError,
    TryLater,
    Unreachable,
    Unsure,
)
from bot.telegram.request import Flooded, NotWritten
from domain.address import Address

GONE = (
    "chat not found",
    "user not found",
    "user_id_invalid",
    "peer_id_invalid",
    "chat_id_invalid",
    "group chat was deactivated",
    "channel_private",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "bot is not a member",
    "topic_closed",
    "user_is_blocked",
    "input_user_deactivated",
)
"""A 400 that means: nothing we write there will arrive. Lower case, anywhere in the text; read
after CODES."""

CODES = {
    # In a group that forbids files, words may still be allowed.
    "not enough rights to send photos": "no_files",
    "not enough rights to send documents": "no_files",
    "chat_send_photos_forbidden": "no_files",
    "chat_send_docs_forbidden": "no_files",
    "chat_send_media_forbidden": "no_files",
    "photo_invalid_dimensions": "not_a_picture",
    "image_process_failed": "not_a_picture",
    "too big for a photo": "not_a_picture",
    "photo_save_file_invalid": "not_a_picture",
    "message is too long": "too_long",
    "message caption is too long": "too_long",
    "message text is empty": "empty",
    "button_data_invalid": "button_data",
    "file is too big": "too_large",
    "wrong file_id": "file_gone",
    "invalid file_id": "file_gone",
    "file is temporarily unavailable": "file_gone",
}
"""The codes that our own code or an operator may look for; others are the words themselves."""


def classed(error: TelegramError, to: Address | None = None) -> SendError:
    """The one SendError for a failure while writing to ``to``."""
    match error:
        case Flooded():
            return TryLater(error.after)
        case ChatMigrated():
            if to is None:
                return NotAccepted("moved")
            return Moved(Address(to.channel, to.bot, str(error.new_chat_id)))
        case Forbidden():
            return Unreachable(error.message)
        case InvalidToken():
            return Misconfigured("Telegram refuses the bot token")
        case BadRequest():
            return _refused(error.message)
        case NotWritten() | Conflict():
            return TryLater(None)
        case _ if "Request Entity Too Large" in error.message:
            return NotAccepted("too_large")
        case _:
            return Unsure(error.message)


def thread_is_gone(error: TelegramError) -> bool:
    """Whether the topic was deleted; the group itself may still be written to."""
    said = error.message.lower()
    gone = "message thread not found" in said or "topic_deleted" in said
    return isinstance(error, BadRequest) and gone


def already_so(error: TelegramError) -> bool:
    """Whether an edit was refused because it would change nothing."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def cannot_edit(error: TelegramError) -> bool:
    """Whether the message to edit is too old, gone, or of a kind that has no text."""
    said = error.message.lower()
    return isinstance(error, BadRequest) and any(
        words in said
        for words in (
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
            "there is no text in the message to edit",
            "message identifier is not specified",
        )
    )


def _refused(message: str) -> SendError:
    said = message.lower()
    for words, code in CODES.items():
        if words in said:
            return NotAccepted(code)
    if any(words in said for words in GONE):
        return Unreachable(message)
    return NotAccepted(message)
