"""The parts of an event that we read; everything else may have any shape."""

import msgspec

from bot.raw_events import NOTHING, Milliseconds, without_nul


class From(msgspec.Struct, frozen=True, gc=False):
    """Who wrote."""

    id: str | int = ""
    display_name: str = ""
    is_bot: bool = False


class Chat(msgspec.Struct, frozen=True, gc=False):
    """``chat_type`` is PRIVATE or GROUP, or something newer."""

    id: str | int = ""
    chat_type: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message, of any kind."""

    from_: From = msgspec.field(default_factory=From, name="from")
    chat: Chat = msgspec.field(default_factory=Chat)
    message_id: str | int = ""
    date: Milliseconds = None
    text: str = ""
    caption: str = ""
    photo_url: str = ""
    photo: str = ""
    # Only whether these are there.
    sticker: msgspec.Raw = NOTHING
    voice_url: msgspec.Raw = NOTHING


class Event(msgspec.Struct, frozen=True):
    """What the platform tells; ``result`` is there when the body is wrapped."""

    event_name: str = ""
    message: Message | None = None
    result: "Event | None" = None


class Me(msgspec.Struct, frozen=True):
    """The answer to getMe. ``display_name`` is in no page; it is taken where it comes."""

    id: str | int = ""
    account_name: str = ""
    display_name: str = ""
    account_type: str = ""
    can_join_groups: bool = False


class Taken(msgspec.Struct, frozen=True):
    """The answer to sendMessage and sendPhoto."""

    message_id: str | int = ""
    date: Milliseconds = None


class Verification(msgspec.Struct, frozen=True):
    """What the platform saw when it looked at a webhook."""

    ok: bool = True
    outcome: str = ""
    hint: str = ""


class Hook(msgspec.Struct, frozen=True):
    """The answer to setWebhook and getWebhookInfo."""

    url: str = ""
    verification: Verification = msgspec.field(default_factory=Verification)


_read_event = msgspec.json.Decoder(Event).decode
read_me = msgspec.json.Decoder(Me).decode
read_taken = msgspec.json.Decoder(Taken).decode
read_hook = msgspec.json.Decoder(Hook).decode


def read_event(raw: bytes) -> Event:
    """Read one event, wrapped or not, without the NULs that a forged client may put into it."""
    event = _read_event(without_nul(raw))
    return event.result if event.result is not None and event.message is None else event
