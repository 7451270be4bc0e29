"""Letters for pictures: the font that comes with us, and text cut to the room there is.

Pillow alone cannot put decomposed letters together, so text is composed first.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import accumulate
from math import inf
from types import MappingProxyType

from PIL import ImageFont

from bot.packaged import packaged

Font = ImageFont.FreeTypeFont

FILES = {False: "NotoSans-Regular.ttf", True: "NotoSans-Bold.ttf"}

COVERED = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x20AB, 0x20AB),
)
"""What our font can write, first and last of each run; anything else would be an empty box."""

CUT = "…"

MOST_WORDS = 24
"""Of a name whose best cut is looked for; there are some thousand ways to cut so many."""

_WORD = re.compile(r"\([^()]*\)|\S+")
"""What stands in brackets goes or stays as one."""

UNEVEN = 0.1
"""What a pixel that one end has more than the other takes from the worth of the words kept."""


@cache
def font(size: int, bold: bool = False) -> Font:
    """Our font at this size in pixels."""
    # Better layout needs a library of the system, and a bare machine has none.
    return ImageFont.truetype(
        BytesIO(packaged("documents", "fonts", FILES[bold])),
        size,
        layout_engine=ImageFont.Layout.BASIC,
    )


def plain(text: str) -> str:
    """What can be written: composed, on one line, without emoji and foreign scripts."""
    composed = unicodedata.normalize("NFC", text)
    kept = (char if _covered(char) else " " for char in composed if not _silent(char))
    return " ".join("".join(kept).split())


def width(text: str, letters: Font) -> int:
    """Pixels from left to right."""
    return round(letters.getlength(text))


def shorten(
    text: str, room: int, letters: Font, common: Mapping[str, int] = MappingProxyType({})
) -> str:
    """The text, without some words in its middle or at its end where it is too wide.

    A unit's name begins with what it is and mostly ends with which one it is, so both ends stay
    if they can. ``common`` says in how many names of the list a word occurs: what many have goes
    first, so that what tells this one from the others stays.
    """
    text = plain(text)
    if width(text, letters) <= room:
        return text
    words = _WORD.findall(text)
    gap = letters.getlength(" ")
    wide = [letters.getlength(word) + gap for word in words]
    upto = [0.0, *accumulate(wide)]
    told = [w / common.get(word, 1) ** 2 for w, word in zip(wide, words, strict=True)]
    worth = [0.0, *accumulate(told)]
    dots = letters.getlength(CUT) + gap
    best, kept = -inf, (0, 0, 0)
    for head, start, end in _cuts(len(words)) if len(words) <= MOST_WORDS else ():
        first, second = upto[head], upto[end] - upto[start]
        if first + second - gap + dots * ((start > head) + (end < len(words))) > room:
            continue
        value = worth[head] + worth[end] - worth[start]
        value -= UNEVEN * (abs(first - second) if end == len(words) else upto[-1])
        if value > best:
            best, kept = value, (head, start, end)
    if best == -inf:
        return _cut(text, room, letters)
    head, start, end = kept
    gone, ended = [CUT] * (start > head), [CUT] * (end < len(words))
    return " ".join([*words[:head], *gone, *words[start:end], *ended])


def _cuts(words: int) -> Iterator[tuple[int, int, int]]:
    """Ways to keep words up to ``head`` and from ``start`` to ``end``, but not all of them."""
    for head in range(1, words):
        for start in range(head, words + 1):
            for end in range(start, words + 1):
                if end - start + head < words:
                    yield head, start, end


def shared(names: Iterable[str]) -> Mapping[str, int]:
    """In how many of these names each word occurs."""
    return Counter(word for name in names for word in set(_WORD.findall(plain(name))))


def lines(text: str, room: int, letters: Font, most: int) -> list[str]:
    """The text on at most so many lines, the last one shortened in its middle."""
    words = plain(text).split()
    found: list[str] = []
    while words and len(found) < most - 1:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), letters) <= room:
            taken += 1
        found.append(shorten(" ".join(words[:taken]), room, letters))
        words = words[taken:]
    return [*found, shorten(" ".join(words), room, letters)] if words else found


def _cut(text: str, room: int, letters: Font) -> str:
    """One endless word: as much of its beginning as fits."""
    while text and width(text + CUT, letters) > room:
        text = text[:-1]
    return text.rstrip() + CUT


def _covered(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in COVERED)


def _silent(char: str) -> bool:
    """Marks and joiners that stand in no place of their own."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf") and not _covered(char)
