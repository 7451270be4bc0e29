"""How people say when something is to be posted: "thứ hai 8h30", "hằng ngày 17h", "thôi đăng"."""

import re
from dataclasses import dataclass
from typing import Final

from domain.vietnamese.text import fold, nfc

WORKING_DAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset({5, 6})

# "từ 8h" is no Wednesday and "tới" no evening, though they look so without their diacritics.
_ASIDE: Final = ((re.compile(r"\btừ\b|\btôi\b"), ""), (re.compile(r"\btới\b"), "đến"))
_NEVER: Final = re.compile(r"\b(?:thoi|dung|khong|ngung|tat)(?: dang| bao)?\b")
_DAILY: Final = re.compile(r"\b(?:hang|moi|tung) ngay\b|\bngay nao cung\b|\bngay mot\b")
_WEEKLY: Final = re.compile(r"\b(?:hang|moi) tuan\b")
_WORKING: Final = re.compile(r"\bngay (?:lam viec|thuong)\b")
_WEEKEND: Final = re.compile(r"\bcuoi tuan\b")
_HOUR: Final = r" ?(?:(?:gio|h|g)(?![a-z])|:)"
_CLOCK: Final = re.compile(rf"\b(\d{{1,2}}){_HOUR}(?: ?(\d{{1,2}})| (ruoi))?(?!\d)")
_AFTERNOON: Final = re.compile(r"\b(?:chieu|toi)\b")
# Days of a month, every other week, days left out, and a Monday that is called "thứ 1" or "thứ 9".
_OTHERWISE: Final = re.compile(
    rf"\bthang\b|\b(?:ngay|mong|mung) \d{{1,2}}(?!\d|{_HOUR})"
    r"|\b(?:\d|hai|ba) tuan\b|\bcach (?:ngay|tuan)\b|\btru (?:@|ngay|cuoi)|\b(?:thu ?|t)\d"
)

_NAMES: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "cn": 6}
_NAME: Final = r"(?:hai|ba|tu|nam|sau|bay)\b"
# "T3/2023" is a month.
_FIRST: Final = re.compile(
    rf"\b(?:thu ?({_NAME}|[2-7](?!\d|/\d\d))|t([2-7](?!\d|/\d\d))|(?:chu nhat|cn)\b)"
)
# In "thứ 2, 4h" the four is an hour.
_BARE: Final = rf"[2-7](?!\d|{_HOUR}| tuan|/\d\d)"
_LINK: Final = r" ?[,;/+&–-] ?(?:va )?| (?:va|den|toi) "
_NEXT: Final = re.compile(rf"(@[a-g])(?:({_LINK})({_BARE}|{_NAME})|( )({_BARE}))")
_DASHES: Final = re.compile(r"@[a-g](?: ?[–-] ?@[a-g]){2,}")
_SPAN: Final = re.compile(r"@([a-g])(?: ?[–-] ?| (?:den|toi) )@([a-g])")
_DAY: Final = re.compile(r"@([a-g])")


@dataclass(frozen=True, slots=True)
class ScheduleRead:
    """What was said of a schedule; None for what was not."""

    never: bool = False
    daily: bool = False
    weekly: bool = False
    weekdays: frozenset[int] = frozenset()
    """Monday is 0."""
    hour: int | None = None
    minute: int = 0


def read_schedule(text: str) -> ScheduleRead | None:
    """What a text says of when to post; None when it says nothing of the kind.

    >>> read_schedule("thứ hai 8h30")
    ScheduleRead(never=False, daily=False, weekly=True, weekdays=frozenset({0}), hour=8, minute=30)
    >>> [sorted(read_schedule(said).weekdays) for said in ("thu 2, 4, 6", "t2-t6", "cuối tuần")]
    [[0, 2, 4], [0, 1, 2, 3, 4], [5, 6]]
    >>> read_schedule("hang ngay 5 gio chieu").hour, read_schedule("thôi đăng").never
    (17, True)
    >>> read_schedule("chào cả nhà"), read_schedule("25h"), read_schedule("mồng 1 hằng tháng 8h")
    (None, None, None)
    """
    lowered = nfc(text).lower()
    for aside, instead in _ASIDE:
        lowered = aside.sub(instead, lowered)
    said, weekdays = _weekdays(fold(lowered.replace("@", " ")))
    hour, minute = _clock(said)
    if _OTHERWISE.search(said) or (hour is None and _CLOCK.search(said)):
        return None
    daily = _DAILY.search(said) is not None
    weekly = bool(weekdays) or _WEEKLY.search(said) is not None
    if hour is None and not daily and not weekly:
        return ScheduleRead(never=True) if _NEVER.search(said) else None
    if daily and weekdays:
        return None
    return ScheduleRead(False, daily, weekly, weekdays, hour, minute)


def _weekdays(said: str) -> tuple[str, frozenset[int]]:
    """The days; and the text with a mark for each in its place, so that none is read as an hour."""
    marked = _FIRST.sub(lambda found: _mark(found[1] or found[2] or "cn"), said)
    before = ""
    while marked != before:
        before = marked
        marked = _NEXT.sub(_another, before)
    # "2-4-6" is three days, "2-6" is five.
    marked = _DASHES.sub(
        lambda found: " ".join(f"@{day}" for day in _DAY.findall(found[0])), marked
    )
    days: set[int] = set()
    for first, last in _SPAN.findall(marked):
        length = (ord(last) - ord(first)) % 7 + 1
        days.update((_number(first) + after) % 7 for after in range(length))
    marked = _SPAN.sub("", marked)
    days.update(map(_number, _DAY.findall(marked)))
    if _WORKING.search(said):
        days |= WORKING_DAYS
    if _WEEKEND.search(said):
        days |= WEEKEND
    return marked, frozenset(days)


def _another(found: re.Match[str]) -> str:
    """What follows a day without being called one: the 4 of "thứ 2, 4"."""
    day, link, linked, space, bare = found.groups()
    return day + (link or space) + _mark(linked or bare)


def _mark(name: str) -> str:
    number = int(name) - 2 if name.isdecimal() else _NAMES[name]
    return f"@{chr(ord('a') + number)}"


def _number(mark: str) -> int:
    return ord(mark) - ord("a")


def _clock(said: str) -> tuple[int | None, int]:
    """The hour and minute; None where no clock, an impossible one, or several are told."""
    told = {found.groups() for found in _CLOCK.finditer(said)}
    if len(told) != 1:
        return None, 0
    [(hours, minutes, half)] = told
    hour, minute = int(hours), 30 if half else int(minutes or 0)
    if _AFTERNOON.search(said) and hour < 12:
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else (None, 0)
