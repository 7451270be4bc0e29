"""The open draft as handlers work on it: load it on today's template, keep it, show it."""

from dataclasses import replace

from domain.action import Action
from domain.draft import REVIEW, Draft
from domain.form import Form
from domain.message import Button, Outgoing
from domain.path import asked, reconcile
from domain.turn import Ask, Review, Said, Turn
from domain.wording import form as wording
from handlers import open_drafts
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
    """Save the draft, and put the open question or the preview; a new template is said once."""
    assert isinstance(turn, Ask | Review)
    news = _news(ctx, form)
    keep(ctx, turn)
    replies = wording.show(turn, form, ctx.facts(), ctx.texts)
    if news:
        replies[0] = replace(replies[0], text=f"{news}\n{replies[0].text}")
    return replies


def question_gone(ctx: Context, form: Form) -> bool:
    """Whether today's template no longer has the question that the person was asked."""
    return ctx.draft is not None and ctx.draft.place not in form and ctx.draft.place != REVIEW


def _news(ctx: Context, form: Form) -> str:
    """That the template changed since the draft was last kept; "" when it did not."""
    draft = ctx.draft
    if draft is None or (draft.form, draft.form_version) == (form.key, form.version):
        return ""
    return ctx.texts("form.changed_question" if question_gone(ctx, form) else "form.changed_form")


def number(form: Form, draft: Draft) -> int:
    """The number of the open question; 0 at the preview."""
    keys = [question.key for question in asked(form, draft)]
    return keys.index(draft.place) + 1 if draft.place in keys else 0


def where(ctx: Context, form: Form, draft: Draft) -> str:
    """Say which question the person is at."""
    at = number(form, draft)
    return ctx.texts("form.where", number=at) if at else ctx.texts("form.where_review")


def one_at_a_time(ctx: Context, *others: Button) -> list[Outgoing]:
    """A draft is open already: go on with it, or what else is offered; of two, which one?"""
    if drafts := open_drafts.several(ctx):
        return open_drafts.which(ctx, drafts)
    form, draft = open_draft(ctx)
    at = number(form, draft)
    key = "form.open_already" if at else "form.open_review"
    go = Button(ctx.texts("form.go_on"), Action("go_on", version=draft.version))
    rows = tuple((button,) for button in (go, *others))
    return [Outgoing(ctx.texts(key, number=at), rows, asks=True)]
