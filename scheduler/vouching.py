"""Reminds chairs in the morning of those who chose their unit by name and wait to be confirmed."""

from datetime import datetime

from domain.calendar import next_allowed
from domain.person import Role
from domain.wording import vouching as wording
from scheduler.context import Context

UNITS_A_TURN = 50
"""Each reads a list of people and its chairs."""

LISTED = 200


def ask(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One message a unit and chair; the same people are not asked about a second morning."""
    if next_allowed(at, ctx.calendar) > at:
        return None
    units = ctx.store.people.units_with_unvouched(after, UNITS_A_TURN)
    for id in units:
        unit = ctx.store.units.get(id)
        people = ctx.store.people.unvouched(id, LISTED)
        if unit is None or not people:
            continue
        said = wording.ask(unit, people, ctx.texts)
        for chair in ctx.store.people.holders(Role.CHAIR, ctx.store.units.path(id)):
            if chair.address is not None and chair.reachable:
                key = f"vouch:{id}:{chair.id}:{wording.fingerprint(people)}"
                ctx.post(chair.address, said, key)
    return units[-1] if len(units) == UNITS_A_TURN else None
