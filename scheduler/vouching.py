"""Reminds chairs of those who chose their unit by name and wait to be confirmed."""

from datetime import datetime

from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.wording import vouching as wording
from domain.wording.digest import Part
from scheduler.context import Context

UNITS_A_TURN = 50
"""Each reads a list of people and its chairs."""

LISTED = 200


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice a unit and chair; the same people are not asked about a second morning."""
    units = ctx.store.people.units_with_unvouched(after, UNITS_A_TURN)
    for id in units:
        people = ctx.store.people.unvouched(id, LISTED)
        for chair in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(id)):
            key = f"vouch:{id}:{chair.id}:{wording.fingerprint(people)}"
            ctx.notify(Notice(key, Kind.VOUCH, at, chair.id, unit=id, about={"unit": id}))
    return units[-1] if len(units) == UNITS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """Those who wait now."""
    unit = ctx.store.units.get(notice.about["unit"])
    people = ctx.store.people.unvouched(notice.about["unit"], LISTED)
    if unit is None or not people:
        return None
    said = wording.ask(unit, people, ctx.texts)
    return Part(said.text, said.buttons)
