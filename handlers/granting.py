"""Giving a role: to somebody known in the unit, or by a one-time code to whoever types it."""

from datetime import timedelta

from domain.action import Action
from domain.codes import digest
from domain.granting import grantable
from domain.message import Button, Outgoing
from domain.person import Deed, Grant, Person, Role
from domain.units import Unit
from domain.vietnamese import fold
from handlers import naming
from handlers.context import Context
from handlers.passing_on import pass_on, until
from handlers.refusing import refused

LIVES = timedelta(days=7)
"""Long enough for a letter through the hierarchy, short enough to be forgotten safely."""

LISTED = 5
"""Members offered by name; of more, the name is typed."""

SEARCHED = 2000
"""No unit's very own members are more."""


def grant(ctx: Context, said: str = "") -> list[Outgoing]:
    """Begin: "/capquyen", "/capquyen CTN27", "/capquyen chủ tịch CTN27"."""
    role, name = _read(ctx, said)
    ctx.expect("")
    if not name and any(ctx.may(Deed.GRANT, g.unit) for g in _grants(ctx)):
        ctx.expect("grant_unit", role=role.value if role else "")
        return ctx.say("role.which_unit")
    return _named(ctx, name, role)


def unit_said(ctx: Context, text: str) -> list[Outgoing]:
    """The unit, asked for before."""
    role = ctx.conversation.about.get("role")
    ctx.expect("")
    return _named(ctx, text, Role(role) if role else None)


def unit_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The unit, of several."""
    return naming.picked(ctx, action, lambda ctx, unit: _which_role(ctx, unit, None))


def role_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The role: ``id`` names it, the version is the unit."""
    unit = naming.unit_beside(ctx, action)
    if unit is None or action.id not in set(Role):
        return ctx.say("fallback.stale")
    return _which_role(ctx, unit, Role(action.id))


def by_code(ctx: Context, action: Action) -> list[Outgoing]:
    """A code for the role, as a message of its own to be passed on."""
    unit = naming.unit_beside(ctx, action)
    if unit is None or action.id not in set(Role):
        return ctx.say("fallback.stale")
    role = Role(action.id)
    if reply := _refusal(ctx, unit, role):
        return reply
    ctx.expect("")
    code, expires = ctx.house.fresh_code(), ctx.now + LIVES
    ctx.store.codes.issue(digest(code), role, unit.id, expires, ctx.known.id, ctx.now)
    detail = {"role": role.value}
    ctx.store.audit.note(ctx.known.id, "issue_code", f"unit:{unit.id}", ctx.now, detail, unit.id)
    said = ctx.texts("role.code_made", until=until(ctx, expires))
    return [Outgoing(said), pass_on(ctx, code, role, unit, expires)]


def to_person(ctx: Context, action: Action) -> list[Outgoing]:
    """Give it to a member of the unit: ``id`` is person and role, the version is the unit."""
    number, _, name = action.id.partition(".")
    unit = naming.unit_beside(ctx, action)
    person = ctx.store.people.get(Action("", number).number or 0)
    if unit is None or person is None or name not in set(Role):
        return ctx.say("fallback.stale")
    return _give(ctx, unit, Role(name), person)


def name_said(ctx: Context, text: str) -> list[Outgoing]:
    """The name of a member of the unit."""
    about = ctx.conversation.about
    unit, role = ctx.store.units.get(int(about["unit"])), Role(about["role"])
    if unit is None:
        return ctx.say("fallback.stale")
    if reply := _refusal(ctx, unit, role):
        return reply
    said = fold(text)
    people = [p for p in ctx.store.people.members_of(unit.id, SEARCHED) if said in fold(p.name)]
    if len(people) == 1:
        return _give(ctx, unit, role, people[0])
    if not people or len(people) > LISTED:
        key = "role.nobody" if not people else "role.too_many_names"
        return [Outgoing(ctx.texts(key, unit=unit.name), (_code_row(ctx, unit, role),), asks=True)]
    return [_whom(ctx, unit, role, people)]


