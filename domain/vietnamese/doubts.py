"""Why a number beside other words may not be the amount it seems to be."""

import re
from typing import Final

from domain.vietnamese.counted import TIMES, unit_at
from domain.vietnamese.numerals import is_word, is_word_at, is_written
from domain.vietnamese.other_money import VAGUE, foreign_at, foreign_before
from domain.vietnamese.scales import Amount, low_at, numberish, scale_at
from domain.vietnamese.surroundings import is_year, minus_before, rate_after
from domain.vietnamese.tokens import Token, glued

_LETTERS: Final = re.compile(r"[lioq|]{1,3}(?:tr|trieu|ty|ti|k|nghin|ngan|d|dong)?")
_LETTER_BEFORE: Final = re.compile(r"[lioszb]{1,3}")
_HARMS: Final = ("thiệt", "tác", "độc", "gây")
_EACH: Final = ("mỗi", "hằng", "hàng", "một", "từng", "trong")
# After these a "nam" without its mark is five, not the year: "tiet kiem duoc nam muoi trieu".
_BEFORE_FIVE: Final = (
    "được", "gần", "khoảng", "tầm", "hơn", "trên", "dưới", "kiệm", "lợi", "giảm", "đỡ", "là", "chi",
    "phí", "tiền", "bằng", "đến", "tới", "chữ", "đạt", "thu", "về", "tốn", "hết", "mất", "chừng",
)  # fmt: skip
_NEGATED: Final = ("không phải là", "không phải", "không", "không được", "chưa phải", "chưa")


def counts_things(tokens: list[Token], amount: Amount) -> bool:
    """Whether "triệu", "nghìn" or a bare number counts things: 2 nghìn sản phẩm."""
    if amount.currency or rate_after(tokens, amount.end)[0]:
        return False
    unit = unit_at(tokens, amount.end) if amount.end < len(tokens) else None
    if unit is None or tokens[amount.end].low == "cong" or (unit[0] in TIMES and amount.scale > 1):
        return False
    return not (tokens[amount.end].low == "tram" and amount.scale > 1)


def doubt(tokens: list[Token], amount: Amount) -> tuple[str, bool] | None:
    """The reason why an amount with a scale cannot be taken as it stands."""
    start, end = amount.start, amount.end
    letters = _letters_for_digits(tokens, amount)
    if letters:
        return "malformed", True
    if minus_before(tokens, start):
        return "negative", True
    if foreign_at(tokens, end) or foreign_before(tokens, start):
        return "fx", True
    if _after_number(tokens, amount):
        return _after_number(tokens, amount) or "", True
    if is_written(tokens, start - 1, *VAGUE) and (
        tokens[start].kind != "number" or not tokens[start - 1].low.isascii()
    ):
        return "vague", True
    if is_word_at(tokens, end, "mấy", "nửa") and amount.scale > 1:
        return ("vague" if is_word_at(tokens, end, "mấy") else "unclear"), True
    if _negated(tokens, start) or _over_years(tokens, end):
        return "unclear", True
    return None


def _over_years(tokens: list[Token], end: int) -> bool:
    """Whether an amount is for several years together: 28 triệu trong 2 năm."""
    if not is_word_at(tokens, end, "trong", "sau") or not is_word_at(tokens, end + 2, "năm"):
        return False
    count = tokens[end + 1]
    counted = count.kind == "number" or numberish(tokens, end + 1)
    return counted and count.low not in {"1", "một", "mot"}


def _letters_for_digits(tokens: list[Token], amount: Amount) -> bool:
    start, end = amount.start, amount.end
    if tokens[start].kind == "number" and glued(tokens, start):
        before = tokens[start - 1]
        if before.kind == "word" and _LETTER_BEFORE.fullmatch(before.folded):
            return True
        if before.low in {".", ","}:
            open_before = start - 1 == 0 or not glued(tokens, start - 1)
            earlier = tokens[start - 2] if start > 1 else before
            return (
                open_before or earlier.kind == "sign" or bool(_LETTER_BEFORE.fullmatch(earlier.low))
            )
        if before.kind == "number":
            return True
    if not glued(tokens, end) or tokens[end - 1].kind != "number":
        return glued(tokens, end) and tokens[end].kind == "number"
    return letters_after(tokens, end)


def letters_after(tokens: list[Token], end: int) -> bool:
    """Whether letters that look like digits touch the number that ends there: 1O triệu."""
    if not glued(tokens, end) or not _LETTERS.fullmatch(tokens[end].folded):
        return False
    return tokens[end].low != "l" or bool(scale_at(tokens, end + 1)) or glued(tokens, end + 1)


