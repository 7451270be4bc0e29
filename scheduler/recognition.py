"""Warns of entries whose year is nearly over: recognition may be asked for within a year only."""

from datetime import date, datetime, timedelta

from domain.calendar import next_allowed
from domain.initiative import Initiative
from domain.person import Role
from domain.recognition import should_warn
from domain.wording import recognition as wording
from scheduler.context import Context
from storage.store import Store

WINDOW = 20_000
"""Entries looked through in a turn: their day of application stands among their answers, which
takes some 30 ms to look up."""

SKIPPED = "recognition_running_out"
"""The job's name among the skipped slots."""

YEAR, MONTH = timedelta(days=366), timedelta(days=28)


def warn(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Warn authors once each, and their chairs in one message a turn; said in the morning."""
    today = ctx.day(at)
    first, last = (today - YEAR).isoformat()[:7], (today - MONTH * 10).isoformat()[:7]
    found = ctx.store.recognitions.running_out(first, last, after, after + WINDOW)
    warned: dict[int, list[str]] = {}
    for entry in found:
        ends = should_warn(entry, today)
        if ends and _warn_author(ctx, entry, ends, at):
            for chair in _chairs(ctx.store, entry):
                warned.setdefault(chair, []).append(entry.code)
    for chair, codes in sorted(warned.items()):
        person = ctx.store.people.get(chair)
        if person and person.address and person.reachable:
            key = f"recognition:{chair}:{codes[0]}"
            said = wording.running_out_below(codes, ctx.texts)
            ctx.post(person.address, said, key, not_before=next_allowed(at, ctx.calendar))
    return after + WINDOW if after + WINDOW < ctx.store.recognitions.last_entry() else None


def _warn_author(ctx: Context, entry: Initiative, ends: date, at: datetime) -> bool:
    """Whether this is the first warning; whoever cannot be written to hears it from the chair."""
    key = f"recognition:{entry.id}"
    author = ctx.store.people.get(entry.author)
    if author is None or author.address is None or not author.reachable:
        return ctx.store.slots.note_skipped(SKIPPED, key, "unreachable", at)
    said = wording.running_out(entry, ends, ctx.texts)
    return ctx.post(author.address, said, key, not_before=next_allowed(at, ctx.calendar))


def _chairs(store: Store, entry: Initiative) -> list[int]:
    chairs = store.people.holders(Role.CHAIR, store.units.path(entry.unit))
    return [chair.id for chair in chairs if chair.id != entry.author]
