"""Which of several open drafts is gone on with: who linked two accounts may have one of each."""

from domain.action import Action
from domain.draft import Draft
from domain.message import Button, Outgoing
from domain.submission import title_of
from domain.vietnamese import format_date
from domain.wording.form import cut
from handlers.context import Context

LABEL_MOST = 40
"""Characters of a title on a button."""


def several(ctx: Context) -> list[Draft]:
    """All open drafts where there are more than one, the one touched last ahead; else none."""
    found = ctx.store.drafts.all_open(ctx.known.id) if ctx.draft else []
    return found if len(found) > 1 else []


def which(ctx: Context, drafts: list[Draft], greeting: str = "") -> list[Outgoing]:
    """Ask which one to go on with, by what it tells and the day it was begun."""
    rows = tuple((Button(_label(ctx, each), Action("draft", str(each.id))),) for each in drafts)
    ask = ctx.texts("form.which_draft", count=len(drafts))
    return [Outgoing("\n".join(line for line in (greeting, ask) if line), rows, asks=True)]


def left(ctx: Context) -> str:
    """Tell of the draft that is still open beside the one just ended; "" where there is none."""
    others = ctx.store.drafts.all_open(ctx.known.id)
    return ctx.texts("form.left_open", title=title(ctx, others[0])) if others else ""


def title(ctx: Context, draft: Draft) -> str:
    """What a draft is called, or begins with."""
    return cut(title_of(draft.answers) or ctx.texts("mine.draft_untitled"), LABEL_MOST)


def _label(ctx: Context, draft: Draft) -> str:
    began = draft.begun_at or draft.touched_at
    if began is None:
        return title(ctx, draft)
    day = format_date(ctx.house.local(began).date())
    return ctx.texts("form.draft_label", title=title(ctx, draft), day=day)
