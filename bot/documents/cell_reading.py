"""Reads what one cell holds as the kind of value that its column wants."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.documents.cells import Cell, CellKind
from bot.documents.shared import TEXT_MOST, Shape
from domain.vietnamese import (
    format_date,
    format_iso,
    nfc,
    read_date,
    read_money,
    read_number,
    read_percent,
    yes_no,
)

CODE_LOOKS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}")
"""What a unit's code may look like: people type it on a phone."""

WHOLE_MOST = 10**15
"""Excel itself keeps no more digits."""

WORDY = 40
"""Characters; more than that are a sentence, whatever numbers are in it."""

LOOKED_AT = 8
"""Characters; where none of them is a letter or a digit, a cell may look empty and not be."""

_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAYS_FROM, _DAYS_TO = date(1950, 1, 1), date(2100, 12, 31)
_WHOLE = re.compile(r"[+-]?[0-9]+|[+-]?[0-9]{1,3}(?:[. ][0-9]{3})+")
_FRACTION = re.compile(r"[+-]?[0-9]*[.,][0-9]+")
_TICKED = ("x", "✓", "✔", "☑")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)


class Reads(StrEnum):
    """What a column wants."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long_text"
    CODE = "code"
    PHONE = "phone"
    DAY = "day"
    """A day, as ``date``."""
    WHOLE = "whole"
    MONEY = "money"
    """VND, as ``int``."""
    PERCENT = "percent"
    """30 for 30 %, as ``Decimal``."""
    YES_NO = "yes_no"
    SAID = "said"
    """Text as a person would say it in chat, for a question's own field to read."""


@dataclass(frozen=True, slots=True)
class Sheetwise:
    """What reading a cell may need to know; ``today`` is the local day."""

    today: date
    since_1904: bool = False
    yes: str = "1"
    no: str = "0"
    """How a ticked and an empty box are said."""


