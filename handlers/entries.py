"""Changing a submitted entry: what is kept, counted and told, in one place."""

from datetime import date

from domain.initiative import Initiative, Move, Status, tally
from domain.message import Outgoing
from domain.person import Person, Role
from domain.programme import Programme
from handlers.context import Context


def add(ctx: Context, entry: Initiative, programme: Programme) -> Initiative:
    """Keep a new entry and count it."""
    day = ctx.house.local(entry.submitted_at).date()
    added = ctx.store.initiatives.add(entry, day)
    ctx.store.initiatives.note_move(added.id, Move(added.status, entry.enterer, ctx.now))
    _count(ctx, programme, None, added, day)
    return added


def change(
    ctx: Context, before: Initiative, after: Initiative, by: Person, reason: str = ""
) -> Initiative:
    """Keep a changed entry, who moved it and why, and count the difference today."""
    ctx.store.initiatives.save(after)
    if after.status is not before.status:
        ctx.store.initiatives.note_move(after.id, Move(after.status, by.id, ctx.now, reason))
    programme = ctx.store.programmes.get(after.programme)
    assert programme is not None
    _count(ctx, programme, before, after, ctx.today)
    return after


def _count(
    ctx: Context, programme: Programme, before: Initiative | None, after: Initiative, day: date
) -> None:
    """Tallies come last and only as differences (signed changes on the day of the event)."""
    rule = programme.needs_recognition
    difference = tally(after, rule) - tally(before, rule)
    if difference:
        ctx.late.append(
            lambda: ctx.store.tallies.add(after.programme, after.phase, after.unit, day, difference)
        )


def tell_reviewers(ctx: Context, entry: Initiative, outgoing: Outgoing, key: str) -> None:
    """Tell those who confirm: chairs of the unit, else officers above; never the author."""
    path = ctx.store.units.path(entry.unit)
    for role in (Role.CHAIR, Role.OFFICER):
        others = [p for p in ctx.store.people.holders(role, path) if p.id != entry.author]
        for person in others:
            ctx.tell(person, outgoing, f"{key}:{person.id}")
        if others:
            return


def status_key(entry: Initiative, needs_recognition: bool) -> str:
    """Under which text an entry's state is said."""
    if entry.status is Status.VALID and needs_recognition and not entry.recognised:
        return "status.valid_unrecognised"
    return f"status.{entry.status.value}"
