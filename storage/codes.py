"""One-time codes that give a role: only their digests are kept, and wrong tries are counted."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from domain.address import Address
from domain.person import Grant, Role
from storage.cursor import Cursor
from storage.rows import address_values
from storage.statements import ADDRESS, at_address, insert_row
from storage.tables import code, code_try

_ISSUE = insert_row(code, ("digest", "role", "unit", "expires", "issued_by", "issued_at"))
_REDEEM = (
    update(code)
    .where(
        code.c.digest == bindparam("key_digest"),
        code.c.used_at.is_(None),
        code.c.expires > bindparam("at"),
    )
    .values(used_by=bindparam("person"), used_at=bindparam("at"))
    .returning(code.c.role, code.c.unit)
)
_PEEK = select(code.c.role, code.c.unit).where(
    code.c.digest == bindparam("key_digest"),
    code.c.used_at.is_(None),
    code.c.expires > bindparam("at"),
)
_USED_BY = select(code.c.used_by).where(code.c.digest == bindparam("key_digest"))
_ISSUED_BY = select(code.c.issued_by).where(code.c.digest == bindparam("key_digest"))
_CANCEL = delete(code).where(code.c.digest == bindparam("key_digest"), code.c.used_at.is_(None))
_CANCEL_SINCE = delete(code).where(
    code.c.issued_by == bindparam("by"),
    code.c.used_at.is_(None),
    code.c.issued_at >= bindparam("since"),
)
_PURGE = delete(code).where(
    code.c.digest.in_(
        select(code.c.digest).where(code.c.expires < bindparam("before")).limit(bindparam("most"))
    )
)
_NOTE_TRY = insert_row(code_try, (*ADDRESS, "at"))
_TRIES = (
    select(func.count())
    .select_from(code_try)
    .where(at_address(code_try), code_try.c.at >= bindparam("since"))
)
_TRIES_OF_ALL = (
    select(func.count())
    .select_from(code_try)
    .where(
        code_try.c.channel == bindparam("channel"),
        code_try.c.bot == bindparam("bot"),
        code_try.c.at >= bindparam("since"),
    )
)
_FORGET = delete(code_try).where(code_try.c.at < bindparam("before"))


class Codes:
    """What was issued, used and tried."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def issue(
        self, digest: str, role: Role, unit: int, expires: datetime, by: int | None, at: datetime
    ) -> None:
        """Keep a new code; ``by`` is None when the operator issued it."""
        self._cursor.run(
            _ISSUE,
            {
                "digest": digest,
                "role": role.value,
                "unit": unit,
                "expires": expires,
                "issued_by": by,
                "issued_at": at,
            },
        )

    def peek(self, digest: str, at: datetime) -> Grant | None:
        """What a code would give, without using it up; None when it is no good any more."""
        row = self._cursor.one(_PEEK, {"key_digest": digest, "at": at})
        return Grant(Role(row[0]), row[1]) if row else None

    def used_by(self, digest: str) -> int | None:
        """Who used a code up; None while nobody did."""
        row = self._cursor.one(_USED_BY, {"key_digest": digest})
        return row[0] if row else None

    def redeem(self, digest: str, person_id: int, at: datetime) -> Grant | None:
        """Use a code up, and say what it gives (``people.grant`` gives it).

        None when it is unknown, used or expired: nobody is told which.
        """
        row = self._cursor.one(_REDEEM, {"key_digest": digest, "person": person_id, "at": at})
        return Grant(Role(row[0]), row[1]) if row else None

    def issued_by(self, digest: str) -> int | None:
        """Who issued a code; None for the operator's."""
        row = self._cursor.one(_ISSUED_BY, {"key_digest": digest})
        return row[0] if row else None

    def cancel(self, digest: str) -> bool:
        """Take a code back; False when it was used or never issued."""
        return self._cursor.run(_CANCEL, {"key_digest": digest}) == 1

    def cancel_since(self, person: int, since: datetime) -> int:
        """Take back all that somebody issued since then and nobody used; how many that were."""
        return self._cursor.run(_CANCEL_SINCE, {"by": person, "since": since})

    def purge(self, before: datetime, most: int = 1000) -> int:
        """Forget codes that expired before then, ``most`` of them; how many that were."""
        return self._cursor.run(_PURGE, {"before": before, "most": most})

    def note_try(self, address: Address, at: datetime) -> None:
        """Somebody tried a code here."""
        self._cursor.run(_NOTE_TRY, address_values(address) | {"at": at})

    def tries(self, address: Address, since: datetime) -> int:
        """How many codes were tried here since then."""
        row = self._cursor.one(_TRIES, address_values(address) | {"since": since})
        return row[0] if row else 0

    def tries_of_all(self, channel: str, bot: str, since: datetime) -> int:
        """How many codes were tried in all chats of one bot account since then."""
        values = {"channel": channel, "bot": bot, "since": since}
        row = self._cursor.one(_TRIES_OF_ALL, values)
        return row[0] if row else 0

    def forget_tries(self, before: datetime) -> None:
        """Tries older than this limit nobody any more."""
        self._cursor.run(_FORGET, {"before": before})
