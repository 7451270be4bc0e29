"""Cutting a message into numbers, words and signs, each knowing where it stood."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from domain.vietnamese.text import bare

# Full-width signs of East Asian keyboards, and every kind of blank, as their plain counterparts.
_PLAIN: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)
# Zero-width marks, soft hyphens, and the keycap around an emoji digit.
_DROPPED: Final = dict.fromkeys(
    [0x00AD, 0x034F, 0x180E, *range(0x200B, 0x2010), 0x2060, 0x20E3, 0xFE0E, 0xFE0F, 0xFEFF]
)
_TABLE: Final = _DROPPED | _PLAIN | {0x20AB: "đ", 0x00D0: "Đ", 0x00F0: "đ", 0x2212: "-"}
_TOKEN: Final = re.compile(
    r"(?P<date>(?<![0-9./])[0-9]{1,2}/(?:[0-9]{1,2}/)?[0-9]{4}(?![0-9./]*[0-9]))"
    r"|(?P<number>[0-9]+(?:[.,'’][0-9]+)*)"
    r"|(?P<word>m[23](?![0-9])|[^\W\d_]+)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)

_OPEN_GROUPS: Final = re.compile(
    r"(?<![0-9.,])[0-9]{1,3} ?([.,]) ?[0-9]{3}(?: ?\1 ?[0-9]{3})+(?![0-9])(?! ?[.,][0-9])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a message: `kind` is number, word, date or sign."""

    kind: str
    low: str
    folded: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text NFC, with plain digits, signs and blanks, and nothing invisible."""
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def _grouped(text: str) -> str:
    """Close "14. 000. 000": phone keyboards put a blank after a dot."""
    return _OPEN_GROUPS.sub(lambda found: found.group().replace(" ", ""), text)


def tokenize(text: str) -> list[Token]:
    """The pieces of a message, in order, blanks left out.

    >>> [token.low for token in tokenize("Gần 14tr/trạm, 3 trạm")]
    ['gần', '14', 'tr', '/', 'trạm', ',', '3', 'trạm']
    """
    found = _TOKEN.finditer(_grouped(plain(text)))
    return [
        Token(
            str(match.lastgroup),
            match.group().lower(),
            bare(match.group().lower()),
            match.start(),
            match.end(),
        )
        for match in found
    ]


def glued(tokens: list[Token], at: int) -> bool:
    """Whether the token at `at` follows the one before it without a blank."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start
