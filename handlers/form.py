"""Filling in a form by chat: answers, corrections, going back, the preview, handing in."""

from dataclasses import replace
from datetime import timedelta

from domain import dialogue
from domain.action import Action
from domain.draft import REVIEW
from domain.errors import Rejected
from domain.message import Button, Outgoing
from domain.turn import Ask, Done, Review, Said
from domain.wording import form as wording
from handlers import drafts, filling, submission
from handlers.context import Context

CODE_MOST = 12
"""Characters of a unit's code as it is typed; what is longer needs no look-up."""

LATE = timedelta(hours=6)
"""After such a silence the person is told which question the answer went to."""


def answer(ctx: Context) -> list[Outgoing]:
    """Take what was said as the answer to the open question, if that is still asked."""
    form, draft = filling.open_draft(ctx)
    if draft.saved and not ctx.said.files:
        return drafts.put_aside(ctx)
    if filling.question_gone(ctx, form) and not ctx.said.files:
        return filling.show(ctx, dialogue.resume(form, draft, ctx.now), form)
    said = filling.said(ctx, draft)
    if said.files and said.album and said.album == draft.album and not said.text:
        turn = dialogue.reply(form, draft, said, ctx.facts(), ctx.now)
        # Nothing is shown for it, so the buttons shown last stay good.
        filling.keep(ctx, replace(turn, draft=replace(turn.draft, version=draft.version)))
        return []
    silent = draft.touched_at is not None and ctx.now - draft.touched_at > LATE
    turn = dialogue.reply(form, draft, said, ctx.facts(), ctx.now)
    late = silent and draft.place in form and turn.heard == (draft.place,)
    replies = filling.show(ctx, turn, form)
    if late:
        line = ctx.texts("form.late", label=form[draft.place].label)
        replies[0] = replace(replies[0], text=f"{line}\n{replies[0].text}")
    return replies


def is_asking(ctx: Context) -> bool:
    """Whether a question is open that words could be the answer to."""
    return ctx.draft is not None and not ctx.draft.saved and ctx.draft.place != REVIEW


def unit_code(ctx: Context, text: str) -> list[Outgoing]:
    """A unit's code where words are wanted is rather an attempt to join; [] when it is none."""
    form, draft = filling.open_draft(ctx)
    if draft.saved or len(text) > CODE_MOST or text.isdecimal():
        return []
    if draft.place != REVIEW and not form[draft.place].field.joins:
        return []
    unit = ctx.store.units.by_code(text)
    if unit is None:
        return []
    go = Button(ctx.texts("form.go_on"), Action("go_on", version=draft.version))
    aside = Button(ctx.texts("form.put_by"), Action("save", version=draft.version))
    said = ctx.texts("form.code_meanwhile", code=unit.code, unit=unit.name)
    return [Outgoing(said, ((go,), (aside,)), asks=True)]


def corrected(ctx: Context) -> list[Outgoing]:
    """Take an edited message as a correction of the answer that it was."""
    form, draft = filling.open_draft(ctx)
    # Its picture is kept already, and comes along with every change of its caption.
    said = Said(ctx.said.text, ctx.said.at, ctx.said.message)
    turn = dialogue.correct(form, draft, said, ctx.facts(), ctx.now)
    return filling.show(ctx, turn, form) if turn else []


def chosen(ctx: Context, action: Action) -> list[Outgoing]:
    """A ready answer was tapped or typed; one of an earlier question changes nothing."""
    form, draft = filling.open_draft(ctx)
    if action.version != draft.version or draft.place == REVIEW:
        return stale(ctx)
    question = form[draft.place]
    text = action.id
    if action.verb == "option":
        before = "\n".join(bubble.text for bubble in draft.unread)
        text = dialogue.option(question, before, action.number, ctx.facts())
    elif action.id == "proposed":
        text = next((c.label for c in wording.proposals(draft, question)), "")
    return filling.show(ctx, dialogue.choose(form, draft, text, ctx.facts(), ctx.now), form)


def skip(ctx: Context) -> list[Outgoing]:
    """Leave the open question out; what came in place of one that is gone was not yet seen."""
    form, draft = filling.open_draft(ctx)
    if filling.question_gone(ctx, form):
        return filling.show(ctx, dialogue.resume(form, draft, ctx.now), form)
    return filling.show(ctx, dialogue.skip(form, draft, ctx.now), form)


def skipped(ctx: Context, action: Action) -> list[Outgoing]:
    """The tapped skip, unless it belongs to an earlier question."""
    if ctx.draft and ctx.draft.version == action.version:
        return skip(ctx)
    return stale(ctx)


def back(ctx: Context) -> list[Outgoing]:
    """Open the question before."""
    form, draft = filling.open_draft(ctx)
    return filling.show(ctx, dialogue.back(form, draft, ctx.now), form)


def review(ctx: Context) -> list[Outgoing]:
    """Show everything told so far."""
    form, draft = filling.open_draft(ctx)
    return filling.show(ctx, dialogue.review(form, draft, ctx.now), form)


def which_to_change(ctx: Context) -> list[Outgoing]:
    """Ask which answer to change."""
    form, draft = filling.open_draft(ctx)
    turn = dialogue.review(form, draft, ctx.now)
    filling.keep(ctx, turn)
    return [wording.which_to_change(form, turn.draft, ctx.texts)]


def edit(ctx: Context, action: Action) -> list[Outgoing]:
    """Open the answer picked for a change."""
    form, draft = filling.open_draft(ctx)
    return filling.show(ctx, dialogue.edit(form, draft, action.id, ctx.now), form)


def submit(ctx: Context) -> list[Outgoing]:
    """Hand it in from the preview; from elsewhere, show the preview first."""
    form, draft = filling.open_draft(ctx)
    if draft.place != REVIEW:
        return review(ctx)
    turn = dialogue.submit(form, draft, ctx.now)
    if isinstance(turn, Done):
        return submission.hand_in(ctx, form, turn.draft)
    return filling.show(ctx, turn, form)


def submitted(ctx: Context, action: Action) -> list[Outgoing]:
    """The tapped submission, of the preview that was shown last only."""
    if ctx.draft and ctx.draft.version == action.version and ctx.draft.place == REVIEW:
        return submit(ctx)
    return stale(ctx)


def stale(ctx: Context) -> list[Outgoing]:
    """A button of an earlier question: say where one is now; nothing changes."""
    if ctx.draft is None:
        return ctx.say("fallback.stale")
    form, draft = filling.open_draft(ctx)
    if draft.place == REVIEW:
        turn: Ask | Review = Review(draft)
    else:
        turn = dialogue.resume(form, draft, ctx.now)
    replies = wording.show(turn, form, ctx.facts(), ctx.texts)
    text = f"{ctx.texts('form.stale')} {replies[0].text}"
    return [replace(replies[0], text=text)]


def explain(ctx: Context) -> list[Outgoing]:
    """What the open question means, with an example."""
    form, draft = filling.open_draft(ctx)
    return [Outgoing(wording.help_for(form[draft.place], ctx.texts))]


def reject(ctx: Context, trouble: Rejected) -> list[Outgoing]:
    """Say why a message cannot be taken, and put the open question again."""
    if ctx.draft is None or ctx.draft.saved:
        return [Outgoing(wording.sentence(trouble, ctx.texts))]
    form, draft = filling.open_draft(ctx)
    turn = replace(dialogue.resume(form, draft, ctx.now), trouble=trouble)
    return wording.show(turn, form, ctx.facts(), ctx.texts)
