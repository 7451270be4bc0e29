"""Reading a day or a month as people type it, day always before month; in doubt it asks."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from domain.vietnamese.date_mentions import FOUND, Mention, mentions
from domain.vietnamese.date_words import flat
from domain.vietnamese.values import DateRead

_OLDEST: Final = 1950  # no solution entered here was first applied earlier
_LATEST: Final = 2100
_YEARS_SEARCHED: Final = 8  # 29/2 comes at most every eight years
_LUNAR: Final = re.compile(
    r"\b(?:tet|am lich|al|ram|gieng|chap|gio to|nguyen dan|giao thua|nguyen tieu|vu lan|trung thu"
    r"|tam nguyet)\b|[0-9\0] ?\(?am\b"
)
_QUARTER: Final = re.compile(
    r"\b(?:quy|qui|q) ?\.?(?P<n>[1-4]|iv|i{1,3}|mot|hai|ba|bon|tu)\b"
    r"(?:[ ,/.-]*(?:nam )?(?P<y>[0-9]{4}))?"
)
_SCHOOL: Final = re.compile(
    r"\b(?:nam hoc|hoc ky|hoc ki|hki{0,2}[12]?|khai giang|be giang|nien khoa)\b"
)
_SEASON: Final = re.compile(
    r"\bmua (?:he|xuan|thu|dong|mua|kho|la|vu)\b|\bhe (?:nam|roi|vua|[0-9])|\bnghi he\b|^he$"
    r"|\bdip he\b|\bvu (?:mua|dong|xuan|he|chiem|dong xuan|he thu)\b"
    r"|\b(?:dau|cuoi|giua) (?:he|xuan|thu|dong)\b"
)
_YEAR: Final = re.compile(
    r"(?<![\w./-])(?:19|20)[0-9]{2}(?!\w)|\bnam (?:ngoai|nay|truoc|roi|kia|qua|sau|toi)\b"
    r"|\b(?:dau|cuoi|giua) nam\b|\bnua nam\b|\bnam [0-9]{2}\b"
)
_YEARS: Final = re.compile(
    r"(?<![\w./-])(?:19|20)[0-9]{2} ?(?:-|den|toi|/) ?(?:19|20)[0-9]{2}(?!\w)"
)
_WEEK: Final = re.compile(r"\btuan (?:nay|truoc|vua roi|vua qua|roi|qua|sau|toi)\b|\btuan [0-9]")
_BETWEEN: Final = re.compile(
    r"\0[ ,]*(?:-|den|toi|~)(?: het| cuoi| ngay| thang)* ?\0|\btu\b.*\0.*\b(?:den|toi)\b.*\0"
)
_NOT_BY: Final = re.compile(
    r"\b(?:truoc|sau|den|toi|truoc khi|het|khong phai)(?: het| ngay| thang| cuoi| dau)* \0"
)
_AFTER: Final = re.compile(r"\b(?:sau|khong phai)(?: ngay| thang| la)* \0")
_ODD_YEAR: Final = re.compile(r"\bnam [0-9]")  # a year that is none: năm 1, năm 99999
_TOUCHED: Final = re.compile(r"[0-9]\0|\0[0-9]|[./-]\0|\0[./-][0-9\w]|\b[a-z]\0")
_MONTH_ONLY: Final = re.compile(
    r"\b(?:dau|cuoi|giua) thang\b|\bngay [0-9]{1,2}\b|\b(?:mung|mong) [0-9]"
)
_QUARTERS: Final = {
    "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2,
    "ba": 3, "bon": 4, "tu": 4,
}  # fmt: skip


def read_date(text: str, today: date, *, future: bool = False) -> DateRead:
    """The day or month in an answer to "when"; with `future` the answer is a deadline.

    A missing year is the most recent one that has passed, or the next one for a deadline.

    >>> read_date("15/9", date(2026, 3, 18))
    DateRead(iso='2025-09-15', precision='day', ask=None, suggestions=())
    >>> read_date("tháng 12 năm ngoái", date(2026, 3, 18)).iso
    '2025-12'
    >>> read_date("15/9", date(2026, 3, 18), future=True).iso
    '2026-09-15'
    >>> read_date("năm học 2022-2023", date(2026, 3, 18)).ask
    'school_year'
    """
    said = flat(text)
    if _LUNAR.search(said):
        return _asking("lunar")
    found, left = mentions(said, today)
    weekdays = [one for one in found if one.weekday is not None]
    found = [one for one in found if one.weekday is None]
    dated = [one for one in found if one.day]
    if dated and len(found) > len(dated):
        # "T6 15/9/2023": beside a day, T6 is the day of the week.
        weekdays += [
            Mention(weekday=one.month - 2, doubt="weekday")
            for one in found
            if one.doubt == "ambiguous" and 2 <= one.month <= 7
        ]
        found = [one for one in found if not (one.doubt == "ambiguous" and one.month)]
    if not found and weekdays:
        return _weekday_alone(weekdays[0], today, future=future)
    if not found or all(one.year is None and not one.day for one in found):
        reason = _unnamed(left, said)
        if reason and not (found and reason.ask == "year" and not _YEAR.search(left)):
            return reason
    if not found:
        return _asking("unreadable" if re.search(r"[0-9]", left) else "vague")
    if _TOUCHED.search(left):
        return _asking("unreadable")
    if _ODD_YEAR.search(left):
        return _asking("year")
    read = [_resolved(one, today, future=future) for one in dict.fromkeys(found)]
    isos = tuple(dict.fromkeys(one.iso for one in read if one.iso))
    if len(read) > 1:
        if len(isos) == 1 and all(one.iso for one in read):
            return read[0]
        return DateRead(None, "", "range" if _BETWEEN.search(left) else "many", isos)
    unclear = _AFTER if future else _NOT_BY
    if read[0].iso and unclear.search(left):
        return DateRead(None, "", "vague", isos)
    return _matching(read[0], weekdays)


def _unnamed(left: str, said: str) -> DateRead | None:
    """Why a message that names no day or month cannot be taken: a quarter, a season, a year."""
    if quarter := _QUARTER.search(left) or _QUARTER.search(said):
        first = _QUARTERS[quarter["n"]] * 3 - 2
        year = quarter["y"]
        months = tuple(f"{year}-{first + step:02}" for step in range(3)) if year else ()
        return DateRead(None, "", "quarter", months)
    for pattern, reason in (
        (_SCHOOL, "school_year"), (_SEASON, "season"), (_YEARS, "range"), (_WEEK, "week"),
        (_YEAR, "year"), (_MONTH_ONLY, "month"),
    ):  # fmt: skip
        if pattern.search(left):
            return _asking(reason)
    return None


def _resolved(one: Mention, today: date, *, future: bool) -> DateRead:
    """A mention with its year, checked against the calendar and today."""
    if one.doubt:
        return _asking(one.doubt)
    if not 1 <= one.month <= 12:
        return _wrong_month(one, today)
    if one.year is not None and not _OLDEST <= one.year <= _LATEST:
        return _asking("impossible")
    if one.day is None:
        return _month(one, today, future=future)
    if one.year is None:
        return _nearest(one.month, one.day, today, future=future)
    day = _day(one.year, one.month, one.day)
    if day is None:
        last = monthrange(one.year, one.month)[1]
        near = (date(one.year, one.month, last).isoformat(),) if one.day > last else ()
        return DateRead(None, "", "impossible", near)
    if day > today and not future:
        return _asking("future")
    if day < today and future:
        return _asking("past")
    return DateRead(day.isoformat(), "day", None)


def _wrong_month(one: Mention, today: date) -> DateRead:
    """A month above 12: the American order, or "9/23" for September 2023."""
    if one.day is None or not 1 <= one.day <= 12:
        return _asking("impossible")
    if one.year is None:
        year = 2000 + one.month
        near = (f"{year}-{one.day:02}",) if one.month <= today.year % 100 else ()
        return DateRead(None, "", "ambiguous" if near else "impossible", near)
    turned = _day(one.year, one.day, one.month) if _OLDEST <= one.year <= _LATEST else None
    return DateRead(None, "", "impossible", (turned.isoformat(),) if turned else ())


def _month(one: Mention, today: date, *, future: bool) -> DateRead:
    now = (today.year, today.month)
    year = one.year
    if year is None:
        passed = one.month <= today.month
        year = today.year + (0 if passed or future else -1)
        if future and one.month < today.month:
            year += 1
    if (year, one.month) > now and not future:
        return _asking("future")
    if (year, one.month) < now and future:
        return _asking("past")
    return DateRead(f"{year}-{one.month:02}", "month", None)


def _nearest(month: int, day: int, today: date, *, future: bool) -> DateRead:
    """The most recent such day up to today, or the next one from today on."""
    step = 1 if future else -1
    for away in range(_YEARS_SEARCHED + 1):
        found = _day(today.year + step * away, month, day)
        if found and (found >= today if future else found <= today):
            return DateRead(found.isoformat(), "day", None)
    return _asking("impossible")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday_alone(one: Mention, today: date, *, future: bool) -> DateRead:
    if one.weekday is None or not 0 <= one.weekday <= 6:
        return _asking("unreadable")
    if future:
        near = today + timedelta(days=(one.weekday - today.weekday()) % 7)
    else:
        near = today - timedelta(days=(today.weekday() - one.weekday) % 7)
    return DateRead(None, "", "weekday", (near.isoformat(),))


def _matching(read: DateRead, weekdays: list[Mention]) -> DateRead:
    """The day, unless a weekday named beside it is another one."""
    if read.iso is None or read.precision != "day" or not weekdays:
        return read
    weekday = date.fromisoformat(read.iso).weekday()
    if all(one.weekday == weekday for one in weekdays):
        return read
    return DateRead(None, "", "weekday", (read.iso,))


def _asking(reason: str) -> DateRead:
    return DateRead(None, "", reason)


__all__ = ["FOUND", "read_date"]
