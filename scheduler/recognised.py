"""Asks authors and chairs for what was recognised and is not entered: at once, and twice more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.notice import Kind, Notice
from domain.person import Grant, Person, Role
from domain.programme import Programme
from domain.recognised_lines import RecognisedLine, step_on
from domain.reminders.recognised import (
    asked_since,
    author_key,
    chair_key,
    due_on,
    given_up_on,
)
from domain.wording import recognised_lines as wording
from domain.wording.chasing import UNITS_MOST
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import alongside, begins, open_programme, units_of
from storage import settling
from storage.recognised_lines import MEMBERS_MOST

LINES_A_TURN = 50
"""Each may begin a push to somebody else."""

RESPONSIBLE = (Role.CHAIR, Role.OFFICER)
"""Who sees to it: chairs of the unit, where it has none the officers nearest above it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The day on which lines came in, how many days later it is, and the moment of looking."""

    added: date
    days: int
    at: datetime


def any_waiting(ctx: Context, at: datetime) -> bool:
    """Whether anybody is to be asked for anything; only reads."""
    programme = open_programme(ctx, ctx.day(at))
    return programme is not None and bool(_waiting(ctx, programme, at, 0, 1))


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Ask whoever was not asked yet at the step that each line has come to.

    Who joins or becomes chair after a step is asked by it all the same.
    """
    programme = open_programme(ctx, ctx.day(at))
    if programme is None:
        return None
    page = _waiting(ctx, programme, at, after, LINES_A_TURN)
    members = dict[int, list[Person]]()
    responsible = dict[int, list[tuple[Person, int]]]()
    asked = set[str]()
    for line in page:
        added = ctx.day(line.added_at)
        days = step_on(added, ctx.day(at))
        if days is None:
            continue
        if line.author is None and line.unit not in members:
            members[line.unit] = ctx.store.people.members_of(line.unit, MEMBERS_MOST)
        author = settling.author_of(ctx.store, line, members.get(line.unit, ()))
        step = _Step(added, days, at)
        _ask_author(ctx, author, line.unit, step)
        if line.unit not in responsible:
            responsible[line.unit] = _responsible(ctx, line.unit)
        for person, unit in responsible[line.unit]:
            key = chair_key(person.id, unit, added, days)
            if person.id != author and key not in asked:
                ctx.notify(_notice(ctx, key, person.id, unit, step, {"unit": unit}))
                asked.add(key)
    return page[-1].id if len(page) == LINES_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """What is not entered now; None when all of it is, or a later one in the push says the same."""
    programme = open_programme(ctx, ctx.day(ctx.now))
    if programme is None or _is_repeated(ctx, notice):
        return None
    unit = notice.about.get("unit")
    if unit is None:
        return _own(ctx, programme, person)
    return _of_unit(ctx, programme, unit, person)


def _own(ctx: Context, programme: Programme, author: Person) -> Part | None:
    """What is being entered already is reminded of as a draft."""
    lines = ctx.store.recognised_lines.open_by(programme.id, author.id)
    draft = ctx.store.drafts.open_for(author.id) if lines else None
    left = [line for line in lines if draft is None or line.id != draft.line]
    return wording.to_author(left, ctx.texts) if left else None


def _of_unit(ctx: Context, programme: Programme, unit: int, person: Person) -> Part | None:
    """Of the unit and below it, as long as the person still answers for it."""
    mine = units_of(ctx, person, RESPONSIBLE)
    if not any(grant.unit == unit and grant.role in RESPONSIBLE for grant in person.grants):
        return None
    counts = ctx.store.recognised_lines.counts(programme.id, unit, but=person.id)
    if not counts:
        return None
    names = [_name(ctx, id) if n < UNITS_MOST else "" for n, (id, _) in enumerate(counts)]
    named = [(name, count) for name, (_, count) in zip(names, counts, strict=True)]
    lines = list[RecognisedLine]()
    if len(counts) == 1:
        there = ctx.store.recognised_lines.open_of(programme.id, counts[0][0])
        lines = [line for line in there if line.author != person.id]
    alone = len(mine) == 1 and counts[0][0] == unit
    return wording.to_chair(unit, named, lines, alone, ctx.texts)


def _name(ctx: Context, unit: int) -> str:
    found = ctx.store.units.get(unit)
    return found.name if found else ""


def _waiting(
    ctx: Context, programme: Programme, at: datetime, after: int, limit: int
) -> list[RecognisedLine]:
    since = begins(ctx, asked_since(ctx.day(at)))
    return ctx.store.recognised_lines.open_since(programme.id, since, after, limit)


def _responsible(ctx: Context, unit: int) -> list[tuple[Person, int]]:
    """Who is asked to see to what waits in a unit, and on which unit they hold their role."""
    path = ctx.store.units.path(unit)
    for role in RESPONSIBLE:
        if holders := ctx.store.people.holders(role, path):
            return [(each, _held(each, role, path)) for each in holders]
    return []


def _held(person: Person, role: Role, path: Sequence[int]) -> int:
    """The nearest unit of the path on which the person holds the role."""
    return next(unit for unit in reversed(path) if Grant(role, unit) in person.grants)


def _ask_author(ctx: Context, author: int | None, unit: int, step: _Step) -> None:
    """Whoever cannot be written to hears it from their chair."""
    person = ctx.store.people.get(author) if author else None
    if person is not None and person.address is not None and person.reachable:
        key = author_key(person.id, step.added, step.days)
        ctx.notify(_notice(ctx, key, person.id, unit, step, {}))


def _notice(
    ctx: Context, key: str, person: int, unit: int, step: _Step, about: dict[str, int]
) -> Notice:
    due_at = min(begins(ctx, due_on(step.added, step.days)), step.at)
    expires = begins(ctx, given_up_on(step.added))
    return Notice(key, Kind.RECOGNISED, due_at, person, unit=unit, about=about, expires=expires)


def _is_repeated(ctx: Context, notice: Notice) -> bool:
    """Whether a later one in the same push asks the same of the same unit, or of the author."""
    unit = notice.about.get("unit")
    others = alongside(ctx, notice, Kind.RECOGNISED)
    return any(each.id > notice.id and each.about.get("unit") == unit for each in others)
