"""One amount of money at one place of a message: coefficient, scale, what follows, currency.

What cannot be read without doubt keeps a reason to ask instead of a value.
"""

from dataclasses import replace
from fractions import Fraction

from domain.vietnamese.numerals import Typed, digit_word, is_word, read_below_thousand, read_digits
from domain.vietnamese.remainders import with_rest
from domain.vietnamese.scales import (
    MOST,
    NGHIN,
    TRIEU,
    Amount,
    currency_at,
    low_at,
    numberish,
    offers,
    scale_at,
)
from domain.vietnamese.tokens import Token, glued


def amount_at(tokens: list[Token], at: int) -> Amount | None:
    """The number or amount that starts at a token, or None when none does."""
    before = currency_at(tokens, at) and tokens[at].low != "d"
    begin = at + 1 if before else at
    if begin >= len(tokens):
        return None
    half = is_word(tokens[begin], "nửa") and scale_at(tokens, begin + 1)
    found = (
        Amount(at, begin + 1, Fraction(1, 2), 1, explicit=False)
        if half
        else _coefficient(tokens, at, begin)
    )
    if found is None or (before and tokens[begin].kind != "number"):
        return None
    scaled = _scaled(tokens, found)
    if scaled.scale > 1:
        scaled = with_rest(tokens, scaled)
    end, dong = scaled.end, scaled.currency
    if scaled.scale == 1 and low_at(tokens, end) == "." and low_at(tokens, end + 1) in {"đ", "vnđ"}:
        end += 1
    if not dong and currency_at(tokens, end):
        end, dong = end + 1, True
        if is_word(tokens[end - 1], "đồng") and currency_at(tokens, end):
            end += 1
    dong = dong or before
    return _whole(replace(scaled, end=end, currency=dong, explicit=scaled.explicit or dong))


def _coefficient(tokens: list[Token], at: int, begin: int) -> Amount | None:
    if tokens[begin].kind != "number":
        return _words(tokens, at, begin)
    said = read_below_thousand(tokens, begin)
    if said and (scale_at(tokens, said[1]) or is_word(tokens[said[1] - 1], "chục")):
        return Amount(at, said[1], Fraction(said[0]), 1, explicit=False)
    typed, end = read_digits(tokens[begin].low), begin + 1
    groups = _groups(tokens, begin)
    if len(groups) > 1:
        joined = "".join(tokens[part].low for part in groups)
        end = groups[-1] + 1
        kind = "grouped" if len(groups) > 2 else "blank3"
        typed = Typed(kind, Fraction(int(joined)))
        if len(joined) > 18:
            typed = Typed("malformed", Fraction(0))
    return Amount(at, end, typed.value, 1, explicit=False, typed=typed)


def _groups(tokens: list[Token], begin: int) -> list[int]:
    """The places of "14 000 000": up to three digits, then groups of exactly three."""
    groups = [begin]
    if not (tokens[begin].low.isdigit() and len(tokens[begin].low) <= 3):
        return groups
    if tokens[begin].low.startswith("0"):
        return groups
    while (
        (after := groups[-1] + 1) < len(tokens)
        and tokens[after].kind == "number"
        and tokens[after].low.isdigit()
        and len(tokens[after].low) == 3
        and not glued(tokens, after)
    ):
        groups.append(after)
    return groups


def _words(tokens: list[Token], at: int, begin: int) -> Amount | None:
    token = tokens[begin]
    zero = is_word(token, "không") and currency_at(tokens, begin + 1)
    if zero:
        return Amount(at, begin + 1, Fraction(0), 1, explicit=False)
    inside = digit_word(token) is None and is_word(token, "linh", "lẻ", "lăm", "nhăm", "mốt", "tư")
    if inside or not numberish(tokens, begin):
        return None
    said = read_below_thousand(tokens, begin)
    if said is None:
        return None
    return Amount(at, said[1], Fraction(said[0]), 1, explicit=False)


def _scaled(tokens: list[Token], found: Amount) -> Amount:
    scale = scale_at(tokens, found.end)
    typed = found.typed
    if typed and typed.kind == "malformed":
        end = scale[1] if scale else found.end
        return replace(found, end=end, explicit=bool(scale)).asking("malformed")
    if scale is None:
        return found
    factor, end, dong = scale
    result = replace(
        found, end=end, value=found.value * factor, scale=factor, explicit=True, currency=dong
    )
    if typed and typed.kind == "comma3" and typed.other is not None:
        return result.asking("sep", *offers(typed.other * factor, typed.value * factor))
    if typed and typed.kind == "blank3" and factor > NGHIN:
        return result.asking("sep", *offers(typed.value * factor / 1000, typed.value * factor))
    whole = typed is not None and typed.kind in {"grouped", "plain"} and typed.value >= TRIEU
    if typed and whole and (factor > NGHIN or tokens[found.end].low == "k"):
        # "14.000.000 triệu": both the zeros and the word were written.
        return result.asking("malformed", *offers(typed.value, typed.value * factor))
    digits = tokens[found.end - 1].low
    if typed and typed.kind == "plain" and digits[0] == "0" and len(digits) > 2:
        return result.asking("malformed")
    return result


def _whole(amount: Amount) -> Amount:
    if amount.problem:
        return amount
    if amount.value.denominator != 1:
        return amount if not amount.explicit else amount.asking("malformed")
    return amount.asking("over_cap") if amount.value > MOST else amount
