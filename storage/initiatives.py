"""Submitted entries, the moves between their statuses, and the codes on their receipts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, insert, literal, or_, select

from domain.initiative import Desk, Initiative, Move, Status, receipt_code
from storage.cursor import Cursor
from storage.statements import insert_row, update_row, upsert
from storage.tables import initiative, initiative_move, initiative_number, programme, unit_closure
from storage.types import dump, loader

_CHANGING = (
    "phase",
    "unit",
    "form",
    "form_version",
    "title",
    "answers",
    "benefit",
    "recognised",
    "status",
    "version",
    "desk",
    "desk_since",
    "duplicate_of",
    "recognition",
)
_FIXED = ("code", "programme", "author", "enterer", "submitted_at")
_ORDER = (
    "id",
    "code",
    "programme",
    "phase",
    "unit",
    "author",
    "enterer",
    "form",
    "form_version",
    "title",
    "answers",
    "benefit",
    "recognised",
    "status",
    "submitted_at",
    "version",
    "desk",
    "desk_since",
    "duplicate_of",
    "recognition",
)
ENTRY = tuple(initiative.c[name] for name in _ORDER)
"""All columns of an entry, as ``entry_of`` reads them."""

_NEXT = upsert(
    initiative_number,
    ("programme", "year", "last"),
    ("programme", "year"),
    add=("last",),
    returning="last",
)
_PREFIX = select(programme.c.prefix).where(programme.c.id == bindparam("programme"))
_ADD = insert_row(initiative, (*_FIXED, *_CHANGING), returning="id")
_ADD_ONE_OF_MANY = insert_row(initiative, (*_FIXED, *_CHANGING))
_NEWEST = select(func.coalesce(func.max(initiative.c.id), 0))
_SAVE = update_row(initiative, _CHANGING)
_GET = select(*ENTRY).where(initiative.c.id == bindparam("id"))
_LOCK = _GET.with_for_update()
_BY_CODE = select(*ENTRY).where(initiative.c.code == bindparam("code"))
_MOVE = insert_row(initiative_move, ("initiative", "status", "by", "at", "reason"))
_MOVE_ALL = insert(initiative_move).from_select(
    ["initiative", "status", "by", "at", "reason"],
    select(
        initiative.c.id,
        initiative.c.status,
        initiative.c.author,
        initiative.c.submitted_at,
        literal(""),
    )
    .where(initiative.c.id > bindparam("after"))
    .order_by(initiative.c.id),
)
_MOVES = (
    select(
        initiative_move.c.status,
        initiative_move.c.by,
        initiative_move.c.at,
        initiative_move.c.reason,
    )
    .where(initiative_move.c.initiative == bindparam("initiative"))
    .order_by(initiative_move.c.at, initiative_move.c.id)
)
_MINE = (
    select(*ENTRY)
    .where(
        or_(
            initiative.c.author == bindparam("person"),
            initiative.c.enterer == bindparam("person"),
        )
    )
    .order_by(initiative.c.id.desc())
    .limit(bindparam("most"))
)
_OF_UNIT = (
    select(*ENTRY)
    .join(unit_closure, unit_closure.c.descendant == initiative.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        initiative.c.programme == bindparam("programme"),
        initiative.c.id > bindparam("after"),
    )
    .order_by(initiative.c.id)
    .limit(bindparam("most"))
)

_read_answers = loader(dict[str, Any])

_OF_ONE_UNIT = (
    select(*ENTRY)
    .where(
        initiative.c.programme == bindparam("programme"),
        initiative.c.unit == bindparam("unit"),
        initiative.c.id > bindparam("after"),
    )
    .order_by(initiative.c.id)
    .limit(bindparam("most"))
)


class Initiatives:
    """Every entry that was ever submitted."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def next_number(self, programme: int, year: int) -> int:
        """The next number of a receipt; it is never given again, and gaps are allowed."""
        row = self._cursor.one(_NEXT, {"programme": programme, "year": year, "last": 1})
        assert row is not None
        number: int = row[0]
        return number

    def add(self, entry: Initiative, day: date | None = None) -> Initiative:
        """Keep a new entry; its id is given here, and its code unless it has one.

        ``day`` is the local day of submission, whose year stands in the code.
        """
        if not entry.code:
            day = day or entry.submitted_at.date()
            row = self._cursor.one(_PREFIX, {"programme": entry.programme})
            prefix = row[0] if row else ""
            number = self.next_number(entry.programme, day.year)
            entry = replace(entry, code=receipt_code(prefix, day, number))
        fixed = {name: getattr(entry, name) for name in _FIXED}
        row = self._cursor.one(_ADD, fixed | _changing(entry))
        assert row is not None
        return replace(entry, id=row[0])

    def add_all(self, entries: Sequence[Initiative]) -> None:
        """Keep many new entries of one programme, in order, all at once.

        Each was brought to its status by its author when it was submitted.
        """
        if not entries:
            return
        programme = entries[0].programme
        row = self._cursor.one(_PREFIX, {"programme": programme})
        prefix = row[0] if row else ""
        days = [entry.submitted_at.date() for entry in entries]
        numbers = {}
        for year, count in Counter(day.year for day in days).items():
            values = {"programme": programme, "year": year, "last": count}
            last = self._cursor.one(_NEXT, values)
            assert last is not None
            numbers[year] = iter(range(last[0] - count + 1, last[0] + 1))
        codes = [receipt_code(prefix, day, next(numbers[day.year])) for day in days]
        newest = self._cursor.one(_NEWEST)
        self._cursor.many(
            _ADD_ONE_OF_MANY,
            (
                {name: getattr(entry, name) for name in _FIXED} | _changing(entry) | {"code": code}
                for entry, code in zip(entries, codes, strict=True)
            ),
        )
        self._cursor.run(_MOVE_ALL, {"after": newest[0] if newest else 0})

    def get(self, id: int) -> Initiative | None:
        """The entry; where others write at the same time it is locked until the commit."""
        row = self._cursor.one(_LOCK if self._cursor.locks_rows else _GET, {"id": id})
        return entry_of(row) if row else None

    def by_code(self, code: str) -> Initiative | None:
        """The entry of a receipt's code, in any case."""
        row = self._cursor.one(_BY_CODE, {"code": code.strip().upper()})
        return entry_of(row) if row else None

    def save(self, entry: Initiative) -> None:
        """Keep what may change; who wrote it, when, and its code never do."""
        self._cursor.run(_SAVE, _changing(entry) | {"key_id": entry.id})

    def note_move(self, id: int, move: Move) -> None:
        """Keep who moved an entry where, when and why; the first submission too."""
        self._cursor.run(
            _MOVE,
            {
                "initiative": id,
                "status": move.status.value,
                "by": move.by,
                "at": move.at,
                "reason": move.reason,
            },
        )

    def moves(self, id: int) -> list[Move]:
        """All moves of an entry, oldest first."""
        return [
            Move(Status(status), by, at, reason)
            for status, by, at, reason in self._cursor.all(_MOVES, {"initiative": id})
        ]

    def mine(self, person: int, limit: int = 20) -> list[Initiative]:
        """What a person wrote or entered for others, newest first."""
        rows = self._cursor.all(_MINE, {"person": person, "most": limit})
        return [entry_of(row) for row in rows]

    def of_unit(
        self, programme: int, unit: int, after: int = 0, limit: int = 200
    ) -> list[Initiative]:
        """All entries of a unit and below it, by id: a page at a time."""
        values = {"programme": programme, "unit": unit, "after": after, "most": limit}
        return [entry_of(row) for row in self._cursor.all(_OF_UNIT, values)]

    def of_one_unit(
        self, programme: int, unit: int, after: int = 0, limit: int = 200
    ) -> list[Initiative]:
        """The entries of a unit alone, without those below it: a page at a time."""
        values = {"programme": programme, "unit": unit, "after": after, "most": limit}
        return [entry_of(row) for row in self._cursor.all(_OF_ONE_UNIT, values)]


def _changing(entry: Initiative) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _CHANGING} | {
        "answers": dump(entry.answers),
        "status": entry.status.value,
        "desk": entry.desk.value,
    }


def entry_of(row: Sequence[Any]) -> Initiative:
    """The entry in a row of ``ENTRY``."""
    values = dict(zip(_ORDER, row, strict=True))
    values["answers"] = _read_answers(values["answers"])
    values["status"] = Status(values["status"])
    values["desk"] = Desk(values["desk"])
    return Initiative(**values)
