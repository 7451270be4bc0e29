"""Putting a message into a chat, changing it, and telling the bots that may see it."""

from typing import Any

from bot.playground.telegram import entities, shapes
from bot.playground.telegram.files import Stored
from bot.playground.telegram.world import ANONYMOUS, BotAccount, Chat, Message, Person, World


def add(
    world: World,
    chat: Chat,
    author: Person | BotAccount | None,
    content: dict[str, Any],
    *,
    media: Stored | None = None,
    reply_to: Message | None = None,
    thread: int | None = None,
    anonymous: bool = False,
) -> Message:
    """Store a message under its ids; nobody is told yet."""
    body: dict[str, Any] = {"date": world.seconds}
    if anonymous:
        body["from"] = ANONYMOUS
        body["sender_chat"] = shapes.chat(chat)
    elif author is not None:
        body["from"] = shapes.user(author)
    message = Message(chat, body, _ids(world, chat), author=author, media=media, reply_to=reply_to)
    _place(message, thread)
    body.update(content)
    for owner, number in message.ids.items():
        chat.index[owner, number] = message
    chat.log.append(message)
    if isinstance(author, BotAccount):
        chat.last_bot = author.id
    world.changed(message)
    return message


def tell(world: World, message: Message, kind: str = "message") -> None:
    """Let the bots of the chat know of a message that is not their own."""
    for bot in world.bots_in(message.chat):
        if bot is message.author or not bot.updates.wanted(kind):
            continue
        if isinstance(message.author, BotAccount) and not service(message):
            continue
        if may_see(bot, message):
            shown = shapes.message(message, bot.id, world.files)
            bot.updates.put(kind, shown, f"chat:{message.chat.id}")


def may_see(bot: BotAccount, message: Message) -> bool:
    """Privacy mode: commands, replies to the bot, mentions; all to an administrator."""
    chat = message.chat
    if chat.kind == "private" or bot.reads_all or chat.governs(bot.id) or service(message):
        return True
    if message.reply_to is not None and message.reply_to.author is bot:
        return True
    mine = f"@{bot.username}".lower()
    text = message.text
    for entity in message.body.get("entities") or message.body.get("caption_entities") or ():
        said = entities.cut(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and said == mine:
            return True
        if entity["type"] == "bot_command":
            if "@" in said and said.endswith(mine):
                return True
            if "@" not in said and chat.last_bot in (0, bot.id):
                return True
    return False


def service(message: Message) -> bool:
    """Whether the app wrote it and not a person."""
    return not message.text and message.media is None


def texted(text: str, said: list[entities.Entity], key: str = "text") -> dict[str, Any]:
    """A text, or a caption, with its own entities and those Telegram finds."""
    marks = entities.merged(said, entities.find(text)) if said else entities.find(text)
    field = "entities" if key == "text" else "caption_entities"
    return {key: text, field: marks} if marks else {key: text}


def forwarded(message: Message) -> dict[str, Any]:
    """The content of a message sent on, with where it came from."""
    kept = ("text", "entities", "caption", "caption_entities")
    content = {key: message.body[key] for key in kept if key in message.body}
    content["forward_origin"] = message.body.get("forward_origin") or {
        "type": "user",
        "date": message.body["date"],
        "sender_user": message.body["from"],
    }
    return content


def _ids(world: World, chat: Chat) -> dict[int, int]:
    if chat.kind == "group":
        return {bot.id: bot.next_message_id() for bot in world.bots_in(chat)} or {0: 0}
    if chat.bot is not None:
        return {0: chat.bot.next_message_id()}
    chat.last_message_id += 1
    return {0: chat.last_message_id}


def _place(message: Message, thread: int | None) -> None:
    """Topic fields; a plain topic message quotes the topic's opening, as the real ones do."""
    replied = message.reply_to
    if message.chat.forum:
        if thread is not None:
            message.body["message_thread_id"] = thread
            message.body["is_topic_message"] = True
            if replied is None:
                message.reply_to = message.chat.topics[thread].opening
    elif message.chat.kind == "supergroup" and replied is not None:
        message.body["message_thread_id"] = replied.body.get("message_thread_id", replied.id)
