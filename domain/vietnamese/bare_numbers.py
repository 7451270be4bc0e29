"""When a number without a unit can only be đồng, and when it is a telephone number or a date."""

from domain.vietnamese.numerals import is_word
from domain.vietnamese.scales import Amount, low_at
from domain.vietnamese.tokens import Token, glued


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
