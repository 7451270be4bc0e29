"""The Vietnamese lunar calendar (âm lịch), worked out from the sky at UTC+7.

A month begins on the day of the new moon, the eleventh holds the winter solstice, and of thirteen
months between two solstices the first in which the sun enters no new sign is a leap month. Series
for moon and sun: Meeus, Astronomical Formulae for Calculators, chapters 18 and 32; good to some
minutes.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import floor, radians, sin

MONTH = 29.530588853
HANOI = 7 / 24
J1900, J2000 = 2415020.75933, 2451545.0
ORDINAL = 1721425
"""From a Julian day number to that of ``date``."""

MOON = (
    # degrees: M, M', F, and days
    (2, 0, 0, 0.0021),
    (0, 1, 0, -0.4068),
    (0, 2, 0, 0.0161),
    (0, 3, 0, -0.0004),
    (0, 0, 2, 0.0104),
    (1, 1, 0, -0.0051),
    (1, -1, 0, -0.0074),
    (1, 0, 2, 0.0004),
    (-1, 0, 2, -0.0004),
    (0, 1, 2, -0.0006),
    (0, -1, 2, 0.0010),
    (1, 2, 0, 0.0005),
)


def lunar_months(year: int) -> dict[int, date]:
    """The first days of months 11 and 12 before Tết of this year, and of 1 to 10 after it."""
    starts = list(_starts(year))
    signs = [_sign(start) for start in starts]
    leap = 0
    if len(starts) == 14:
        leap = next(n for n, (a, b) in enumerate(pairwise(signs)) if n and a == b)
    plain = [start for n, start in enumerate(starts[:-1]) if not leap or n != leap]
    return {(10 + n) % 12 + 1: start for n, start in enumerate(plain)}


def _starts(year: int) -> Iterator[date]:
    """Every new moon from the eleventh month to the next eleventh."""
    first, last = (_eleventh(each) for each in (year - 1, year))
    for number in range(first, last + 1):
        yield _new_moon(number)


def _eleventh(year: int) -> int:
    """The number of the last new moon before the sun stands in its tenth sign."""
    number = floor((date(year, 12, 31).toordinal() + ORDINAL - J1900) / MONTH) + 1
    while _new_moon(number) > date(year, 12, 31) or _sign(_new_moon(number)) >= 9:
        number -= 1
    return number


def _new_moon(number: int) -> date:
    """The day in Hà Nội; they are counted from 1900."""
    t = number / 1236.85
    m = 359.2242 + 29.10535608 * number - 0.0000333 * t**2
    moon = 306.0253 + 385.81691806 * number + 0.0107306 * t**2
    node = 21.2964 + 390.67050646 * number - 0.0016528 * t**2
    mean = J1900 + 29.53058868 * number + 0.0001178 * t**2
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t))
    mean += (0.1734 - 0.000393 * t) * sin(radians(m))
    mean += sum(days * sin(radians(a * m + b * moon + c * node)) for a, b, c, days in MOON)
    clock = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return date.fromordinal(floor(mean - clock + 0.5 + HANOI) - ORDINAL)


def _sign(day: date) -> int:
    """In which twelfth of its way the sun stands at that midnight: 9 from the winter solstice."""
    t = (day.toordinal() + ORDINAL - 0.5 - HANOI - J2000) / 36525
    m = radians(357.5291 + 35999.0503 * t)
    centre = (1.9146 - 0.004817 * t) * sin(m) + 0.019993 * sin(2 * m) + 0.00029 * sin(3 * m)
    return floor((280.46645 + 36000.76983 * t + centre) % 360 / 30)
