"""Conversations: what stands open in a chat, found together with who speaks and their draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, literal_column, select

from domain.address import Account, Address
from domain.conversation import Conversation, Offer, Pushed
from domain.draft import Draft
from domain.person import Person
from storage.cursor import Cursor, Row
from storage.rows import DRAFT, PERSON, address_values, draft_of, newest_open, person_of
from storage.statements import ADDRESS, at_address, insert_if_new, upsert
from storage.tables import account, conversation, draft, person, pushed_choices
from storage.types import dump, loader

_COLUMNS = (*ADDRESS, "person", "spoken_at", "state")
_ONE = select(literal_column("1").label("one")).subquery("one")
_OF_ACCOUNT = and_(
    account.c.channel == bindparam("account_channel"),
    account.c.bot == bindparam("account_bot"),
    account.c.user == bindparam("user"),
)
_ENTER = select(
    conversation.c.state, *PERSON, *DRAFT, pushed_choices.c.offers, pushed_choices.c.at
).select_from(
    _ONE.outerjoin(conversation, at_address(conversation))
    .outerjoin(pushed_choices, at_address(pushed_choices))
    .outerjoin(account, _OF_ACCOUNT)
    .outerjoin(person, person.c.id == account.c.person)
    .outerjoin(draft, draft.c.id == newest_open(person.c.id))
)
_LOCK = select(conversation.c.state).where(at_address(conversation)).with_for_update()
_LOCK_PERSON = (
    select(person.c.id)
    .join(account, account.c.person == person.c.id)
    .where(_OF_ACCOUNT)
    .with_for_update(of=person, key_share=True)
)
_AT = select(conversation.c.state).where(at_address(conversation))
_INSERT = insert_if_new(conversation, _COLUMNS)
_SAVE = upsert(conversation, _COLUMNS, ADDRESS)
_DROP = delete(conversation).where(at_address(conversation))

_OFFER = upsert(pushed_choices, (*ADDRESS, "offers", "at"), ADDRESS)
_FORGET = delete(pushed_choices).where(at_address(pushed_choices))
_PUSHED = select(pushed_choices.c.offers, pushed_choices.c.at).where(at_address(pushed_choices))

_PERSON_AT = 1
_DRAFT_AT = _PERSON_AT + len(PERSON)
_PUSHED_AT = _DRAFT_AT + len(DRAFT)

_read = loader(Conversation)
_read_offers = loader(tuple[Offer, ...])


@dataclass(frozen=True, slots=True)
class Entered:
    """All that a turn begins with."""

    conversation: Conversation
    person: Person | None = None
    draft: Draft | None = None
    pushed: Pushed | None = None


class Conversations:
    """One row a chat."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def enter(self, address: Address, account: Account | None) -> Entered:
        """Load the conversation, who speaks, and their open draft.

        Where others write at the same time, the conversation is locked first and then the person,
        because one person may be in two chats at once.
        """
        values = address_values(address)
        if account is None:
            values |= {"account_channel": "", "account_bot": "", "user": ""}
        else:
            values |= {
                "account_channel": account.channel,
                "account_bot": account.bot,
                "user": account.user,
            }
        if self._cursor.locks_rows:
            self._lock_conversation(address, values)
        row = self._enter(values, account)
        return Entered(
            _conversation(address, row[0]),
            person_of(row[_PERSON_AT:_DRAFT_AT]) if row[_PERSON_AT] is not None else None,
            draft_of(row[_DRAFT_AT:_PUSHED_AT]) if row[_DRAFT_AT] is not None else None,
            _pushed(row[_PUSHED_AT:]),
        )

    def at(self, address: Address) -> Conversation:
        """The conversation of an address; a new one where nothing was said yet."""
        row = self._cursor.one(_AT, address_values(address))
        return _conversation(address, row[0] if row else None)

    def save(self, conversation: Conversation) -> None:
        """Keep what stands open now."""
        self._cursor.run(_SAVE, _values(conversation))

    def offer(self, address: Address, offers: Iterable[Offer], at: datetime) -> None:
        """Remember the choices of a message that was sent outside a turn of this chat.

        The conversation itself is left alone, and so is never waited for.
        """
        values = address_values(address) | {"offers": dump(tuple(offers)), "at": at}
        self._cursor.run(_OFFER, values)

    def pushed(self, address: Address) -> Pushed | None:
        """The choices that came unasked and were not yet overtaken by an answer."""
        return _pushed(self._cursor.one(_PUSHED, address_values(address)) or (None, None))

    def forget_pushed(self, address: Address) -> None:
        """Something else was asked since."""
        self._cursor.run(_FORGET, address_values(address))

    def moved(self, old: Address, new: Address) -> None:
        """A chat lives elsewhere now; what is open there already stays as it is."""
        row = self._cursor.one(_AT, address_values(old))
        if row is None:
            return
        self._cursor.run(_INSERT, _values(replace(_conversation(old, row[0]), address=new)))
        self._cursor.run(_DROP, address_values(old))
        if pushed := self.pushed(old):
            self.offer(new, pushed.offers, pushed.at)
            self.forget_pushed(old)

    def drop(self, address: Address) -> None:
        """Forget what stands open in a chat."""
        self.forget_pushed(address)
        self._cursor.run(_DROP, address_values(address))

    def _enter(self, values: dict[str, Any], account: Account | None) -> Row:
        """All at once; while we waited for the person they may have become one with another."""
        while True:
            locks = self._cursor.locks_rows and account is not None
            locked = self._cursor.one(_LOCK_PERSON, values) if locks else None
            row = self._cursor.one(_ENTER, values)
            assert row is not None
            if not locks or row[_PERSON_AT] == (locked[0] if locked else None):
                return row

    def _lock_conversation(self, address: Address, values: dict[str, Any]) -> None:
        if self._cursor.one(_LOCK, values) is None:
            # There is no lock on a row that does not exist.
            self._cursor.run(_INSERT, _values(Conversation(address)))
            self._cursor.one(_LOCK, values)


def _values(conversation: Conversation) -> dict[str, Any]:
    return address_values(conversation.address) | {
        "person": conversation.person,
        "spoken_at": conversation.spoken_at,
        "state": dump(conversation),
    }


def _conversation(address: Address, state: str | None) -> Conversation:
    if state is None:
        return Conversation(address)
    found = _read(state)
    return found if found.address == address else replace(found, address=address)


def _pushed(row: Sequence[Any]) -> Pushed | None:
    offers, at = row
    return Pushed(_read_offers(offers), at) if offers is not None else None
