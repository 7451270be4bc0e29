"""How people say when something is to be posted: "thứ hai 8h30", "hằng ngày 17h", "thôi đăng"."""

import re
from dataclasses import dataclass
from typing import Final

from domain.vietnamese.text import fold

_NEVER: Final = re.compile(r"\b(?:thoi|dung|khong|ngung|tat)(?: dang| bao)?\b")
_DAILY: Final = re.compile(r"\b(?:hang|moi|tung) ngay\b|\bngay nao cung\b|\bngay mot\b")
_WEEKLY: Final = re.compile(r"\b(?:hang|moi) tuan\b")
_SUNDAY: Final = re.compile(r"\bchu nhat\b|\bcn\b")
_WEEKDAY: Final = re.compile(r"\b(?:thu ?|t)(hai|ba|tu|nam|sau|bay|[2-7])\b")
_WEEKDAYS: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_CLOCK: Final = re.compile(r"\b(\d{1,2}) ?(?:gio|h|:|g)(?: ?(\d{1,2})| (ruoi))?(?!\d)")
_AFTERNOON: Final = re.compile(r"\b(?:chieu|toi)\b")


@dataclass(frozen=True, slots=True)
class ScheduleRead:
    """What was said of a schedule; None for what was not."""

    never: bool = False
    daily: bool = False
    weekly: bool = False
    weekday: int | None = None
    """Monday is 0."""
    hour: int | None = None
    minute: int = 0


def read_schedule(text: str) -> ScheduleRead | None:
    """What a text says of when to post; None when it says nothing of the kind.

    >>> read_schedule("thứ hai 8h30")
    ScheduleRead(never=False, daily=False, weekly=True, weekday=0, hour=8, minute=30)
    >>> read_schedule("hang ngay 5 gio chieu")
    ScheduleRead(never=False, daily=True, weekly=False, weekday=None, hour=17, minute=0)
    >>> read_schedule("thôi đăng").never, read_schedule("chào cả nhà"), read_schedule("25h")
    (True, None, None)
    """
    said = fold(text)
    hour, minute = _clock(said)
    if hour is None and _CLOCK.search(said):
        return None
    daily = _DAILY.search(said) is not None
    weekday = _weekday(said)
    weekly = weekday is not None or _WEEKLY.search(said) is not None
    if hour is None and not daily and not weekly:
        return ScheduleRead(never=True) if _NEVER.search(said) else None
    if daily and weekday is not None:
        return None
    return ScheduleRead(False, daily, weekly, weekday, hour, minute)


def _weekday(said: str) -> int | None:
    if _SUNDAY.search(said):
        return 6
    found = _WEEKDAY.search(said)
    if found is None:
        return None
    return int(found[1]) - 2 if found[1].isdecimal() else _WEEKDAYS[found[1]]


def _clock(said: str) -> tuple[int | None, int]:
    found = _CLOCK.search(said)
    if found is None:
        return None, 0
    hour = int(found[1])
    minute = 30 if found[3] else int(found[2] or 0)
    if _AFTERNOON.search(said) and hour < 12:
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else (None, 0)
