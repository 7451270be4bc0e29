"""Yes and no, the way people type them."""

import re
from typing import Final

from domain.vietnamese.text import fold

_YES: Final = frozenset({
    "co", "da", "vang", "u", "uh", "uk", "uhm", "um", "ok", "oke", "okie", "okey", "oki", "okay",
    "dc", "duoc", "roi", "chac", "dung", "yes", "y", "phai", "dongy", "nhat",
})  # fmt: skip
_NO: Final = frozenset({
    "khong", "ko", "k", "kh", "khg", "hok", "hong", "hem", "thoi", "chua", "no", "khoi", "huy",
    "deo", "hk", "kg",
})  # fmt: skip
_FILLER: Final = frozenset({
    "a", "ah", "e", "em", "anh", "chi", "minh", "toi", "nhe", "nha", "nhá", "oi", "thi", "la",
    "roi", "day", "do", "het", "luon", "ban", "bot", "xin", "thua", "gi", "nua", "nhi", "co",
    "hoan", "toan", "xac", "nhan", "nhung", "cam", "on", "ca",
})  # fmt: skip
_YES_PHRASES: Final = (
    "dong y",
    "nhat tri",
    "dung vay",
    "dung roi",
    "duoc roi",
    "xac nhan",
    "chac chan",
)
_NO_PHRASES: Final = (
    "khong dong y",
    "khong co",
    "khong dung",
    "khong phai",
    "khong can",
    "khong duoc",
)


def yes_no(text: str) -> bool | None:
    """Whether a short answer says yes or no; None when it says neither, or both.

    >>> yes_no("dạ"), yes_no("OK ạ"), yes_no("Đồng ý"), yes_no("ko"), yes_no("thôi")
    (True, True, True, False, False)
    >>> yes_no("dạ không ạ"), yes_no("có hay không"), yes_no("14 triệu")
    (False, None, None)
    """
    folded = " ".join(re.findall(r"[^\W_]+", fold(text)))
    folded = re.sub(r"\b(?:ko|k|kh|khg|hok|hong)\b", "khong", folded)
    for phrase in _NO_PHRASES:
        folded = folded.replace(phrase, "khong")
    for phrase in _YES_PHRASES:
        folded = folded.replace(phrase, "yes")
    words = folded.split()
    if not words or len(words) > 6:
        return None
    polite = {"da", "vang"}
    said_no = any(word in _NO for word in words)
    said_yes = any(word in _YES and word not in polite for word in words)
    if any(word not in _YES | _NO | _FILLER for word in words) or (said_no and said_yes):
        return None
    if said_no:
        return False
    return True if said_yes or any(word in polite for word in words) else None
