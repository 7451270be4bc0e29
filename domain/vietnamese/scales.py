"""The scales and the currency of Vietnamese money, and what reading one amount gives."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from domain.vietnamese.numerals import Typed, digit_word, is_word
from domain.vietnamese.text import spells
from domain.vietnamese.tokens import Token

TY: Final = 10**9
TRIEU: Final = 10**6
NGHIN: Final = 10**3
_LONGEST_RUN: Final = 12  # words; a number under a thousand takes six at most
MOST: Final = 10**17  # above it nothing is an amount of money, and columns hold 64 bits
_CURRENCY: Final = frozenset({"đ", "d", "vnd", "vnđ", "vnd̄"})
_SCALES: Final = {"tỷ": TY, "tỉ": TY, "triệu": TRIEU, "nghìn": NGHIN, "ngàn": NGHIN}
_SHORT: Final = {
    "tr": (TRIEU, False), "k": (NGHIN, False), "trđ": (TRIEU, True), "trd": (TRIEU, True),
    "ngđ": (NGHIN, True), "ngd": (NGHIN, True), "kđ": (NGHIN, True), "kd": (NGHIN, True),
    "tyd": (TY, True), "tỷđ": (TY, True), "tỉđ": (TY, True), "tyđ": (TY, True),
    "triệuđ": (TRIEU, True), "trieud": (TRIEU, True), "trieuđ": (TRIEU, True),
    "nghìnđ": (NGHIN, True), "nghind": (NGHIN, True), "ngànđ": (NGHIN, True),
    "kvnd": (NGHIN, True), "kvnđ": (NGHIN, True), "trvnd": (TRIEU, True), "trvnđ": (TRIEU, True),
    "trieudong": (TRIEU, True), "triệuđồng": (TRIEU, True), "tydong": (TY, True),
    "tỷđồng": (TY, True), "nghindong": (NGHIN, True), "nghìnđồng": (NGHIN, True),
    "ngandong": (NGHIN, True), "trdong": (TRIEU, True), "trđồng": (TRIEU, True),
    "trieuvnd": (TRIEU, True), "tyvnd": (TY, True), "ngànđồng": (NGHIN, True),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """What stands between two tokens: a value in VND, or a problem; `scale` 1 is plain đồng."""

    start: int
    end: int
    value: Fraction
    scale: int
    explicit: bool  # a scale or a currency was written
    currency: bool = False
    problem: str | None = None
    suggestions: tuple[int, ...] = ()
    typed: Typed | None = None

    def asking(self, problem: str, *suggestions: int) -> "Amount":
        """The same place with a reason to ask; the first reason stays."""
        if self.problem:
            return self
        return replace(self, problem=problem, suggestions=suggestions)


def scale_at(tokens: list[Token], at: int) -> tuple[int, int, bool] | None:
    """A scale at a token: how much, where it ends, and whether it names đồng as well."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return None
    low = tokens[at].low
    if low in _SHORT:
        scale, dong = _SHORT[low]
        if low == "tr" and low_at(tokens, at + 1) == "." and currency_at(tokens, at + 2):
            return scale, at + 3, True
        return scale, at + 1, dong
    for word, scale in _SCALES.items():
        if spells(low, word) or (
            word == "triệu" and tokens[at].folded == "trieu" and low != "triều"
        ):
            if scale == NGHIN and is_scale(tokens, at + 1, TY):
                return scale * TY, at + 2, False
            return scale, at + 1, False
    return None


def is_scale(tokens: list[Token], at: int, scale: int) -> bool:
    """Whether exactly this scale stands at a token."""
    found = scale_at(tokens, at)
    return found is not None and found[0] == scale


def currency_at(tokens: list[Token], at: int) -> bool:
    """Whether đồng, đ or VND stands at a token."""
    if at >= len(tokens):
        return False
    return tokens[at].low in _CURRENCY or is_word(tokens[at], "đồng")


def numberish(tokens: list[Token], at: int) -> bool:
    """Whether a word at a token can belong to a number in words."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    token = tokens[at]
    inside = ("mười", "mươi", "trăm", "chục", "linh", "lẻ", "lăm", "nhăm", "mốt", "tư")
    return digit_word(token) is not None or is_word(token, *inside)


def run_end(tokens: list[Token], at: int) -> int:
    """Where the run of number words that starts at a token ends."""
    last = at + _LONGEST_RUN
    while at < last and numberish(tokens, at):
        at += 1
    return at


def offers(*values: Fraction) -> tuple[int, ...]:
    return tuple(int(value) for value in values if value.denominator == 1 and 0 < value <= MOST)


def low_at(tokens: list[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""
