"""Which earlier entries a new one may repeat: much the same title, or the same author's.

A person decides; of two alike the earliest filed stays (domain facts 1.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache

from domain.vietnamese import fold

SUSPECT = 0.8
"""From here on the card says so unasked: one word in five may differ."""

PROPOSED = 0.45
"""From here on an entry is offered to whoever looks for the one that is repeated."""

SAME_AUTHOR = 0.15
"""People repeat themselves more often than others."""

FEW_WORDS = 3
"""Titles this short are alike by chance: they must be the same."""


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry as it is held against others."""

    id: int
    code: str
    title: str
    author: int
    unit: int
    submitted_at: datetime


def likeness(title: str, other: str) -> float:
    """From 0 to 1; diacritics, case and the order of words make no difference.

    >>> likeness("Lắp cảm biến áp lực cho bơm", "lap cam bien ap luc cho bom")
    1.0
    >>> likeness("Lắp cảm biến áp lực", "Làm giá treo đồng hồ")
    0.0
    """
    mine, theirs = _words(title), _words(other)
    shared = len(set(mine) & set(theirs))
    if not shared:
        return 0.0
    if min(len(mine), len(theirs)) <= FEW_WORDS:
        return 1.0 if sorted(mine) == sorted(theirs) else 0.0
    words = shared / len(set(mine) | set(theirs))
    if words < PROPOSED / 2:
        return words
    letters = SequenceMatcher(None, " ".join(sorted(mine)), " ".join(sorted(theirs))).ratio()
    return max(words, letters * 0.95) if words < 1 else 1.0


def likely(entry: Filed, others: Iterable[Filed], most: int = 4) -> list[Filed]:
    """What the entry may repeat, the likeliest first."""
    scored = [(_score(entry, other), other) for other in others if other.id != entry.id]
    found = [(score, other) for score, other in scored if score >= PROPOSED]
    found.sort(key=lambda each: (-each[0], each[1].submitted_at, each[1].id))
    return [other for _, other in found[:most]]


def suspected(entry: Filed, others: Iterable[Filed]) -> Filed | None:
    """The earlier entry that this one seems to repeat."""
    earlier = [other for other in others if _age(other) < _age(entry)]
    close = [(likeness(entry.title, other.title), other) for other in earlier]
    close = [(score, other) for score, other in close if score >= SUSPECT]
    return max(close, key=lambda each: each[0])[1] if close else None


def later(one: Filed, other: Filed) -> Filed:
    """The one of two alike that goes: the earliest filed stays."""
    return max(one, other, key=_age)


@lru_cache(maxsize=4096)
def _words(title: str) -> tuple[str, ...]:
    """The same titles of a unit are held against every new one."""
    return tuple(fold(title).split())


def _score(entry: Filed, other: Filed) -> float:
    score = likeness(entry.title, other.title)
    return score + SAME_AUTHOR if other.author == entry.author else score


def _age(entry: Filed) -> tuple[datetime, int]:
    return entry.submitted_at, entry.id
