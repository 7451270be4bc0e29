"""Tells officers once a day what waits for them, with what chairs left lying for five days."""

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


def any_waiting(ctx: Context, at: datetime) -> bool:
    """Whether anything lies with an officer, or with a chair for too long; only reads."""
    late = ctx.store.desks.late
    return bool(late(Desk.OFFICER, at, 1) or late(Desk.CHAIR, at - CHAIR_HAS, 1))


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
    """Tell each officer nearest above what waits, in one message; False when told today."""
    desks = ctx.store.desks
    late = dict(desks.late_for(Role.OFFICER, Desk.CHAIR, at - CHAIR_HAS))
    waiting = dict(desks.late_for(Role.OFFICER, Desk.OFFICER, at))
    for person_id in sorted(late.keys() | waiting.keys()):
        key = f"review:late:{person_id}:{ctx.day(at).isoformat()}"
        if ctx.store.parcels.get_by_key(key) is not None:
            return False
        officer, come = ctx.store.people.get(person_id), late.get(person_id, 0)
        if officer is None or officer.address is None or not officer.reachable:
            continue
        # What comes to them anew they hear of in any case.
        if come or officer.reminders:
            said = wording.desk(waiting.get(person_id, 0), come, ctx.texts)
            ctx.post(officer.address, said, key, not_before=at)
    return True
