"""How one person is known to several networks: which accounts, since when, and which are lost."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, null, select, update

from domain.address import Account, Address
from domain.linking import Linked
from storage.cursor import Cursor
from storage.tables import account

_OF_ACCOUNT = (
    (account.c.channel == bindparam("key_channel"))
    & (account.c.bot == bindparam("key_bot"))
    & (account.c.user == bindparam("key_user"))
)
_OF = (
    select(account.c.channel, account.c.bot, account.c.user, account.c.linked_at)
    .where(account.c.person == bindparam("person"))
    .order_by(account.c.linked_at, account.c.channel, account.c.bot, account.c.user)
)
_LINKED_ANEW = (
    update(account)
    .where(account.c.person == bindparam("key_person"))
    .values(linked_at=bindparam("at"))
)
_UNLINK = delete(account).where(_OF_ACCOUNT)
_LOST = (
    update(account).where(_OF_ACCOUNT, account.c.lost_at.is_(None)).values(lost_at=bindparam("at"))
)
_FOUND = update(account).where(_OF_ACCOUNT).values(lost_at=null())


class Accounts:
    """One row an account."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of(self, person: int) -> list[Linked]:
        """The accounts of a person, the one linked first ahead."""
        rows = self._cursor.all(_OF, {"person": person})
        return [Linked(Account(*row[:3]), row[3]) for row in rows]

    def linked_anew(self, person: int, at: datetime) -> None:
        """All accounts of a person count as linked only now: they come to somebody else's."""
        self._cursor.run(_LINKED_ANEW, {"key_person": person, "at": at})

    def unlink(self, accounts: Iterable[Account]) -> None:
        """These are nobody's any more."""
        for each in accounts:
            self._cursor.run(_UNLINK, _key(each))

    def lost(self, chat: Address, at: datetime) -> None:
        """Nothing reaches the account with which this private chat is held."""
        account = Account(chat.channel, chat.bot, chat.chat)
        self._cursor.run(_LOST, _key(account) | {"at": at})

    def found(self, account: Account) -> None:
        """They wrote again."""
        self._cursor.run(_FOUND, _key(account))


def _key(account: Account) -> dict[str, str]:
    return {"key_channel": account.channel, "key_bot": account.bot, "key_user": account.user}
