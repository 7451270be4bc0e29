"""How many messages each bot account sent in a month, where its network allows only so many."""

from datetime import date

from sqlalchemy import bindparam, select

from storage.cursor import Cursor
from storage.statements import upsert
from storage.tables import month_count

_KEY = ("channel", "bot", "month")
_ADD = upsert(month_count, (*_KEY, "messages"), _KEY, add=("messages",))
_OF = select(month_count.c.messages).where(
    *(month_count.c[name] == bindparam(name) for name in _KEY)
)


class MonthCounts:
    """One row a bot account and month."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, channel: str, bot: str, month: date, messages: int) -> None:
        """So many more were sent; ``month`` is its first day."""
        values = {"channel": channel, "bot": bot, "month": month, "messages": messages}
        self._cursor.run(_ADD, values)

    def of(self, channel: str, bot: str, month: date) -> int:
        """How many were sent in the month."""
        row = self._cursor.one(_OF, {"channel": channel, "bot": bot, "month": month})
        return row[0] if row else 0
