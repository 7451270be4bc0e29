"""What follows a scale inside one amount: 1tr5, 1 tỷ 2, 14 triệu 500, 1 tỷ 200 triệu, rưỡi."""

from dataclasses import replace
from fractions import Fraction

from domain.vietnamese.numerals import is_word, read_below_thousand, read_digits
from domain.vietnamese.scales import (
    NGHIN,
    TY,
    Amount,
    currency_at,
    is_scale,
    numberish,
    offers,
    scale_at,
)
from domain.vietnamese.tokens import Token, glued


def with_rest(tokens: list[Token], amount: Amount) -> Amount:
    """Add what follows a scale: 1tr5, 1 tỷ 2, 14 triệu 500, 1 tỷ 200 triệu, rưỡi, chẵn."""
    scale, at, value = amount.scale, amount.end, amount.value
    if at < len(tokens) and is_word(tokens[at], "rưỡi", "rưởi"):
        if (value / scale).denominator != 1:
            return replace(amount, end=at + 1).asking("malformed")
        return replace(amount, end=at + 1, value=value + Fraction(scale, 2))
    while not amount.currency and at < len(tokens):
        if is_word(tokens[at], "chẵn", "tròn"):
            return replace(amount, end=at + 1)
        begin = at + 1 if is_word(tokens[at], "lẻ", "linh") else at
        part = _part(tokens, begin)
        if part is None:
            break
        smaller = scale_at(tokens, part.end)
        if smaller is None or smaller[0] >= scale:
            return _suffix(tokens, amount, part, scale) if begin == at else amount
        if (value / scale).denominator != 1 or part.problem:
            return replace(amount, end=smaller[1]).asking("malformed")
        if glued(tokens, begin) and part.value < 10 and smaller[0] == NGHIN:
            return replace(amount, end=smaller[1]).asking("unclear")  # 1tr5k
        added = part.value * smaller[0]
        if added >= scale:
            return replace(amount, end=smaller[1]).asking("malformed")
        value, scale, at = value + added, smaller[0], smaller[1]
        amount = replace(amount, value=value, end=at, currency=smaller[2])
        if at < len(tokens) and is_word(tokens[at], "rưỡi"):
            return replace(amount, end=at + 1, value=value + Fraction(scale, 2))
    return amount


def _part(tokens: list[Token], at: int) -> Amount | None:
    if at >= len(tokens):
        return None
    if is_word(tokens[at], "không") and is_scale(tokens, at + 1, NGHIN):
        return Amount(at, at + 1, Fraction(0), 1, explicit=False)
    part = None
    if tokens[at].kind == "number":
        said = read_below_thousand(tokens, at)
        if said:
            return Amount(at, said[1], Fraction(said[0]), 1, explicit=False)
        typed = read_digits(tokens[at].low)
        part = Amount(at, at + 1, typed.value, 1, explicit=False, typed=typed)
        return part if typed.kind == "plain" else part.asking("malformed")
    zero = is_word(tokens[at], "không") and at + 1 < len(tokens) and is_word(tokens[at + 1], "trăm")
    if zero or numberish(tokens, at):
        said = read_below_thousand(tokens, at)
        if said:
            return Amount(at, said[1], Fraction(said[0]), 1, explicit=False)
        if is_word(tokens[at], "mốt", "tư"):
            return Amount(at, at + 1, Fraction(1 if tokens[at].folded == "mot" else 4), 1, False)
    return None


def _suffix(tokens: list[Token], amount: Amount, part: Amount, scale: int) -> Amount:
    """A number right after a scale, without a scale of its own."""
    at, value = part.start, amount.value
    touching = glued(tokens, at)
    typed = tokens[at].kind == "number" and part.end == at + 1
    counted = part.value == 100 or tokens[at].kind == "number"
    if counted and tokens[part.end - 1].low == "tram":
        # "14 trieu mot tram": 14,1 million, or 14 million for each station (trạm).
        return replace(amount, end=part.end).asking("unclear", *offers(value))
    if _counts_something(tokens, part) and not touching:
        one_of = part.value == 1 or is_word(tokens[at], "năm")
        return amount if one_of else amount.asking("unclear")
    if is_word(tokens[at], "năm") and part.end == at + 1:
        return _five_or_year(tokens, amount, at)
    whole = (value / scale).denominator == 1
    digits = len(tokens[at].low) if typed else len(str(part.value))
    result = replace(amount, end=part.end)
    dong = currency_at(tokens, part.end)
    if not whole or part.problem or digits > 3:
        return result.asking("malformed")
    read = value + part.value * Fraction(scale, 10**digits)
    other = value + part.value
    if digits == 2 and (not touching or int(part.value) % 10 == 0):
        thousandth = value + part.value * Fraction(scale, 1000)
        return result.asking("unclear", *offers(thousandth, read))
    if dong and not (touching and digits < 3):
        return replace(result, end=part.end + 1).asking("unclear", *offers(read, other))
    if digits == 3 and not typed and int(part.value) % 10:
        return result.asking("unclear", *offers(read, other))
    if scale > TY:
        return result.asking("unclear", *offers(read))
    return replace(result, value=read)


def _five_or_year(tokens: list[Token], amount: Amount, at: int) -> Amount:
    """A "năm" right after an amount: five, or the year that follows it."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after and (
        (after.kind == "number" and len(after.low) == 4)
        or is_word(after, "nay", "ngoái", "trước", "đầu", "qua", "sau", "học", "vừa", "đó")
    ):
        return amount
    half = amount.value + Fraction(amount.scale, 2)
    return replace(amount, end=at + 1).asking("unclear", *offers(amount.value, half))


def _counts_something(tokens: list[Token], part: Amount) -> bool:
    """Whether the number counts the word after it, as in "14 triệu 3 trạm"."""
    if part.end >= len(tokens):
        return False
    token = tokens[part.end]
    if token.kind in {"number", "date"} or token.low == "%":
        return True
    if currency_at(tokens, part.end) or is_word(token, "mỗi", "hằng", "hàng", "trên"):
        return False
    if token.kind == "sign":
        after = part.end + 1
        return token.low in ".,-" and glued(tokens, part.end) and glued(tokens, after)
    return not is_word(token, "một", "ạ", "nhé", "nha", "rưỡi", "chẵn", "trong", "thôi")
