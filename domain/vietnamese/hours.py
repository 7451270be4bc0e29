"""How people say when they want to be written to: "buổi tối", "7h-9h", "19h-21h giờ Nhật"."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from domain.vietnamese.text import fold, nfc
from domain.vietnamese.zones import take_zone

FIRST, LAST, AT_LEAST = 7 * 60, 21 * 60, 2 * 60
"""Minutes: "trước 9h" begins and "sau 18h" ends there, unless that leaves less than two hours."""

# "tới" and "tôi" are no evening; without diacritics the words around them tell.
_ASIDE: Final = (
    (re.compile(r"\btới\b"), "đến"),
    (re.compile(r"\b(?:tôi|đúng|dùng)\b|(?<=\bcho )toi\b|(?<=\bnhac )toi\b"), ""),
    (re.compile(r"\btoi (?=(?:muon|can|thich|xin|di|lam|ranh|dang|chi|hay)\b)"), ""),
)
_NOT: Final = re.compile(r"\b(?:khong|dung|tru|kem)\b")
_USUAL: Final = re.compile(
    r"\bgio (?:hanh chinh|lam viec)\b|\b(?:nhu|binh) thuong\b|\bnhu cu\b|\bmac dinh\b"
)
_AFTER_WORK: Final = re.compile(
    r"\bngoai gio(?: hanh chinh| lam(?: viec)?)?\b|\b(?:sau|het) gio (?:hanh chinh|lam(?: viec)?)\b"
)
_KINDS: Final = (("usual", _USUAL), ("evening", re.compile(r"\btoi\b")))

_NOON, _DAY = 12 * 60, 24 * 60
_PARTS: Final = {
    "sang": (range(0), range(12)),
    "trua": (range(1, 4), range(10, 15)),
    "chieu": (range(1, 12), range(12, 20)),
    "toi": (range(4, 12), range(16, 24)),
    "dem": (range(6, 12), (*range(18, 24), *range(6))),
    "khuya": (range(6, 12), (*range(18, 24), *range(6))),
}
"""By part of the day: which hours are told as if before noon, and which hours it has."""
_AT_MIDNIGHT: Final = ("toi", "dem", "khuya")

_UNIT: Final = r" ?(?:(?:gio|h|g)(?![a-z])|:)"
_PART: Final = rf"(?:{'|'.join(_PARTS)})\b"
_WALL: Final = (
    rf"(?<![\w:/])(\d{{1,2}})(?:({_UNIT})(?: ?(\d{{1,2}})(?!\d|{_UNIT}))?)?"
    rf"(?: ?(ruoi)\b)?(?: ({_PART}))?(?![\d/])"
)
_CLOCK: Final = re.compile(_WALL)
_TO: Final = r"(?: ?(?:-+>?|–|~|→) ?| (?:cho )?(?:den|toi) (?:luc )?)"
_SPAN: Final = re.compile(rf"(?:\b({_PART})(?: tu| luc|,|:)? )?{_WALL}{_TO}{_WALL}")
_SINCE: Final = re.compile(rf"\b(?:sau|tu) (?:luc )?{_WALL}")
_UNTIL: Final = re.compile(rf"\btruoc (?:luc )?{_WALL}")


@dataclass(frozen=True, slots=True)
class HoursRead:
    """What was said of hours; "" or None for what was not."""

    kind: str = ""
    """usual, evening or own."""
    begin: time | None = None
    end: time | None = None
    zone: str = ""
    """As IANA names it."""


def read_hours(text: str) -> HoursRead | None:
    """What a text says of when to write to somebody; None when it says nothing clear of the kind.

    >>> read_hours("giờ hành chính").kind, read_hours("buoi toi").kind
    ('usual', 'evening')
    >>> for said in ("7h-9h tối", "từ 19h đến 21h30 giờ Nhật", "sau 18h"):
    ...     read = read_hours(said)
    ...     print(read.kind, read.begin, read.end, read.zone or "-")
    own 19:00:00 21:00:00 -
    own 19:00:00 21:30:00 Asia/Tokyo
    own 18:00:00 21:00:00 -
    >>> read_hours("UTC+9").zone, read_hours("xin chào"), read_hours("8h-5h")
    ('Etc/GMT-9', None, None)
    """
    lowered = nfc(text).lower()
    for aside, instead in _ASIDE:
        lowered = aside.sub(instead, lowered)
    zone, said = take_zone(fold(lowered))
    if zone is None or _NOT.search(said):
        return None
    if re.search(r"\d", said):
        window = _window(said)
        return HoursRead("own", *window, zone) if window else None
    said = _AFTER_WORK.sub("toi", said)
    kinds = [kind for kind, asked in _KINDS if asked.search(said)]
    if len(kinds) > 1 or not (kinds or zone):
        return None
    return HoursRead("".join(kinds), zone=zone)


@dataclass(frozen=True, slots=True)
class _Told:
    """One clock as it was told: often the hour of either half of the day."""

    hour: int
    minute: int
    part: str

    def at(self, part: str) -> int | None:
        """Minutes since midnight, in this part of the day; None when it has no such hour."""
        hour = 0 if self.hour == 24 and not self.minute else self.hour
        if hour > 23 or self.minute > 59:
            return None
        if hour == 12 and part in _AT_MIDNIGHT:
            hour = 0
        elif part:
            later, hours = _PARTS[part]
            hour += 12 if hour in later else 0
            if hour not in hours:
                return None
        return hour * 60 + self.minute


def _told(hour: str, unit: str, minute: str, half: str, part: str) -> _Told:
    return _Told(int(hour), 30 if half else int(minute or 0), part)


def _clocks(said: str) -> list[_Told]:
    """Every number that is surely an hour."""
    found = (each.groups("") for each in _CLOCK.finditer(said))
    return [_told(*each) for each in found if each[1] or each[3] or each[4]]


def _window(said: str) -> tuple[time, time] | None:
    """From when to when, where one such pair is told and no other clock."""
    spans = [each for each in _SPAN.finditer(said) if each[1] or _clocks(each[0])]
    if spans:
        span = spans[0]
        lead, *walls = span.groups("")
        first, second = _told(*walls[:5]), _told(*walls[5:])
        minutes = _between(first, second, first.part or lead)
        rest = f"{said[: span.start()]} {said[span.end() :]}"
    else:
        since, until = _SINCE.search(said), _UNTIL.search(said)
        minutes = _beyond(since and _told(*since.groups("")), until and _told(*until.groups("")))
        rest = _UNTIL.sub("", _SINCE.sub("", said, count=1), count=1)
    if minutes is None or _clocks(rest):
        return None
    begin, end = (time(each // 60 % 24, each % 60) for each in minutes)
    return (begin, end) if begin != end else None


def _between(first: _Told, second: _Told, part: str) -> tuple[int, int] | None:
    """A part of the day told once is meant for both where it can be: "7h-9h tối"."""
    begin, end = first.at(part), second.at(second.part)
    if begin is None or end is None:
        return None
    end = end or _DAY
    same = None if part else first.at(second.part)
    if same is not None and same < end:
        begin = same
    if part and not second.part and end <= begin < end + _NOON and 1 <= second.hour <= 12:
        end += _NOON
    # Over midnight from the afternoon on; "8h-5h" may be a day or a night.
    return (begin, end) if begin < end or begin >= _NOON else None


def _beyond(since: _Told | None, until: _Told | None) -> tuple[int, int] | None:
    """What is open at one end is closed where most people sleep."""
    begin = since.at(since.part) if since else None
    end = until.at(until.part) if until else None
    if since and until:
        return (begin, end) if begin is not None and end is not None and begin < end else None
    if begin is not None:
        return begin, max(LAST, begin + AT_LEAST)
    return (min(FIRST, end - AT_LEAST) % _DAY, end) if end is not None else None
