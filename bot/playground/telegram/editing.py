"""The methods that change or remove a message, and the answer to a tapped button."""

from typing import Any

from bot.playground.telegram import entities, keyboards, limits
from bot.playground.telegram.call import Call
from bot.playground.telegram.refusals import NOT_MODIFIED, QUERY_TOO_OLD, bad
from bot.playground.telegram.sending import file
from bot.playground.telegram.world import Chat, Message

_CAPTION = ("caption", "caption_entities")
_TEXT = ("text", "entities")


def edit_message_text(call: Call) -> Any:
    chat, message = _mine(call)
    content = call.content()
    if message.media is not None:
        raise bad("there is no text in the message to edit")
    return _changed(call, chat, message, _TEXT, content)


def edit_message_caption(call: Call) -> Any:
    chat, message = _mine(call)
    if message.media is None:
        raise bad("there is no caption in the message to edit")
    return _changed(call, chat, message, _CAPTION, call.caption())


def edit_message_reply_markup(call: Call) -> Any:
    chat, message = _mine(call)
    return _changed(call, chat, message, (), {})


def edit_message_media(call: Call) -> Any:
    chat, message = _mine(call)
    item = call.said.decoded("media")
    if not isinstance(item, dict):
        raise bad("media must be an Object")
    before = message.media
    media = file(call, str(item.get("type")), item.get("media"))
    content = call.caption(item)
    changed = before is None or before.number != media.number
    message.media = media
    return _changed(call, chat, message, _TEXT + _CAPTION, content, changed=changed)


def delete_message(call: Call) -> Any:
    chat = call.chat()
    message = call.message(chat, "message to delete not found")
    if not _deletable(call, chat, message):
        raise bad("message can't be deleted")
    message.deleted = True
    call.world.changed(message)
    return True


def delete_messages(call: Call) -> Any:
    """Several at once; what is not there is passed over."""
    chat = call.chat()
    numbers = call.said.items("message_ids")
    if not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > limits.BULK:
        raise bad("too many message identifiers specified")
    for number in numbers:
        message = chat.find(call.bot.id, int(number))
        if message is not None and _deletable(call, chat, message):
            message.deleted = True
            call.world.changed(message)
    return True


def answer_callback_query(call: Call) -> Any:
    tap = call.world.taps.get(call.said.text("callback_query_id"))
    at = call.world.now().timestamp()
    if tap is None or tap.bot is not call.bot or at - tap.at > limits.ANSWER_WITHIN:
        raise bad(QUERY_TOO_OLD)
    text = call.said.text("text")
    if entities.units(text) > limits.CALLBACK_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    tap.answered, tap.text, tap.url = True, text, call.said.text("url")
    tap.alert = call.said.flag("show_alert")
    return True


def _mine(call: Call) -> tuple[Chat, Message]:
    if not call.said.text("chat_id") and not call.said.text("message_id"):
        raise bad("message identifier is not specified")
    chat = call.writable()
    message = call.message(chat, "message to edit not found")
    if message.author is not call.bot:
        raise bad("message can't be edited")
    return chat, message


def _changed(
    call: Call,
    chat: Chat,
    message: Message,
    fields: tuple[str, ...],
    content: dict[str, Any],
    *,
    changed: bool = False,
) -> Any:
    keyboard = keyboards.read(call.said.decoded("reply_markup")) or {}
    rows = keyboard.get("inline_keyboard")
    if rows:
        content["reply_markup"] = {"inline_keyboard": rows}
    replaced = (*fields, "reply_markup")
    before = {key: message.body[key] for key in replaced if key in message.body}
    if before == content and not changed:
        raise bad(NOT_MODIFIED)
    call.admit(chat, edit=True)
    message.earlier.append(message.text)
    for key in replaced:
        message.body.pop(key, None)
    message.body.update(content, edit_date=call.world.seconds)
    call.world.changed(message)
    call.accepted(message, edit=True)
    return call.shown(message)


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    """Younger than two days, and the bot's own unless it may delete others'."""
    young: bool = call.world.seconds - message.body["date"] <= limits.DELETE_WITHIN
    if chat.kind == "private":
        return young
    return chat.governs(call.bot.id) or (young and message.author is call.bot)
