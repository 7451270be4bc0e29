"""Whom nothing reached lately in a subtree, and who was phoned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from domain.calls import URGENCY, Call, Unheard, calls
from domain.notice import Kind
from domain.person import Role
from storage.cursor import Cursor
from storage.statements import ADDRESS, upsert
from storage.tables import (
    UNREACHED,
    conversation,
    invitation,
    notice,
    person,
    phone_call,
    role_grant,
    unit_closure,
)
from storage.types import Moment

_ZERO: Any = literal_column("0")
_KINDS = tuple(f"kind_{number}" for number in range(len(URGENCY)))
_IN_CHARGE = (Role.CHAIR.value, Role.OFFICER.value)
_HOLDERS = (
    select(role_grant.c.person, func.min(role_grant.c.unit).label("unit"))
    .join(unit_closure, unit_closure.c.descendant == role_grant.c.unit)
    .where(
        unit_closure.c.ancestor == bindparam("unit"),
        or_(*(role_grant.c.role == literal_column(f"'{role}'", Text) for role in _IN_CHARGE)),
    )
    .group_by(role_grant.c.person)
    .subquery("scope")
)
_MEMBERS = (
    select(person.c.id.label("person"), person.c.unit)
    .join(unit_closure, unit_closure.c.descendant == person.c.unit)
    .where(unit_closure.c.ancestor == bindparam("unit"))
    .subquery("scope")
)


def _failed(scope: Subquery, *columns: ColumnElement[Any]) -> Select[Any]:
    """What did not reach these people, and for which nobody phoned yet."""
    found = (
        scope.join(person, person.c.id == scope.c.person)
        .outerjoin(
            conversation, and_(*(conversation.c[name] == person.c[name] for name in ADDRESS))
        )
        .outerjoin(phone_call, phone_call.c.person == scope.c.person)
        .join(notice, notice.c.person == scope.c.person)
    )
    lost = or_(
        ~person.c.reachable,
        conversation.c.spoken_at.is_(None),
        # Whoever wrote since can be written to again.
        notice.c.due_at > conversation.c.spoken_at,
    )
    return (
        select(*columns)
        .select_from(found)
        .where(
            UNREACHED,
            notice.c.due_at >= bindparam("since", type_=Moment()),
            notice.c.kind.in_([bindparam(name) for name in _KINDS]),
            # Put like this, or SQLite goes through all notices by their ids.
            notice.c.id - func.coalesce(phone_call.c.upto, _ZERO) > _ZERO,
            scope.c.person != bindparam("but"),
            lost,
        )
    )


def _rows(scope: Subquery) -> Select[Any]:
    by = (scope.c.person, scope.c.unit, conversation.c.spoken_at, notice.c.kind, notice.c.reason)
    sums = (func.count(), func.max(notice.c.id), func.max(notice.c.broadcast))
    return _failed(scope, *by, *sums).group_by(*by)


_OF_HOLDERS, _OF_MEMBERS = _rows(_HOLDERS), _rows(_MEMBERS)
_COUNT = _failed(_HOLDERS, func.count(_HOLDERS.c.person.distinct()))
_PHONE = (
    select(invitation.c.phone)
    .where(invitation.c.claimed_by == bindparam("person"), invitation.c.phone != "")
    .order_by(invitation.c.id.desc())
    .limit(literal_column("1"))
)
_CALLED = upsert(phone_call, ("person", "upto", "called_by", "called_at"), ("person",))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose calls: of a unit and below it those in charge (chairs, officers), or ``everybody``."""

    unit: int
    since: datetime
    everybody: bool
    but: int
    """Who asks is not told to phone themselves."""


class Calls:
    """Read from the ledger; only who was phoned is kept."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def of(self, asked: Asked) -> list[Call]:
        """All of them, the most urgent first."""
        found = [_unheard(row) for row in self._cursor.all(_OF_HOLDERS, _values(asked))]
        if asked.everybody:
            holders = {each.person for each in found}
            rows = self._cursor.all(_OF_MEMBERS, _values(asked))
            found += [_unheard(row) for row in rows if row[0] not in holders]
        return calls(found)

    def count(self, unit: int, since: datetime, but: int) -> int:
        """How many in charge there are to phone in a unit and below it."""
        row = self._cursor.one(_COUNT, _values(Asked(unit, since, False, but)))
        return row[0] if row else 0

    def phone(self, person: int) -> str:
        """The number that an invitation of theirs had; "" where nobody told."""
        row = self._cursor.one(_PHONE, {"person": person})
        return row[0] if row else ""

    def called(self, call: Call, by: int, at: datetime) -> None:
        """They were phoned about everything up to now."""
        values = {"person": call.person, "upto": call.last, "called_by": by, "called_at": at}
        self._cursor.run(_CALLED, values)


def _values(asked: Asked) -> dict[str, Any]:
    kinds = dict(zip(_KINDS, (kind.value for kind in URGENCY), strict=True))
    return {"unit": asked.unit, "since": asked.since, "but": asked.but} | kinds


def _unheard(row: Sequence[Any]) -> Unheard:
    person, unit, spoken_at, kind, *rest = row
    return Unheard(person, unit, spoken_at, Kind(kind), *rest)
