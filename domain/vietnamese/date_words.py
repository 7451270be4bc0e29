"""A message about a date in one plain form: folded, its number words as digits, no time of day."""

import re
from typing import Final

from domain.vietnamese.numerals import is_word, read_below_thousand
from domain.vietnamese.scales import numberish
from domain.vietnamese.text import bare
from domain.vietnamese.tokens import Token, plain

_PIECE: Final = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<sign>\S)")
_ISO_TIME: Final = re.compile(r"(?<=[0-9])[t ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?")
_CLOCK: Final = re.compile(
    r"(?<![\w/.:-])(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|[0-9]{1,2} ?(?:h|gio)(?: ?[0-9]{2}(?![/.-]))?(?: ?(?:p|phut))?)(?![\w/])"
)
_BEFORE: Final = ("ngày", "mùng", "mồng", "mùng", "tháng", "quý", "quí")
_AFTER: Final = ("tháng", "ngày", "hôm", "tuần", "năm")
_DIGIT_WORDS: Final = {
    "không": "0", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6",
    "bảy": "7", "tám": "8", "chín": "9",
}  # fmt: skip
_WEEKDAYS: Final = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7}
_LONGEST: Final = 400  # an answer to "which day" is short; a longer one is prose


def flat(text: str) -> str:
    """The message folded, with digits for number words, and single blanks.

    >>> flat("Ngày mười lăm tháng chín năm 2023")
    'ngay 15 thang 9 nam 2023'
    >>> flat("8h30 ngày 15 / 9 / 2023"), flat("thứ tư, tháng tư")
    ('ngay 15/9/2023', 'thu 4, thang 4')
    """
    lowered = plain(text[:_LONGEST]).lower().replace("–", "-").replace("—", "-")
    tokens = [
        Token(str(one.lastgroup), one.group(), bare(one.group()), one.start(), one.end())
        for one in _PIECE.finditer(lowered)
    ]
    folded = _joined(tokens)
    folded = re.sub(r"(?<=[0-9]) ?/ ?(?=thang|nam)", " ", folded)
    folded = _ISO_TIME.sub(" ", folded)
    folded = re.sub(r"(?<=[0-9]) ?([/.]) ?(?=[0-9])", r"\1", folded)
    folded = re.sub(r"(?<![\w.-])([0-9]{1,2}) ?- ?([0-9]{1,2}) ?- ?([0-9]{4})", r"\1-\2-\3", folded)
    folded = _CLOCK.sub(" ", folded)
    folded = re.sub(r"(?<=[0-9]{4}) ?- ?(?=[0-9]{1,2}[/.])", " den ", folded)
    folded = re.sub(r"\b(ngay|thang|nam|thg|tu|mung|mong|hom|quy|thu)(?=[0-9])", r"\1 ", folded)
    return " ".join(folded.split())


def _joined(tokens: list[Token]) -> str:
    parts: list[str] = []
    at, end = 0, 0
    while at < len(tokens):
        if tokens[at].start > end:
            parts.append(" ")
        said, after = _as_digits(tokens, at)
        parts.append(said)
        end = tokens[after - 1].end
        at = after
    return "".join(parts)


def _as_digits(tokens: list[Token], at: int) -> tuple[str, int]:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if token.kind != "word":
        return token.low, at + 1
    if before and is_word(before, "năm") and (year := _year(tokens, at)):
        return year
    if before and is_word(before, "thứ"):
        day = next((n for word, n in _WEEKDAYS.items() if is_word(token, word)), None)
        if day:
            return str(day), at + 1
    if token.low == "kìa":
        return "kìa", at + 1  # the day before hôm kia
    led = before is not None and is_word(before, *_BEFORE)
    if led and before and is_word(before, "tháng"):
        if is_word(token, "tư"):
            return "4", at + 1
        if token.low == "sau" or _year_left_out(tokens, at):
            return token.folded, at + 1
    if not numberish(tokens, at) or (token.low == "sau" and not led):
        return token.folded, at + 1
    read = read_below_thousand(tokens, at)
    if read is None:
        return token.folded, at + 1
    followed = read[1] < len(tokens) and is_word(tokens[read[1]], *_AFTER)
    if before is not None and before.kind == "number":
        followed = False
    return (str(read[0]), read[1]) if led or followed else (token.folded, at + 1)


def _year_left_out(tokens: list[Token], at: int) -> bool:
    """Whether "tháng năm ngoái" leaves open which month of last year, or May of which year."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return bool(is_word(tokens[at], "năm") and after and is_word(after, "ngoái", "nay", "kia"))


def _year(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """A year in words: "hai nghìn không trăm hai mươi ba", "hai không hai ba"."""
    spelled = tokens[at : at + 4]
    digits = [
        next((digit for word, digit in _DIGIT_WORDS.items() if is_word(token, word)), "")
        for token in spelled
    ]
    if len(spelled) == 4 and all(digits) and digits[0] in "12":
        return "".join(digits), at + 4
    if not (is_word(tokens[at], "hai") and at + 1 < len(tokens)):
        return None
    if not is_word(tokens[at + 1], "nghìn", "ngàn"):
        return None
    begin = at + 2
    if begin + 1 < len(tokens) and is_word(tokens[begin], "không"):
        begin += 2
    if begin < len(tokens) and is_word(tokens[begin], "linh", "lẻ"):
        begin += 1
    rest = read_below_thousand(tokens, begin)
    return (str(2000 + rest[0]), rest[1]) if rest and rest[0] < 100 else None
