"""What stands around an amount: about, more than, each year, each station, minus."""

from functools import lru_cache
from typing import Final

from domain.vietnamese.counted import known_unit, unit_at
from domain.vietnamese.numerals import is_word
from domain.vietnamese.scales import Amount, currency_at, low_at, numberish, scale_at
from domain.vietnamese.text import spells
from domain.vietnamese.tokens import Token, glued

_BEFORE: Final[tuple[tuple[str, str], ...]] = (
    ("trên dưới", "approx"),
    ("không dưới", "min"), ("không ít hơn", "min"), ("không thấp hơn", "min"), ("ít nhất", "min"),
    ("tối thiểu", "min"), ("trên", "min"), ("hơn", "min"), ("vượt", "min"), ("từ", "min"),
    ("quá", "min"), ("ngoài", "min"),
    ("không quá", "max"), ("không hơn", "max"), ("không đến", "max"), ("không tới", "max"),
    ("không vượt quá", "max"), ("chưa đến", "max"), ("chưa tới", "max"), ("chưa đầy", "max"),
    ("chưa được", "max"), ("tối đa", "max"), ("nhiều nhất", "max"), ("cao nhất", "max"),
    ("dưới", "max"),
    ("ước tính", "approx"), ("ước chừng", "approx"), ("ước lượng", "approx"), ("ước", "approx"),
    ("áng chừng", "approx"), ("khoảng chừng", "approx"), ("khoảng", "approx"), ("gần", "approx"),
    ("tầm", "approx"), ("cỡ", "approx"), ("độ", "approx"), ("chừng", "approx"), ("đâu", "approx"),
    ("xấp xỉ", "approx"), ("ngót nghét", "approx"), ("ngót", "approx"), ("non", "approx"),
    ("suýt soát", "approx"), ("loanh quanh", "approx"), ("gần như", "approx"),
)  # fmt: skip
_LONGEST_FIRST: Final = sorted(_BEFORE, key=lambda pair: -pair[0].count(" "))
_SIGNS: Final = {"~": "approx", "≈": "approx", ">": "min", "≥": "min", "<": "max", "≤": "max"}
# Plain-letter forms that are commoner words: cỡ/có, độ/do/đó, đâu/dau, từ/tu as a suffix.
_ONLY_MARKED: Final = frozenset({"cỡ", "độ", "đâu", "non"})
_AFTER: Final[tuple[tuple[str, str], ...]] = (
    ("trở lên", "min"), ("đổ lên", "min"), ("có lẻ", "min"), ("hơn", "min"), ("lẻ", "min"),
    ("trở xuống", "max"), ("đổ lại", "max"), ("đổ xuống", "max"), ("trở lại", "max"),
    ("là cùng", "max"), ("gì đó", "approx"), ("hoặc hơn", "min"), ("hay hơn", "min"),
)  # fmt: skip
_FILLERS: Final = ("được", "là", "đạt", "đến", "tới", "tầm", "cỡ")
_VERBS: Final = (
    "tiết", "kiệm", "làm", "lợi", "giảm", "đỡ", "thu", "về", "mất", "hết", "tốn", "chi", "phí",
    "tiền", "số", "bằng",
)  # fmt: skip
_LOOKBACK: Final = 8
_LATER: Final = 6  # words between an amount and its "mỗi tháng"
_DASHES: Final = frozenset("-–—")
_EACH: Final = ("mỗi", "từng", "hằng", "hàng")


def flags_around(tokens: list[Token], amount: Amount, end: int) -> set[str]:
    """What is said of an amount that ends, with its rate, at `end`: approx, min, max."""
    flags: set[str] = set()
    at, fillers, reach = amount.start - 1, False, max(0, amount.start - _LOOKBACK)
    while at >= reach:
        if tokens[at].low in _SIGNS:
            flags.add(_SIGNS[tokens[at].low])
        elif tokens[at].low != "=" or low_at(tokens, at - 1) not in {">", "<"}:
            found = _phrase_before(tokens, at, estimates=fillers)
            if found:
                flags.add(found[0])
                at = found[1]
                continue
            if is_word(tokens[at], *_VERBS) and not flags:
                fillers = True
            elif not is_word(tokens[at], *_FILLERS):
                break
        at -= 1
    for place in {amount.end, end}:
        flags |= {flag for phrase, flag in _AFTER if _phrase_at(tokens, place, phrase)}
        if low_at(tokens, place) == "+" and low_at(tokens, place + 1) in {"", "/", ".", ","}:
            flags.add("min")
    return flags


def _phrase_before(tokens: list[Token], at: int, *, estimates: bool) -> tuple[str, int] | None:
    for phrase, flag in _LONGEST_FIRST:
        size = phrase.count(" ") + 1
        begin = at - size + 1
        if begin < 0 or not _phrase_at(tokens, begin, phrase):
            continue
        if phrase in _ONLY_MARKED and tokens[begin].low != phrase:
            continue
        if phrase == "từ" and tokens[begin].low not in {"từ", "tu"}:
            continue  # tháng tư
        if estimates and not phrase.startswith(("ước", "khoảng", "không")):
            continue
        return flag, begin - 1
    return None


def _phrase_at(tokens: list[Token], at: int, phrase: str) -> bool:
    if not 0 <= at < len(tokens):
        return False
    words = _words(phrase)
    if not spells(tokens[at].low, words[0]) or at + len(words) > len(tokens):
        return False
    return all(
        token.kind == "word" and spells(token.low, word)
        for token, word in zip(tokens[at : at + len(words)], words, strict=True)
    )


