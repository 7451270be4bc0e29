"""The ways of saying that a solution brought no money, and of not answering at all."""

import re
from typing import Final

from domain.vietnamese.text import bare

_SAME: Final = {
    "ko": "khong", "k": "khong", "kh": "khong", "khg": "khong", "hok": "khong", "hong": "khong",
    "hem": "khong", "khum": "khong", "dc": "duoc", "đc": "duoc", "j": "gi", "trc": "truoc",
    "no": "khong", "none": "khong",
}  # fmt: skip
_POLITE: Final = frozenset({
    "da", "vang", "a", "ah", "ad", "em", "anh", "chi", "oi", "nhe", "nha", "thi", "la", "thua",
    "bot", "nhi", "ban", "thoi", "minh", "cam", "on",
})  # fmt: skip
# A longer sentence says more than "no money", and the patterns below would get slow on it.
_LONGEST: Final = 120
_COUNT: Final = r"(?:tinh|quy|quy doi|doi|do|dem|do dem|luong hoa|xac dinh|uoc tinh|the tinh|cong)"
_NOTHING: Final = (
    r"khong",
    r"khong (?:co|thay|phat sinh|sinh|ra|mang lai|tao ra|thu duoc|thu|dem lai|lam loi)"
    r"(?: (?:gi|gi het|gi ca|dau|tien|tien bac|khoan nao|loi ich|gia tri|so tien|hieu qua|lam loi"
    r"|thu|phat sinh|lai|dong|chi phi|loi nhuan|kinh te|vat chat|bang|ve|nao|ca|loi|nhuan))*",
    rf"khong(?: the)? {_COUNT} (?:duoc|ra)(?: (?:bang|thanh|ra|duoc|tien|so tien|gia tri|cu the"
    r"|kinh te|vnd|dong))*",
    rf"khong(?: the)?(?: co)?(?: {_COUNT})?(?: duoc)? (?:bang|thanh|ra) tien(?: duoc)?",
    r"khong (?:lam loi|tiet kiem|loi)(?: duoc)?(?: (?:gi|tien|dong nao|bang tien|bang|ve))*",
    r"khong (?:mot )?dong(?: nao)?",
    r"khong (?:ton|mat|can|het|phai)(?: (?:gi|tien|phi|kem|chi phi|dong nao|ca|mat|ton|kinh phi))*",
    r"(?:mien phi|zero|phi vat chat|khong dong)",
)
_SOCIAL: Final = re.compile(
    r"^(?:chu yeu|chi|chi co|co|phan lon|mang|mang lai|tap trung|hoan toan|khong co tien)?"
    r"(?: (?:la|ve|co|mang lai|mang|mat|o|vao))*\s?"
    r"(?:hieu qua|loi ich|gia tri|y nghia|mat|tinh|tac dung)?"
    r"(?: (?:la|ve|mat|tinh|cua|gia tri))*\s?(?:xa hoi|tinh than|nhan van|cong dong)"
    r"(?: (?:la chinh|thoi|la chu yeu))?$"
)
_NONE: Final = re.compile(rf"^(?:{'|'.join(_NOTHING)})$")
_SOCIAL_TOO: Final = re.compile(
    r"^(?P<none>.+?),? (?:ma |nhung |chi |chu |chu yeu |vi ).*(?:xa hoi|tinh than)"
)
_UNSURE: Final = re.compile(
    r"\b(?:chua|nho|biet|ro|chac|it|nho|con|kinh te|khong chi|nghin|trieu)\b"
)


def says_no_money(words: list[str]) -> bool:
    """Whether lower-case words, and nothing beside them, say that there is no money to count.

    >>> says_no_money("dạ ko có ạ".split()), says_no_money(["không", "nhớ"])
    (True, False)
    >>> says_no_money("chủ yếu lợi ích xã hội".split())
    True
    """
    said = [_SAME.get(word, bare(word)) for word in words]
    while said and said[0] in _POLITE:
        said.pop(0)
    while said and said[-1] in _POLITE:
        said.pop()
    sentence = " ".join(said)
    if len(sentence) > _LONGEST or not sentence:
        return False
    if _NONE.match(sentence):
        return True
    if "xa hoi" not in sentence and "tinh than" not in sentence:
        return False
    if _SOCIAL.match(sentence):
        return True
    found = _SOCIAL_TOO.match(sentence)
    return bool(found and _NONE.match(found["none"]) and not _UNSURE.search(sentence))
