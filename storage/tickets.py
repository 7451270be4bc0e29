"""Tickets: good once and for a while; only the digests of their words are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from domain.ticket import Ticket
from storage.cursor import Cursor, Row
from storage.statements import insert_row
from storage.tables import ticket
from storage.types import dump, loader

_TICKET = (
    ticket.c.purpose,
    ticket.c.unit,
    ticket.c.about,
    ticket.c.expires,
    ticket.c.issued_by,
)
_GOOD = (
    ticket.c.digest == bindparam("key_digest"),
    ticket.c.purpose == bindparam("key_purpose"),
    ticket.c.used_at.is_(None),
    ticket.c.expires > bindparam("at"),
)
_ISSUE = insert_row(
    ticket, ("digest", "purpose", "unit", "about", "expires", "issued_by", "issued_at")
)
_PEEK = select(*_TICKET).where(*_GOOD)
_REDEEM = update(ticket).where(*_GOOD).values(used_at=bindparam("at")).returning(*_TICKET)
_PURGE = delete(ticket).where(
    ticket.c.digest.in_(
        select(ticket.c.digest)
        .where(ticket.c.expires < bindparam("before"))
        .limit(bindparam("most"))
    )
)
_CANCEL_OF = delete(ticket).where(
    ticket.c.issued_by == bindparam("by"),
    ticket.c.purpose == bindparam("key_purpose"),
    ticket.c.used_at.is_(None),
)
_CANCEL_SINCE = delete(ticket).where(
    ticket.c.issued_by == bindparam("by"),
    ticket.c.used_at.is_(None),
    ticket.c.issued_at >= bindparam("since"),
)
_CANCEL = delete(ticket).where(
    ticket.c.unit == bindparam("key_unit"),
    ticket.c.purpose == bindparam("key_purpose"),
    ticket.c.about == bindparam("key_about"),
    ticket.c.used_at.is_(None),
)

_read_about = loader(dict[str, Any])


class Tickets:
    """What was given out, and whether it was brought back."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def issue(
        self,
        digest: str,
        purpose: str,
        unit: int,
        about: Mapping[str, Any],
        expires: datetime,
        by: int | None,
        at: datetime,
    ) -> None:
        """Keep a new ticket; ``by`` is None when the operator issued it."""
        self._cursor.run(
            _ISSUE,
            {
                "digest": digest,
                "purpose": purpose,
                "unit": unit,
                "about": dump(about),
                "expires": expires,
                "issued_by": by,
                "issued_at": at,
            },
        )

    def peek(self, digest: str, purpose: str, at: datetime) -> Ticket | None:
        """What a ticket is good for, without using it up; None when it is no good any more."""
        row = self._cursor.one(_PEEK, _key(digest, purpose, at))
        return _ticket(row) if row else None

    def redeem(self, digest: str, purpose: str, at: datetime) -> Ticket | None:
        """Use a ticket up, once; None when it is unknown, used or expired."""
        row = self._cursor.one(_REDEEM, _key(digest, purpose, at))
        return _ticket(row) if row else None

    def cancel(self, unit: int, purpose: str, about: Mapping[str, Any]) -> int:
        """Take back what was given out for this very purpose; how many that were."""
        values = {"key_unit": unit, "key_purpose": purpose, "key_about": dump(about)}
        return self._cursor.run(_CANCEL, values)

    def cancel_of(self, person: int, purpose: str) -> None:
        """Take back what somebody was given for this purpose and has not brought back."""
        self._cursor.run(_CANCEL_OF, {"by": person, "key_purpose": purpose})

    def cancel_since(self, person: int, since: datetime) -> int:
        """Take back all that somebody gave out since then and nobody used; how many that were."""
        return self._cursor.run(_CANCEL_SINCE, {"by": person, "since": since})

    def purge(self, before: datetime, most: int = 1000) -> int:
        """Forget tickets that expired before then, ``most`` of them; how many that were."""
        return self._cursor.run(_PURGE, {"before": before, "most": most})


def _key(digest: str, purpose: str, at: datetime) -> dict[str, Any]:
    return {"key_digest": digest, "key_purpose": purpose, "at": at}


def _ticket(row: Row) -> Ticket:
    purpose, unit, about, expires, by = row
    return Ticket(purpose, unit, _read_about(about), expires, by)
