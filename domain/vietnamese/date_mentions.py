"""The days and months that a flattened message names, years possibly missing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_YEARS_AWAY: Final = {
    "nay": 0, "ngoai": -1, "truoc": -1, "roi": -1, "qua": -1, "kia": -2, "sau": 1, "toi": 1,
}  # fmt: skip
_MONTHS_AWAY: Final = {
    "nay": 0, "truoc": -1, "roi": -1, "vua roi": -1, "vua qua": -1, "qua": -1, "sau": 1, "toi": 1,
}  # fmt: skip
_WEEKS_AWAY: Final = {
    "nay": 0, "truoc": -1, "roi": -1, "vua roi": -1, "vua qua": -1, "qua": -1, "sau": 1, "toi": 1,
}  # fmt: skip
_DAYS_AWAY: Final = {
    "hom nay": 0, "ngay hom nay": 0, "bua nay": 0, "hnay": 0, "sang nay": 0, "chieu nay": 0,
    "toi nay": 0, "hom qua": -1, "ngay hom qua": -1, "hqua": -1, "bua qua": -1, "toi qua": -1,
    "chieu qua": -1, "sang qua": -1, "sang hom qua": -1, "hom kia": -2, "bua kia": -2,
    "ngay hom kia": -2, "ngay mai": 1, "sang mai": 1, "chieu mai": 1, "hom sau": 1,
    "ngay kia": 2, "ngay mot": 2,
}  # fmt: skip
_OPEN: Final = r"(?<![\w./-])"
# A number after these is not a day: "tháng 3-5/2023", "quý 4/2022", "tuần 2/2023", "đợt 1/2023".
_LED: Final = "".join(
    rf"(?<!{word} )"
    for word in (
        "thang",
        "thg",
        "quy",
        "qui",
        "q",
        "tuan",
        "dot",
        "ky",
        "lan",
        "doan",
        "khoa",
        "so",
    )
)
_SHUT: Final = r"(?!\w)(?![/-]\w)(?!\.[0-9])"
_SOME: Final = "".join(
    rf"(?<!{word} )" for word in ("may", "vai", "nua", "dam", "chuc", "hang", "doi")
)
_MONTH_WORD: Final = r"(?:thang|thg|th|t)\.? ?"
_AWAY: Final = r"(nay|ngoai|truoc|roi|qua|kia|sau|toi)\b"
_LATE: Final = r"(nay|truoc|vua roi|vua qua|roi|qua|sau|toi)\b"
FOUND: Final = "\0"  # stands where a mention was taken out


@dataclass(frozen=True, slots=True)
class Mention:
    """One day (with `day`) or month; `doubt` is a reason to ask; `weeks` marks a weekday alone."""

    year: int | None = None
    month: int = 0
    day: int | None = None
    doubt: str | None = None
    weekday: int | None = None


def mentions(flat: str, today: date) -> tuple[list[Mention], str]:
    """What a flattened message names, in order of certainty, and the text that is left.

    >>> mentions("ngay 15 thang 9 nam 2023", date(2026, 3, 18))[0]
    [Mention(year=2023, month=9, day=15, doubt=None, weekday=None)]
    """
    found: list[Mention] = []
    for pattern, build in _PATTERNS:
        while len(found) < 4 and (match := pattern.search(flat)):
            found.append(build(match, today))
            flat = flat[: match.start()] + FOUND + flat[match.end() :]
    return found, flat


def _year_of(said: str | None, today: date) -> int | None:
    if not said:
        return None
    if said in _YEARS_AWAY:
        return today.year + _YEARS_AWAY[said]
    return 2000 + int(said) if len(said) == 2 else int(said)


def _ymd(match: re.Match[str], today: date) -> Mention:
    return Mention(int(match["y"]), int(match["m"]), int(match["d"]))


def _dmy(match: re.Match[str], today: date) -> Mention:
    groups = match.groupdict()
    year = _year_of(groups.get("y") or groups.get("away"), today)
    return Mention(year, int(match["m"]), int(match["d"]))


def _my(match: re.Match[str], today: date) -> Mention:
    groups = match.groupdict()
    year = _year_of(groups.get("y") or groups.get("away"), today)
    month = int(match["m"])
    letter = match.group().startswith("t") and not match.group().startswith("th")
    if year is None and letter and 2 <= month <= 7:
        return Mention(None, month, doubt="ambiguous")  # T3: March, or Tuesday
    return Mention(year, month)


def _dm(match: re.Match[str], today: date) -> Mention:
    return Mention(None, int(match["m"]), int(match["d"]))


def _eight(match: re.Match[str], today: date) -> Mention:
    digits = match.group()
    if "1950" <= digits[:4] <= "2099":
        first = Mention(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if 1 <= first.month <= 12:
            return first
    return Mention(int(digits[4:]), int(digits[2:4]), int(digits[:2]))


def _six(match: re.Match[str], today: date) -> Mention:
    return Mention(None, doubt="ambiguous")


def _of_day(day: date) -> Mention:
    return Mention(day.year, day.month, day.day)


def _near_day(match: re.Match[str], today: date) -> Mention:
    return _of_day(today + timedelta(days=_DAYS_AWAY[match[1]]))


def _mai(match: re.Match[str], today: date) -> Mention:
    return _of_day(today + timedelta(days=1 if match.group() == "mai" else 2))


def _near_month(match: re.Match[str], today: date) -> Mention:
    month = _months_away(today, _MONTHS_AWAY[match["away"]])
    day = match.groupdict().get("d")
    return Mention(month.year, month.month, int(day) if day else None)


def _months_away(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 + count
    return date(max(1, min(9999, months // 12)), months % 12 + 1, 1)


def _ago(match: re.Match[str], today: date) -> Mention:
    count = int(match["n"]) * (1 if match["later"] else -1)
    unit = match["unit"]
    if unit == "nam":
        return Mention(None, doubt="year")
    if unit == "thang":
        if abs(count) > 12 and not match["here"]:
            return Mention(None, doubt="ambiguous")  # the 15th of last month, or 15 months ago
        month = _months_away(today, count)
        return Mention(month.year, month.month)
    return _of_day(today + timedelta(days=count * (7 if unit == "tuan" else 1)))


def _weekday(match: re.Match[str], today: date) -> Mention:
    day = 6 if match["cn"] else int(match["n"] or match["t"]) - 2
    if not 0 <= day <= 6:
        return Mention(None, doubt="unreadable")
    monday = today - timedelta(days=today.weekday())
    if match["week"]:
        return _of_day(monday + timedelta(days=day + 7 * _WEEKS_AWAY[match["week"]]))
    back = (today.weekday() - day - 1) % 7 + 1
    return _of_day(today - timedelta(days=back))


def _weekday_alone(match: re.Match[str], today: date) -> Mention:
    day = 6 if match["cn"] else int(match["n"]) - 2
    return Mention(None, doubt="weekday" if 0 <= day <= 6 else "unreadable", weekday=day)


_Build = Callable[[re.Match[str], date], Mention]
_PATTERNS: Final[tuple[tuple[re.Pattern[str], _Build], ...]] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (_OPEN + r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})" + _SHUT, _ymd),
        (
            _OPEN
            + _LED
            + r"(?P<d>[0-9]{1,2})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?:(?P=sep)(?P<y>[0-9]{4}|[0-9]{2})"
            + r"|,? ?nam (?:(?P<away>nay|ngoai|truoc|roi|qua|kia|sau|toi)\b))"
            + _SHUT,
            _dmy,
        ),
        (
            _OPEN
            + _LED
            + r"(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2}),? ?nam (?P<y>[0-9]{4}|[0-9]{2})"
            + _SHUT,
            _dmy,
        ),
        (_OPEN + r"(?P<d>[0-9]{1,2}) (?P<m>[0-9]{1,2}) (?P<y>[0-9]{4})" + _SHUT, _dmy),
        (
            r"(?:\b(?:ngay|mung|mong) )?"
            + _OPEN
            + r"(?P<d>[0-9]{1,2}) ?,? ?"
            + _MONTH_WORD
            + r"(?P<m>[0-9]{1,2})(?:,? ?(?:/|-|\.|nam|,)? ?(?P<y>[0-9]{4})|(?:/|-| nam )"
            + r"(?P<away>[0-9]{2}|nay|ngoai|truoc|roi|qua|kia|sau|toi)\b)?"
            + _SHUT,
            _dmy,
        ),
        (
            r"\bngay (?P<d>[0-9]{1,2}) thang (?P<away>nay|truoc|vua roi|vua qua|roi|qua|sau|toi)\b",
            _near_month,
        ),
        (
            r"\b(?:thu (?P<n>[0-9])|t(?P<t>[2-7])|(?P<cn>chu nhat|cn))\b(?: cua)?"
            + r" (?:tuan (?P<week>nay|truoc|vua roi|vua qua|roi|qua|sau|toi)"
            + r"|(?:vua|moi) (?:roi|qua)|truoc|roi)\b",
            _weekday,
        ),
        (
            r"(?:(?P<here>\bcach (?:day|nay)(?: khoang| tam| do)?) )?"
            + _OPEN
            + r"(?P<n>[0-9]{1,3}) (?P<unit>ngay|hom|bua|tuan|thang|nam)"
            + r"(?: (?:truoc|truoc day|ve truoc)\b| (?P<later>nua|sau|toi)\b|(?(here)\b|(?!)))",
            _ago,
        ),
        (
            r"(?<![\w./])"
            + _MONTH_WORD
            + r"(?P<m>[0-9]{1,2})(?:,? ?(?:/|-|\.|nam|,)? ?(?P<y>[0-9]{4})"
            + r"|(?:/|-|\.| nam )(?P<away>[0-9]{2}|nay|ngoai|truoc|roi|qua|kia|sau|toi)\b)?"
            + _SHUT,
            _my,
        ),
        (_SOME + r"\bthang (?P<away>nay|truoc|vua roi|vua qua|roi|qua|sau|toi)\b", _near_month),
        (_OPEN + _LED + r"(?P<m>[0-9]{1,2})[-/.](?P<y>[0-9]{4})" + _SHUT, _my),
        (_OPEN + r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})" + _SHUT, _my),
        (_OPEN + _LED + r"(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})" + _SHUT, _dm),
        (_OPEN + r"[0-9]{8}" + _SHUT, _eight),
        (_OPEN + r"[0-9]{6}" + _SHUT, _six),
        (r"\b(" + "|".join(sorted(_DAYS_AWAY, key=len, reverse=True)) + r")\b", _near_day),
        (r"^(?:mai|mot)$", _mai),
        (r"\b(?:thu (?P<n>[0-9])|(?P<cn>chu nhat|cn))\b", _weekday_alone),
    )
)
