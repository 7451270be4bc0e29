"""The open draft as handlers work on it: load it on today's template, keep it, show it."""

from domain.draft import Draft
from domain.form import Form
from domain.message import Outgoing
from domain.path import asked, reconcile
from domain.turn import Ask, Review, Said, Turn
from domain.wording import form as wording
from handlers.context import Context


def open_draft(ctx: Context) -> tuple[Form, Draft]:
    """The open draft on its template as that is now."""
    assert ctx.draft is not None
    form = ctx.form(ctx.draft.form)
    return form, reconcile(form, ctx.draft)


def said(ctx: Context, draft: Draft) -> Said:
    """What was said, with its files kept as evidence to be fetched."""
    heard = ctx.said
    files = expect_files(ctx, draft.person, draft=draft.id)
    return Said(heard.text, heard.at, heard.message, files, heard.album)


def expect_files(
    ctx: Context, person: int, *, draft: int | None = None, entry: int | None = None
) -> tuple[int, ...]:
    """The files of a message as evidence of a draft or an entry; they are fetched at once."""
    origin = ctx.said.origin
    return tuple(
        ctx.store.files.expect(file, origin.channel, origin.bot, draft, person, ctx.now, entry)
        for file in ctx.said.files
    )


def keep(ctx: Context, turn: Turn) -> None:
    """Save the draft as the turn left it."""
    ctx.draft = turn.draft
    ctx.store.drafts.save(turn.draft)


def show(ctx: Context, turn: Turn, form: Form) -> list[Outgoing]:
    """Save the draft, and put the open question or the preview."""
    assert isinstance(turn, Ask | Review)
    keep(ctx, turn)
    return wording.show(turn, form, ctx.facts(), ctx.texts)


def number(form: Form, draft: Draft) -> int:
    """The number of the open question; 0 at the preview."""
    keys = [question.key for question in asked(form, draft)]
    return keys.index(draft.place) + 1 if draft.place in keys else 0


def where(ctx: Context, form: Form, draft: Draft) -> str:
    """Say which question the person is at."""
    at = number(form, draft)
    return ctx.texts("form.where", number=at) if at else ctx.texts("form.where_review")