@lru_cache(maxsize=256)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def rate_after(tokens: list[Token], at: int) -> tuple[list[str], int, str | None]:
    """The units after an amount ("/trạm/năm", "mỗi năm", "1 tháng"), the end, and a doubt."""
    units: list[str] = []
    while at < len(tokens):
        begin = at + 1 if units and tokens[at].low == "," else at
        low = low_at(tokens, begin)
        if low in {"/", "\\"}:
            after = begin + 1
            if after < len(tokens) and (
                tokens[after].low == "1" or is_word(tokens[after], "một", "mỗi")
            ):
                after += 1
            elif after < len(tokens) and tokens[after].kind in {"number", "date"}:
                return units, after + 1, "formula"
            unit = _any_unit(tokens, after)
        elif begin < len(tokens):
            unit = _each_unit(tokens, begin)
        else:
            unit = None
        if unit is None:
            break
        units.append(unit[0])
        at = unit[1]
    return units, at, None


def later_units(tokens: list[Token], at: int) -> list[str]:
    """The unit that a clause ends on: "5tr tiền điện mỗi tháng"."""
    for place in range(at, min(at + _LATER, len(tokens) - 1)):
        if tokens[place].kind != "word" or money_word(tokens, place) or numberish(tokens, place):
            return []
        unit = unit_at(tokens, place + 1) if is_word(tokens[place], *_EACH) else None
        if unit:
            counted = unit[1] < len(tokens) and tokens[unit[1]].kind == "number"
            return [] if counted else [unit[0]]
    return []


def _any_unit(tokens: list[Token], at: int) -> tuple[str, int] | None:
    found = unit_at(tokens, at) if at < len(tokens) else None
    if found or at >= len(tokens) or tokens[at].kind != "word":
        return found
    return known_unit(tokens[at].low), at + 1


def _each_unit(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """A unit said with "mỗi", "hằng", "một", "trên một", "trong 1"."""
    if is_word(tokens[at], "cho", "trong", "trên", "tính"):
        linked, at = True, at + 1
        if at < len(tokens) and is_word(tokens[at], "cả"):
            at += 1
    else:
        linked = False
    if at >= len(tokens):
        return None
    if is_word(tokens[at], *_EACH) or (tokens[at].low == "1" or is_word(tokens[at], "một")):
        return unit_at(tokens, at + 1) if at + 1 < len(tokens) else None
    if linked and is_word(tokens[at - 1], "trên"):
        return unit_at(tokens, at)
    return None


def rate_before(tokens: list[Token], amount: Amount) -> tuple[list[str], tuple[int, int] | None]:
    """The units named before an amount in its clause ("mỗi trạm mỗi năm đỡ ..."), and where."""
    begin = amount.start
    while (
        begin > 0 and tokens[begin - 1].low not in set(",.;:!?\n()") and amount.start - begin < 20
    ):
        begin -= 1
    units: list[str] = []
    span: tuple[int, int] | None = None
    at = begin
    while at < amount.start:
        each = is_word(tokens[at], *_EACH)
        one = tokens[at].low == "1" or is_word(tokens[at], "một")
        led = at == begin or bool(span and span[1] == at) or is_word(tokens[at - 1], "trong")
        found = (
            unit_at(tokens, at + 1) if (each or (one and led)) and at + 1 < amount.start else None
        )
        if found and found[1] <= amount.start:
            units.append(found[0])
            span = (span[0] if span else at, found[1])
            at = found[1]
        elif is_word(tokens[at], "cả") and is_word(tokens[at + 1], "năm"):
            units.append("năm")
            span = (at, at + 2)
            at += 2
        elif tokens[at].kind == "number":
            return [], None
        else:
            at += 1
    return units, span


def is_year(tokens: list[Token], at: int) -> bool:
    """Whether the number at a token is a calendar year, a day or a month rather than a count."""
    low = tokens[at].low
    if at == 0 or tokens[at].kind != "number" or not low.isdigit():
        return False
    if at > 1 and (is_word(tokens[at - 2], *_EACH) or tokens[at - 2].low in {"1", "một", "mot"}):
        return False  # "mỗi tháng 10 đến 15 triệu"
    led = is_word(tokens[at - 1], "năm", "từ", "đến", "tới", "nay", "tháng", "ngày", "qua")
    year = len(low) == 4 and "1950" <= low <= "2100"
    day = len(low) <= 2 and is_word(tokens[at - 1], "tháng", "ngày", "năm", "thứ", "quý")
    return (year and (led or tokens[at - 1].low in {"/", "-", ",", "("})) or day


def minus_before(tokens: list[Token], start: int) -> bool:
    """Whether an amount is negative: a dash that touches it, "âm", "lỗ"."""
    if start == 0:
        return False
    before = tokens[start - 1]
    if before.low in _DASHES:
        if start == 1:
            return True
        separate = not glued(tokens, start - 1)
        number = tokens[start - 2].kind == "number" or numberish(tokens, start - 2)
        return (
            glued(tokens, start) and separate and not number and not money_word(tokens, start - 2)
        )
    unmarked = before.low in {"am", "lo"} and tokens[start].kind == "number"
    return before.low in {"âm", "lỗ"} or unmarked


def money_word(tokens: list[Token], at: int) -> bool:
    """Whether a scale or a currency stands at a token."""
    return at >= 0 and (currency_at(tokens, at) or scale_at(tokens, at) is not None)
