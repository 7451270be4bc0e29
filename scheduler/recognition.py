"""Warns of entries whose year is nearly over: recognition may be asked for within a year only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.initiative import Initiative, Recognition
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.recognition import should_warn
from domain.wording import recognition as wording
from domain.wording.digest import Part
from scheduler.context import Context
from storage.store import Store

WINDOW = 20_000
"""Entries looked through in a turn: their day of application stands among their answers, which
takes some 30 ms to look up."""

YEAR, MONTH = timedelta(days=366), timedelta(days=28)


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Warn authors once each, and their chairs once of all that a turn finds."""
    today = ctx.day(at)
    first, last = (today - YEAR).isoformat()[:7], (today - MONTH * 10).isoformat()[:7]
    warned: dict[int, list[int]] = {}
    for entry in ctx.store.recognitions.running_out(first, last, after, after + WINDOW):
        if should_warn(entry, today) and _warn_author(ctx, entry, at):
            for chair in _chairs(ctx.store, entry):
                warned.setdefault(chair, []).append(entry.id)
    for chair, entries in sorted(warned.items()):
        key = f"recognition:{chair}:{entries[0]}:chair"
        ctx.notify(Notice(key, Kind.YEAR, at, chair, about={"entries": entries}))
    return after + WINDOW if after + WINDOW < ctx.store.recognitions.last_entry() else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """The entries whose year still runs out, to their author or their chair."""
    found = [ctx.store.initiatives.get(id) for id in notice.about["entries"]]
    ends = [(each, should_warn(each, ctx.day(ctx.now))) for each in found if each]
    left = [(entry, end) for entry, end in ends if end is not None]
    if not left:
        return None
    entry, end = left[0]
    if entry.author == person.id:
        return Part(wording.running_out(entry, end, ctx.texts).text)
    return Part(wording.running_out_below([each.code for each, _ in left], ctx.texts).text)


def tell_authors(ctx: Context, decided: Sequence[tuple[Recognition, Sequence[Initiative]]]) -> None:
    """Tell each author once of all their entries that a decision is for."""
    for decision, entries in decided:
        for author, said, key in wording.told_each(decision, entries, ctx.texts):
            if person := ctx.store.people.get(author):
                ctx.tell(person, said, key)


def _warn_author(ctx: Context, entry: Initiative, at: datetime) -> bool:
    """Whether this is the first warning; whoever cannot be written to hears it from the chair."""
    about = {"entries": [entry.id]}
    key = f"recognition:{entry.id}"
    notice = Notice(key, Kind.YEAR, at, entry.author, unit=entry.unit, about=about)
    return ctx.notify(notice)


def _chairs(store: Store, entry: Initiative) -> list[int]:
    chairs = store.people.holders(Role.CHAIR, store.units.path(entry.unit))
    return [chair.id for chair in chairs if chair.id != entry.author]
