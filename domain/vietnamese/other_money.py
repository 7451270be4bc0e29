"""Money that is not đồng: foreign currencies, gold, slang, and amounts without a number."""

from typing import Final

from domain.vietnamese.numerals import is_word, is_word_at
from domain.vietnamese.scales import scale_at
from domain.vietnamese.tokens import Token

_FOREIGN: Final = frozenset({
    "$", "€", "¥", "£", "usd", "us", "đô", "đôla", "dola", "dollar", "dollars", "euro", "euros",
    "eur", "tệ", "te", "cny", "ndt", "rmb", "yên", "yen", "jpy", "won", "krw", "baht", "bath",
    "thb", "kip", "kíp", "lak", "rúp", "rub", "sgd", "aud", "gbp",
})  # fmt: skip
# After an amount and before these, a "do" without its mark is "because", not "đô".
_CAUSES: Final = frozenset({
    "giam", "tiet", "khong", "ko", "bot", "cat", "tan", "ap", "cai", "dung", "su", "lap", "thay",
    "viec", "doi", "lam", "rut", "da", "chi", "ton", "hao", "giai", "nang", "anh", "em", "minh",
    "chung",
})  # fmt: skip
_CODES: Final = frozenset({"$", "€", "¥", "£", "usd", "eur", "euro", "cny", "jpy"})
_SLANG: Final = {
    "củ": 10**6, "lít": 10**5, "tỏi": 10**9, "chai": 10**6, "vé": 0, "xị": 10**5, "cành": 10**3,
    "lá": 0, "lốp": 10**5, "cây": 10**6, "vạn": 10**4,
}  # fmt: skip
_ALWAYS_SLANG: Final = ("củ", "tỏi", "xị")
_COMMON_BARE: Final = ("tỏi", "vé", "cành", "lá", "xị", "cây")  # plain letters spell commoner words
VAGUE: Final = ("vài", "mấy", "dăm", "đôi", "hàng", "bạc")


def foreign_at(tokens: list[Token], at: int) -> bool:
    """Whether a foreign currency, or gold, stands at a token."""
    if at >= len(tokens) or at < 0:
        return False
    low = tokens[at].low
    if low == "do":  # "đô" without its marks, or "do" (because)
        return at + 1 >= len(tokens) or tokens[at + 1].folded not in _CAUSES
    if (
        low in {"nhân", "nhan"}
        and is_word_at(tokens, at + 1, "dân")
        and is_word_at(tokens, at + 2, "tệ")
    ):
        return True
    if is_word(tokens[at], "cây", "chỉ", "lượng") and is_word_at(tokens, at + 1, "vàng"):
        return True
    return low in _FOREIGN or (is_word(tokens[at], "bảng") and is_word_at(tokens, at + 1, "anh"))


def foreign_before(tokens: list[Token], at: int) -> bool:
    """Whether the sign or code of a foreign currency stands before the token at `at`."""
    return at > 0 and tokens[at - 1].low in _CODES


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
            return worth, word in _ALWAYS_SLANG and (not plain or word == "củ")
    return None


def headless_at(tokens: list[Token], at: int) -> bool:
    """Whether a scale stands without a number: vài chục triệu, hàng tỷ, trăm triệu."""
    if is_word(tokens[at], "trăm", "chục", "mươi") and scale_at(tokens, at + 1):
        return True
    low = tokens[at].low
    if low in {"triệu", "trieu"}:
        return True
    vague = is_word_at(tokens, at - 1, *VAGUE, "chục", "trăm", "cả", "tiền")
    if low in {"tỷ", "tỉ", "nghìn", "ngàn", "ty", "nghin", "ngan"} and vague:
        return True
    if low not in {"tỷ", "tỉ"} or is_word_at(tokens, at - 1, "công"):
        return False
    return at + 1 >= len(tokens) or is_word_at(tokens, at + 1, "rưỡi", "rưởi", "đồng")
