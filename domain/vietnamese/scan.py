"""Everything in a message that is, or could be taken for, an amount of money."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from domain.vietnamese.amounts import amount_at
from domain.vietnamese.bare_numbers import bare_is_money
from domain.vietnamese.counted import unit_at
from domain.vietnamese.doubts import ambiguous_head, counts_things, doubt, letters_after
from domain.vietnamese.numerals import is_word_at
from domain.vietnamese.other_money import foreign_at, foreign_before, headless_at, slang_at
from domain.vietnamese.scales import Amount, low_at, run_end, scale_at
from domain.vietnamese.surroundings import (
    flags_around,
    is_year,
    later_units,
    rate_after,
    rate_before,
)
from domain.vietnamese.tokens import Token, glued

_NO_FLAGS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate; `kind` is money, number, year, things, percent, slang, fx or vague."""

    kind: str
    amount: Amount
    end: int
    units: tuple[str, ...] = ()
    flags: frozenset[str] = _NO_FLAGS
    before: tuple[int, int] | None = None


def scan(tokens: list[Token]) -> list[Found]:
    """The candidates of a message, in order."""
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        one = _candidate(tokens, at)
        if one is not None:
            found.append(one)
            at = one.end
        else:
            at += 1
    return found


def _candidate(tokens: list[Token], at: int) -> Found | None:
    if tokens[at].kind == "date":
        return _plain("year", at, at + 1)
    if is_year(tokens, at) and not scale_at(tokens, at + 1):
        count = int(tokens[at].low) if len(tokens[at].low) <= 2 else 0
        return Found("year", Amount(at, at + 1, Fraction(count), 1, explicit=False), at + 1)
    amount = amount_at(tokens, at)
    if amount is None or not (amount.explicit or tokens[at].kind == "number"):
        return _in_words(tokens, at, amount)
    if tokens[at].kind == "word" and ambiguous_head(tokens, amount):
        return _money(tokens, amount.asking("unclear", *_whole(amount)))
    return _weighed(tokens, amount)


def _in_words(tokens: list[Token], at: int, amount: Amount | None) -> Found | None:
    """A run of number words that does not read as one amount from its first word on."""
    end = run_end(tokens, at)
    if amount is not None and foreign_at(tokens, amount.end):
        return _fx(amount)
    if amount is not None and slang_at(tokens, amount.end) and amount.end == end:
        return _slang(tokens, amount)
    if amount is None or amount.end != end:
        return _half_or_headless(tokens, at)
    return Found("number", amount, amount.end)


def _half_or_headless(tokens: list[Token], at: int) -> Found | None:
    if not headless_at(tokens, at):
        return None
    last = run_end(tokens, at)
    scale = scale_at(tokens, last)
    if scale is None:
        return _plain("vague", at, max(last, at + 1))
    factor, end, _ = scale
    if is_word_at(tokens, end, "rưỡi", "rưởi") and last == at:
        said = Amount(at, end + 1, Fraction(3 * factor, 2), factor, explicit=True)
        return _money(tokens, said)
    return _plain("vague", at, end)


def _weighed(tokens: list[Token], amount: Amount) -> Found | None:
    at, end = amount.start, amount.end
    if foreign_at(tokens, end) or foreign_before(tokens, at):
        return _fx(amount)
    if not amount.explicit:
        touching = glued(tokens, at) and tokens[at - 1].kind == "word"
        if letters_after(tokens, end):
            return _money(tokens, replace(amount, explicit=True).asking("malformed"))
        if slang_at(tokens, end) and not (amount.value >= 1950 and amount.value <= 2100):
            return _slang(tokens, amount)
        percent = low_at(tokens, end) == "%" or (
            is_word_at(tokens, end, "phần") and is_word_at(tokens, end + 1, "trăm")
        )
        if percent:
            return _plain("percent", at, end + 1)
        if touching and tokens[at - 1].low != "x":
            return _plain("things", at, end)
        if bare_is_money(tokens, amount) and not counts_things(tokens, amount):
            return _money(tokens, amount)
        return Found("things" if counts_things(tokens, amount) else "number", amount, end)
    if counts_things(tokens, amount):
        plain = tokens[end].low.isascii() and not unit_named(tokens, end)
        return (
            _money(tokens, amount.asking("unclear", *_whole(amount))) if plain else _things(amount)
        )
    if slang_at(tokens, at - 1) and _slang_before(tokens, at):
        return Found("slang", amount.asking("slang"), end)
    return _money(tokens, amount)


def _things(amount: Amount) -> Found:
    return Found("things", amount, amount.end)


def unit_named(tokens: list[Token], at: int) -> bool:
    """Whether a unit without diacritics cannot be another word: "tu" is tủ, từ and tư."""
    unit = unit_at(tokens, at)
    return unit is not None and (unit[0].isascii() or unit[1] > at + 1)


def _slang_before(tokens: list[Token], at: int) -> bool:
    """Whether "2 củ" stands directly before an amount: 2 củ 500k."""
    return at > 1 and tokens[at - 2].kind == "number"


def _money(tokens: list[Token], amount: Amount) -> Found:
    units, end, wrong = rate_after(tokens, amount.end)
    units = units or later_units(tokens, end)
    before, span = rate_before(tokens, amount)
    if wrong:
        amount = amount.asking(wrong, *_whole(amount))
    elif (reason := doubt(tokens, amount)) is not None:
        offered = _whole(amount) if reason[0] in {"negative", "unclear"} else ()
        amount = amount.asking(reason[0], *offered)
    flags = flags_around(tokens, amount, end)
    named = tuple(dict.fromkeys([*before, *units]))
    return Found("money", amount, end, named, frozenset(flags), span)


def _fx(amount: Amount) -> Found:
    return Found("fx", amount, amount.end + 1)


def _slang(tokens: list[Token], amount: Amount) -> Found:
    found = slang_at(tokens, amount.end)
    worth, always = found or (0, False)
    value = amount.value * worth
    end = amount.end + 1
    if is_word_at(tokens, end, "rưỡi"):
        value, end = value + Fraction(worth, 2), end + 1
    doubtful = replace(amount, explicit=always).asking(
        "slang", *_whole(replace(amount, value=value))
    )
    return Found("slang", doubtful, end)


def _plain(kind: str, at: int, end: int) -> Found:
    return Found(kind, Amount(at, end, Fraction(0), 1, explicit=False), end)


def _whole(amount: Amount) -> tuple[int, ...]:
    return (int(amount.value),) if amount.value.denominator == 1 and amount.value > 0 else ()
