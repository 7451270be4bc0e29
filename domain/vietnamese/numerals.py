"""Numbers written in Vietnamese words, and the digits of a typed number."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.vietnamese.text import spells, spells_any
from domain.vietnamese.tokens import Token

_DIGITS: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9,
}  # fmt: skip
_DIGIT_WORDS: Final = tuple(_DIGITS)
# Said only after tens: hai mươi mốt, hai lăm, hai nhăm, hai tư.
_AFTER_TENS: Final = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_SAID: Final = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES_SAID: Final = (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("", 1))
MOST_DIGITS: Final = 18  # what a 64-bit column holds; longer runs are not amounts
_PLAIN: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:([.,'’])[0-9]{3})(?:\1[0-9]{3})+")
_DECIMAL: Final = re.compile(r"([0-9]+)[.,]([0-9]{1,2})")
_GROUPED_DECIMAL: Final = re.compile(
    r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]{1,2})|([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]{1,2})"
)
_THREE_AFTER: Final = re.compile(r"([0-9]{1,3})([.,'’])([0-9]{3})")


@dataclass(frozen=True, slots=True)
class Typed:
    """The digits of a number as typed. `kind`: plain, grouped, dot3, comma3, decimal, malformed."""

    kind: str
    value: Fraction
    other: Fraction | None = None  # the second reading of a comma before three digits


def read_digits(text: str) -> Typed:
    """The value of typed digits; a dot before exactly three digits is a thousands separator.

    >>> read_digits("14.000.000")
    Typed(kind='grouped', value=Fraction(14000000, 1), other=None)
    >>> read_digits("2,345").kind, read_digits("1.200").kind, read_digits("12.500.00").kind
    ('comma3', 'dot3', 'malformed')
    """
    if sum(ch.isdigit() for ch in text) > MOST_DIGITS:
        return Typed("malformed", Fraction(0))
    if len(text) > 1 and not text.strip("0"):
        return Typed("malformed", Fraction(0))  # the end of badly cut groups: 14 . 000
    if _PLAIN.fullmatch(text):
        return Typed("plain", Fraction(int(text)))
    if _GROUPED.fullmatch(text):
        return Typed("grouped", Fraction(int(re.sub(r"\D", "", text))))
    if found := _GROUPED_DECIMAL.fullmatch(text):
        whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Typed("decimal", Fraction(re.sub(r"\D", "", whole) + "." + part))
    if found := _DECIMAL.fullmatch(text):
        return Typed("decimal", Fraction(f"{found[1]}.{found[2]}"))
    if found := _THREE_AFTER.fullmatch(text):
        decimal = Fraction(f"{found[1]}.{found[3]}")
        if found[1] == "0":
            return Typed("decimal", decimal)
        if found[1].startswith("0"):
            return Typed("malformed", Fraction(0))
        thousands = Fraction(int(found[1] + found[3]))
        if found[2] == ",":
            return Typed("comma3", thousands, decimal)
        return Typed("dot3", thousands, decimal)
    return Typed("malformed", Fraction(0))


def digit_word(token: Token) -> int | None:
    """The digit that one word names, "tư" and "lăm" not counted.

    >>> from domain.vietnamese.tokens import tokenize
    >>> [digit_word(token) for token in tokenize("bốn bon bồn")]
    [4, 4, None]
    """
    if token.kind != "word" or not spells_any(token.low, _DIGIT_WORDS):
        return None
    return next((value for word, value in _DIGITS.items() if spells(token.low, word)), None)


def is_word(token: Token, *words: str) -> bool:
    """Whether the token spells one of these words, with or without diacritics."""
    return token.kind == "word" and spells_any(token.low, words)


def is_word_at(tokens: list[Token], at: int, *words: str) -> bool:
    """Whether one of these words stands at a token, if there is a token."""
    return 0 <= at < len(tokens) and is_word(tokens[at], *words)


def is_written(tokens: list[Token], at: int, *words: str) -> bool:
    """Whether a token is one of these words with all of its diacritics or none: máy is not mấy."""
    if not 0 <= at < len(tokens):
        return False
    token = tokens[at]
    return token.low in words or (token.low.isascii() and is_word(token, *words))


def read_below_thousand(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """The number under 1.000 that starts at a token, in words, and where it ends.

    >>> from domain.vietnamese.tokens import tokenize
    >>> read_below_thousand(tokenize("hai trăm linh năm triệu"), 0)
    (205, 4)
    >>> read_below_thousand(tokenize("hai lăm triệu"), 0)
    (25, 2)
    >>> read_below_thousand(tokenize("trăm triệu"), 0) is None
    True
    """
    hundreds = _digit(tokens, at, zero=True)
    if hundreds is not None and is_word_at(tokens, at + 1, "trăm"):
        value, after = hundreds * 100, at + 2
        if is_word_at(tokens, after, "linh", "lẻ"):
            ones = _digit(tokens, after + 1)
            if ones is None and is_word_at(tokens, after + 1, "tư"):
                ones = 4
            return (value + ones, after + 2) if ones is not None else (value, after)
        if tens := _below_hundred(tokens, after):
            # "hai trăm ba" may be 203 or 230: only whole tens are safe after trăm.
            return (value + tens[0], tens[1]) if tens[0] >= 10 else (value, after)
        return value, after
    return _below_hundred(tokens, at)


def _below_hundred(tokens: list[Token], at: int) -> tuple[int, int] | None:
    first = _digit(tokens, at)
    if first is None:
        if is_word_at(tokens, at, "mười") and tokens[at].low != "mươi":
            ones = _digit(tokens, at + 1, five="lăm")
            return (10 + ones, at + 2) if ones is not None else (10, at + 1)
        return None
    if is_word_at(tokens, at + 1, "mươi"):
        ones = _digit(tokens, at + 2, five="lăm")
        return (first * 10 + ones, at + 3) if ones is not None else (first * 10, at + 2)
    if is_word_at(tokens, at + 1, "chục"):
        return first * 10, at + 2
    for word, ones in _AFTER_TENS.items():
        # Without its mark "mot" is one and "tu" is from; "lam" after a digit can only be five.
        told = is_word_at(tokens, at + 1, word) and (ones == 5 or tokens[at + 1].low == word)
        if first > 1 and told:
            return first * 10 + ones, at + 2
    return first, at + 1


def _digit(
    tokens: list[Token], at: int, *, zero: bool = False, five: str | None = None
) -> int | None:
    if not 0 <= at < len(tokens):
        return None
    token = tokens[at]
    if zero and is_word(token, "không"):
        return 0
    if token.kind == "number" and len(token.low) == 1 and token.low != "0" and five is None:
        return int(token.low) if is_word_at(tokens, at + 1, "trăm", "mươi", "chục") else None
    if five is not None:
        ones = next((v for word, v in _AFTER_TENS.items() if spells(token.low, word)), None)
        if ones is not None or is_word(token, "năm"):
            # "hai mươi năm" is 25 to some and twenty years to others.
            return ones
    return digit_word(token)


def in_words(number: int) -> str:
    """A whole number of at most 18 digits, in words.

    >>> in_words(14_000_000), in_words(205), in_words(1_015)
    ('mười bốn triệu', 'hai trăm linh năm', 'một nghìn không trăm mười lăm')
    """
    if number == 0:
        return "không"
    if number >= 10**12:
        rest = number % 10**9
        head = in_words(number // 10**9) + " tỷ"
        return f"{head} {_after(rest)}" if rest else head
    return _scaled(number, leading=True)


def _after(rest: int) -> str:
    return _scaled(rest, leading=False)


def _scaled(number: int, *, leading: bool) -> str:
    parts: list[str] = []
    for name, scale in _SCALES_SAID:
        group, number = divmod(number, scale)
        if group:
            parts.append(_hundreds(group, leading=leading and not parts))
            if name:
                parts.append(name)
        elif name == "nghìn" and parts and number:
            parts.append("không nghìn")
    return " ".join(parts)


def _hundreds(number: int, *, leading: bool) -> str:
    hundreds, rest = divmod(number, 100)
    said = []
    if hundreds or not leading:
        said = [_SAID[hundreds] or "không", "trăm"]
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones and said:
            said.append("linh")
        said.append(_SAID[ones])
    elif tens == 1:
        said += ["mười", "lăm" if ones == 5 else _SAID[ones]]
    else:
        last = {1: "mốt", 5: "lăm"}.get(ones, _SAID[ones])
        said += [_SAID[tens], "mươi", last]
    return " ".join(word for word in said if word)
