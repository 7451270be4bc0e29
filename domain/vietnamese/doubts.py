"""Why a number beside other words may not be the amount it seems to be."""

import re
from typing import Final

from domain.vietnamese.counted import TIMES, unit_at
from domain.vietnamese.numerals import is_word, read_below_thousand
from domain.vietnamese.scales import Amount, low_at, numberish, scale_at
from domain.vietnamese.surroundings import is_year, minus_before
from domain.vietnamese.tokens import Token, glued

_FOREIGN: Final = frozenset(
    [
        *(
            "$",
            "€",
            "¥",
            "£",
            "usd",
            "us",
            "đô",
            "đôla",
            "dola",
            "dollar",
            "dollars",
            "euro",
            "euros",
        ),
        *(
            "eur",
            "tệ",
            "te",
            "cny",
            "ndt",
            "rmb",
            "yên",
            "yen",
            "jpy",
            "won",
            "krw",
            "baht",
            "bath",
        ),
        *("thb", "kip", "kíp", "lak", "rúp", "rub", "sgd", "aud", "gbp"),
    ]
)
_SLANG: Final = {
    "củ": 10**6, "lít": 10**5, "tỏi": 10**9, "chai": 10**6, "vé": 0, "xị": 10**5, "cành": 10**3,
    "lá": 0, "lốp": 10**5, "cây": 10**6, "vạn": 10**4,
}  # fmt: skip
_ALWAYS_SLANG: Final = ("củ", "tỏi", "xị")
_COMMON_BARE: Final = ("tỏi", "vé", "cành", "lá", "xị", "cây")  # plain letters spell commoner words
_LETTERS: Final = re.compile(r"[lioq|]{1,3}(?:tr|trieu|ty|ti|k|nghin|ngan|d|dong)?")
_LETTER_BEFORE: Final = re.compile(r"[lioszb]{1,3}")
_HARMS: Final = ("thiệt", "tác", "độc", "gây")
_VAGUE: Final = ("vài", "mấy", "dăm", "đôi", "hàng", "bạc")
_NEGATED: Final = ("không phải là", "không phải", "không", "không được", "chưa phải", "chưa")


def foreign_at(tokens: list[Token], at: int) -> bool:
    """Whether a foreign currency, or gold, stands at a token."""
    if at >= len(tokens) or at < 0:
        return False
    low = tokens[at].low
    if low == "do":  # "đô" without its marks, or "do" (because)
        after = low_at(tokens, at + 1)
        return after in {"", "la", "my", "/", ".", ",", "!", "?", ")", "moi", "1", "mot"}
    if (
        low in {"nhân", "nhan"}
        and is_word_at(tokens, at + 1, "dân")
        and is_word_at(tokens, at + 2, "tệ")
    ):
        return True
    if is_word(tokens[at], "cây", "chỉ", "lượng") and is_word_at(tokens, at + 1, "vàng"):
        return True
    return low in _FOREIGN or (is_word(tokens[at], "bảng") and is_word_at(tokens, at + 1, "anh"))


def slang_at(tokens: list[Token], at: int) -> tuple[int, bool] | None:
    """What a slang word for money may be worth, and whether it is nothing but slang."""
    if at >= len(tokens):
        return None
    for word, worth in _SLANG.items():
        if is_word(tokens[at], word):
            plain = tokens[at].low != word
            alone = at + 1 >= len(tokens) or tokens[at + 1].kind == "sign"
            if plain and word in _COMMON_BARE and not alone:
                return None
            return worth, word in _ALWAYS_SLANG and not plain
    return None


def is_word_at(tokens: list[Token], at: int, *words: str) -> bool:
    """Whether one of these words stands at a token, if there is a token."""
    return 0 <= at < len(tokens) and is_word(tokens[at], *words)


