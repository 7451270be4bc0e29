"""What people answered to the consent message, kept as evidence."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from domain.address import Account
from storage.cursor import Cursor
from storage.statements import insert_row
from storage.tables import consent

_RECORD = insert_row(
    consent, ("person", "version", "text", "answer", "channel", "bot", "user", "at")
)
_OF = (
    select(consent.c.version, consent.c.text, consent.c.answer, consent.c.at)
    .where(consent.c.person == bindparam("person"))
    .order_by(consent.c.id)
)


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """One answer to the consent message, as it was put; kept as evidence."""

    version: str
    text: str
    answer: bool
    at: datetime


class Consents:
    """One row an answer."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def record(
        self,
        person_id: int | None,
        version: str,
        text: str,
        at: datetime,
        account: Account,
        answer: bool,
    ) -> None:
        """Keep what was asked and answered; a refusal too, of someone who is nobody yet."""
        self._cursor.run(
            _RECORD,
            {
                "person": person_id,
                "version": version,
                "text": text,
                "answer": answer,
                "channel": account.channel,
                "bot": account.bot,
                "user": account.user,
                "at": at,
            },
        )

    def of(self, person_id: int) -> list[ConsentAnswer]:
        """All answers of a person to the consent message, oldest first."""
        rows = self._cursor.all(_OF, {"person": person_id})
        return [ConsentAnswer(*row) for row in rows]
