"""Reading an amount of money."""

from domain.vietnamese.values import MoneyRead


def read_money(text: str) -> MoneyRead:
    """Being written."""
    return MoneyRead(None, "unreadable")


def find_money(text: str) -> MoneyRead | None:
    """Being written."""
    return None
