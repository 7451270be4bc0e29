"""What somebody in a group says to the bot, without the mention that brought it here; pure.

Zalo tells a mention as plain text, by the name that people see.
"""

import re
import unicodedata

from domain.vietnamese.text import bare

_COMMAND = re.compile(r"(?<!\S)/(?=[^\W\d_])")
"""A slash that begins a word: neither 3/4 nor an address."""

_SOMEBODY = re.compile(r"@[^/\n]{1,100}\s(?=/)")
"""A mention of any name before a command (works on the live platform, October 2026)."""

_AROUND = " \t\r\n\u00a0,:;.!-"


def meant(text: str, name: str, alone: str = "") -> str | None:
    """The text for us; None when it is said to another bot or person.

    ``name`` is what the bot is called; where it is not known, whatever is mentioned before a
    command is taken for us. ``alone`` is what a mention with nothing else means.

    >>> meant("@Bot Sáng Kiến td tràng định", "Bot Sáng Kiến")
    'td tràng định'
    >>> meant("cho xem tiến độ @bot sang kien", "Bot Sáng Kiến")
    'cho xem tiến độ'
    >>> meant("chị ơi @Bot Sáng Kiến /progress CTN27", "Bot Sáng Kiến")
    '/progress CTN27'
    >>> meant("chị ơi, @Bot Sáng Kiến td tràng định", "Bot Sáng Kiến")
    'td tràng định'
    >>> meant("@Bot Khác /progress", "Bot Sáng Kiến") is None
    True
    >>> meant("@Bot Sáng Kiến /progress", "")
    '/progress'
    >>> meant("@Bot Sáng Kiến", "Bot Sáng Kiến", "/help")
    '/help'
    """
    text = unicodedata.normalize("NFC", text).strip()
    parts = [part.strip(_AROUND) for part in _without(text, name)] if name else [text]
    if len(parts) == 1:
        somebody = _SOMEBODY.match(text)
        if somebody is None:
            return text
        return None if name else text[somebody.end() :]
    left = [part for part in parts if part]
    for part in left:
        if command := _COMMAND.search(part):
            return part[command.start() :]
    # Without a command: what follows the mention, or else what leads to it.
    return left[-1] if left else alone


def _without(text: str, name: str) -> list[str]:
    """The text around the mentions of a name, however its marks and capitals are typed."""
    words = [re.escape(_plain(word)) for word in unicodedata.normalize("NFC", name).split()]
    mention = re.compile("@" + r"\s+".join(words) + r"(?!\w)")
    parts, start = [], 0
    for found in mention.finditer(_plain(text)):
        parts.append(text[start : found.start()])
        start = found.end()
    return [*parts, text[start:]]


def _plain(text: str) -> str:
    """Without marks and capitals, letter by letter, so that places stay what they are."""
    return "".join(plain if len(plain := bare(c.lower())) == 1 else c for c in text)
