"""The methods about chats, their members and topics, and files."""

from typing import Any

from bot.playground.telegram import limits, shapes
from bot.playground.telegram.call import Call
from bot.playground.telegram.refusals import bad, forbidden
from bot.playground.telegram.world import Chat, Person, Topic


def get_chat(call: Call) -> Any:
    chat = call.chat()
    full = shapes.chat(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    return full if chat.kind == "private" else full | {"permissions": shapes.permissions()}


def get_chat_member(call: Call) -> Any:
    chat = _group(call)
    account = call.world.account(call.said.number("user_id"))
    if account is None:
        raise bad("user not found")
    return shapes.member(account, chat.standing.get(account.id, "left"))


def get_chat_administrators(call: Call) -> Any:
    """The administrators; other bots are left out."""
    chat = _group(call)
    found = []
    for number, standing in chat.standing.items():
        account = call.world.account(number)
        if account is None or not chat.governs(number):
            continue
        if isinstance(account, Person) or account is call.bot:
            found.append(shapes.member(account, standing))
    return found


def get_chat_member_count(call: Call) -> Any:
    chat = call.chat()
    if chat.kind == "private":
        return 2
    return sum(chat.holds(number) for number in _group(call).standing)


def leave_chat(call: Call) -> Any:
    chat = _group(call)
    call.groups.leave(chat, call.bot)
    return True


def create_forum_topic(call: Call) -> Any:
    chat = _forum(call)
    name = call.said.text("name")
    if not 1 <= len(name) <= limits.TOPIC_NAME:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    topic = call.groups.open_topic(chat, name, call.bot)
    return {"message_thread_id": topic.id, "name": name, "icon_color": 7322096}


def close_forum_topic(call: Call) -> Any:
    chat = _forum(call)
    call.groups.close_topic(chat, _topic(call, chat), call.bot)
    return True


def reopen_forum_topic(call: Call) -> Any:
    chat = _forum(call)
    call.groups.reopen_topic(chat, _topic(call, chat), call.bot)
    return True


def pin_chat_message(call: Call) -> Any:
    chat = call.writable()
    message = call.message(chat, "message to pin not found")
    if chat.kind != "private" and not chat.governs(call.bot.id):
        raise bad("not enough rights to manage pinned messages in the chat")
    call.groups.pin(message, call.bot)
    return True


def get_file(call: Call) -> Any:
    stored = call.world.files.known(call.bot.id, call.said.text("file_id"))
    path = call.world.files.link(call.bot.id, stored)
    return {
        "file_id": call.said.text("file_id"),
        "file_unique_id": f"AQAD{stored.number:08d}",
        "file_size": stored.size,
        "file_path": path,
    }


def _group(call: Call) -> Chat:
    chat = call.chat()
    if chat.kind == "private":
        raise bad("there are no members in the private chat")
    if chat.standing.get(call.bot.id) == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if not chat.holds(call.bot.id):
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def _forum(call: Call) -> Chat:
    chat = call.writable()
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.governs(call.bot.id):
        raise bad("not enough rights to create a topic")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.said.number("message_thread_id"))
    if topic is None:
        raise bad("message thread not found")
    return topic
