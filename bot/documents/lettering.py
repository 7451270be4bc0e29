"""Letters for pictures: the font that comes with us, and text cut to the room there is.

Pillow alone cannot put decomposed letters together, so text is composed first.
"""

import unicodedata
from functools import cache
from io import BytesIO
from itertools import accumulate

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


def shorten(text: str, room: int, letters: Font) -> str:
    """The text, without words in its middle where it is wider than ``room`` pixels.

    A unit's name begins with what it is and ends with which one it is: both ends stay.
    """
    text = plain(text)
    if width(text, letters) <= room:
        return text
    words = text.split()
    left = room - width(CUT, letters)
    gap = letters.getlength(" ")
    widths = [letters.getlength(word) for word in words]
    heads = list(accumulate(wide + gap for wide in widths))
    tails = list(accumulate(wide + gap for wide in reversed(widths)))
    fitting = [
        (min(heads[head - 1], tails[tail - 1]), heads[head - 1] + tails[tail - 1], head, tail)
        for head in range(1, len(words))
        for tail in range(1, len(words) - head)
        if heads[head - 1] + tails[tail - 1] <= left
    ]
    if not fitting:
        return _cut(text, room, letters)
    *_, head, tail = max(fitting, key=lambda one: (one[1] - abs(one[1] / 2 - one[0]), one))
    return f"{' '.join(words[:head])} {CUT} {' '.join(words[-tail:])}"


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
