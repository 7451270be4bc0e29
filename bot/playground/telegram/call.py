"""One method call, and the questions that every method asks of it."""

from dataclasses import dataclass
from typing import Any

from bot.playground.telegram import entities, limits, markup, shapes
from bot.playground.telegram.groups import Groups
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.refusals import Refused, bad, forbidden, upgraded
from bot.playground.telegram.world import Accepted, BotAccount, Chat, Message, World


@dataclass(frozen=True, slots=True)
class Call:
    """A bot asking for something."""

    world: World
    groups: Groups
    bot: BotAccount
    method: str
    said: Parameters

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that is named, whether or not the bot may write there."""
        wanted = self.said.text(name).strip()
        if not wanted:
            raise bad(f"{name} is empty")
        try:
            number = int(wanted)
        except ValueError:
            raise bad("chat not found") from None
        if number < 0:
            group = self.world.groups.get(number)
            if group is None or self.bot.id not in group.standing:
                raise bad("chat not found")
            return group
        person = self.world.people.get(number)
        if person is None:
            raise bad("chat not found")
        if number not in self.bot.started and not self._met(number):
            raise bad("chat not found")
        return self.world.private(self.bot, person)

    def writable(self, name: str = "chat_id") -> Chat:
        """The chat that is named, if the bot may write there."""
        chat = self.chat(name)
        refusal = _closed(chat, self.bot)
        if refusal is not None:
            raise refusal
        return chat

    def thread(self, chat: Chat) -> int | None:
        """The topic that is named; the General one is named by leaving it out."""
        number = self.said.number("message_thread_id")
        governs = chat.governs(self.bot.id)
        if not number:
            if chat.forum and chat.general_closed and not governs:
                raise bad("TOPIC_CLOSED")
            return None
        topic = chat.topics.get(number)
        if topic is None:
            raise bad("message thread not found")
        if topic.closed and not governs:
            raise bad("TOPIC_CLOSED")
        return number

    def replied(self, chat: Chat) -> Message | None:
        """The message that is answered."""
        wanted = self.said.decoded("reply_parameters")
        if isinstance(wanted, dict):
            number = int(wanted.get("message_id", 0))
            lenient = bool(wanted.get("allow_sending_without_reply"))
        else:
            number = self.said.number("reply_to_message_id")
            lenient = self.said.flag("allow_sending_without_reply")
        if not number:
            return None
        message = chat.find(self.bot.id, number)
        if message is None and not lenient:
            raise bad("message to be replied not found")
        return message

    def message(self, chat: Chat, missing: str) -> Message:
        """The message that is named by `message_id`."""
        message = chat.find(self.bot.id, self.said.number("message_id"))
        if message is None:
            raise bad(missing)
        return message

    def content(self) -> dict[str, Any]:
        """The text to send, with its entities."""
        raw = self.said.text("text")
        if not raw:
            raise bad("message text is empty")
        text, marks = self._read(raw, self.said.items("entities"))
        if not text:
            raise bad("text must be non-empty")
        if entities.units(text) > limits.TEXT:
            raise bad("message is too long")
        return _texted(text, marks, "text", "entities")

    def caption(self, item: dict[str, Any] | None = None) -> dict[str, Any]:
        """The caption of a picture or file; of one item of an album when given."""
        values = self.said if item is None else Parameters(item)
        text, marks = self._read(
            values.text("caption"), values.items("caption_entities"), values.text("parse_mode")
        )
        if entities.units(text) > limits.CAPTION:
            raise bad("message caption is too long")
        return _texted(text, marks, "caption", "caption_entities") if text else {}

    def admit(self, chat: Chat, messages: int = 1, *, edit: bool = False) -> None:
        """Flood control, where it is switched on."""
        if self.world.flood:
            refusal = self.bot.flood.admit(chat.id, messages, edit)
            if refusal is not None:
                raise refusal

    def accepted(self, message: Message, *, edit: bool = False) -> None:
        """Write down that the network took it."""
        entry = Accepted(
            self.bot.token,
            self.method,
            message.chat.id,
            message.text,
            self.world.now(),
            message.id_for(self.bot.id),
        )
        (self.world.edits if edit else self.world.accepted).append(entry)
        for listener in self.world.on_accept:
            listener(entry)

    def shown(self, message: Message) -> dict[str, Any]:
        return shapes.message(message, self.bot.id, self.world.files)

    def _read(self, raw: str, marks: list[Any], mode: str | None = None) -> tuple[str, list[Any]]:
        mode = self.said.text("parse_mode") if mode is None else mode
        if mode and not marks:
            raw, marks = markup.read(raw, mode)
        text = raw.rstrip()
        return (text, marks) if marks else (text.lstrip(), marks)

    def _met(self, person_id: int) -> bool:
        """Whether the bot may know of the person from a group they share."""
        return any(
            self.bot.id in group.standing and person_id in group.standing
            for group in self.world.groups.values()
        )


def _closed(chat: Chat, bot: BotAccount) -> Refused | None:
    """Why the bot may not write in the chat."""
    if chat.person is not None:
        if chat.person.deactivated:
            return forbidden("user is deactivated")
        if chat.person.id in bot.blocked:
            return forbidden("bot was blocked by the user")
        if chat.person.id not in bot.started:
            return forbidden("bot can't initiate conversation with a user")
        return None
    if chat.upgraded_to is not None:
        return upgraded(chat.upgraded_to.id)
    if chat.deleted:
        return forbidden("the group chat was deleted")
    match chat.standing.get(bot.id):
        case "kicked":
            return forbidden(f"bot was kicked from the {chat.kind} chat")
        case "left" | None:
            return forbidden(f"bot is not a member of the {chat.kind} chat")
        case "restricted":
            return bad("not enough rights to send text messages to the chat")
    return None


def _texted(text: str, marks: list[Any], key: str, marks_key: str) -> dict[str, Any]:
    found = entities.find(text)
    marks = entities.merged(marks, found) if marks else found
    return {key: text, marks_key: marks} if marks else {key: text}