def _named(ctx: Context, name: str, role: Role | None) -> list[Outgoing]:
    return naming.for_unit(
        ctx, name, "grant_unit", Deed.REVIEW, lambda ctx, unit: _which_role(ctx, unit, role)
    )


def _which_role(ctx: Context, unit: Unit, role: Role | None) -> list[Outgoing]:
    """Ask for the role, unless there is only one to give."""
    if ctx.person is None:
        return refused(ctx, f"grant:{unit.code}", unit.id)
    roles = grantable(ctx.known, ctx.store.units.path(unit.id))
    if role is None and len(roles) > 1:
        rows = tuple(
            (Button(ctx.texts(f"role.{each.value}"), Action("grant_role", each.value, unit.id)),)
            for each in roles
        )
        return [Outgoing(ctx.texts("role.which", unit=unit.name), rows, asks=True)]
    role = role or (roles[0] if roles else Role.HELPER)
    if reply := _refusal(ctx, unit, role):
        return reply
    ctx.expect("grant_to", unit=unit.id, role=role.value)
    people = ctx.store.people.members_of(unit.id, LISTED + 2)
    known = [p for p in people if p.id != ctx.known.id and Grant(role, unit.id) not in p.grants]
    return [_whom(ctx, unit, role, known if len(known) <= LISTED else [])]


def _whom(ctx: Context, unit: Unit, role: Role, people: list[Person]) -> Outgoing:
    rows = tuple(
        (Button(each.name, Action("grant_to", f"{each.id}.{role.value}", unit.id)),)
        for each in people
    )
    said = ctx.texts("role.whom", role=ctx.texts(f"role.{role.value}"), unit=unit.name)
    return Outgoing(said, (*rows, _code_row(ctx, unit, role)), asks=True)


def _code_row(ctx: Context, unit: Unit, role: Role) -> tuple[Button, ...]:
    return (Button(ctx.texts("role.by_code"), Action("grant_code", role.value, unit.id)),)


def _give(ctx: Context, unit: Unit, role: Role, person: Person) -> list[Outgoing]:
    if reply := _refusal(ctx, unit, role):
        return reply
    if person.id == ctx.known.id:
        return refused(ctx, f"grant:{role.value}:{unit.code}", unit.id, "role.not_to_self")
    if person.unit is None or unit.id not in ctx.store.units.path(person.unit):
        return ctx.say("vouch.gone", unit=unit.name)
    ctx.expect("")
    name = ctx.texts(f"role.{role.value}")
    if not ctx.store.people.grant(person.id, role, unit.id, ctx.known.id, ctx.now):
        return ctx.say("role.held_already", name=person.name, role=name, unit=unit.name)
    detail = {"role": role.value}
    ctx.store.audit.note(ctx.known.id, "grant", f"person:{person.id}", ctx.now, detail, unit.id)
    said = Outgoing(ctx.texts("role.granted", role=name, unit=unit.name))
    ctx.tell(person, said, f"granted:{person.id}:{ctx.said.key}")
    return ctx.say("role.given", name=person.name, role=name, unit=unit.name, code=unit.code)


def _refusal(ctx: Context, unit: Unit, role: Role) -> list[Outgoing]:
    """Why this role is not this person's to give on this unit; [] when it is."""
    roles = grantable(ctx.known, ctx.store.units.path(unit.id))
    subject = f"grant:{role.value}:{unit.code}"
    if not roles:
        return refused(ctx, subject, unit.id)
    if role not in roles:
        return refused(ctx, subject, unit.id, "role.too_high", role=ctx.texts(f"role.{role.value}"))
    return [] if unit.open_on(ctx.today) else ctx.say("join.ended", unit=unit.name)


def _read(ctx: Context, said: str) -> tuple[Role | None, str]:
    """The role that a text begins with, and the rest of it: a unit."""
    for role in Role:
        words = fold(ctx.texts(f"role.word_{role.value}")).split()
        if fold(said).split()[: len(words)] == words:
            return role, " ".join(said.split()[len(words) :])
    return None, said


def _grants(ctx: Context) -> tuple[Grant, ...]:
    return ctx.person.grants if ctx.person else ()
