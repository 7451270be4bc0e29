"""Finding a unit by what people call it: folded, abbreviated, misspelt."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Protocol, TypeVar

from domain.vietnamese import expand_abbreviations, fold

FOUND_MOST = 6
"""More choices than that are not a question but a list."""

WORDS_MOST = 20
"""No unit has a longer name; holding a whole page against every name takes half a minute."""

_OWN_WORDS = re.compile("^(?:cong doan (?:co so )?)")
"""CĐCS, công đoàn: how the union's own units are called after what they are the union of."""

CLOSE_WORD = 0.8
"""How alike two words of four letters or more must be to count as a misspelling."""


class Named(Protocol):
    """Something with a code, a name and other names: a unit, or its line in an index."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


UnitLike = TypeVar("UnitLike", bound=Named)


def find_units(text: str, units: Iterable[UnitLike], most: int = FOUND_MOST) -> list[UnitLike]:
    """The units that a text may name, best first, ``most`` of them; one when it is clear.

    A code or a whole name decides alone; else every word said must be found in a name, and of
    those the names with the fewest other words win.
    """
    folded = fold(text)
    said = expand_abbreviations(folded)
    words = said.split()
    if not 0 < len(words) <= WORDS_MOST or not any(letter.isalnum() for letter in said):
        return []
    exact: list[UnitLike] = []
    scored: list[tuple[float, UnitLike]] = []
    for unit in units:
        names = [_plain(name) for name in (unit.name, *unit.aliases)]
        if folded == fold(unit.code) or said in names:
            exact.append(unit)
            continue
        score = max((_score(words, name.split()) for name in names), default=0.0)
        if score:
            scored.append((score, unit))
    if exact:
        return exact[:most]
    scored.sort(key=lambda pair: (-pair[0], pair[1].name))
    return [unit for _, unit in scored[:most]]


def called(text: str, units: Iterable[UnitLike]) -> list[UnitLike]:
    """The units whose whole name this is, abbreviations and the union's own words before it aside:
    a list of a school's superiors names the school, not its union.
    """
    said = _bare(text)
    return [unit for unit in units if said and said in map(_bare, (unit.name, *unit.aliases))]


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return _OWN_WORDS.sub("", _plain(name))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Every search holds the same thousand names against what was said."""
    return expand_abbreviations(fold(name))


def _score(said: Sequence[str], name: Sequence[str]) -> float:
    """Between 0 (some word is not there) and 1 (the same words)."""
    total = 0.0
    for word in said:
        best = max((_alike(word, other) for other in name), default=0.0)
        if not best:
            return 0.0
        total += best
    return total / max(len(said), len(name)) + total / len(said) / 10


@lru_cache(maxsize=16384)
def _alike(word: str, other: str) -> float:
    """1 for the same word, less for its beginning or a misspelling, 0 for another."""
    if word == other:
        return 1.0
    if len(word) < 4 or word.isdigit():
        return 0.0
    if other.startswith(word):
        return 0.9
    if abs(len(word) - len(other)) > 2:
        return 0.0
    ratio = SequenceMatcher(None, word, other).ratio()
    return ratio if ratio >= CLOSE_WORD else 0.0
