"""What happens to groups: made, joined, left, led, renamed, split into topics, upgraded."""

from collections.abc import Iterable
from typing import Any

from bot.playground.telegram import posting, shapes
from bot.playground.telegram.refusals import Impossible
from bot.playground.telegram.world import (
    BotAccount,
    Chat,
    Message,
    Person,
    Standing,
    Topic,
    World,
)

Account = Person | BotAccount


class Groups:
    """The groups of the network, as their administrators run them."""

    def __init__(self, world: World) -> None:
        self.world = world

    def create(
        self,
        title: str,
        by: Person,
        members: Iterable[Account] = (),
        *,
        supergroup: bool = False,
        forum: bool = False,
    ) -> Chat:
        """Make a group with its first members; a forum is always a supergroup."""
        chat = self.world.add_chat("supergroup" if supergroup or forum else "group", title)
        chat.forum = forum
        chat.standing[by.id] = "creator"
        for account in members:
            self.add(chat, account, by)
        return chat

    def add(self, chat: Chat, account: Account, by: Person) -> None:
        """Bring somebody in; a bot learns of itself by `my_chat_member`."""
        if not chat.holds(account.id):
            self._move(chat, account, "member", by)
            self._note(chat, by, {"new_chat_members": [shapes.user(account)]})

    def kick(self, chat: Chat, account: Account, by: Person) -> None:
        """Throw somebody out, and keep them out."""
        self._note(chat, by, {"left_chat_member": shapes.user(account)})
        self._move(chat, account, "kicked", by)

    def leave(self, chat: Chat, account: Account) -> None:
        self._note(chat, account, {"left_chat_member": shapes.user(account)})
        self._move(chat, account, "left", account)

    def promote(self, chat: Chat, account: Account, by: Person) -> None:
        self._move(chat, account, "administrator", by)

    def demote(self, chat: Chat, account: Account, by: Person) -> None:
        self._move(chat, account, "member", by)

    def restrict(self, chat: Chat, account: Account, by: Person) -> None:
        """Take away the right to write."""
        self._move(chat, account, "restricted", by)

    def rename(self, chat: Chat, title: str, by: Account) -> None:
        chat.title = title
        self._note(chat, by, {"new_chat_title": title})

    def delete(self, chat: Chat) -> None:
        """Delete the group for everyone."""
        chat.deleted = True

    def upgrade(self, chat: Chat, by: Person, *, forum: bool = False) -> Chat:
        """Turn a group into a supergroup: another id, a service message in both chats."""
        if chat.kind != "group" or chat.upgraded_to is not None:
            raise Impossible("only a basic group can be upgraded")
        new = self.world.add_chat("supergroup", chat.title)
        new.forum = forum
        new.standing = dict(chat.standing)
        chat.upgraded_to = new
        self._note(chat, by, {"migrate_to_chat_id": new.id})
        self._note(new, by, {"migrate_from_chat_id": chat.id})
        return new

    def open_topic(self, chat: Chat, name: str, by: Account) -> Topic:
        """Open a topic in a forum."""
        if not chat.forum:
            raise Impossible("not a forum")
        content: dict[str, Any] = {
            "forum_topic_created": {"name": name, "icon_color": 7322096},
            "is_topic_message": True,
        }
        opening = posting.add(self.world, chat, by, content)
        opening.body["message_thread_id"] = opening.id
        topic = chat.topics[opening.id] = Topic(opening.id, name, opening=opening)
        posting.tell(self.world, opening)
        return topic

    def close_topic(self, chat: Chat, topic: Topic | None, by: Account) -> None:
        """Close a topic; None is the General one."""
        self._shut(chat, topic, by, closed=True)

    def reopen_topic(self, chat: Chat, topic: Topic | None, by: Account) -> None:
        self._shut(chat, topic, by, closed=False)

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Remove a topic and all it holds; no bot is told."""
        del chat.topics[topic.id]
        for message in chat.log:
            if message.body.get("message_thread_id") == topic.id:
                message.deleted = True

    def pin(self, message: Message, by: Account) -> None:
        """Pin a message; the note that says so quotes it."""
        note = posting.add(self.world, message.chat, by, {}, thread=_thread(message))
        for bot in self.world.bots_in(message.chat):
            if message.chat.owner(bot.id) in message.ids:
                pinned = shapes.message(message, bot.id, self.world.files, replies=False)
                note.body["pinned_message"] = pinned
        posting.tell(self.world, note)

    def _shut(self, chat: Chat, topic: Topic | None, by: Account, *, closed: bool) -> None:
        if topic is None:
            chat.general_closed = closed
        else:
            topic.closed = closed
        kind = "forum_topic_closed" if closed else "forum_topic_reopened"
        self._note(chat, by, {kind: {}}, thread=topic.id if topic else None)

    def _note(
        self, chat: Chat, by: Account, content: dict[str, Any], thread: int | None = None
    ) -> Message:
        note = posting.add(self.world, chat, by, content, thread=thread)
        posting.tell(self.world, note)
        return note

    def _move(self, chat: Chat, account: Account, standing: Standing, by: Account) -> None:
        before = chat.standing.get(account.id, "left")
        chat.standing[account.id] = standing
        if before == standing:
            return
        content = {
            "chat": shapes.chat(chat),
            "from": shapes.user(by),
            "date": self.world.seconds,
            "old_chat_member": shapes.member(account, before),
            "new_chat_member": shapes.member(account, standing),
        }
        lane = f"chat:{chat.id}"
        if isinstance(account, BotAccount):
            account.updates.put("my_chat_member", content, lane)
            return
        for bot in self.world.bots_in(chat):
            if chat.governs(bot.id):
                bot.updates.put("chat_member", content, lane)


def _thread(message: Message) -> int | None:
    if not message.body.get("is_topic_message"):
        return None
    thread: int | None = message.body.get("message_thread_id")
    return thread
