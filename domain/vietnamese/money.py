"""Reading an amount of money from what a person typed; when in doubt it asks.

A wrong number is worse than a question. Rules and real examples come from union reports.
"""

import unicodedata
from typing import Final

from domain.vietnamese.calculations import formula, interval
from domain.vietnamese.no_money import says_no_money
from domain.vietnamese.numerals import is_word_at
from domain.vietnamese.scales import TRIEU, TY
from domain.vietnamese.scan import Found, scan
from domain.vietnamese.tokens import Token, glued, tokenize
from domain.vietnamese.values import MoneyRead

CAP: Final = 1000 * TY  # the largest benefit ever reported for one solution is about 500 tỷ
_BLANKS: Final = frozenset("\u00a0\u202f\u2007\u2009\u200a")
_MOST_OFFERS: Final = 4
# Longer messages are prose for the form's text fields, not answers about money.
_LONGEST: Final = 10_000


def read_money(text: str) -> MoneyRead:
    """The amount in an answer to "how much", in VND.

    >>> read_money("gần 14 triệu đồng/trạm/năm")
    MoneyRead(vnd=14000000, ask=None, flags=('approx',), rate='trạm/năm', suggestions=())
    >>> read_money("2,345 tỷ").ask, read_money("2,345 tỷ").suggestions
    ('sep', (2345000000, 2345000000000))
    >>> read_money("ko có").flags
    ('no_money',)
    """
    marks = _marks(text)
    tokens = tokenize(text[:_LONGEST])
    found = scan(tokens)
    money = [one for one in found if one.kind == "money"]
    worded = not money and all(one.kind != "number" for one in tokens)
    if worded and says_no_money([one.low for one in tokens if one.kind == "word"]):
        return MoneyRead(0, None, ("no_money", *marks))
    return _decided(tokens, found, money, marks)


def find_money(text: str) -> MoneyRead | None:
    """The one amount with an explicit unit in a passage of prose; None when there is none.

    >>> find_money("giảm vỡ ống, đỡ gần 14tr/trạm/năm, 3 trạm").vnd
    14000000
    >>> find_money("đỡ 3 công mỗi ngày") is None
    True
    """
    tokens = tokenize(text[:_LONGEST])
    found = scan(tokens)
    money = [one for one in found if one.kind == "money" and _certain(tokens, one)]
    if not money:
        return None
    return _decided(tokens, [one for one in found if one.kind != "slang"], money, _marks(text))


def _certain(tokens: list[Token], one: Found) -> bool:
    """Whether prose really speaks of money here, not of "3 k" (không) or "2 ngàn" of something."""
    amount = one.amount
    if not amount.explicit or amount.value == 0:
        return False
    last = tokens[amount.end - 1]
    if last.low in {"k", "d"}:
        return glued(tokens, amount.end - 1)
    if amount.scale < TRIEU and not amount.currency:
        after = tokens[one.end] if one.end < len(tokens) else None
        money_follows = is_word_at(tokens, one.end, "tiền", "chi", "mỗi", "một")
        return bool(one.units) or after is None or after.kind == "sign" or money_follows
    return True


def _decided(
    tokens: list[Token], found: list[Found], money: list[Found], marks: tuple[str, ...]
) -> MoneyRead:
    if offers := formula(tokens, found):
        return _asking("formula", offers.values, marks)
    if ends := interval(tokens, found):
        return _asking("range", ends, marks)
    if reason := _first_problem(found, money):
        return _asking(reason[0], reason[1], marks)
    if len({one.amount.value for one in money}) > 1:
        return _asking("many", [int(one.amount.value) for one in money], marks)
    if money:
        return _value(money, marks)
    return _no_amount(tokens, found, marks)


def _first_problem(found: list[Found], money: list[Found]) -> tuple[str, tuple[int, ...]] | None:
    for one in money:
        if one.amount.problem:
            return one.amount.problem, one.amount.suggestions
    kinds = {one.kind: one for one in found}
    if "fx" in kinds:
        return "fx", tuple(int(one.amount.value) for one in money)
    if "vague" in kinds:
        return "vague", tuple(int(one.amount.value) for one in money)
    slang = kinds.get("slang")
    if slang and (slang.amount.explicit or not money):
        return "slang", slang.amount.suggestions
    return None


def _value(money: list[Found], marks: tuple[str, ...]) -> MoneyRead:
    vnd = int(money[0].amount.value)
    flags = {flag for one in money for flag in one.flags}
    if vnd == 0:
        return MoneyRead(0, None, ("no_money", *marks))
    if vnd > CAP:
        flags.add("over_cap")
    units = next((one.units for one in money if one.units), ())
    kept = tuple(flag for flag in ("approx", "min", "max", "over_cap") if flag in flags)
    return MoneyRead(vnd, None, (*kept, *marks), "/".join(units) or None)


def _no_amount(tokens: list[Token], found: list[Found], marks: tuple[str, ...]) -> MoneyRead:
    numbers = [one for one in found if one.kind in {"number", "things"}]
    if any(one.kind == "percent" for one in found):
        return _asking("percent", (), marks)
    if any(one.amount.problem for one in numbers):
        return _asking("malformed", (), marks)
    if len(numbers) == 1 and numbers[0].kind == "number":
        return _bare(tokens, numbers[0], marks)
    if numbers or any(one.kind == "year" for one in found):
        return _asking("bare", (), marks)
    said = any(one.kind == "word" for one in tokens)
    return _asking("vague" if said else "unreadable", (), marks)


def _bare(tokens: list[Token], one: Found, marks: tuple[str, ...]) -> MoneyRead:
    value, typed = one.amount.value, one.amount.typed
    alone = one.amount.start == 0 and one.end == len(tokens)
    if alone and value == 0 and typed and typed.kind == "plain":
        return MoneyRead(0, None, ("no_money", *marks))
    if value >= TRIEU or value == 0:
        return _asking("bare", [int(value)] if value else (), marks)
    scales = (1, 1000, TRIEU) if value >= 1000 else (TRIEU, TY)
    if typed and typed.kind == "plain":
        scales = (1000, TRIEU) if value < 1000 else (1, 1000)
    worth = [value * scale for scale in scales]
    return _asking("bare", [int(vnd) for vnd in worth if vnd.denominator == 1], marks)


def _asking(
    reason: str, offers: "list[int] | tuple[int, ...]", marks: tuple[str, ...]
) -> MoneyRead:
    kept = tuple(dict.fromkeys(vnd for vnd in offers if vnd > 0))[:_MOST_OFFERS]
    return MoneyRead(None, reason, marks, None, kept)


def _marks(text: str) -> tuple[str, ...]:
    """How the text was encoded: decomposed letters, blanks that do not break."""
    nfd = unicodedata.normalize("NFC", text) != text
    return (*(("nfd",) if nfd else ()), *(("nbsp",) if _BLANKS & set(text) else ()))
