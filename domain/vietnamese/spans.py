"""Reading from when to when something is to be: "15/3 đến 30/4", "từ 27/4 trong 40 ngày"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.vietnamese.date_words import flat
from domain.vietnamese.dates import read_date

Days = tuple[date, date]
"""Both included."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_DECEMBER: Final = 12

_NEAR: Final = re.compile(
    r"(?:ca |trong |trong ca )?(?:(?P<week>tuan)|(?P<month>thang)) (?:(?P<this>nay)|sau|toi)"
)
_AHEAD: Final = re.compile(
    r"(?:trong )?(?P<n>[0-9]{1,3}) (?P<unit>ngay|tuan|thang) (?:toi|sau|nua)"
)
_LENGTH: Final = re.compile(
    r"[ ,]*\b(?:trong vong|trong|keo dai|dai)? ?(?<![\w./-])(?P<n>[0-9]{1,3}) "
    r"(?P<unit>ngay|tuan|thang)\b(?! ?(?:[0-9]|nay|truoc|sau|toi|nua|nam))"
)
_UNTIL: Final = re.compile(r"(?<!tuan )(?<!thang )(?<!nam )\b(?:cho )?(?:den|toi)\b")
_DATE: Final = r"[0-9]{1,2}(?:[/.][0-9]{1,2}(?:[/.][0-9]{4})?)?"
_DASH: Final = re.compile(rf"(?P<first>{_DATE}) ?[-~] ?(?P<last>[0-9]{{1,2}}[/.]\S+)")
_LEAD: Final = re.compile(
    r"(?:(?:dot|dien ra|keo dai|bat dau|mo|tu|ke|ngay(?= [0-9])|het|cho|la|vao)\b|[ ,.])+"
)
_NOW: Final = frozenset({"nay", "bay gio", "gio", "luc nay", "hom nay", "ngay hom nay"})
_THIS_MONTH: Final = frozenset({"cuoi thang", "thang", "cuoi thang nay"})
_BARE: Final = re.compile(r"(?:ngay )?([0-9]{1,2})")
_EDGE: Final = re.compile(r"(?P<edge>dau|cuoi|giua) ")
_YEAR: Final = re.compile(r"\b[0-9]{4}\b")


@dataclass(frozen=True, slots=True)
class SpanRead:
    """Two days, both included, or why they have to be asked again.

    `ask` is a reason code: vague, lunar, impossible, past (it would be over), order (it would end
    before it begins), start (only the end or the length was told) or end (only the beginning).
    `suggestions` are spans worth offering.
    """

    days: Days | None = None
    ask: str | None = None
    suggestions: tuple[Days, ...] = ()


def read_span(text: str, today: date) -> SpanRead:
    """The days in an answer to "from when to when"; a missing year is the next one that fits.

    >>> today = date(2026, 3, 10)
    >>> def days(said):
    ...     read = read_span(said, today)
    ...     return read.ask or " ".join(map(str, read.days))
    >>> days("15/3 đến 30/4"), days("từ 27/4 trong 40 ngày")
    ('2026-03-15 2026-04-30', '2026-04-27 2026-06-05')
    >>> days("tuần tới"), days("tháng 5"), days("đến 30/4")
    ('2026-03-16 2026-03-22', '2026-05-01 2026-05-31', 'start')
    """
    said = _without_lead(flat(text).strip(" .!?"))
    if named := _named(said, today):
        return named
    if length := _LENGTH.search(said):
        rest = _without_lead(f"{said[: length.start()]} {said[length.end() :]}".strip(" ,."))
        return _with_length(rest, int(length["n"]), length["unit"], today)
    if until := _UNTIL.search(said):
        return _between(said[: until.start()], said[until.end() :], today)
    if dash := _DASH.fullmatch(said):
        return _between(dash["first"], dash["last"], today)
    return _alone(said, today)


