"""Drafts: one row each, written whole after every answer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, null, or_, select, update

from domain.draft import Draft
from storage.cursor import Cursor
from storage.rows import DRAFT, draft_of, newest_open
from storage.statements import insert_row, update_row
from storage.tables import draft
from storage.types import dump

_SAVED = (
    "author",
    "unit",
    "programme",
    "form",
    "initiative",
    "version",
    "touched_at",
    "state",
)
_ADD = insert_row(draft, ("person", *_SAVED), returning="id")
_SAVE = update_row(draft, _SAVED)
_GET = select(*DRAFT).where(draft.c.id == bindparam("id"))
_OPEN = select(*DRAFT).where(draft.c.id == newest_open(bindparam("person")))
_ALL_OPEN = (
    select(*DRAFT)
    .where(draft.c.person == bindparam("person"), draft.c.closed_at.is_(None))
    .order_by(draft.c.touched_at.desc().nulls_last(), draft.c.id.desc())
)
_COMPLETING = (
    select(*DRAFT)
    .where(draft.c.initiative == bindparam("initiative"), draft.c.closed_at.is_(None))
    .order_by(draft.c.id.desc())
    .limit(literal_column("1"))
)
_CLOSE = update(draft).where(draft.c.id == bindparam("key_id")).values(closed_at=bindparam("at"))
_REOPEN = update(draft).where(draft.c.id == bindparam("key_id")).values(closed_at=null())
_IDLE = (
    select(*DRAFT)
    .where(
        draft.c.closed_at.is_(None),
        or_(draft.c.touched_at.is_(None), draft.c.touched_at < bindparam("before")),
        draft.c.id > bindparam("after"),
    )
    .order_by(draft.c.id)
    .limit(bindparam("most"))
)


class Drafts:
    """What people are filling in."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, draft: Draft) -> Draft:
        """Begin one; its id is given here."""
        row = self._cursor.one(_ADD, _values(draft) | {"person": draft.person})
        assert row is not None
        return replace(draft, id=row[0])

    def get(self, id: int) -> Draft | None:
        """The draft, open or closed."""
        row = self._cursor.one(_GET, {"id": id})
        return draft_of(row) if row else None

    def open_for(self, person: int) -> Draft | None:
        """What the person is filling in; of several, the one touched last."""
        row = self._cursor.one(_OPEN, {"person": person})
        return draft_of(row) if row else None

    def all_open(self, person: int) -> list[Draft]:
        """Every open draft of a person, the one touched last first."""
        return [draft_of(row) for row in self._cursor.all(_ALL_OPEN, {"person": person})]

    def completing(self, initiative: int) -> Draft | None:
        """The open draft that completes or corrects a submitted entry."""
        row = self._cursor.one(_COMPLETING, {"initiative": initiative})
        return draft_of(row) if row else None

    def save(self, draft: Draft) -> None:
        """Keep all of it."""
        self._cursor.run(_SAVE, _values(draft) | {"key_id": draft.id})

    def close(self, id: int, at: datetime) -> None:
        """It was submitted or given up; nothing asks for it any more."""
        self._cursor.run(_CLOSE, {"key_id": id, "at": at})

    def reopen(self, id: int) -> None:
        """Undo ``close``."""
        self._cursor.run(_REOPEN, {"key_id": id})

    def idle(self, touched_before: datetime, after_id: int, limit: int) -> list[Draft]:
        """Open drafts that nobody touched since, by id: a job walks through them in pages."""
        values = {"before": touched_before, "after": after_id, "most": limit}
        return [draft_of(row) for row in self._cursor.all(_IDLE, values)]


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "author": draft.author,
        "unit": draft.unit,
        "programme": draft.programme,
        "form": draft.form,
        "initiative": draft.initiative,
        "version": draft.version,
        "touched_at": draft.touched_at,
        "state": dump(draft),
    }
