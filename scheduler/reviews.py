"""Hands what chairs left lying for five days to the officers, who are told once a day of it all."""

from dataclasses import replace
from datetime import datetime

from domain.calendar import next_allowed
from domain.desk import CHAIR_HAS
from domain.initiative import Desk
from domain.person import Role
from domain.wording import review as wording
from scheduler.context import Context
from scheduler.job import PAGE
from storage import entering


def any_late(ctx: Context, at: datetime) -> bool:
    """Whether anything lies with a chair for too long; only reads."""
    return bool(ctx.store.desks.late(Desk.CHAIR, at - CHAIR_HAS, 1))


def hand_over_late(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Put late entries on the officer's desk, by day only; chairs may still decide on them.

    Where an officer was told today already, the rest waits for tomorrow's message.
    """
    if next_allowed(at, ctx.calendar) > at:
        return None
    if after == 0 and not _tell_officers(ctx, at):
        return None
    late = ctx.store.desks.late(Desk.CHAIR, at - CHAIR_HAS, PAGE)
    for entry in late:
        moved = replace(entry, desk=Desk.OFFICER)
        # Whoever left it lying did nothing: there is no move, and nobody to name.
        entering.change(ctx.store, entry, moved, by=entry.author, at=at, day=ctx.day(at))
    return 1 if len(late) == PAGE else None


def _tell_officers(ctx: Context, at: datetime) -> bool:
    """Tell each officer nearest above how many come to them; False when they were told today."""
    for person_id, count in ctx.store.desks.late_for(Role.OFFICER, Desk.CHAIR, at - CHAIR_HAS):
        key = f"review:late:{person_id}:{ctx.day(at).isoformat()}"
        if ctx.store.parcels.get_by_key(key) is not None:
            return False
        officer = ctx.store.people.get(person_id)
        if officer and officer.address and officer.reachable:
            ctx.post(officer.address, wording.late(count, ctx.texts), key, not_before=at)
    return True
