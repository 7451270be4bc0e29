"""Who is meant by an audience: its people and groups, a page at a time, and how many there are."""

from datetime import date, datetime
from typing import Any

from domain.address import Address
from domain.broadcast import Audience, Chat, Reach, State
from domain.notice import Kind
from domain.person import Person
from domain.programme import Counted, Programme
from storage import audience_rules
from storage.cursor import Cursor
from storage.rows import person_of


class Audiences:
    """Asked of the tables as they are: whoever joins meanwhile is one of them."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def people(
        self,
        audience: Audience,
        programme: Programme | None,
        on: date,
        after: int = 0,
        limit: int = 200,
    ) -> list[Person]:
        """Its people, by id; without a programme nobody is in any state but all."""
        if programme is None and audience.state is not State.ALL:
            return []
        statement = audience_rules.people(audience.people, audience.state, _counts(programme))
        values = _values(audience, programme, on) | {"after": after, "most": limit}
        return [person_of(row) for row in self._cursor.all(statement, values)]

    def groups(
        self,
        audience: Audience,
        programme: Programme | None,
        on: date,
        after: int = 0,
        limit: int = 200,
    ) -> list[Chat]:
        """Its bound groups, by number."""
        if not audience.groups or (programme is None and audience.state is not State.ALL):
            return []
        statement = audience_rules.groups(audience.state, _counts(programme))
        values = _values(audience, programme, on) | {"after": after, "most": limit}
        rows = self._cursor.all(statement, values)
        return [Chat(row[0], row[1], row[2], Address(*row[3:])) for row in rows]

    def has(
        self,
        audience: Audience,
        programme: Programme | None,
        on: date,
        *,
        person: int | None = None,
        group: int | None = None,
    ) -> bool:
        """Whether somebody, or a group by its number, is one of them now."""
        if programme is None and audience.state is not State.ALL:
            return False
        counts = _counts(programme)
        if person is not None:
            statement = audience_rules.one_person(audience.people, audience.state, counts)
        elif audience.groups:
            statement = audience_rules.one_group(audience.state, counts)
        else:
            return False
        values = _values(audience, programme, on) | {"id": person or group}
        return self._cursor.one(statement, values) is not None

    def reach(
        self,
        audience: Audience,
        programme: Programme | None,
        on: date,
        now: datetime,
        kind: Kind = Kind.BROADCAST,
    ) -> Reach:
        """How many there are; ``on`` is the local day, ``kind`` what they may have muted."""
        if programme is None and audience.state is not State.ALL:
            return Reach()
        counts = _counts(programme)
        values = _values(audience, programme, on) | {"now": now}
        row = self._cursor.one(
            audience_rules.reach(audience.people, audience.state, counts, kind), values
        )
        assert row is not None
        people, never, blocked, muted, today = row
        groups = 0
        if audience.groups:
            found = self._cursor.one(audience_rules.group_count(audience.state, counts), values)
            groups = found[0] if found else 0
        return Reach(people, groups, never, blocked, muted, today)


def _counts(programme: Programme | None) -> Counted:
    return programme.counts if programme else Counted.SUBMITTED


def _values(audience: Audience, programme: Programme | None, on: date) -> dict[str, Any]:
    gone, whole = 0, 1
    if programme is not None:
        whole = (programme.closes - programme.opens).days + 1
        gone = min(max(0, (on - programme.opens).days + 1), whole)
    return {
        "unit": audience.unit,
        "but": audience.but,
        "on": on,
        "programme": programme.id if programme else 0,
        "kind": programme.against.value if programme else "",
        "gone": gone,
        "whole": whole,
    }
