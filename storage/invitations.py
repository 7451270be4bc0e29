"""People invited into a role before they joined, and whether they have come.

The code of an invitation is also a row of ``code``: it is redeemed like any other, and then claims
the invitation. A new code makes the earlier one useless.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select, update

from domain.invitation import Invitation
from domain.person import Role
from storage.cursor import Cursor
from storage.statements import insert_row, update_row
from storage.tables import code, invitation, unit_closure

_SAVED = ("unit", "role", "name", "phone")
_INVITATION = tuple(
    invitation.c[name]
    for name in ("id", *_SAVED, "issued_at", "expires", "claimed_by", "claimed_at")
)
_ADD = insert_row(invitation, (*_SAVED, "added_at"), returning="id")
_SAVE = update_row(invitation, _SAVED)
_GET = select(*_INVITATION).where(invitation.c.id == bindparam("id"))
_OF_SUBTREE = (
    select(*_INVITATION)
    .join(unit_closure, unit_closure.c.descendant == invitation.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"), invitation.c.id > bindparam("after"))
    .order_by(invitation.c.id)
    .limit(bindparam("most"))
)
_UNCLAIMED = (
    select(*_INVITATION)
    .join(unit_closure, unit_closure.c.descendant == invitation.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        invitation.c.id > bindparam("after"),
        invitation.c.claimed_at.is_(None),
    )
    .order_by(invitation.c.id)
    .limit(bindparam("most"))
)
_DIGEST = select(invitation.c.digest, invitation.c.unit, invitation.c.role).where(
    invitation.c.id == bindparam("id")
)
_DROP_CODE = delete(code).where(code.c.digest == bindparam("old"), code.c.used_at.is_(None))
_ADD_CODE = insert_row(code, ("digest", "role", "unit", "expires", "issued_by", "issued_at"))
_ISSUE = (
    update(invitation)
    .where(invitation.c.id == bindparam("key_id"))
    .values(
        digest=bindparam("new_digest"), issued_at=bindparam("at"), expires=bindparam("new_expires")
    )
)
_CLAIM = (
    update(invitation)
    .where(invitation.c.digest == bindparam("key_digest"), invitation.c.claimed_at.is_(None))
    .values(claimed_by=bindparam("person"), claimed_at=bindparam("at"))
    .returning(*_INVITATION)
)
_COUNTS = (
    select(
        func.count(),
        func.sum(case((invitation.c.issued_at.is_not(None), 1), else_=0)),
        func.sum(case((invitation.c.claimed_at.is_not(None), 1), else_=0)),
    )
    .select_from(invitation)
    .join(unit_closure, unit_closure.c.descendant == invitation.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"))
)


class Invitations:
    """Everyone who was invited."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def add(self, unit: int, role: Role, name: str, phone: str, at: datetime) -> Invitation:
        """Someone whom the union wants in a role; nothing is issued yet."""
        values = {"unit": unit, "role": role.value, "name": name, "phone": phone}
        row = self._cursor.one(_ADD, values | {"added_at": at})
        assert row is not None
        return Invitation(row[0], unit, role, name, phone)

    def save(self, invitation: Invitation) -> None:
        """Keep unit, role, name and phone; codes and claims have their own ways."""
        self._cursor.run(
            _SAVE,
            {
                "unit": invitation.unit,
                "role": invitation.role.value,
                "name": invitation.name,
                "phone": invitation.phone,
                "key_id": invitation.id,
            },
        )

    def get(self, id: int) -> Invitation | None:
        """The invitation."""
        row = self._cursor.one(_GET, {"id": id})
        return _invitation(row) if row else None

    def of_subtree(self, unit: int, after: int = 0, limit: int = 200) -> list[Invitation]:
        """Those of the unit and below it, by id: a page at a time."""
        values = {"unit": unit, "after": after, "most": limit}
        return [_invitation(row) for row in self._cursor.all(_OF_SUBTREE, values)]

    def unclaimed(self, unit: int, after: int = 0, limit: int = 200) -> list[Invitation]:
        """Those of the subtree who have not come yet, by id: a page at a time."""
        values = {"unit": unit, "after": after, "most": limit}
        return [_invitation(row) for row in self._cursor.all(_UNCLAIMED, values)]

    def issue(
        self, id: int, digest: str, expires: datetime, at: datetime, by: int | None = None
    ) -> None:
        """Give it a new code in place of the earlier one; ``by`` None is the operator."""
        row = self._cursor.one(_DIGEST, {"id": id})
        assert row is not None, "no such invitation"
        old, unit, role = row
        if old is not None:
            self._cursor.run(_DROP_CODE, {"old": old})
        values = {"digest": digest, "role": role, "unit": unit, "expires": expires}
        self._cursor.run(_ADD_CODE, values | {"issued_by": by, "issued_at": at})
        self._cursor.run(
            _ISSUE, {"key_id": id, "new_digest": digest, "at": at, "new_expires": expires}
        )

    def claim(self, digest: str, person: int, at: datetime) -> Invitation | None:
        """The person used its code up; None when the code is of no invitation."""
        row = self._cursor.one(_CLAIM, {"key_digest": digest, "person": person, "at": at})
        return _invitation(row) if row else None

    def counts(self, unit: int) -> tuple[int, int, int]:
        """Of the subtree: how many were invited, were given a code, and have come."""
        row = self._cursor.one(_COUNTS, {"unit": unit})
        invited, issued, claimed = row or (0, 0, 0)
        return int(invited), int(issued or 0), int(claimed or 0)


def _invitation(row: Sequence[Any]) -> Invitation:
    id, unit, role, name, phone, issued_at, expires, claimed_by, claimed_at = row
    return Invitation(id, unit, Role(role), name, phone, issued_at, expires, claimed_by, claimed_at)