def _after_number(tokens: list[Token], amount: Amount) -> str | None:
    """A number directly before an amount: a range said in words, or badly cut digits."""
    start = amount.start
    if start == 0:
        return None
    before = tokens[start - 1]
    if before.low == "/" and start > 1 and tokens[start - 2].kind == "number":
        return "malformed"  # 1/2 tỷ
    if before.low in {".", ","} and start > 1:
        earlier = tokens[start - 2]
        small = earlier.kind == "number" and not is_year(tokens, start - 2) and len(earlier.low) < 4
        return "sep" if small and tokens[start].kind == "number" else None
    if before.kind == "number":
        return None if is_year(tokens, start - 1) else "range"
    if _count_before(tokens, start):
        return "unclear"
    if not numberish(tokens, start - 1) or is_word(before, "lẻ", "linh"):
        return None
    if tokens[start].kind == "number":
        dated = is_word_at(tokens, start - 2, "tháng", "thứ", "quý", "ngày", "mùng")
        plain = dated or before.low in {
            "hai",
            "ba",
            "bon",
            "nam",
            "sau",
            "bay",
            "tam",
            "chin",
            "mot",
            "tu",
        }
        return None if plain or before.low == "năm" else "unclear"
    if before.low in {"tu", "từ"} or is_word_at(tokens, start - 2, "tháng", "thứ", "quý", "ngày"):
        return None
    if is_word(before, "hai") and is_word_at(tokens, start - 2, *_HARMS):
        return None
    if is_word(before, "năm") and year_before(tokens, start - 1):
        # "moi nam muoi trieu": ten each year, or fifty.
        plain = tokens[start].low in {"muoi", "mươi", "tram"}
        return "unclear" if plain else None
    return "range"


def _count_before(tokens: list[Token], start: int) -> bool:
    """Whether "3 trạm" stands directly before an amount: for each, or for all of them."""
    for size in (1, 2):
        begin = start - size
        unit = unit_at(tokens, begin) if begin > 0 else None
        if unit and unit[1] == start:
            count = tokens[begin - 1]
            if count.kind == "number":
                return count.low != "1" and not is_year(tokens, begin - 1)
            if numberish(tokens, begin - 1) and not is_word(count, "một"):
                return not (is_word(count, "năm") and year_before(tokens, begin - 1))
    return False


def year_before(tokens: list[Token], at: int) -> bool:
    """Whether the "năm" at a token is a year: mỗi năm, hằng năm, một năm, cả năm, /năm."""
    if at == 0:
        return False
    led = is_word(
        tokens[at - 1], "mỗi", "hằng", "hàng", "một", "cả", "trong", "trên", "từng", "sau"
    )
    return led or tokens[at - 1].low in {"/", "1"}


def ambiguous_head(tokens: list[Token], amount: Amount) -> bool:
    """Whether a number in words without diacritics begins with what may be another word.

    "tam muoi trieu" is eighty or about ten; "moi nam muoi trieu" fifty or ten a year;
    "thiet hai muoi trieu" twenty, or a damage of ten.
    """
    start = amount.start
    if tokens[start].kind != "word" or amount.end - start < 2:
        return False
    head = tokens[start]
    rest_counts = numberish(tokens, start + 1)
    if not rest_counts:
        return False
    if head.low == "tam":
        return True
    if head.low == "nam" and tokens[start + 1].low in {"muoi", "tram"}:
        return start > 0 and not is_word(tokens[start - 1], *_BEFORE_FIVE)
    if is_word(head, "năm") and year_before(tokens, start):
        return tokens[start + 1].low in {"muoi", "tram", "mươi", "trăm"}
    if is_word_at(tokens, start - 1, "tháng", "thứ", "quý"):
        each = is_word_at(tokens, start - 2, *_EACH) or low_at(tokens, start - 2) == "1"
        plain = tokens[start + 1].low in {"muoi", "tram"}
        return plain and not (each and is_word_at(tokens, start - 1, "tháng", "quý"))
    if head.low == "ba" and tokens[start + 1].low in {"muoi", "tram", "chuc"}:
        return is_word_at(tokens, start - 1, "giúp", "cho", "của", "với")  # ba, or bà
    return head.low == "hai" and is_word_at(tokens, start - 1, *_HARMS)


def _negated(tokens: list[Token], start: int) -> bool:
    for phrase in _NEGATED:
        words = phrase.split()
        begin = start - len(words)
        if begin >= 0 and all(
            is_word(token, word) for token, word in zip(tokens[begin:start], words, strict=True)
        ):
            return True
    return is_word_at(tokens, start - 1, "ko", "hok")
