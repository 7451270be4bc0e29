"""How many messages each bot account sent in a month, where its network counts or bills them."""

from datetime import date

from sqlalchemy import bindparam, select

from storage.cursor import Cursor
from storage.statements import upsert
from storage.tables import month_count

_KEY = ("channel", "bot", "month")
_COUNTED = ("messages", "paid", "approved")
_ADD = upsert(month_count, (*_KEY, *_COUNTED), _KEY, add=_COUNTED)
_OF_MONTH = tuple(month_count.c[name] == bindparam(name) for name in _KEY)
_OF = select(month_count.c.messages).where(*_OF_MONTH)
_PAID = select(month_count.c.paid, month_count.c.approved).where(*_OF_MONTH)


class MonthCounts:
    """One row a bot account and month."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(
        self,
        channel: str,
        bot: str,
        month: date,
        messages: int,
        paid: int = 0,
        approved: int = 0,
    ) -> None:
        """So many more were sent; ``month`` is its first day.

        ``messages`` counts towards what the network allows; ``paid`` are those that it bills, and
        ``approved`` how many of these were in words that it approved beforehand.
        """
        counted = {"messages": messages, "paid": paid, "approved": approved}
        self._cursor.run(_ADD, {"channel": channel, "bot": bot, "month": month} | counted)

    def of(self, channel: str, bot: str, month: date) -> int:
        """How many were sent in the month."""
        row = self._cursor.one(_OF, {"channel": channel, "bot": bot, "month": month})
        return row[0] if row else 0

    def paid(self, channel: str, bot: str, month: date) -> tuple[int, int]:
        """How many were billed in the month, and how many of these were in approved words."""
        row = self._cursor.one(_PAID, {"channel": channel, "bot": bot, "month": month})
        return (row[0], row[1]) if row else (0, 0)
