"""Reminds authors of entries that were returned to them: after two days, five and ten."""

from datetime import datetime, timedelta

from domain.initiative import Initiative
from domain.notice import Kind, Notice
from domain.person import Person
from domain.reminders.returned import RETURNED_DAYS, returned_key, waits_at
from domain.reminders.steps import Step, steps
from domain.review import SUBJECT
from domain.wording import chasing as wording
from domain.wording.digest import Part
from domain.wording.returning import asked_about
from scheduler.context import Context
from scheduler.duties import begins

ENTRIES_A_TURN = 100
"""Each may leave a notice a step."""

RETURNS_MOST = 20
"""Lines of an entry's log that are looked through for its last return."""


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Enter the step that is due for each entry that waits."""
    today, returned = ctx.day(at), ctx.store.reminders.returned
    found = [
        (*each, step)
        for step in steps(_end_of_day(ctx, at), RETURNED_DAYS)
        for each in returned(step, today, after, ENTRIES_A_TURN)
    ]
    page = sorted(found, key=lambda each: each[0])[:ENTRIES_A_TURN]
    for move, since, entry, step in page:
        _notify(ctx, move, since, entry, step)
    return page[-1][0] if len(page) == ENTRIES_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """What is asked for; None once it was handed in again, or is being mended in a draft."""
    entry = ctx.store.initiatives.get(notice.about["entry"])
    if entry is None or person.id not in (entry.author, entry.enterer):
        return None
    programme = ctx.store.programmes.get(entry.programme)
    if programme is None or programme.closes < ctx.day(ctx.now):
        return None
    moves = ctx.store.initiatives.moves(entry.id)
    waits = waits_at(entry, moves, notice.about["step"], _end_of_day(ctx, ctx.now))
    if waits is None or waits.at.isoformat() != notice.about["since"]:
        return None
    if ctx.store.drafts.completing(entry.id) is not None:
        return None  # the draft is reminded of
    question = _question(ctx, entry, waits.reason)
    return wording.of_returned(entry, waits.reason, question, ctx.texts)


def _notify(ctx: Context, move: int, since: datetime, entry: Initiative, step: Step) -> None:
    """To the author; whoever cannot be written to hears it from who entered it for them."""
    author = ctx.store.people.get(entry.author)
    reached = author is not None and author.address is not None and author.reachable
    for days in (*step.earlier, step.days):
        notice = Notice(
            returned_key(move, days),
            Kind.RETURNED,
            begins(ctx, ctx.day(since) + timedelta(days=days)),
            entry.author if reached else entry.enterer,
            unit=entry.unit,
            about={"entry": entry.id, "since": since.isoformat(), "step": days},
        )
        if days == step.days:
            ctx.notify(notice)
        else:
            ctx.skip(notice, "late")


def _question(ctx: Context, entry: Initiative, reason: str) -> str:
    """The question that the return was about: as its reviewer said, else as the reason names it."""
    lines = ctx.store.audit.list(f"{SUBJECT}{entry.id}", RETURNS_MOST)
    said = next((line.detail.get("question") for line in lines if line.deed == "return"), None)
    if said is not None:
        return str(said)
    return asked_about(reason, entry, ctx.form(entry.form), ctx.texts)


def _end_of_day(ctx: Context, at: datetime) -> datetime:
    return begins(ctx, ctx.day(at) + timedelta(days=1))
