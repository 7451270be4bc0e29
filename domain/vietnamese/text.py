"""The three forms of a Vietnamese text: stored (NFC), compared (canonical), searched (folded).

Two encodings look the same on screen, tones are placed the old or the new way, and many people
type without diacritics; so text is stored NFC, compared canonical and searched folded.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Keyboards and web pages put these between or beside letters; they carry no meaning.
_INVISIBLE: Final = dict.fromkeys(
    [0x00AD, 0x034F, 0x180E, *range(0x200B, 0x2010), 0x2060, 0xFE0E, 0xFE0F, 0xFEFF]
)
_ABBREVIATIONS: Final = {
    "cty": "cong ty",
    "cp": "co phan",
    "ctcp": "cong ty co phan",
    "tnhh": "trach nhiem huu han",
    "mtv": "mot thanh vien",
    "ctn": "cap thoat nuoc",
    "dntn": "doanh nghiep tu nhan",
    "htx": "hop tac xa",
    "xn": "xi nghiep",
    "nm": "nha may",
    "kcn": "khu cong nghiep",
    "ldld": "lien doan lao dong",
    "cd": "cong doan",
    "cdcs": "cong doan co so",
    "cdvc": "cong doan vien chuc",
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "mn": "mam non",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "gdtx": "giao duc thuong xuyen",
    "gddt": "giao duc va dao tao",
    "gd": "giao duc",
    "pgd": "phong giao duc",
    "ptdtnt": "pho thong dan toc noi tru",
    "ptdtbt": "pho thong dan toc ban tru",
    "ttyt": "trung tam y te",
    "tyt": "tram y te",
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "tt": "trung tam",
    "vp": "van phong",
    "tp": "thanh pho",
    "tx": "thi xa",
    "xd": "xay dung",
    "sx": "san xuat",
    "tm": "thuong mai",
    "vlxd": "vat lieu xay dung",
    "dvcong": "dich vu cong",
}
_OLD_TONES: Final = {
    old + last: first + new
    for olds, first, last, news in [
        ("òóỏõọ", "o", "a", "àáảãạ"),
        ("òóỏõọ", "o", "e", "èéẻẽẹ"),
        ("ùúủũụ", "u", "y", "ỳýỷỹỵ"),
    ]
    for old, new in zip(olds, news, strict=True)
}
_OLD_TONE: Final = re.compile("|".join(_OLD_TONES))
# kỹ/kĩ, lý/lí, tỷ/tỉ: one word, two spellings, in open syllables after these consonants only.
_I_OR_Y: Final = re.compile(r"\b([hklmst])([ỳýỷỹỵ])\b")
_TONED_I: Final = str.maketrans("ỳýỷỹỵ", "ìíỉĩị")


def nfc(text: str) -> str:
    """The form in which text is stored.

    >>> nfc("tie\u0302\u0301n") == "tiến"
    True
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The form in which text is searched: lower case, no diacritics, single spaces.

    >>> fold("  Tiến  ĐỘ sáng\u00a0kiến ")
    'tien do sang kien'
    >>> fold("HD-TLÐ")
    'hd-tld'
    """
    return " ".join(bare(nfc(text).translate(_INVISIBLE).lower()).split())


def bare(lowered: str) -> str:
    """A lower-case text without its diacritics, spaces kept.

    >>> bare("đồng ý")
    'dong y'
    """
    if lowered.isascii():
        return lowered
    parted = unicodedata.normalize("NFD", lowered)
    plain = "".join(ch for ch in parted if unicodedata.category(ch) != "Mn")
    return unicodedata.normalize("NFC", plain).replace("đ", "d").replace("ð", "d")


def canonical(text: str) -> str:
    """The form in which names and titles are compared: one case, one way to place a tone.

    >>> canonical("Bế Thị HÒA") == canonical("Bế Thị Hoà")
    True
    >>> canonical("kỹ thuật") == canonical("kĩ thuật")
    True
    >>> canonical("ma") == canonical("mà")
    False
    """
    lowered = nfc(nfc(text).translate(_INVISIBLE).casefold()).replace("ð", "đ")
    placed = _OLD_TONE.sub(lambda found: _OLD_TONES[found.group()], lowered)
    spelled = _I_OR_Y.sub(lambda found: found[1] + found[2].translate(_TONED_I), placed)
    return " ".join(spelled.split())


def same(one: str, other: str) -> bool:
    """Whether two names or titles are one and the same text, however typed.

    >>> same("Lê Thị Thúy", "lê thị  thuý")
    True
    """
    return canonical(one) == canonical(other)


def expand_abbreviations(folded: str) -> str:
    """A folded text with the abbreviations used in unit names written out.

    >>> expand_abbreviations("cty cp cap thoat nuoc")
    'cong ty co phan cap thoat nuoc'
    >>> expand_abbreviations("cdcs thcs hoang van thu")
    'cong doan co so trung hoc co so hoang van thu'
    """
    words = re.findall(r"[^\W_]+", folded)
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def spells(typed: str, word: str) -> bool:
    """Whether a lower-case typed word is this word with all, some or none of its diacritics.

    It never adds one: "trạm" does not spell "trăm", while "tram" spells both.

    >>> [spells(typed, "trăm") for typed in ("trăm", "tram", "trâm", "trạm")]
    [True, True, False, False]
    """
    if typed == word:
        return True
    if typed.isascii():
        return typed == _bare_word(word)
    if _bare_word(typed) != _bare_word(word):
        return False
    return all(set(had) <= set(full) for had, full in zip(_marks(typed), _marks(word), strict=True))


@lru_cache(maxsize=4096)
def _bare_word(word: str) -> str:
    """One sentence is held against the same few hundred words thousands of times."""
    return bare(word)


def spells_any(typed: str, words: tuple[str, ...]) -> bool:
    """Whether a lower-case typed word is one of these words, as ``spells`` has it.

    >>> spells_any("tram", ("nghìn", "trăm")), spells_any("trạm", ("nghìn", "trăm"))
    (True, False)
    """
    # Nearly every word of a text is none of the listed ones, whatever its diacritics.
    return _bare_word(typed) in _bare_words(words) and any(spells(typed, word) for word in words)


@lru_cache(maxsize=512)
def _bare_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(bare, words))


def _marks(word: str) -> list[str]:
    """The diacritics of each letter, đ counting as a mark on d."""
    marks: list[str] = []
    for ch in unicodedata.normalize("NFD", word):
        if unicodedata.category(ch) == "Mn" and marks:
            marks[-1] += ch
        else:
            marks.append("đ" if ch in "đð" else "")
    return marks
