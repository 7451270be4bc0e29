"""What an audience asks of people, units and groups: the statements that find and count them.

Each is built once for what it asks: statements are known by their identity.
"""

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

from domain.broadcast import State, To
from domain.initiative import Desk, Status
from domain.notice import Kind
from domain.person import Role
from domain.programme import Counted
from storage.quotas import WHOLE
from storage.rows import PERSON
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

OF_ENTRIES = frozenset({State.RETURNED, State.WAITING})
"""What is told of people and units by their entries."""

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


def _entry_is(state: State) -> list[ColumnElement[bool]]:
    """What a state asks of some entry."""
    status = Status.RETURNED if state is State.RETURNED else Status.SUBMITTED
    asked = [
        initiative.c.programme == _PROGRAMME,
        initiative.c.status == literal_column(f"'{status.value}'"),
    ]
    if state is State.WAITING:
        asked.append(initiative.c.desk == literal_column(f"'{Desk.CHAIR.value}'"))
    return asked


def _unit_is(state: State, counts: Counted, unit: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """What a state asks of a unit."""
    if state in OF_ENTRIES:
        found = (
            select(_ONE)
            .join(initiative, initiative.c.unit == unit_closure.c.descendant)
            .where(unit_closure.c.ancestor == unit, *_entry_is(state))
        )
        return [found.exists()]
    if state is State.EMPTY:
        return [_counted(unit, "submitted") == _ZERO]
    if state is State.BEHIND:
        gone, whole = (bindparam(name, type_=BigInteger()) for name in ("gone", "whole"))
        return [_counted(unit, counts.value) * whole < _target(unit) * gone]
    return []


def _member_is(state: State, counts: Counted) -> list[ColumnElement[bool]]:
    """What a state asks of somebody as one who belongs to a unit."""
    if state in OF_ENTRIES:
        own = select(_ONE).where(initiative.c.author == person.c.id, *_entry_is(state))
        return [own.exists()]
    return _unit_is(state, counts, person.c.unit)


def _person_is(state: State) -> list[ColumnElement[bool]]:
    """What a state asks of a person, whatever they are meant as."""
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
        belongs = [_inside(person.c.unit), *_member_is(state, counts)]
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
def people(to: frozenset[To], state: State, counts: Counted) -> Select[Any]:
    """A page of its people, by id."""
    return (
        select(*PERSON)
        .where(_meant(to, state, counts), person.c.id > bindparam("after"))
        .order_by(person.c.id)
        .limit(bindparam("most"))
    )


@cache
def one_person(to: frozenset[To], state: State, counts: Counted) -> Select[Any]:
    """A row where somebody is one of them."""
    return select(_ONE).where(_meant(to, state, counts), person.c.id == bindparam("id"))


@cache
def reach(to: frozenset[To], state: State, counts: Counted, kind: Kind) -> Select[Any]:
    """How many people, and of them: never wrote, blocked, muted, and had their push today."""
    never = person.c.channel.is_(None)
    blocked = and_(~never, ~person.c.reachable)
    reachable = and_(~never, person.c.reachable)
    wants = or_(
        peace.c.muted_until > bindparam("now", type_=Moment()),
        peace.c.muted.contains(literal_column(f"'\"{kind.value}\"'")),
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


def _bound(state: State, counts: Counted, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(bound_group)
        .where(
            bound_group.c.active,
            _inside(bound_group.c.unit),
            *_unit_is(state, counts, bound_group.c.unit),
        )
    )


@cache
def groups(state: State, counts: Counted) -> Select[Any]:
    """A page of the bound groups, by number."""
    columns = (bound_group.c[name] for name in ("id", "unit", "bound_at", *ADDRESS))
    return (
        _bound(state, counts, *columns)
        .where(bound_group.c.id > bindparam("after"))
        .order_by(bound_group.c.id)
        .limit(bindparam("most"))
    )


@cache
def one_group(state: State, counts: Counted) -> Select[Any]:
    """A row where a group is one of them."""
    return _bound(state, counts, _ONE).where(bound_group.c.id == bindparam("id"))


@cache
def group_count(state: State, counts: Counted) -> Select[Any]:
    """How many groups."""
    return _bound(state, counts, func.count())