class Misread(Exception):
    """A cell that does not hold what its column wants; ``code`` names a sentence under ``cell``."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def read_cell(cell: Cell, kind: Reads, most: int, least: int, facts: Sheetwise) -> Any:
    """The value; None when nothing is left of it without blanks. Raises Misread."""
    if cell.formula:
        raise Misread("formula")
    if cell.kind is CellKind.ERROR:
        raise Misread("error", said=cell.text[:20])
    if cell.kind is CellKind.TEXT:
        if len(cell.text) > TEXT_MOST:
            raise Misread("long", most=TEXT_MOST)
        if not any(map(str.isalnum, cell.text[:LOOKED_AT])) and not tidy(cell.text):
            return None
    value = _READERS[kind](cell, facts)
    if isinstance(value, str) and len(value) > most:
        raise Misread("long", most=most)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value < least:
        raise Misread("negative" if least == 0 else "small", least=least)
    return value


def tidy(text: str, *, lines: bool = False) -> str:
    """A text in NFC without blanks around it, and without what cannot be seen.

    >>> tidy(" Công\u00a0đoàn \u200b\\x07 "), tidy(" a \\n b ", lines=True)
    ('Công đoàn', 'a\\nb')
    """
    if not lines and text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = nfc(_UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if lines and "\n" in seen:
        return "\n".join(" ".join(line.split()) for line in seen.split("\n")).strip()
    return " ".join(seen.split())


def _text(cell: Cell, facts: Sheetwise) -> str:
    return _said(cell, facts).replace("\n", " ")


def _said(cell: Cell, facts: Sheetwise) -> str:
    """The cell as a person would say it."""
    if cell.kind is CellKind.TEXT:
        return tidy(cell.text, lines=True)
    if cell.kind is CellKind.YES_NO:
        return facts.yes if cell.text == "1" else facts.no
    if cell.kind is CellKind.DAY or cell.shape in (Shape.DAY, Shape.MONTH):
        day = _day_of(cell, facts)
        return format_iso(f"{day:%Y-%m}") if cell.shape is Shape.MONTH else format_date(day)
    number = _number(cell)
    if cell.shape is Shape.PERCENT:
        return f"{_spelt(number * 100)}%"
    return _spelt(number)


def _code(cell: Cell, facts: Sheetwise) -> str:
    if cell.kind is CellKind.DAY or cell.shape in (Shape.DAY, Shape.MONTH):
        raise Misread("code_day")
    said = _said(cell, facts)
    if cell.kind is CellKind.NUMBER and not said.isdecimal():
        raise Misread("code")
    if not CODE_LOOKS.fullmatch(said):
        raise Misread("code")
    return said


def _phone(cell: Cell, facts: Sheetwise) -> str:
    """A phone number with its leading zero, which Excel drops from numbers."""
    digits = re.sub(r"[\s.()-]", "", _said(cell, facts))
    digits = re.sub(r"^(?:\+84|0084)0?", "0", digits)
    if cell.kind is CellKind.NUMBER and not digits.startswith("0"):
        digits = f"0{digits}"
    if not re.fullmatch(r"0[0-9]{8,10}", digits):
        raise Misread("phone")
    return digits


def _day(cell: Cell, facts: Sheetwise) -> date:
    if cell.kind is CellKind.TEXT:
        return _day_said(tidy(cell.text), facts.today)
    if cell.kind is CellKind.YES_NO:
        raise Misread("day")
    if cell.kind is CellKind.NUMBER and cell.shape not in (Shape.DAY, Shape.MONTH):
        # 45000 without a day's format may as well be a number; 2026 is a year.
        raise Misread("day")
    return _day_of(cell, facts)


def _day_of(cell: Cell, facts: Sheetwise) -> date:
    if cell.kind is CellKind.DAY:
        try:
            day = date.fromisoformat(cell.text[:10])
        except ValueError:
            raise Misread("day") from None
    else:
        days = int(_number(cell))
        since = _SINCE_1904 if facts.since_1904 else _SINCE_1900
        if not 0 < days < 100_000:
            raise Misread("day")
        day = since + timedelta(days=days)
    if not _DAYS_FROM <= day <= _DAYS_TO:
        raise Misread("day")
    return day


@lru_cache(maxsize=4096)
def _day_said(said: str, today: date) -> date:
    """A day as text, past or to come; one without its year is not clear enough."""
    reads = [read_date(said, today, future=future) for future in (False, True)]
    days = {read.iso for read in reads if read.iso and read.precision == "day"}
    if len(days) != 1:
        raise Misread("day_unclear" if len(days) > 1 else "day")
    return date.fromisoformat(days.pop())


def _whole(cell: Cell, facts: Sheetwise) -> int:
    if cell.kind is CellKind.TEXT:
        said = tidy(cell.text)
        if len(said) > WORDY:
            raise Misread("whole")
        if _WHOLE.fullmatch(said):
            return _small(int(re.sub(r"[. ]", "", said)))
        if _FRACTION.fullmatch(said):
            raise Misread("fraction")
        number = read_number(said)
        if number is None:
            raise Misread("whole")
        return _small(number)
    if cell.kind is not CellKind.NUMBER or cell.shape is not Shape.PLAIN:
        # 1 shown as 100% is hardly meant as one.
        raise Misread("whole")
    value = _number(cell)
    if value != value.to_integral_value():
        raise Misread("fraction")
    return _small(int(value))


def _money(cell: Cell, facts: Sheetwise) -> int:
    if cell.kind is not CellKind.TEXT:
        return _whole(cell, facts)
    read = read_money(tidy(cell.text))
    if read.vnd is None or read.rate:
        raise Misread("money")
    return read.vnd


def _percent(cell: Cell, facts: Sheetwise) -> Decimal:
    if cell.kind is CellKind.TEXT:
        read = read_percent(tidy(cell.text))
        if read is None:
            raise Misread("percent")
        return Decimal(read.numerator) / read.denominator
    if cell.kind is not CellKind.NUMBER or cell.shape in (Shape.DAY, Shape.MONTH):
        raise Misread("percent")
    return _number(cell) * (100 if cell.shape is Shape.PERCENT else 1)


def _yes_no(cell: Cell, facts: Sheetwise) -> bool:
    said = _said(cell, facts)
    if cell.kind is CellKind.YES_NO or said in ("0", "1"):
        return cell.text.strip() == "1"
    if said.casefold() in _TICKED:
        return True
    answer = yes_no(said)
    if answer is None:
        raise Misread("yes_no")
    return answer


def _number(cell: Cell) -> Decimal:
    try:
        value = Decimal(cell.text.strip())
    except InvalidOperation:
        raise Misread("number") from None
    if not value.is_finite() or abs(value) > WHOLE_MOST:
        raise Misread("number")
    # A sum in binary: 0.30000000000000004 is 0.3 on the screen, too.
    return round(value, 9)


def _small(value: int) -> int:
    if abs(value) > WHOLE_MOST:
        raise Misread("number")
    return value


def _spelt(value: Decimal) -> str:
    """Without a point where it is whole; with a comma where it is not."""
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value.normalize():f}".replace(".", ",")


_READERS: Mapping[Reads, Callable[[Cell, Sheetwise], Any]] = {
    Reads.TEXT: _text,
    Reads.LONG_TEXT: _said,
    Reads.CODE: _code,
    Reads.PHONE: _phone,
    Reads.DAY: _day,
    Reads.WHOLE: _whole,
    Reads.MONEY: _money,
    Reads.PERCENT: _percent,
    Reads.YES_NO: _yes_no,
    Reads.SAID: _said,
}
