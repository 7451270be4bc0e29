"""Numbers, percentages and money as Vietnamese writes them, and counts as people type them."""

from fractions import Fraction
from typing import Final

from domain.vietnamese.numerals import (
    Typed,
    in_words,
    is_word,
    read_below_thousand,
    read_digits,
)
from domain.vietnamese.tokens import Token, glued, tokenize

_SCALES: Final = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6}


def format_count(number: int) -> str:
    """A whole number with dots between thousands.

    >>> format_count(4100), format_count(-12), format_count(1234567)
    ('4.100', '-12', '1.234.567')
    """
    return f"{number:,}".replace(",", ".")


def format_percent(part: int | Fraction, whole: int | Fraction = 1) -> str:
    """A share with one decimal, rounded half up.

    >>> format_percent(6308, 4100), format_percent(570, 265), format_percent(1, 1)
    ('153,9%', '215,1%', '100,0%')
    """
    tenths = _half_up(Fraction(part) * 1000 / Fraction(whole))
    sign = "-" if tenths < 0 else ""
    ones, tenth = divmod(abs(tenths), 10)
    return f"{sign}{format_count(ones)},{tenth}%"


def format_decimal(number: int | Fraction) -> str:
    """A number with at most one decimal, rounded half up.

    >>> format_decimal(Fraction(98, 12)), format_decimal(8)
    ('8,2', '8')
    """
    tenths = _half_up(Fraction(number) * 10)
    sign = "-" if tenths < 0 else ""
    ones, tenth = divmod(abs(tenths), 10)
    return f"{sign}{format_count(ones)}" + (f",{tenth}" if tenth else "")


def _half_up(number: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    doubled = 2 * abs(number) + 1
    rounded = doubled.numerator // (2 * doubled.denominator)
    return -rounded if number < 0 else rounded


def format_money(vnd: int) -> str:
    """An amount said exactly, in the largest unit that needs at most two decimals.

    >>> format_money(14_000_000), format_money(1_500_000_000), format_money(14_500_001)
    ('14 triệu đồng', '1,5 tỷ đồng', '14.500.001 đồng')
    >>> format_money(500_000), format_money(0)
    ('500.000 đồng', '0 đồng')
    """
    for name, scale in (("tỷ", 10**9), ("triệu", 10**6)):
        if abs(vnd) >= scale and vnd % (scale // 100) == 0:
            ones, hundredths = divmod(abs(vnd) * 100 // scale, 100)
            part = f",{hundredths:02}".rstrip("0") if hundredths else ""
            return f"{'-' if vnd < 0 else ''}{format_count(ones)}{part} {name} đồng"
    return f"{format_count(vnd)} đồng"


def money_in_words(vnd: int) -> str:
    """An amount as it is spelled out on receipts.

    >>> money_in_words(14_000_000), money_in_words(1_205_000)
    ('mười bốn triệu đồng', 'một triệu hai trăm linh năm nghìn đồng')
    """
    return ("âm " if vnd < 0 else "") + in_words(abs(vnd)) + " đồng"


def read_number(text: str) -> int | None:
    """The one whole number in an answer to "how many", or None when there is doubt.

    >>> read_number("1.250 người"), read_number("khoảng 1.900 lượt"), read_number("ba mươi")
    (1250, 1900, 30)
    >>> read_number("30-40"), read_number("1,5"), read_number("vài chục")
    (None, None, None)
    """
    tokens = tokenize(text)
    values: list[int] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "date" or (tokens[at].low in {"-", "%", "~"} and values):
            return None
        if is_word(tokens[at], "vài", "mấy", "hàng", "rưỡi", "nửa", "phần", "âm"):
            return None
        read = count_at(tokens, at)
        if read is None:
            if tokens[at].kind == "number" or is_word(tokens[at], "chục", "trăm", "nghìn", "triệu"):
                return None
            at += 1
            continue
        if (tokens[at - 1].low == "-" and at > 0) or _letter_touches(tokens, at, read[1]):
            return None
        values.append(read[0])
        at = read[1]
    return values[0] if len(values) == 1 else None


def _letter_touches(tokens: list[Token], start: int, end: int) -> bool:
    """Whether a letter stands among the digits: 12a, l4, 1O0; "96em" is 96."""
    if tokens[start].kind != "number":
        return False
    if start > 0 and glued(tokens, start) and tokens[start - 1].kind == "word":
        return True
    return glued(tokens, end) and tokens[end].kind == "word" and len(tokens[end].low) == 1


def count_at(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """The whole number that starts at a token, and where it ends.

    >>> count_at(tokenize("một nghìn hai trăm hộ"), 0)
    (1200, 4)
    """
    token = tokens[at]
    if token.kind == "number":
        typed = read_digits(token.low)
        value, after = _whole(typed), at + 1
        if value is None:
            return None
        while (
            after < len(tokens)
            and typed.kind == "plain"
            and len(token.low) <= 3
            and tokens[after].kind == "number"
            and len(tokens[after].low) == 3
            and tokens[after].low.isdigit()
            and tokens[after].start == tokens[after - 1].end + 1
        ):
            value, after = value * 1000 + int(tokens[after].low), after + 1
    else:
        words = read_below_thousand(tokens, at)
        if words is None:
            return None
        value, after = words
    scale = 10**9
    total = 0
    while after < len(tokens):
        step = next((n for word, n in _SCALES.items() if is_word(tokens[after], word)), None)
        if step is None or step >= scale:
            break
        total, scale, after = total + value * step, step, after + 1
        rest = read_below_thousand(tokens, after) if after < len(tokens) else None
        if rest is None:
            return total, after
        value, after = rest
        if value >= scale:
            return None
    return total + value, after


def _whole(typed: Typed) -> int | None:
    if typed.kind in {"plain", "grouped", "dot3"}:
        return int(typed.value)
    return None


def read_percent(text: str) -> Fraction | None:
    """The one percentage in an answer, as a number of hundredths, or None.

    >>> read_percent("60%"), read_percent("12,5 phần trăm"), read_percent("40"), read_percent("x")
    (Fraction(60, 1), Fraction(25, 2), Fraction(40, 1), None)
    """
    tokens = tokenize(text)
    numbers = [at for at, token in enumerate(tokens) if token.kind == "number"]
    if len(numbers) != 1 or any(token.low == "-" for token in tokens):
        return None
    typed = read_digits(tokens[numbers[0]].low)
    return typed.value if typed.kind in {"plain", "decimal"} else None
