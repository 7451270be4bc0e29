"""Who is meant by an audience: its people and groups, a page at a time, and how many there are."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
)

from domain.address import Address
from domain.broadcast import Audience, Chat, Reach, State, To
from domain.notice import Kind
from domain.person import Person, Role
from domain.programme import Counted, Programme
from storage.cursor import Cursor
from storage.quotas import WHOLE
from storage.rows import PERSON, person_of
from storage.statements import ADDRESS
from storage.tables import (
    bound_group,
    draft,
    initiative,
    peace,
    person,
    quota,
    role_grant,
    tally,
    unit_closure,
)
from storage.types import Moment

ROLES = {
    To.CHAIRS: (Role.CHAIR,),
    To.HELPERS: (Role.HELPER,),
    To.OFFICERS: (Role.OFFICER, Role.ADMIN),
}
"""The roles, held on a unit of the subtree, by which people are meant."""

_ONE: Any = literal_column("1")
_ZERO: Any = literal_column("0")
_PROGRAMME = bindparam("programme", type_=BigInteger())


def _inside(unit: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a unit stands in the subtree."""
    return (
        select(_ONE)
        .where(unit_closure.c.descendant == unit, unit_closure.c.ancestor == bindparam("unit"))
        .exists()
    )


def _counted(unit: ColumnElement[Any], column: str) -> ColumnElement[Any]:
    found = select(cast(func.coalesce(func.sum(tally.c[column]), _ZERO), BigInteger)).where(
        tally.c.programme == _PROGRAMME, tally.c.unit == unit
    )
    return found.scalar_subquery()


def _target(unit: ColumnElement[Any]) -> ColumnElement[Any]:
    """The quota of the whole programme that it goes by; no quota, no row."""
    return (
        select(quota.c.target)
        .where(
            quota.c.programme == _PROGRAMME,
            quota.c.unit == unit,
            quota.c.kind == bindparam("kind"),
            quota.c.phase == literal_column(str(WHOLE)),
            quota.c.effective_from <= bindparam("on"),
        )
        .order_by(quota.c.effective_from.desc(), quota.c.id.desc())
        .limit(_ONE)
        .scalar_subquery()
    )


def _unit_is(state: State, counts: Counted, unit: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What a state asks of a unit."""
    if state is State.EMPTY:
        return [_counted(unit, "submitted") == _ZERO]
    if state is State.BEHIND:
        gone, whole = (bindparam(name, type_=BigInteger()) for name in ("gone", "whole"))
        return [_counted(unit, counts.value) * whole < _target(unit) * gone]
    return []


def _person_is(state: State) -> list[ColumnElement[bool]]:
    """What a state asks of a person."""
    if state is State.NO_ENTRY:
        entered = select(_ONE).where(
            initiative.c.author == person.c.id,
            initiative.c.programme == _PROGRAMME,
            initiative.c.status != literal_column("'withdrawn'"),
        )
        return [~entered.exists()]
    if state is State.DRAFT:
        writing = select(_ONE).where(
            draft.c.person == person.c.id,
            draft.c.closed_at.is_(None),
            draft.c.programme == _PROGRAMME,
        )
        return [writing.exists()]
    return []


def _meant(to: frozenset[To], state: State, counts: Counted) -> ColumnElement[bool]:
    """Whether a person is one of them."""
    ways: list[ColumnElement[bool]] = []
    holds = select(_ONE).where(role_grant.c.person == person.c.id)
    if to & {To.EVERYBODY, To.MEMBERS}:
        belongs = [_inside(person.c.unit), *_unit_is(state, counts, person.c.unit)]
        ways.append(and_(*belongs, *(() if To.EVERYBODY in to else (~holds.exists(),))))
    named = ROLES if To.EVERYBODY in to else {one: ROLES[one] for one in ROLES if one in to}
    roles: list[ColumnElement[Any]] = [
        literal_column(f"'{role.value}'") for each in named.values() for role in each
    ]
    if roles:
        held = holds.where(
            role_grant.c.role.in_(roles),
            _inside(role_grant.c.unit),
            *_unit_is(state, counts, role_grant.c.unit),
        )
        ways.append(held.exists())
    if not ways:
        return false()
    return and_(or_(*ways), *_person_is(state), person.c.id != bindparam("but"))


@cache
def _people(to: frozenset[To], state: State, counts: Counted) -> Select[Any]:
    return (
        select(*PERSON)
        .where(_meant(to, state, counts), person.c.id > bindparam("after"))
        .order_by(person.c.id)
        .limit(bindparam("most"))
    )


@cache
def _reach(to: frozenset[To], state: State, counts: Counted) -> Select[Any]:
    never = person.c.channel.is_(None)
    blocked = and_(~never, ~person.c.reachable)
    reachable = and_(~never, person.c.reachable)
    wants = or_(
        peace.c.muted_until > bindparam("now", type_=Moment()),
        peace.c.muted.contains(literal_column(f"'\"{Kind.BROADCAST.value}\"'")),
    )
    muted = and_(reachable, wants.is_(True))
    today = and_(reachable, wants.isnot(True), peace.c.pushed_on >= bindparam("on"))
    return (
        select(
            func.count(),
            *(_sum(each) for each in (never, blocked, muted, today)),
        )
        .select_from(person)
        .outerjoin(peace, peace.c.person == person.c.id)
        .where(_meant(to, state, counts))
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(case((condition, _ONE), else_=_ZERO)), _ZERO), BigInteger)


@cache
def _groups(state: State, counts: Counted) -> Select[Any]:
    return (
        select(*(bound_group.c[name] for name in ("id", "unit", "bound_at", *ADDRESS)))
        .where(
            bound_group.c.active,
            _inside(bound_group.c.unit),
            *_unit_is(state, counts, bound_group.c.unit),
            bound_group.c.id > bindparam("after"),
        )
        .order_by(bound_group.c.id)
        .limit(bindparam("most"))
    )


@cache
def _group_count(state: State, counts: Counted) -> Select[Any]:
    found = _groups(state, counts).order_by(None).limit(None)
    return select(func.count()).select_from(found.subquery("found"))


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
        statement = _people(audience.people, audience.state, _counts(programme))
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
        statement = _groups(audience.state, _counts(programme))
        values = _values(audience, programme, on) | {"after": after, "most": limit}
        rows = self._cursor.all(statement, values)
        return [Chat(row[0], row[1], row[2], Address(*row[3:])) for row in rows]

    def reach(
        self, audience: Audience, programme: Programme | None, on: date, now: datetime
    ) -> Reach:
        """How many there are; ``on`` is the local day."""
        if programme is None and audience.state is not State.ALL:
            return Reach()
        counts = _counts(programme)
        values = _values(audience, programme, on) | {"now": now, "after": 0}
        row = self._cursor.one(_reach(audience.people, audience.state, counts), values)
        assert row is not None
        people, never, blocked, muted, today = row
        groups = 0
        if audience.groups:
            found = self._cursor.one(_group_count(audience.state, counts), values)
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
