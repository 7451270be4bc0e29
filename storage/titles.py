"""Titles of entries, for finding out whether one was entered before."""

from sqlalchemy import bindparam, select

from storage.cursor import Cursor
from storage.tables import initiative

# By the unit alone: given the programme too, SQLite would rather read all entries of that.
_OF_UNIT = select(initiative.c.programme, initiative.c.author, initiative.c.title).where(
    initiative.c.unit == bindparam("unit")
)


class Titles:
    """What a unit's entries are called."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of_unit(self, programme: int, unit: int) -> list[tuple[int, str]]:
        """Author and title of every entry of exactly this unit."""
        rows = self._cursor.all(_OF_UNIT, {"unit": unit})
        return [(author, title) for where, author, title in rows if where == programme]
