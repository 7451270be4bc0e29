"""The demonstration's units and words as golden dialogues know them, in their own small world."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from bot.packaged import packaged
from bot.toml_file import read_toml
from domain.codes import written
from domain.units import Unit

TELLING = 8
"""Letters that make a piece of an answer its own."""

MOST = 70
"""Characters of it: enough to know it by."""

FIGURE = re.compile(r"\S*\d\S*")
"""A word with a digit: a count, a share, an amount, a day, a code."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
MADE_UP = "CODE2"
"""One-time codes of golden dialogues are CODE2AAAAA, CODE2AAAAB, and so on, as they are drawn."""


class Counterpart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of the demonstration, and the one that stands for it."""

    ours: str
    theirs: str
    name: str


class Counterparts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that have one."""

    unit: list[Counterpart]


def counterparts() -> dict[str, Counterpart]:
    """By the demonstration's own code."""
    file = read_toml("golden.toml", packaged("playground", "golden.toml"))
    return {each.ours: each for each in msgspec.convert(file.raw, Counterparts).unit}


class Likeness:
    """How what was said here is said there."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._known = counterparts()
        self._codes: dict[str, str] = {}
        self._drawn = 0
        self._names = {
            each.name: self._known[each.code].name for each in units if each.code in self._known
        }
        self._foreign = [each for each in units if each.code not in self._known]

    def code(self, unit: Unit) -> str:
        """The unit there; "" where it has no counterpart."""
        return self._known[unit.code].theirs if unit.code in self._known else ""

    def draw(self, code: str) -> None:
        """A one-time code was drawn, the next of them."""
        theirs = MADE_UP + _letters(self._drawn)
        self._drawn += 1
        self._codes |= {code: theirs, written(code): written(theirs)}

    def said(self, text: str) -> str:
        """What somebody writes."""
        for ours, theirs in self._codes.items():
            text = text.replace(ours, theirs)
        return _words_for(self._named(text), {k: c.theirs for k, c in self._known.items()})

    def is_foreign(self, text: str) -> bool:
        """Whether it speaks of a unit that is not there."""
        words = {word.casefold() for word in re.findall(r"\w+", text)}
        return any(each.name in text or each.code.casefold() in words for each in self._foreign)

    def telling(self, text: str) -> str:
        """The first piece of an answer that tells it from others, without figures; or ""."""
        for line in unicodedata.normalize("NFC", self._named(text)).split("\n"):
            piece = max((each.strip() for each in FIGURE.split(line)), key=len)
            if sum(sign.isalpha() for sign in piece) >= TELLING:
                return piece if len(piece) <= MOST else piece[:MOST].rpartition(" ")[0]
        return ""

    def _named(self, text: str) -> str:
        for ours, theirs in self._names.items():
            text = text.replace(ours, theirs)
        return text


def _words_for(text: str, codes: Mapping[str, str]) -> str:
    """The text with codes of units as they are there, however they are written."""
    theirs = {ours.casefold(): code for ours, code in codes.items() if ours != code}
    return re.sub(r"\w+", lambda found: theirs.get(found[0].casefold(), found[0]), text)


def _letters(number: int) -> str:
    """Five of them, counting up: AAAAA, AAAAB."""
    letters = ""
    for _ in range(5):
        number, place = divmod(number, len(LETTERS))
        letters = LETTERS[place] + letters
    return letters
