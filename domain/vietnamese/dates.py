"""Dates."""

from datetime import date

from domain.vietnamese.values import DateRead


def read_date(text: str, today: date, *, future: bool = False) -> DateRead:
    """Being written."""
    return DateRead(None, "", "unreadable")
