"""Deciding on many entries at once: an officer sends the workbook back, and says to write it."""

from dataclasses import replace
from typing import NamedTuple

from domain.action import Action
from domain.evidence import Purpose
from domain.message import FileRef, Outgoing
from domain.person import ALLOWED, Deed
from domain.review_plan import ReviewPlan, hindrance
from domain.wording import review_plans as wording
from handlers import form
from handlers.context import Context
from handlers.refusing import refused
from storage import entering
from storage.deciding import next_page

TALK = "review_plan"

SUBJECT = "review_plan:"

HINDERED = {
    "going_on": "review_plan.still_going",
    "already": "review_plan.already",
    "dropped": "review_plan.was_dropped",
    "stale": "review_plan.stale",
}


class Found(NamedTuple):
    """The plan of a button, or else what to say instead."""

    plan: ReviewPlan | None
    instead: list[Outgoing]


def begin(ctx: Context) -> list[Outgoing]:
    """«xét bảng»: the next file is the workbook."""
    if not _validates(ctx):
        return refused(ctx, TALK, ctx.known.unit, "review_plan.not_allowed")
    ctx.expect(TALK)
    return ctx.say("review_plan.send")


def is_sent(ctx: Context) -> bool:
    """Whether the files are workbooks of somebody who validates, with no draft to answer."""
    files = ctx.said.files
    aside = ctx.draft is None or ctx.draft.saved
    return aside and _validates(ctx) and bool(files) and all(map(_is_workbook, files))


def sent(ctx: Context, text: str = "") -> list[Outgoing]:
    """Keep the workbook to be fetched and read; words are the answer to an open question."""
    files = ctx.said.files
    if not files:
        ctx.expect("" if ctx.draft else TALK)
        return form.answer(ctx) if ctx.draft else ctx.say("review_plan.send")
    if not _validates(ctx):
        return refused(ctx, TALK, ctx.known.unit, "review_plan.not_allowed")
    if not all(file.kind == "document" for file in files):
        return ctx.say("review_plan.not_workbook")
    ctx.expect("")
    origin, person = ctx.said.origin, ctx.known.id
    for file in files:
        ctx.store.files.expect(
            file, origin.channel, origin.bot, None, person, ctx.now, purpose=Purpose.REVIEW
        )
    name = files[0].name or ctx.texts("review_plan.nameless")
    return ctx.say("review_plan.received", name=name)


def write(ctx: Context, action: Action) -> list[Outgoing]:
    """Agree to what the workbook decides; its first page is carried out at once."""
    found = _of(ctx, action)
    if found.plan is None:
        return found.instead
    agreed = replace(found.plan, agreed_at=ctx.now)
    plan, carried = next_page(ctx.store, agreed, ctx.texts, ctx.now, ctx.today)
    detail = {"decided": len(plan.decided)}
    subject = f"{SUBJECT}{plan.id}"
    ctx.store.audit.note(ctx.known.id, TALK, subject, ctx.now, detail, ctx.known.unit)
    for each in carried.told:
        ctx.tell(each.person, each.said, each.key)
    ctx.late.append(lambda: entering.add_counts(ctx.store, carried.counts))
    show = wording.finished if plan.ended_at else wording.going_on
    return [show(plan, ctx.texts)]


def drop(ctx: Context, action: Action) -> list[Outgoing]:
    """Write nothing down."""
    found = _of(ctx, action)
    if found.plan is None:
        return found.instead
    ctx.store.review_plans.save(replace(found.plan, ended_at=ctx.now))
    return ctx.say("review_plan.dropped")


def _of(ctx: Context, action: Action) -> Found:
    """The plan that the button was shown for, if it is this person's and still stands."""
    plan = ctx.store.review_plans.get(action.number) if action.number else None
    if plan is None or plan.version != action.version:
        return Found(None, ctx.say("fallback.stale"))
    subject = f"{SUBJECT}{plan.id}"
    if plan.person != ctx.known.id:
        return Found(None, refused(ctx, subject, ctx.known.unit, "review_plan.not_yours"))
    if hindered := hindrance(plan, ctx.now):
        return Found(None, ctx.say(HINDERED[hindered]))
    if not _validates(ctx):
        return Found(None, refused(ctx, subject, ctx.known.unit, "review_plan.not_allowed"))
    return Found(plan, [])


def _validates(ctx: Context) -> bool:
    """Whether the person gives the second look anywhere; where exactly, each row tells."""
    person = ctx.person
    return person is not None and any(Deed.VALIDATE in ALLOWED[g.role] for g in person.grants)


def _is_workbook(file: FileRef) -> bool:
    return file.kind == "document" and file.name.casefold().endswith(".xlsx")