def _named(said: str, today: date) -> SpanRead | None:
    """A week or month named by how near it is, or only how long."""
    if ahead := _AHEAD.fullmatch(said):
        last = _after(today, int(ahead["n"]), ahead["unit"])
        return SpanRead(None, "start", ((today, last),))
    near = _NEAR.fullmatch(said)
    if near is None:
        return None
    if near["week"]:
        sunday = today + (6 - today.weekday()) * _DAY
        return SpanRead((today, sunday) if near["this"] else (sunday + _DAY, sunday + _WEEK))
    end = _month_end(today)
    return SpanRead((today, end) if near["this"] else (end + _DAY, _month_end(end + _DAY)))


def _with_length(said: str, count: int, unit: str, today: date) -> SpanRead:
    if not said:
        return SpanRead(None, "start", ((today, _after(today, count, unit)),))
    first = _days(said, today)
    if isinstance(first, str):
        return SpanRead(None, first)
    return _checked(first[0], _after(first[0], count, unit), today)


def _between(before: str, after: str, today: date) -> SpanRead:
    first_said, last_said = (_without_lead(part).strip() for part in (before, after))
    last = _days(last_said, today)
    if isinstance(last, str):
        return SpanRead(None, last)
    if not first_said:
        return SpanRead(None, "start", ((today, last[1]),) if last[1] >= today else ())
    if bare := _BARE.fullmatch(first_said):
        return _checked(_day_before(int(bare[1]), last[1]), last[1], today)
    first = _days(first_said, today)
    if isinstance(first, str):
        return SpanRead(None, first)
    begins: date | None = first[0]
    if first[0] > last[1] and not _YEAR.search(first_said):
        # The next such day comes after the end: the last one is meant.
        begins = _year_before(first[0])
    return _checked(begins, last[1], today)


def _alone(said: str, today: date) -> SpanRead:
    """A month is all of its days; of a day alone nobody knows how long."""
    found = _days(said, today)
    if isinstance(found, str):
        return SpanRead(None, found)
    first, last = found
    if first == last:
        return SpanRead(None, "end", ((first, last),) if first >= today else ())
    return _checked(max(first, today) if last >= today else first, last, today)


def _checked(first: date | None, last: date, today: date) -> SpanRead:
    if first is None:
        return SpanRead(None, "impossible")
    if last < first:
        return SpanRead(None, "order")
    return SpanRead(None, "past") if last < today else SpanRead((first, last))


def _days(said: str, today: date) -> Days | str:
    """The day, or the first and last of a month; or why it cannot be told."""
    if said in _NOW:
        return today, today
    if said in _THIS_MONTH:
        return _month_end(today), _month_end(today)
    edge = _EDGE.match(said)
    if edge and edge["edge"] == "giua":
        return "vague"
    name = said[edge.end() :] if edge else said
    read = read_date(name, today, future=True)
    if read.ask in ("past", "future"):
        read = read_date(name, today)
    if read.iso is None:
        known = read.ask in ("lunar", "impossible")
        return str(read.ask) if known else "vague"
    if read.precision == "day":
        day = date.fromisoformat(read.iso)
        return day, day
    first = date.fromisoformat(f"{read.iso}-01")
    last = _month_end(first)
    if edge:
        return (first, first) if edge["edge"] == "dau" else (last, last)
    return first, last


def _without_lead(said: str) -> str:
    return said[lead.end() :] if (lead := _LEAD.match(said)) else said


def _after(first: date, count: int, unit: str) -> date:
    """The last of so many days, weeks or months from a day on."""
    count = max(1, count)
    if unit != "thang":
        return first + count * (_WEEK if unit == "tuan" else _DAY) - _DAY
    months = first.month - 1 + count
    year, month = first.year + months // _DECEMBER, months % _DECEMBER + 1
    return date(year, month, min(first.day, monthrange(year, month)[1])) - _DAY


def _day_before(number: int, last: date) -> date | None:
    """The day of this number in the month of the last one, or in the one before."""
    month = last.replace(day=1) if number <= last.day else last.replace(day=1) - _DAY
    return month.replace(day=number) if 1 <= number <= _month_end(month).day else None


def _year_before(day: date) -> date | None:
    """The same day a year before, where there is one."""
    year = day.year - 1
    return day.replace(year=year) if day.day <= monthrange(year, day.month)[1] else None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
