"""Reminds people of drafts they began: after a day, three and seven, unless they go on.

While a campaign runs over a draft's unit the steps are denser.
"""

from datetime import datetime, timedelta

from domain.draft import Draft
from domain.notice import Kind, Notice
from domain.path import reconcile
from domain.person import Person
from domain.reminders.drafts import draft_days, draft_key, later_steps, still_due
from domain.reminders.steps import Step, steps
from domain.wording import reminders as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.job import PAGE


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Enter the step that is due for each silent draft."""
    usual = ctx.house.settings.draft_reminder_days
    apart = (False, True) if ctx.store.campaigns.running(ctx.day(at)) else (None,)
    found = [
        (draft, step)
        for campaign in apart
        for step in steps(at, draft_days(usual, bool(campaign)))
        for draft in _silent(ctx, step, at, after, campaign)
    ]
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
    days = int(notice.key.rpartition(":")[2])
    usual = ctx.house.settings.draft_reminder_days
    due = still_due(draft.touched_at, ctx.now, days, usual)
    if not due or draft_key(draft, days) != notice.key or _later_one_entered(ctx, draft, days):
        return None
    form = ctx.form(draft.form)
    return wording.of_draft(form, reconcile(form, draft), ctx.texts)


def _silent(
    ctx: Context, step: Step, at: datetime, after: int, in_campaign: bool | None
) -> list[Draft]:
    return ctx.store.reminders.silent(step, ctx.day(at), after, PAGE, in_campaign=in_campaign)


def _notify(ctx: Context, draft: Draft, step: Step) -> None:
    """What of the steps before was never found, for we were away, is left out for good."""
    assert draft.touched_at is not None
    too_late = _later_one_entered(ctx, draft, step.days)
    for days in (*step.earlier, step.days):
        notice = Notice(
            draft_key(draft, days),
            Kind.DRAFT,
            draft.touched_at + timedelta(days=days),
            person=draft.person,
            unit=draft.unit,
            about={"draft": draft.id},
        )
        if days == step.days and not too_late:
            ctx.notify(notice)
        else:
            ctx.skip(notice, "late")


def _later_one_entered(ctx: Context, draft: Draft, days: int) -> bool:
    """Whether a later step was found already: where a campaign began or ended, in its rhythm."""
    later = later_steps(days, ctx.house.settings.draft_reminder_days)
    keys = (draft_key(draft, each) for each in later)
    return any(ctx.store.notices.get_by_key(key) is not None for key in keys)
