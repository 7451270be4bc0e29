"""Lines of lists of recognised initiatives: what waits to be entered, and what settled the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from domain.recognised_lines import RecognisedLine
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import recognised_line, unit_closure
from storage.types import Moment, dump, loader

MEMBERS_MOST = 100_000
"""People looked through for an author: more than any unit has."""

_CHANGING = (
    "author",
    "others",
    "level",
    "number",
    "day",
    "initiative",
    "settled_at",
)
_FIXED = ("programme", "unit", "author_name", "title", "added_at")
_ORDER = (
    "id",
    "programme",
    "unit",
    "author_name",
    "author",
    "others",
    "title",
    "level",
    "number",
    "day",
    "added_at",
    "initiative",
    "settled_at",
)
_LINE = tuple(recognised_line.c[name] for name in _ORDER)
_ADD = insert_row(recognised_line, (*_FIXED, *_CHANGING), returning="id")
_SAVE = update_row(recognised_line, _CHANGING)
_GET = select(*_LINE).where(recognised_line.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_OPEN = recognised_line.c.settled_at.is_(None)
_OF_PROGRAMME = recognised_line.c.programme == bindparam("programme")
_OF_UNIT = (
    select(*_LINE)
    .where(recognised_line.c.unit == bindparam("unit"), _OF_PROGRAMME)
    .order_by(recognised_line.c.id)
)
_OPEN_OF_UNIT = _OF_UNIT.where(_OPEN)
_OPEN_BY = (
    select(*_LINE)
    .where(recognised_line.c.author == bindparam("person"), _OF_PROGRAMME, _OPEN)
    .order_by(recognised_line.c.id)
)
_OPEN_SINCE = (
    select(*_LINE)
    .where(
        recognised_line.c.id > bindparam("after"),
        _OF_PROGRAMME,
        _OPEN,
        recognised_line.c.added_at >= bindparam("since", type_=Moment()),
    )
    .order_by(recognised_line.c.id)
    .limit(bindparam("most"))
)
_COUNTS = (
    select(recognised_line.c.unit, func.count().label("lines"))
    .join(unit_closure, unit_closure.c.descendant == recognised_line.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        _OF_PROGRAMME,
        _OPEN,
        or_(recognised_line.c.author.is_(None), recognised_line.c.author != bindparam("but")),
    )
    .group_by(recognised_line.c.unit)
    .order_by(func.count().desc(), recognised_line.c.unit)
)

_read_names = loader(tuple[str, ...])


class RecognisedLines:
    """What appraising bodies recognised. None is removed: the same list may come again."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, line: RecognisedLine) -> RecognisedLine:
        """Keep a new line; its id is given here."""
        fixed = {name: getattr(line, name) for name in _FIXED}
        row = self._cursor.one(_ADD, fixed | _changing(line))
        assert row is not None
        return replace(line, id=row[0])

    def save(self, line: RecognisedLine) -> None:
        """Keep who its author is, its decision, and what settled it."""
        self._cursor.run(_SAVE, _changing(line) | {"key_id": line.id})

    def get(self, id: int) -> RecognisedLine | None:
        """The line; where others write at the same time it is locked until the commit."""
        row = self._cursor.one(_LOCK if self._cursor.locks_rows else _GET, {"id": id})
        return _line(row) if row else None

    def of_unit(self, programme: int, unit: int) -> list[RecognisedLine]:
        """All lines of exactly this unit, by id."""
        return self._all(_OF_UNIT, {"programme": programme, "unit": unit})

    def open_of(self, programme: int, unit: int) -> list[RecognisedLine]:
        """Those of exactly this unit that are not entered yet, by id."""
        return self._all(_OPEN_OF_UNIT, {"programme": programme, "unit": unit})

    def open_by(self, programme: int, person: int) -> list[RecognisedLine]:
        """Those of this author that are not entered yet, by id."""
        return self._all(_OPEN_BY, {"programme": programme, "person": person})

    def open_since(
        self, programme: int, since: datetime, after: int, limit: int
    ) -> list[RecognisedLine]:
        """Those that came in since and are not entered yet, by id: a page at a time."""
        values = {"programme": programme, "since": since, "after": after, "most": limit}
        return self._all(_OPEN_SINCE, values)

    def counts(self, programme: int, unit: int, but: int = 0) -> list[tuple[int, int]]:
        """How many wait in which unit of a subtree, most first; not those of the author ``but``."""
        values = {"programme": programme, "unit": unit, "but": but}
        rows = self._cursor.all(_COUNTS, values)
        return [(id, count) for id, count in rows]

    def _all(self, statement: Any, values: dict[str, Any]) -> list[RecognisedLine]:
        return [_line(row) for row in self._cursor.all(statement, values)]


def _changing(line: RecognisedLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _CHANGING} | {"others": dump(line.others)}


def _line(row: Sequence[Any]) -> RecognisedLine:
    values = dict(zip(_ORDER, row, strict=True))
    values["others"] = _read_names(values["others"])
    return RecognisedLine(**values)
