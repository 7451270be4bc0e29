"""Lengths and entities of a text the way Telegram counts them: in UTF-16 units."""

import re
from typing import Any

Entity = dict[str, Any]

_MARKS = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?<![\w/@.])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@.])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


def units(text: str) -> int:
    """
    >>> units("abc"), units("👍")
    (3, 2)
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers.

    >>> cut("👍 /start", 3, 6)
    '/start'
    """
    raw = text.encode("utf-16-le")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def find(text: str) -> list[Entity]:
    """Commands, mentions, links and hashtags that Telegram marks by itself.

    >>> find("👍 /progress@sk_bot")
    [{'type': 'bot_command', 'offset': 3, 'length': 16}]
    """
    if "/" not in text and "@" not in text and "#" not in text:
        return []
    return [
        {
            "type": str(match.lastgroup),
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in _MARKS.finditer(text)
    ]


def merged(said: list[Entity], found: list[Entity]) -> list[Entity]:
    """The sender's own entities, and the found ones that do not overlap them."""
    free = [
        entity
        for entity in found
        if not any(
            entity["offset"] < own["offset"] + own["length"]
            and own["offset"] < entity["offset"] + entity["length"]
            for own in said
        )
    ]
    return sorted(said + free, key=lambda entity: (entity["offset"], -entity["length"]))
