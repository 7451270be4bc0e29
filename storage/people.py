"""People: their accounts, their roles, and where they can be written to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, false, func, select, update

from domain.address import Account, Address
from domain.person import Consent, Person, Role
from storage.cursor import Cursor
from storage.rows import PERSON, address_values, person_of
from storage.statements import ADDRESS, at_address, insert_if_new, insert_row, update_row, upsert
from storage.tables import account, conversation, person, role_grant, unit_closure

_SAVED = (
    "name",
    "unit",
    "consent_version",
    "consent_at",
    *ADDRESS,
    "reachable",
    "vouched",
)
_ADD = insert_row(person, (*_SAVED, "added_at"), returning="id")
_SAVE = update_row(person, _SAVED)
_GET = select(*PERSON).where(person.c.id == bindparam("id"))
_OF_ACCOUNT = (
    (account.c.channel == bindparam("channel"))
    & (account.c.bot == bindparam("bot"))
    & (account.c.user == bindparam("user"))
)
_BY_ACCOUNT = select(*PERSON).join(account, account.c.person == person.c.id).where(_OF_ACCOUNT)
_LOCK, _LOCK_NOW = (
    select(person.c.id)
    .where(person.c.id == bindparam("id"))
    .with_for_update(key_share=True, nowait=nowait)
    for nowait in (False, True)
)
"""Whoever only writes down a row that refers to the person need not wait."""
_OTHER_CHATS = (
    select(*(conversation.c[name] for name in ADDRESS))
    .join(
        account,
        and_(
            account.c.channel == conversation.c.channel,
            account.c.bot == conversation.c.bot,
            # On every network a private chat is called like the account that it is held with.
            account.c.user == conversation.c.chat,
        ),
    )
    .where(
        account.c.person == bindparam("person"),
        account.c.lost_at.is_(None),
        ~at_address(conversation),
    )
    .order_by(conversation.c.spoken_at.desc().nulls_last(), conversation.c.channel)
)
_LINK = upsert(
    account,
    ("channel", "bot", "user", "person", "linked_at"),
    ("channel", "bot", "user"),
)
_HOLDERS = (
    select(unit_closure.c.depth, *PERSON)
    .join(role_grant, role_grant.c.person == person.c.id)
    .join(unit_closure, unit_closure.c.ancestor == role_grant.c.unit)
    .where(unit_closure.c.descendant == bindparam("unit"), role_grant.c.role == bindparam("role"))
    .order_by(unit_closure.c.depth, person.c.id)
)
_GRANTS_ON = (
    select(role_grant.c.role, *PERSON)
    .join(person, person.c.id == role_grant.c.person)
    .where(role_grant.c.unit == bindparam("unit"))
    .order_by(role_grant.c.at, person.c.id)
)
_GRANT = insert_if_new(role_grant, ("person", "role", "unit", "granted_by", "at"))
_REVOKE = delete(role_grant).where(
    role_grant.c.person == bindparam("person"),
    role_grant.c.role == bindparam("role"),
    role_grant.c.unit == bindparam("unit"),
)
_UNREACHABLE = update(person).where(at_address(person, "old_")).values(reachable=False)
_REACHABLE = update(person).where(person.c.id == bindparam("key_id")).values(reachable=True)
_REACHED_AT = select(*PERSON).where(at_address(person), person.c.reachable).order_by(person.c.id)
_MOVED = (
    update(person)
    .where(at_address(person, "old_"))
    .values({name: bindparam(f"new_{name}") for name in ADDRESS})
)
_MEMBERS = (
    select(func.count())
    .select_from(person)
    .join(unit_closure, unit_closure.c.descendant == person.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"))
)
_OF_UNIT = (
    select(*PERSON)
    .join(unit_closure, unit_closure.c.descendant == person.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"), person.c.id > bindparam("after"))
    .order_by(person.c.id)
    .limit(bindparam("most"))
)
_MEMBERS_OF = (
    select(*PERSON)
    .where(person.c.unit == bindparam("unit"))
    .order_by(person.c.id)
    .limit(bindparam("most"))
)
_UNVOUCHED = (
    select(*PERSON)
    .where(person.c.unit == bindparam("unit"), person.c.vouched.is_(false()))
    .order_by(person.c.id)
    .limit(bindparam("most"))
)
_UNITS_WITH_UNVOUCHED = (
    select(person.c.unit)
    .where(person.c.vouched.is_(false()), person.c.unit > bindparam("after"))
    .distinct()
    .order_by(person.c.unit)
    .limit(bindparam("most"))
)


class People:
    """Everyone we know."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(
        self,
        name: str,
        unit: int | None,
        consent: Consent | None,
        address: Address | None,
        at: datetime,
    ) -> Person:
        """Someone new."""
        someone = Person(0, name, unit, consent, address)
        row = self._cursor.one(_ADD, _values(someone) | {"added_at": at})
        assert row is not None
        return replace(someone, id=row[0])

    def get(self, id: int) -> Person | None:
        """The person."""
        row = self._cursor.one(_GET, {"id": id})
        return person_of(row) if row else None

    def lock(self, id: int, held: int = 0) -> None:
        """Let no other turn of this person run until the commit, where turns run side by side.

        Of two the lower is locked first. Who comes to it with the higher one, ``held``, does not
        wait: that turn is run again, so nobody waits in a ring.
        """
        if self._cursor.locks_rows:
            self._cursor.one(_LOCK if held < id else _LOCK_NOW, {"id": id})

    def by_account(self, account: Account) -> Person | None:
        """The person whom one bot account knows by this account."""
        row = self._cursor.one(_BY_ACCOUNT, _account(account))
        return person_of(row) if row else None

    def other_chats(self, person: Person) -> list[Address]:
        """The private chats of a person besides the one where they were last, the latest first."""
        if person.address is None:
            return []
        values = address_values(person.address) | {"person": person.id}
        return [Address(*row) for row in self._cursor.all(_OTHER_CHATS, values)]

    def link(self, account: Account, person_id: int, at: datetime) -> None:
        """The account is this person's from now on, whoever's it was."""
        self._cursor.run(_LINK, _account(account) | {"person": person_id, "linked_at": at})

    def save(self, person: Person) -> None:
        """Keep everything but the grants."""
        self._cursor.run(_SAVE, _values(person) | {"key_id": person.id})

    def holders(self, role: Role, unit_path: Sequence[int]) -> list[Person]:
        """Who holds the role on the last unit of the path, else on its nearest ancestor."""
        if not unit_path:
            return []
        rows = self._cursor.all(_HOLDERS, {"role": role.value, "unit": unit_path[-1]})
        return [person_of(row[1:]) for row in rows if row[0] == rows[0][0]]

    def grants_on(self, unit: int) -> list[tuple[Role, Person]]:
        """Who holds what on this very unit, the role given first ahead."""
        rows = self._cursor.all(_GRANTS_ON, {"unit": unit})
        return [(Role(row[0]), person_of(row[1:])) for row in rows]

    def grant(self, person_id: int, role: Role, unit: int, by: int | None, at: datetime) -> bool:
        """Give a role on a unit; False when it was held already."""
        values = {"person": person_id, "role": role.value, "unit": unit}
        return self._cursor.run(_GRANT, values | {"granted_by": by, "at": at}) == 1

    def revoke(self, person_id: int, role: Role, unit: int) -> bool:
        """Take a role away; False when it was not held."""
        values = {"person": person_id, "role": role.value, "unit": unit}
        return self._cursor.run(_REVOKE, values) == 1

    def reached_at(self, address: Address) -> list[Person]:
        """Whoever is written to at this address."""
        return [person_of(row) for row in self._cursor.all(_REACHED_AT, address_values(address))]

    def mark_unreachable(self, address: Address) -> int:
        """Nothing arrives at this address any more; how many people that leaves unreachable."""
        return self._cursor.run(_UNREACHABLE, address_values(address, "old_"))

    def mark_reachable(self, person_id: int) -> None:
        """They wrote again."""
        self._cursor.run(_REACHABLE, {"key_id": person_id})

    def moved(self, old: Address, new: Address) -> int:
        """Their private chat lives elsewhere now; how many people that concerns."""
        return self._cursor.run(_MOVED, address_values(old, "old_") | address_values(new, "new_"))

    def count_members(self, unit: int) -> int:
        """How many people belong to the unit or below it."""
        row = self._cursor.one(_MEMBERS, {"unit": unit})
        return row[0] if row else 0

    def of_unit(self, unit: int, after: int = 0, limit: int = 200) -> list[Person]:
        """People of the unit and below it, by id: a page at a time."""
        values = {"unit": unit, "after": after, "most": limit}
        return [person_of(row) for row in self._cursor.all(_OF_UNIT, values)]

    def members_of(self, unit: int, limit: int = 200) -> list[Person]:
        """The people of this very unit, by id."""
        values = {"unit": unit, "most": limit}
        return [person_of(row) for row in self._cursor.all(_MEMBERS_OF, values)]

    def unvouched(self, unit: int, limit: int = 200) -> list[Person]:
        """Those who chose this very unit by its name and wait for its chair, by id."""
        values = {"unit": unit, "most": limit}
        return [person_of(row) for row in self._cursor.all(_UNVOUCHED, values)]

    def units_with_unvouched(self, after: int = 0, limit: int = 200) -> list[int]:
        """The units in which somebody waits to be confirmed, by id: a page at a time."""
        values = {"after": after, "most": limit}
        return [row[0] for row in self._cursor.all(_UNITS_WITH_UNVOUCHED, values)]


def _account(account: Account) -> dict[str, Any]:
    return {"channel": account.channel, "bot": account.bot, "user": account.user}


def _values(person: Person) -> dict[str, Any]:
    address = address_values(person.address) if person.address else dict.fromkeys(ADDRESS)
    return address | {
        "name": person.name,
        "unit": person.unit,
        "consent_version": person.consent.version if person.consent else None,
        "consent_at": person.consent.at if person.consent else None,
        "reachable": person.reachable,
        "vouched": person.vouched,
    }
