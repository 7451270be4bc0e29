"""Vietnamese personal names: family name, middle names, then the name one is called by (tên)."""

import re
import unicodedata
from typing import Final

from domain.vietnamese.text import canonical, fold, nfc

_LONGEST: Final = 60  # letters; the longest full names in civil registers stay well below
_MOST_WORDS: Final = 8
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_TALK: Final = re.compile(
    r"de|toi|em|xem|roi|nhe|hoi|cho|gi|sao|nao|khong|ko|biet|muon|duoc|chua|doc|nua|nay|kia|co|ai"
    r"|xin|chao|giup|gui|voi|day|cai|viec|cung|phai"
)  # folded words of talk; a name may hold one of them, hardly two
_BETWEEN: Final = re.compile(r"[\n;,&+/]|\bvà\b")
_BEFORE: Final = re.compile(r"^(?:\s|[-–—•*]|\d+[.)]?|[^\W\d_]{1,5}\.)+")
_AFTER: Final = re.compile(r"\s[-–—]\s.*$|[\s.:–—-]+$")
_TITLES: Final = frozenset({"anh", "chị", "ông", "bà", "em", "cô", "chú", "bác"})


def given_name(name: str) -> str:
    """The name by which a person is addressed: the last one.

    >>> given_name("Nguyễn Văn Vũ"), given_name("  Hoàng  ")
    ('Vũ', 'Hoàng')
    """
    words = nfc(name).split()
    return words[-1] if words else ""


def looks_like_name(text: str) -> bool:
    """Whether a text can be a full name: two words or more, letters only, not too long.

    >>> looks_like_name("nong thi a"), looks_like_name("Vũ"), looks_like_name("tổ 3")
    (True, False, False)
    >>> looks_like_name("H'Hen Niê"), looks_like_name("14 triệu")
    (True, False)
    """
    stored = " ".join(nfc(text).split())
    words = stored.split(" ")
    if not 2 <= len(words) <= _MOST_WORDS or len(stored) > _LONGEST:
        return False
    return all(re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*", word) for word in words)


def sounds_like_talk(text: str) -> bool:
    """Whether words that could be a name are rather said: half of them or more, and two, are talk.

    >>> sounds_like_talk("de toi xem da"), sounds_like_talk("cho em hỏi")
    (True, True)
    >>> sounds_like_talk("nguyen van toi"), sounds_like_talk("Lại Thị Em")
    (False, False)
    """
    words = fold(text).split()
    talk = sum(_TALK.fullmatch(word) is not None for word in words)
    return talk >= 2 and 2 * talk >= len(words)


def title_case_name(text: str) -> str:
    """A name with capitals where they belong; no diacritic is invented.

    >>> title_case_name("nguyen van vu"), title_case_name("NÔNG THỊ A")
    ('Nguyen Van Vu', 'Nông Thị A')
    >>> title_case_name("h'hen niê")
    "H'Hen Niê"
    """
    lowered = " ".join(nfc(text).split()).lower()
    return nfc(re.sub(r"[^\W\d_]+", lambda found: found.group().capitalize(), lowered))


def without_title(text: str) -> str:
    """A name without the "anh", "chị", "ông", "bà" that people put before it.

    >>> without_title("ông Nguyễn Văn Vũ"), without_title("Anh Vũ")
    ('Nguyễn Văn Vũ', 'Vũ')
    """
    words = nfc(text).split()
    if len(words) > 1 and words[0].lower() in _TITLES:
        words = words[1:]
    return " ".join(words)


def split_names(text: str) -> list[str]:
    """The names in a cell of a list: one a line, or between commas, semicolons and «và».

    Numbers, degrees and forms of address before a name are left out, and so is what follows it
    in brackets, after a dash or as a share.

    >>> split_names("1. Nguyễn Văn A (chủ nhiệm); ThS. Trần Thị B và ông Lê Văn C - 30%")
    ['Nguyễn Văn A', 'Trần Thị B', 'Lê Văn C']
    """
    bare = re.sub(r"\([^)]*\)|\d+ ?%", " ", nfc(text))
    parts = [_AFTER.sub("", _BEFORE.sub("", part)) for part in _BETWEEN.split(bare)]
    return [name for part in parts if (name := without_title(part.strip()))]


Key = tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]


def name_key(name: str) -> Key:
    """A key that sorts names the Vietnamese way: by tên, then họ, then the names between.

    >>> sorted(["Trần Văn Ân", "Bế Thị An", "Lê Đức", "Lê Dung", "Hà An"], key=name_key)
    ['Bế Thị An', 'Hà An', 'Trần Văn Ân', 'Lê Dung', 'Lê Đức']
    """
    words = canonical(name).split()
    ordered = words[-1:] + words[:-1]
    return tuple(_word_key(word) for word in ordered)


def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Letters first, in the order of the alphabet; tones only break ties."""
    letters: list[int] = []
    tones: list[int] = []
    for ch in word:
        parts = unicodedata.normalize("NFD", ch)
        tone = next((mark for mark in parts if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        place = _ALPHABET.find(letter)
        letters.append(place if place >= 0 else len(_ALPHABET) + ord(letter[0]))
        tones.append(_TONES.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones)
