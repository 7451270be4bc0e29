"""The methods that put a message into a chat."""

from typing import Any

from bot.playground.telegram import keyboards, limits, posting
from bot.playground.telegram.call import Call
from bot.playground.telegram.files import Stored
from bot.playground.telegram.parameters import Upload
from bot.playground.telegram.refusals import bad
from bot.playground.telegram.world import Chat, Message

_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def send_message(call: Call) -> Any:
    return call.shown(_post(call, call.content()))


def send_photo(call: Call) -> Any:
    return _send_file(call, "photo")


def send_document(call: Call) -> Any:
    return _send_file(call, "document")


def send_voice(call: Call) -> Any:
    return _send_file(call, "voice")


def send_sticker(call: Call) -> Any:
    return _send_file(call, "sticker")


def send_media_group(call: Call) -> Any:
    """An album: all of it or nothing, as many messages as items."""
    chat = call.writable()
    items = call.said.items("media")
    least, most = limits.ALBUM
    if not least <= len(items) <= most:
        raise bad(f"wrong number of messages to send: must be between {least} and {most}")
    kinds = {str(item.get("type")) for item in items}
    if kinds - {"photo", "video", "document", "audio"}:
        raise bad("unsupported type of media")
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad("can't be sent in one album: document and audio go only with their own kind")
    thread, replied = call.thread(chat), call.replied(chat)
    prepared = [
        (call.caption(item), file(call, str(item["type"]), item.get("media"))) for item in items
    ]
    call.admit(chat, len(items))
    album = str(call.world.chance.randint(10**15, 10**16))
    sent = []
    for content, media in prepared:
        content["media_group_id"] = album
        message = posting.add(
            call.world, chat, call.bot, content, media=media, reply_to=replied, thread=thread
        )
        call.accepted(message)
        sent.append(call.shown(message))
    return sent


def forward_message(call: Call) -> Any:
    original = _original(call, "message to forward not found")
    return call.shown(_put(call, call.writable(), posting.forwarded(original), original.media))


def copy_message(call: Call) -> Any:
    original = _original(call, "message to copy not found")
    kept = ("text", "entities", "caption", "caption_entities")
    content = {key: original.body[key] for key in kept if key in original.body}
    if original.media is not None and "caption" in call.said.values:
        content = call.caption()
    message = _post(call, content, original.media)
    return {"message_id": message.id_for(call.bot.id)}


def send_chat_action(call: Call) -> Any:
    chat = call.writable()
    action = call.said.text("action")
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    call.world.actions.append((call.bot, chat, action))
    return True


def file(call: Call, kind: str, named: Any) -> Stored:
    """The file that a parameter means: an upload, an attachment, or one already known."""
    upload = call.said.uploads.get(kind) if named is None else None
    if isinstance(named, str) and named.startswith("attach://"):
        upload = call.said.uploads.get(named.removeprefix("attach://"))
        if upload is None:
            raise bad("attached file not found")
    if upload is not None:
        return _kept(call, kind, upload)
    if not named:
        raise bad(f"there is no {kind} in the request")
    if str(named).startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    known = call.world.files.known(call.bot.id, str(named))
    if known.kind != kind:
        raise bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def _kept(call: Call, kind: str, upload: Upload) -> Stored:
    if not upload.data:
        raise bad("file must be non-empty")
    stored = call.world.files.keep(kind, upload.data, upload.name, upload.mime)
    if kind != "photo":
        return stored
    if stored.size > limits.PHOTO:
        raise bad(
            f"file of size {stored.size} bytes is too big for a photo; "
            f"the maximum size is {limits.PHOTO} bytes"
        )
    if not stored.picture:
        raise bad("IMAGE_PROCESS_FAILED")
    longer, shorter = max(stored.width, stored.height), min(stored.width, stored.height)
    if longer + shorter > limits.PHOTO_SIDES or longer > shorter * limits.PHOTO_RATIO:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return stored


def _send_file(call: Call, kind: str) -> Any:
    content = call.caption()
    media = file(call, kind, call.said.values.get(kind))
    return call.shown(_post(call, content, media))


def _post(call: Call, content: dict[str, Any], media: Stored | None = None) -> Message:
    """Send with a keyboard and perhaps as an answer to a message."""
    keyboard = keyboards.read(call.said.decoded("reply_markup"))
    chat = call.writable()
    replied = call.replied(chat)
    if keyboard is not None and "inline_keyboard" in keyboard:
        if keyboard["inline_keyboard"]:
            content["reply_markup"] = keyboard
        keyboard = None
    return _put(call, chat, content, media, replied, keyboard)


def _put(
    call: Call,
    chat: Chat,
    content: dict[str, Any],
    media: Stored | None,
    replied: Message | None = None,
    keyboard: dict[str, Any] | None = None,
) -> Message:
    thread = call.thread(chat)
    call.admit(chat)
    message = posting.add(
        call.world, chat, call.bot, content, media=media, reply_to=replied, thread=thread
    )
    message.keyboard = keyboard
    call.accepted(message)
    return message


def _original(call: Call, missing: str) -> Message:
    return call.message(call.chat("from_chat_id"), missing)
