"""One's own entries and their state."""

from domain.action import Action
from domain.draft import REVIEW, Draft, answers_of
from domain.initiative import EDITABLE, Status
from domain.message import Button, Outgoing
from domain.path import asked, reconcile
from domain.submission import title_of
from domain.wording import form as wording
from handlers import entries, filling
from handlers.context import Context

SHOWN_MOST = 10


def mine(ctx: Context) -> list[Outgoing]:
    """The open draft, and what was submitted, newest first, with what each still lacks."""
    found = ctx.store.initiatives.mine(ctx.known.id, SHOWN_MOST)
    programme = ctx.programme()
    rule = programme.needs_recognition if programme else False
    lines = _draft_lines(ctx)
    rows: list[tuple[Button, ...]] = []
    for entry in found:
        status = ctx.texts(entries.status_key(entry, rule))
        title = wording.cut(entry.title, 60)
        lines.append(ctx.texts("mine.line", code=entry.code, title=title, status=status))
        lacking = wording.needs(ctx.form(entry.form), answers_of(entry.answers), ctx.texts)
        if lacking and entry.status in (*EDITABLE, Status.CONFIRMED, Status.VALID):
            label = ctx.texts("mine.complete", code=entry.code)
            rows.append((Button(label, Action("complete", str(entry.id))),))
    if not lines:
        return ctx.say("mine.none")
    return [Outgoing("\n".join([ctx.texts("mine.head"), *lines]), tuple(rows))]


def _draft_lines(ctx: Context) -> list[str]:
    if ctx.draft is None:
        return []
    return [_draft_line(ctx, draft) for draft in ctx.store.drafts.all_open(ctx.known.id)]


def _draft_line(ctx: Context, draft: Draft) -> str:
    form = ctx.form(draft.form)
    draft = reconcile(form, draft)
    title = title_of(draft.answers) or ctx.texts("mine.draft_untitled")
    if draft.place == REVIEW:
        return ctx.texts("mine.draft_review", title=wording.cut(title, 60))
    return ctx.texts(
        "mine.draft",
        title=wording.cut(title, 60),
        number=filling.number(form, draft),
        total=len(asked(form, draft)),
    )
