"""Undoing one's own decision within a day, by the button or in words."""

from domain.action import Action
from domain.errors import Rejected
from domain.message import Outgoing
from domain.review import UNDO, undone
from domain.wording.form import sentence
from handlers import entries, review_desk
from handlers.context import Context


def undo(ctx: Context, action: Action) -> list[Outgoing]:
    """The decision that the button was shown with."""
    return _undo(ctx, action.number, action.version)


def last(ctx: Context) -> list[Outgoing]:
    """One's last decision."""
    number = ctx.store.desks.decided_last(ctx.known.id)
    return _undo(ctx, number, None) if number else ctx.say("review.nothing_to_undo")


def _undo(ctx: Context, number: int | None, version: int | None) -> list[Outgoing]:
    entry = review_desk.entry_of(ctx, number)
    if entry is None:
        return review_desk.not_allowed(ctx, "undo", number)
    try:
        if version is not None and version != entry.version:
            raise Rejected("undo_changed")
        after = undone(entry, ctx.store.initiatives.moves(entry.id), ctx.known.id, ctx.now)
    except Rejected as trouble:
        return [Outgoing(sentence(trouble, ctx.texts))]
    after = entries.change(ctx, entry, after, ctx.known, ctx.texts("review.undone_reason"))
    review_desk.note(ctx, UNDO, after)
    status = ctx.texts(entries.status_key(after, False))
    review_desk.tell_decision(ctx, after, "told.undone", status=status)
    said = ctx.lead("review.undone", code=after.code, status=status)
    return [*said, review_desk.card(ctx, after)]
