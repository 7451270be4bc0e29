"""Dates and moments the way they are written and said in Vietnamese."""

from datetime import date, datetime
from typing import Final

WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def format_date(day: date) -> str:
    """Day, month and year without leading zeros.

    >>> format_date(date(2023, 9, 15))
    '15/9/2023'
    """
    return f"{day.day}/{day.month}/{day.year}"


def format_iso(iso: str) -> str:
    """A stored day or month, as `read_date` gives it.

    >>> format_iso("2023-09"), format_iso("2023-09-15")
    ('tháng 9/2023', '15/9/2023')
    """
    year, month, *day = (int(part) for part in iso.split("-"))
    return f"{day[0]}/{month}/{year}" if day else f"tháng {month}/{year}"


def format_moment(at: datetime) -> str:
    """A moment already in local time.

    >>> format_moment(datetime(2023, 8, 31, 17, 0))
    '17h00, thứ Năm 31/8/2023'
    """
    return f"{at.hour}h{at.minute:02}, {format_weekday(at.date())} {format_date(at.date())}"


def format_weekday(day: date) -> str:
    """The day of the week.

    >>> format_weekday(date(2023, 9, 15))
    'thứ Sáu'
    """
    return WEEKDAYS[day.weekday()]


def format_days(days: int) -> str:
    """How far a day is from today.

    >>> format_days(0), format_days(1), format_days(12), format_days(-3)
    ('hôm nay', 'ngày mai', 'còn 12 ngày', 'quá 3 ngày')
    """
    if days in (0, 1):
        return ("hôm nay", "ngày mai")[days]
    return f"còn {days} ngày" if days > 0 else f"quá {-days} ngày"
