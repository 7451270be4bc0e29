"""From an amount for each station and month to a total for a year: which counts are missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.vietnamese.counted import TIMES_A_YEAR, known_unit, unit_at
from domain.vietnamese.numbers import count_at
from domain.vietnamese.numerals import is_word, is_word_at, read_below_thousand
from domain.vietnamese.scales import low_at, numberish
from domain.vietnamese.scan import scan
from domain.vietnamese.tokens import Token, glued, tokenize
from domain.vietnamese.values import MoneyRead

_CLASSIFIERS: Final = ("cái", "chiếc", "cụm", "cây", "con")
_RANGE: Final = frozenset("-–—~→/")
_FEWEST_WORDS_BACK: Final = 6


def rate_units(rate: str | None) -> tuple[str, ...]:
    """The units of a rate that must still be counted to reach a yearly total, in order.

    >>> rate_units("trạm/năm"), rate_units("năm"), rate_units("tháng"), rate_units(None)
    (('trạm',), (), ('tháng',), ())
    """
    units = dict.fromkeys((rate or "").split("/"))
    return tuple(unit for unit in units if unit and TIMES_A_YEAR.get(unit) != 1)


def usual_count(unit: str) -> int | None:
    """How many of a unit a year has, where the calendar fixes it.

    >>> usual_count("tháng"), usual_count("quý"), usual_count("trạm")
    (12, 4, None)
    """
    return TIMES_A_YEAR.get(unit)


def total_of_rate(read: MoneyRead, counts: Mapping[str, int]) -> int | None:
    """The total in VND of an amount with a rate, or None while a count is missing.

    >>> total_of_rate(MoneyRead(14_000_000, rate="trạm/năm"), {"trạm": 3})
    42000000
    >>> total_of_rate(MoneyRead(500_000, rate="tháng"), {}) is None
    True
    """
    if read.vnd is None:
        return None
    total = read.vnd
    for unit in rate_units(read.rate):
        if unit not in counts:
            return None
        total *= counts[unit]
    return total


def read_counts(text: str, units: Sequence[str]) -> dict[str, int]:
    """How many of each unit a text names, its amounts of money left out.

    >>> read_counts("gan 14tr/tram/nam, 3 tram", ["trạm"])
    {'trạm': 3}
    >>> read_counts("ba trạm, 12 tháng", ["trạm", "tháng"])
    {'trạm': 3, 'tháng': 12}
    >>> read_counts("3", ["trạm"]), read_counts("3-4 trạm", ["trạm"])
    ({'trạm': 3}, {})
    """
    counts: dict[str, int] = {}
    if not units:
        return counts
    tokens = tokenize(text)
    taken = _taken(tokens)
    for unit in units:
        said = {
            count
            for at in range(len(tokens))
            if at not in taken and (end := _unit_here(tokens, at, unit))
            for count in [_count_before(tokens, at, taken) or _count_after(tokens, end, taken)]
            if count
        }
        if len(said) == 1:
            counts[unit] = said.pop()
    if not counts and len(units) == 1:
        alone = _only_number(tokens, taken)
        if alone:
            counts[units[0]] = alone
    return counts


def _taken(tokens: list[Token]) -> set[int]:
    """The tokens that belong to amounts of money and their rates, and to dates and years."""
    taken: set[int] = set()
    for one in scan(tokens):
        if one.kind in {"money", "year", "percent", "fx"}:
            led = one.kind == "year" and is_word_at(tokens, one.amount.start - 1, "năm")
            taken |= set(range(one.amount.start - led, one.end))
        if one.before:
            taken |= set(range(*one.before))
    return taken


def _unit_here(tokens: list[Token], at: int, unit: str) -> int | None:
    """Where a unit that starts at a token ends: "trạm" also stands in "trạm bơm"."""
    found = unit_at(tokens, at)
    if found and (found[0] == unit or found[0].startswith(unit + " ")):
        return found[1]
    words = known_unit(unit).split()
    part = tokens[at : at + len(words)]
    fits = len(part) == len(words) and all(
        is_word(token, word) for token, word in zip(part, words, strict=True)
    )
    return at + len(words) if fits else None


def _count_before(tokens: list[Token], at: int, taken: set[int]) -> int | None:
    end = at
    if end and is_word(tokens[end - 1], *_CLASSIFIERS):
        end -= 1
    for begin in range(max(0, end - _FEWEST_WORDS_BACK), end):
        if any(place in taken for place in range(begin, end)):
            continue
        read = count_at(tokens, begin)
        if read is None and numberish(tokens, begin):
            continue
        if read is None or read[1] != end:
            # "ba tram": a count and its unit, or three hundred without a unit.
            said = read_below_thousand(tokens[begin:end], 0)
            if said is None or begin + said[1] != end:
                continue
            read = said[0], end
        return None if _doubtful(tokens, begin) else read[0]
    return None


def _doubtful(tokens: list[Token], begin: int) -> bool:
    """Whether the number is the end of an interval, negative, glued to a word, or vague."""
    if begin == 0:
        return False
    before = tokens[begin - 1]
    if before.low in _RANGE or before.kind == "number" or numberish(tokens, begin - 1):
        return True
    if glued(tokens, begin) and (before.kind == "word" or before.low in {".", ","}):
        return True
    if is_word(before, "đến", "tới", "hoặc", "hay") and begin > 1:
        earlier = tokens[begin - 2]
        return earlier.kind == "number" or numberish(tokens, begin - 2)
    return is_word(before, "vài", "mấy", "âm")


def _count_after(tokens: list[Token], at: int, taken: set[int]) -> int | None:
    """The count in "số trạm: 3"."""
    if low_at(tokens, at) not in {":", "="} or at + 1 >= len(tokens) or at + 1 in taken:
        return None
    read = count_at(tokens, at + 1)
    return read[0] if read else None


def _only_number(tokens: list[Token], taken: set[int]) -> int | None:
    """The count when a text holds one number and nothing that it could count instead."""
    found: list[int] = []
    at = 0
    while at < len(tokens):
        if at in taken:
            at += 1
            continue
        read = count_at(tokens, at) if at < len(tokens) else None
        if read is None:
            if tokens[at].kind == "number":
                return None
            at += 1
            continue
        thing = unit_at(tokens, read[1]) if read[1] < len(tokens) else None
        if _doubtful(tokens, at) or thing or low_at(tokens, read[1]) in _RANGE | {"%"}:
            return None
        found.append(read[0])
        at = read[1]
    return found[0] if len(found) == 1 and found[0] > 0 else None
