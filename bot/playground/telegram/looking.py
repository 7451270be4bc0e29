"""A message of the simulated Telegram as the page shows it."""

from bot.playground.board import Entry
from bot.playground.shown import By, Paper, Shown, ShownButton
from bot.playground.telegram.world import Message
from domain.texts import Texts

_HAPPENED = {
    "new_chat_members": "joined",
    "left_chat_member": "left",
    "migrate_to_chat_id": "upgraded",
}
"""Messages that the app writes, and the sentence that says what happened."""


def is_echo(message: Message) -> bool:
    """Whether it tells the new group what the old one was told already."""
    return "migrate_from_chat_id" in message.body


def shown(entry: Entry, by: By, reply_to: str | None, words: Texts) -> Shown:
    """The message; the app's own say what happened, in words."""
    message: Message = entry.message
    happened = next((said for key, said in _HAPPENED.items() if key in message.body), "")
    text = words(f"playground.{happened}", name=by.name) if happened else message.text
    kind = message.media.kind if message.media else ""
    return Shown(
        id=entry.id,
        chat=entry.chat,
        number=entry.number,
        by=by,
        at=entry.at.isoformat(),
        text=text,
        edited=message.edited,
        deleted=message.deleted,
        reply_to=reply_to,
        buttons=_buttons(message),
        photo=f"file/{entry.id}" if kind == "photo" else None,
        document=_paper(entry, message) if kind == "document" else None,
        sticker=kind == "sticker",
        voice=kind == "voice",
        service=bool(happened),
    )


def _buttons(message: Message) -> list[list[ShownButton]]:
    markup = message.body.get("reply_markup") or message.keyboard or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [
        [
            ShownButton(each["text"], "link", (row, column), str(each["url"]))
            if "url" in each
            else ShownButton(each["text"], "action", (row, column))
            for column, each in enumerate(buttons)
        ]
        for row, buttons in enumerate(rows)
    ]


def _paper(entry: Entry, message: Message) -> Paper | None:
    stored = message.media
    return Paper(f"file/{entry.id}", stored.name, stored.size) if stored else None
