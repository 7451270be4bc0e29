"""Tells officers once a day what waits for them, with what chairs left lying for five days."""

from dataclasses import replace
from datetime import datetime

from domain.desk import CHAIR_HAS
from domain.initiative import Desk
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.review import piles
from domain.wording import review as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import alongside
from scheduler.job import PAGE
from storage import entering


def any_waiting(ctx: Context, at: datetime) -> bool:
    """Whether anything lies with an officer, or with a chair for too long; only reads."""
    late = ctx.store.desks.late
    return bool(late(Desk.OFFICER, at, 1) or late(Desk.CHAIR, at - CHAIR_HAS, 1))


def hand_over_late(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Put late entries on the officer's desk; chairs may still decide on them.

    Where an officer was told today already, the rest waits for tomorrow's message.
    """
    if after == 0 and not _tell_officers(ctx, at):
        return None
    late = ctx.store.desks.late(Desk.CHAIR, at - CHAIR_HAS, PAGE)
    for entry in late:
        moved = replace(entry, desk=Desk.OFFICER)
        # Whoever left it lying did nothing: there is no move, and nobody to name.
        entering.change(ctx.store, entry, moved, by=entry.author, at=at, day=ctx.day(at))
    return 1 if len(late) == PAGE else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """What lies on the officer's desk now, and how much of it came from chairs."""
    others = alongside(ctx, notice, Kind.DESK)
    if any(each.id < notice.id for each in others):
        return None  # what was found first tells of all
    mine = [pile for pile in piles(person, ctx.store.units.path) if pile.desk is Desk.OFFICER]
    waiting = ctx.store.desks.count(mine, person.id)
    if not waiting:
        return None
    come = min(sum(each.about["come"] for each in (notice, *others)), waiting)
    said = wording.desk(waiting - come, come, ctx.texts)
    return Part(said.text, said.buttons)


def _tell_officers(ctx: Context, at: datetime) -> bool:
    """One notice for each officer nearest above what waits; False when told today."""
    desks = ctx.store.desks
    late = dict(desks.late_for(Role.OFFICER, Desk.CHAIR, at - CHAIR_HAS))
    waiting = dict(desks.late_for(Role.OFFICER, Desk.OFFICER, at))
    for person in sorted(late.keys() | waiting.keys()):
        key = f"review:late:{person}:{ctx.day(at).isoformat()}"
        if ctx.store.notices.get_by_key(key) is not None:
            return False
        ctx.notify(Notice(key, Kind.DESK, at, person, about={"come": late.get(person, 0)}))
    return True
