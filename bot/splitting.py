"""Split a text at a channel's limit, where a reader would pause."""

import re
import unicodedata

from bot.channel import Limits

_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…;:])\s"),
)
"""Ends of paragraphs, lines and sentences: the best first."""

_SPACE = re.compile(r"\s")
_JOINER = "\u200d"


def measure(text: str, limits: Limits) -> int:
    """Length in the channel's own units.

    >>> measure("😀a", Limits(text=10, utf16=True)), measure("😀a", Limits(text=10))
    (3, 2)
    """
    if not limits.utf16 or text.isascii():
        return len(text)
    # Counting them in Python takes as long as all the rest of cutting a text.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limits: Limits) -> list[str]:
    """Cut into pieces of at most ``limits.text`` units; only white space at a cut is lost.

    >>> split("Một câu. Hai câu.", Limits(text=10))
    ['Một câu.', 'Hai câu.']
    """
    text = text.strip()
    pieces = []
    while measure(text, limits) > limits.text:
        cut = _cut(text, _most(text, limits))
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    if text:
        pieces.append(text)
    return pieces


def _most(text: str, limits: Limits) -> int:
    """How many characters of the text fit into one message; at least one."""
    if not limits.utf16:
        return max(1, limits.text)
    units = 0
    for place, char in enumerate(text):
        units += 2 if char > "\uffff" else 1
        if units > limits.text:
            return max(1, place)
    return len(text)


def _cut(text: str, most: int) -> int:
    """Where to cut so that at most ``most`` characters come before.

    A pause counts in the second half only, so that no piece is a stub.
    """
    window = text[: most + 1]
    for pause in _PAUSES:
        ends = [found.start() for found in pause.finditer(window, most // 2)]
        if ends:
            return ends[-1]
    spaces = [found.start() for found in _SPACE.finditer(window)]
    if spaces:
        return spaces[-1]
    return _between_letters(text, most)


def _between_letters(text: str, most: int) -> int:
    """Cut a word without tearing a mark off its letter or an emoji apart."""
    for place in range(most, 0, -1):
        if not _belongs(text[place - 1], text[place]):
            return place
    return most


def _belongs(before: str, char: str) -> bool:
    """Whether a character must stay with the one before it."""
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or _JOINER in (before, char)
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or ("\U0001f1e6" <= char <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff")
    )
