"""Confirming entries: a queue, one card at a time, in full on demand."""

from domain.action import Action
from domain.initiative import Status, moved
from domain.message import Outgoing
from domain.review import confirmed, piles
from domain.wording import review as wording
from handlers import entries, review_desk
from handlers.context import Context


def queue(ctx: Context) -> list[Outgoing]:
    """The entry that has waited longest for this person, as a card."""
    if not piles(ctx.known, ctx.store.units.path):
        return review_desk.not_allowed(ctx, "review")
    entry = review_desk.after(ctx, None)
    return [review_desk.card(ctx, entry)] if entry else ctx.say("review.none")


def card(ctx: Context, action: Action) -> list[Outgoing]:
    """The card of one entry; what was handled meanwhile says so."""
    entry = review_desk.entry_of(ctx, action.number)
    if entry is None:
        return review_desk.not_allowed(ctx, "card", action.number)
    return review_desk.handled(ctx, entry) or [review_desk.card(ctx, entry)]


def whole(ctx: Context, action: Action) -> list[Outgoing]:
    """The entry in full, with all its evidence; the decision at the end."""
    entry = review_desk.entry_of(ctx, action.number)
    if entry is None:
        return review_desk.not_allowed(ctx, "whole", action.number)
    files = review_desk.evidence(ctx, entry)
    return wording.in_full(entry, ctx.form(entry.form), files, ctx.texts)


def pass_by(ctx: Context, action: Action) -> list[Outgoing]:
    """Leave this one for later and show the next."""
    entry = review_desk.entry_of(ctx, action.number)
    if entry is None:
        return review_desk.not_allowed(ctx, "pass", action.number)
    if found := review_desk.after(ctx, entry if entry.desk_since else None):
        return [review_desk.card(ctx, found)]
    count = review_desk.waiting(ctx)
    return ctx.say("review.all_seen", count=count) if count else ctx.say("review.none")


def confirm(ctx: Context, action: Action) -> list[Outgoing]:
    """Confirm the entry that the card showed, and show the next."""
    entry, instead = review_desk.to_decide(ctx, action.number, action.version, "confirm")
    if entry is None:
        return instead
    programme = ctx.store.programmes.get(entry.programme)
    assert programme is not None
    second = review_desk.validates(ctx, entry)
    after = moved(entry, confirmed(programme.review_steps, validates=second))
    after = entries.change(ctx, entry, after, ctx.known)
    review_desk.note(ctx, "confirm", after)
    key = "told.valid" if after.status is Status.VALID else "told.confirmed"
    if programme.needs_recognition and not after.recognised:
        key = "told.unrecognised"
    review_desk.tell_decision(ctx, after, key)
    return [wording.done("review.confirmed", after, ctx.texts), *review_desk.go_on(ctx, entry)]
