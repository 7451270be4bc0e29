"""Amounts given as a calculation ("14tr x 12 tháng") or as an interval ("10 đến 15 triệu")."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from domain.vietnamese.numerals import is_word, is_word_at
from domain.vietnamese.scales import MOST
from domain.vietnamese.scan import Found
from domain.vietnamese.tokens import Token

_TIMES: Final = frozenset("×*✕✖x·")
_EQUALS: Final = frozenset("=≈")
_LEFT_REACH: Final = 6  # tokens between a factor and its sign: "14tr/trạm/năm x 3"
_BETWEEN: Final = frozenset("-–—~→…")
_QUALIFIERS: Final = ("khoảng", "gần", "tầm", "hơn", "độ", "cỡ", "trên", "dưới")


@dataclass(frozen=True, slots=True)
class Formula:
    """A calculation, and the results worth offering."""

    values: tuple[int, ...]


def formula(tokens: list[Token], found: list[Found]) -> Formula | None:
    """The calculation in a message that also speaks of money, or None."""
    money = [one for one in found if one.kind == "money"]
    if not money:
        return None
    numbered = {
        at for one in found if one.kind != "year" for at in range(one.amount.start, one.end)
    }
    times = [at for at in range(len(tokens)) if _joins(tokens, numbered, at, times=True)]
    plus = [at for at in range(len(tokens)) if _joins(tokens, numbered, at, times=False)]
    equals = [
        at
        for at, token in enumerate(tokens)
        if (token.low in _EQUALS or token.low == "bằng")
        and any(one.end <= at for one in money)
        and any(one.amount.start > at for one in money)
    ]
    same = len({one.amount.value for one in money}) == 1 and not any(
        one.amount.problem for one in money
    )
    if not (times or plus or (equals and not same)):
        return None
    last = max((at for at, token in enumerate(tokens) if token.low in _EQUALS), default=-1)
    results = [one for one in money if one.amount.start > last >= 0 and not one.amount.problem]
    if results:
        return Formula((int(results[0].amount.value),))
    if any(one.amount.problem for one in money):
        return Formula(())
    return Formula(_worked_out(found, money, bool(times), bool(plus)))


def _joins(tokens: list[Token], numbered: set[int], at: int, *, times: bool) -> bool:
    token = tokens[at]
    if times:
        sign = (
            token.low in _TIMES
            or token.low == "nhân"
            or (token.low == "nhan" and at - 1 in numbered)
        )
    else:
        sign = token.low in {"+", "÷", "cộng"} or (token.low in {"chia", "trừ"})
    if not sign or at + 1 not in numbered:
        return False
    return any(left in numbered for left in range(max(0, at - _LEFT_REACH), at))


def _worked_out(found: list[Found], money: list[Found], times: bool, plus: bool) -> tuple[int, ...]:
    """The result of a plain product with one amount in it, or of a plain sum."""
    factors = [one for one in found if one.kind in {"money", "number", "things"}]
    if times and not plus and len(money) == 1 and len(factors) > 1:
        product = Fraction(1)
        for one in factors:
            product *= one.amount.value
        if product.denominator == 1 and product <= MOST:
            return (int(product),)
    if plus and not times and len(money) == len(factors):
        return (int(sum(one.amount.value for one in money)),)
    return ()


def interval(tokens: list[Token], found: list[Found]) -> tuple[int, ...]:
    """The ends and the middle of an interval whose right end is money, or nothing."""
    for left, right in pairwise(found):
        if (
            right.kind != "money"
            or left.kind not in {"money", "number", "things", "year"}
            or (left.kind == "year" and not left.amount.value)
        ):
            continue
        if not _between(tokens, left, right.amount.start):
            continue
        low, high = left.amount.value, right.amount.value
        if left.kind != "money":
            low *= right.amount.scale
        if low > high:
            low, high = high, low
        ends = [low, (low + high) / 2, high]
        return tuple(int(end) for end in ends if end.denominator == 1 and end > 0) or (1,)
    return ()


def _between(tokens: list[Token], left: Found, right: int) -> bool:
    gap = list(range(left.end, right))
    while gap and is_word_at(tokens, gap[-1], *_QUALIFIERS):
        gap.pop()
    if not gap or len(gap) > 3:
        return False
    words = [tokens[at] for at in gap]
    if all(token.low in _BETWEEN or token.low == "." or token.low == ">" for token in words):
        dotted = all(token.low == "." for token in words)
        return not dotted or len(words) > 1
    return len(words) <= 2 and all(
        is_word(token, "đến", "tới", "hoặc", "hay", "là", "lên") for token in words
    )