def counts_things(tokens: list[Token], amount: Amount) -> bool:
    """Whether "triệu", "nghìn" or a bare number counts things: 2 nghìn sản phẩm."""
    if amount.currency:
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
    if foreign_at(tokens, end) or (foreign_at(tokens, start - 1) and tokens[start - 1].low != "do"):
        return "fx", True
    if _after_number(tokens, amount):
        return _after_number(tokens, amount) or "", True
    vague = start > 0 and is_word(tokens[start - 1], *_VAGUE)
    if vague and (tokens[start].kind != "number" or not tokens[start - 1].low.isascii()):
        return "vague", True
    if is_word_at(tokens, end, "mấy", "nửa") and amount.scale > 1:
        return ("vague" if is_word_at(tokens, end, "mấy") else "unclear"), True
    if _negated(tokens, start):
        return "unclear", True
    return None


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
        plain = before.low in {"hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "mot", "tu"}
        return None if plain or before.low == "năm" else "unclear"
    if before.low in {"tu", "từ"}:
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
    if head.low in {"nam", "năm"} and year_before(tokens, start):
        return True
    return head.low == "hai" and is_word_at(tokens, start - 1, *_HARMS)


def without_head(tokens: list[Token], start: int) -> bool:
    """Whether a number in words may also begin one word later."""
    return read_below_thousand(tokens, start + 1) is not None


def _negated(tokens: list[Token], start: int) -> bool:
    for phrase in _NEGATED:
        words = phrase.split()
        begin = start - len(words)
        if begin >= 0 and all(
            is_word(token, word) for token, word in zip(tokens[begin:start], words, strict=True)
        ):
            return True
    return is_word_at(tokens, start - 1, "ko", "hok")


def bare_is_money(tokens: list[Token], amount: Amount) -> bool:
    """Whether a number of a million or more without a unit can only be đồng."""
    digits = tokens[amount.start].low
    plain = amount.typed is not None and amount.typed.kind == "plain"
    if (
        amount.value < 10**6
        or amount.value.denominator != 1
        or tokens[amount.start].kind != "number"
    ):
        return False
    if glued(tokens, amount.start) and tokens[amount.start - 1].kind == "word":
        return False
    if plain and (digits.startswith("0") or _phone_or_date(digits)):
        return False
    if low_at(tokens, amount.start - 1) == "+" and plain:
        return False
    after = amount.end
    if after >= len(tokens) or tokens[after].kind == "sign":
        return low_at(tokens, after) != "%"
    talk = ("mỗi", "một", "hằng", "hàng", "trong", "cho", "là", "nhé", "nha", "ạ", "thôi", "tiền")
    more = (
        "từ",
        "so",
        "do",
        "nhờ",
        "chẵn",
        "hơn",
        "trở",
        "và",
        "em",
        "anh",
        "chị",
        "của",
        "ở",
        "tại",
    )
    return tokens[after].low == "1" or is_word(tokens[after], *talk, *more)


def _phone_or_date(digits: str) -> bool:
    if len(digits) == 11 and digits.startswith("84"):
        return True
    if len(digits) != 8 or digits.endswith("000"):
        return False
    year_first = "1950" <= digits[:4] <= "2099" and digits[4:6] <= "12" and digits[6:] <= "31"
    year_last = "1950" <= digits[4:] <= "2099" and digits[2:4] <= "12" and digits[:2] <= "31"
    return year_first or year_last


def headless_at(tokens: list[Token], at: int) -> bool:
    """Whether a scale stands without a number: vài chục triệu, hàng tỷ, trăm triệu."""
    if is_word(tokens[at], "trăm", "chục", "mươi") and scale_at(tokens, at + 1):
        return True
    low = tokens[at].low
    if low in {"triệu", "trieu"}:
        return True
    vague = is_word_at(tokens, at - 1, *_VAGUE, "chục", "trăm", "cả", "tiền")
    if low in {"tỷ", "tỉ", "nghìn", "ngàn", "ty", "nghin", "ngan"} and vague:
        return True
    if low not in {"tỷ", "tỉ"} or is_word_at(tokens, at - 1, "công"):
        return False
    return at + 1 >= len(tokens) or is_word_at(tokens, at + 1, "rưỡi", "rưởi", "đồng")
