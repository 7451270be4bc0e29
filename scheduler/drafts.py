"""Reminds people of drafts they began: after a day, three and seven, unless they go on."""

from datetime import datetime, timedelta

from domain.draft import Draft
from domain.notice import Kind, Notice
from domain.path import reconcile
from domain.person import Person
from domain.reminders.drafts import Step, draft_key, step_due, steps
from domain.wording import reminders as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.job import PAGE


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Enter the step that is due for each silent draft."""
    days = ctx.house.settings.draft_reminder_days
    found = [(draft, step) for step in steps(at, days) for draft in _silent(ctx, step, at, after)]
    page = sorted(found, key=lambda each: each[0].id)[:PAGE]
    for draft, step in page:
        _notify(ctx, draft, step)
    return page[-1][0].id if len(page) == PAGE else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """The draft as it stands now; None when it was touched, submitted, given up, or is too late."""
    draft = ctx.store.drafts.get(notice.about["draft"])
    opened = ctx.store.drafts.open_for(person.id)
    if draft is None or opened is None or opened.id != draft.id or draft.touched_at is None:
        return None
    programme = ctx.store.programmes.get(draft.programme)
    if programme is None or programme.closes < ctx.day(ctx.now):
        return None
    step = step_due(draft.touched_at, ctx.now, ctx.house.settings.draft_reminder_days)
    if step is None or draft_key(draft, step.days) != notice.key:
        return None
    form = ctx.form(draft.form)
    return wording.of_draft(form, reconcile(form, draft), ctx.texts)


def _silent(ctx: Context, step: Step, at: datetime, after: int) -> list[Draft]:
    return ctx.store.reminders.silent(step.days, step.after, step.until, ctx.day(at), after, PAGE)


def _notify(ctx: Context, draft: Draft, step: Step) -> None:
    """What of the steps before was never found, for we were away, is left out for good."""
    assert draft.touched_at is not None
    for days in (*step.earlier, step.days):
        notice = Notice(
            draft_key(draft, days),
            Kind.DRAFT,
            draft.touched_at + timedelta(days=days),
            person=draft.person,
            unit=draft.unit,
            about={"draft": draft.id},
        )
        if days == step.days:
            ctx.notify(notice)
        else:
            ctx.skip(notice, "late")
