"""Reminds people of drafts they began: after a day, three and seven, unless they go on."""

from datetime import datetime, timedelta

from domain.calendar import next_allowed, next_quiet
from domain.draft import Draft
from domain.path import reconcile
from domain.person import Person
from domain.reminders import Step, draft_key, draft_of, step_due, steps
from domain.wording import reminders as wording
from scheduler.context import Context
from scheduler.job import PAGE

TALKING = timedelta(minutes=10)
"""Nobody is interrupted: who wrote this recently is in the middle of something."""

ROOM = timedelta(minutes=15)
"""Left before quiet hours, so that a morning's worth of reminders is out by then at 25 a second."""

SKIPPED = "draft_reminder"
"""The job's name among the skipped slots."""


def remind(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Send each silent draft the step that is due.

    What may not be said now is not written now: it stays due, and says later what is true then.
    """
    if _too_quiet(ctx, at):
        return None
    days = ctx.house.settings.draft_reminder_days
    found = [(draft, step) for step in steps(at, days) for draft in _silent(ctx, step, at, after)]
    page = sorted(found, key=lambda each: each[0].id)[:PAGE]
    for draft, step in page:
        _remind(ctx, draft, step, at)
    return page[-1][0].id if len(page) == PAGE else None


def drop_pointless(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Drop reminders still unsent whose draft was touched, submitted or given up meanwhile."""
    waiting = ctx.store.reminders.waiting(after, PAGE)
    for parcel_id, key in waiting:
        if not _still_true(ctx, key, at):
            ctx.store.reminders.drop(parcel_id, "pointless")
    return waiting[-1][0] if len(waiting) == PAGE else None


def _too_quiet(ctx: Context, at: datetime) -> bool:
    soon = at + ROOM
    return next_allowed(at, ctx.calendar) > at or next_allowed(soon, ctx.calendar) > soon


def _silent(ctx: Context, step: Step, at: datetime, after: int) -> list[Draft]:
    return ctx.store.reminders.silent(step.days, step.after, step.until, ctx.day(at), after, PAGE)


def _remind(ctx: Context, draft: Draft, step: Step, at: datetime) -> None:
    person = ctx.store.people.get(draft.person)
    if person is None or person.address is None or draft.touched_at is None:
        return
    spoken_at = ctx.store.conversations.at(person.address).spoken_at
    if spoken_at is not None and at - spoken_at < TALKING:
        return
    sent = {days: ctx.store.parcels.get_by_key(draft_key(draft, days)) for days in step.earlier}
    last = max((parcel.not_before for parcel in sent.values() if parcel), default=None)
    if step_due(draft.touched_at, at, (*step.earlier, step.days), last) is None:
        return
    form = ctx.form(draft.form)
    said = wording.of_draft(form, reconcile(form, draft), ctx.texts)
    key = draft_key(draft, step.days)
    # An outage ends it before night falls; the next step comes anyway.
    expires = next_quiet(at, ctx.calendar)
    if ctx.post(person.address, said, key, not_before=at, expires=expires):
        for days in step.earlier:
            if sent[days] is None:
                ctx.store.slots.note_skipped(SKIPPED, draft_key(draft, days), "late", at)


def _still_true(ctx: Context, key: str, at: datetime) -> bool:
    draft = ctx.store.drafts.get(draft_of(key))
    person = ctx.store.people.get(draft.person) if draft else None
    if draft is None or person is None or not _wants(person):
        return False
    opened = ctx.store.drafts.open_for(person.id)
    programme = ctx.store.programmes.get(draft.programme)
    if opened is None or opened.id != draft.id or draft.touched_at is None:
        return False
    if programme is None or programme.closes < ctx.day(at):
        return False
    step = step_due(draft.touched_at, at, ctx.house.settings.draft_reminder_days)
    return step is not None and draft_key(draft, step.days) == key


def _wants(person: Person) -> bool:
    return person.reminders and person.reachable and person.address is not None
