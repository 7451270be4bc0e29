"""How people say where their clock goes: "giờ Nhật", "UTC+9", "múi giờ +9"."""

import re
from typing import Final

EAST_MOST, WEST_MOST = 14, 12
"""Hours from Greenwich that any clock on earth shows."""

# Countries with one clock. Who lives where there are several says it by the hour.
_PLACES: Final = {
    "viet nam|vn|ha noi": "Asia/Ho_Chi_Minh",
    "nhat(?: ban)?(?! dinh)": "Asia/Tokyo",
    "han(?: quoc)?": "Asia/Seoul",
    "dai loan": "Asia/Taipei",
    "trung quoc|bac kinh": "Asia/Shanghai",
    "thai lan|thai": "Asia/Bangkok",
    "lao(?! dong)": "Asia/Vientiane",
    "campuchia|cam pu chia": "Asia/Phnom_Penh",
    "singapore|sing": "Asia/Singapore",
    "malaysia|ma lai": "Asia/Kuala_Lumpur",
    "duc": "Europe/Berlin",
    "phap": "Europe/Paris",
    "ba lan": "Europe/Warsaw",
    "sec": "Europe/Prague",
    "anh quoc|nuoc anh": "Europe/London",
}
_SEVERAL: Final = "my|hoa ky|uc|nga|canada|chau au"
_AT: Final = r"\b(?:mui )?gio (?:cua |ben |o |nuoc )*"
_NAMED: Final = tuple((re.compile(rf"{_AT}(?:{names})\b"), zone) for names, zone in _PLACES.items())
_UNNAMED: Final = re.compile(rf"{_AT}(?:{_SEVERAL})\b")
_OFFSET: Final = re.compile(
    r"(?:\b(?:mui )?gio )?\b(?:utc|gmt)(?: ?([+-]) ?(\d+)(?:[:.](\d+))?)?"
    r"|\bmui gio (?:so )?([+-]?) ?(\d+)(?:[:.](\d+))?(?!\d| ?(?:h|gio)\b)"
    r"|\bgio ([+]) ?(\d+)(?:[:.](\d+))?(?!\d| ?(?:h|gio)\b)"
)


def take_zone(folded: str) -> tuple[str | None, str]:
    """The zone's name as IANA has it, and the rest of a folded text.

    "" where no zone is told, None where it cannot be read.

    >>> take_zone("19h-21h gio nhat"), take_zone("utc+9"), take_zone("7h-9h")
    (('Asia/Tokyo', '19h-21h '), ('Etc/GMT-9', ''), ('', '7h-9h'))
    >>> take_zone("utc+5:30")[0], take_zone("gio my")[0]
    (None, None)
    """
    signed = folded.replace("−", "-").replace("–", "-")
    if found := _OFFSET.search(signed):
        sign, hours, minutes = (next(filter(None, told), "") for told in _thrice(found))
        return _by_hours(sign, hours, minutes), signed[: found.start()] + signed[found.end() :]
    for names, zone in _NAMED:
        if found := names.search(folded):
            return zone, folded[: found.start()] + folded[found.end() :]
    return (None if _UNNAMED.search(folded) else ""), folded


def _thrice(found: re.Match[str]) -> tuple[tuple[str | None, ...], ...]:
    """Sign, hours and minutes, as each of the three ways of saying has them."""
    return found.group(1, 4, 7), found.group(2, 5, 8), found.group(3, 6, 9)


def _by_hours(sign: str, hours: str, minutes: str) -> str | None:
    """IANA counts these zones westward: what people call UTC+9 is Etc/GMT-9."""
    if len(hours) > 2 or len(minutes) > 2:
        return None
    east = -int(hours or 0) if sign == "-" else int(hours or 0)
    if int(minutes or 0) or not -WEST_MOST <= east <= EAST_MOST:
        return None
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"
