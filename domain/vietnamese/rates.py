"""Rates."""

from collections.abc import Mapping, Sequence

from domain.vietnamese.values import MoneyRead


def rate_units(rate: str | None) -> tuple[str, ...]:
    """Being written."""
    return ()


def usual_count(unit: str) -> int | None:
    """Being written."""
    return None


def total_of_rate(read: MoneyRead, counts: Mapping[str, int]) -> int | None:
    """Being written."""
    return None


def read_counts(text: str, units: Sequence[str]) -> dict[str, int]:
    """Being written."""
    return {}
