"""Who used a privilege on what: written with the deed, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import audit, unit_closure
from storage.types import dump, loader

_NOTE = insert_row(audit, ("by", "deed", "subject", "at", "detail", "unit"))
_ENTRY = (
    audit.c.id,
    audit.c.by,
    audit.c.deed,
    audit.c.subject,
    audit.c.at,
    audit.c.detail,
    audit.c.unit,
)
_LATEST = select(*_ENTRY).order_by(audit.c.id.desc()).limit(bindparam("most"))
_OF_SUBJECT = (
    select(*_ENTRY)
    .where(audit.c.subject == bindparam("subject"))
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)
_BETWEEN = (
    audit.c.at >= bindparam("since"),
    audit.c.at < bindparam("until"),
    audit.c.id > bindparam("after"),
)
_OF_SUBTREE = (
    select(*_ENTRY)
    .join(unit_closure, unit_closure.c.descendant == audit.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"), *_BETWEEN)
    .order_by(audit.c.id)
    .limit(bindparam("most"))
)
_OF_ALL = select(*_ENTRY).where(*_BETWEEN).order_by(audit.c.id).limit(bindparam("most"))

_read_detail = loader(dict[str, Any])


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log; ``by`` is None when the operator did it on the command line."""

    id: int
    by: int | None
    deed: str
    subject: str
    at: datetime
    detail: Mapping[str, Any]
    unit: int | None = None
    """Where it was done; None for what concerns no unit alone."""


class Audit:
    """The log of privileged deeds."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def note(
        self,
        by: int | None,
        deed: str,
        subject: str,
        at: datetime,
        detail: Mapping[str, Any] | None = None,
        unit: int | None = None,
    ) -> None:
        """Write a line; ``subject`` names what it was done to: ``unit:7``, ``person:12``.

        ``unit`` is where it was done: whoever may read the log of that subtree reads it.
        """
        self._cursor.run(
            _NOTE,
            {
                "by": by,
                "deed": deed,
                "subject": subject,
                "at": at,
                "detail": dump(detail or {}),
                "unit": unit,
            },
        )

    def list(self, subject: str | None = None, limit: int = 50) -> list[AuditLine]:
        """The latest lines, of one subject or of all."""
        if subject is None:
            rows = self._cursor.all(_LATEST, {"most": limit})
        else:
            rows = self._cursor.all(_OF_SUBJECT, {"subject": subject, "most": limit})
        return [_line(row) for row in rows]

    def of_subtree(
        self, unit: int | None, since: datetime, until: datetime, after: int = 0, limit: int = 200
    ) -> Sequence[AuditLine]:
        """What was done in a unit and below it, by id: a page at a time.

        ``unit`` None is everything, also what concerns no unit alone: codes guessed, backups.
        """
        values = {"since": since, "until": until, "after": after, "most": limit}
        if unit is None:
            rows = self._cursor.all(_OF_ALL, values)
        else:
            rows = self._cursor.all(_OF_SUBTREE, values | {"unit": unit})
        return [_line(row) for row in rows]


def _line(row: Sequence[Any]) -> AuditLine:
    id, by, deed, subject, at, detail, unit = row
    return AuditLine(id, by, deed, subject, at, _read_detail(detail), unit)
