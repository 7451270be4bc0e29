"""Which of the choices shown last a text means: its number, or its label in any spelling."""

from collections.abc import Sequence
from datetime import timedelta

from domain.action import Action
from domain.conversation import Offer
from domain.draft import REVIEW
from domain.errors import Rejected
from domain.fields import Words
from domain.message import Button, Outgoing
from domain.vietnamese import fold
from handlers.context import Context

STILL_ASKED = timedelta(hours=1)
"""So long after a question somebody may still be at it when a push comes between."""

DECIDES = frozenset(
    {
        "submit",
        "confirm",
        "return",
        "turn_down",
        "merge",
        "revoke_sure",
        "link_yes",
        "undo",
        "campaign_off_sure",
        "broadcast_send",
        "broadcast_halt",
        "make_group_yes",
        "invite_group_yes",
    }
)
"""Buttons whose number, typed at the wrong message, would settle the wrong thing."""


def offer(ctx: Context, text: str) -> Offer | None:
    """The choice that the text means; what came last, unasked, goes first."""
    return _pushed(ctx, text) or _among(ctx.conversation.offers, text)


def picked(ctx: Context, text: str) -> Offer | list[Outgoing] | None:
    """The choice that the text means; asked back when it could mean two things."""
    pushed, own = _pushed(ctx, text), _among(ctx.conversation.offers, text)
    if pushed is None:
        return own
    if own and own != pushed and _still_asked(ctx, own):
        first, second = (Button(each.label, each.action) for each in (pushed, own))
        ask = ctx.texts("fallback.which_choice", said=text)
        return [Outgoing(ask, ((first,), (second,)), asks=True)]
    answer = _answer(ctx, text)
    if answer and _answers_question(ctx, text):
        meant = Button(ctx.texts("fallback.meant_answer"), answer)
        choice = Button(pushed.label, pushed.action)
        ask = ctx.texts("fallback.which_meant", said=text, choice=pushed.label)
        return [Outgoing(ask, ((meant,), (choice,)), asks=True)]
    return pushed


def _pushed(ctx: Context, text: str) -> Offer | None:
    return _among(ctx.pushed.offers, text) if ctx.pushed else None


def _among(offers: Sequence[Offer], text: str) -> Offer | None:
    said = fold(text).strip(" .,!")
    if said.isdecimal() and len(said) < 3:
        number = int(said)
        return offers[number - 1] if 1 <= number <= len(offers) else None
    return next((each for each in offers if said and fold(each.label) == said), None)


def _still_asked(ctx: Context, own: Offer) -> bool:
    """Whether the person was in the middle of something when the push came."""
    spoken, pushed = ctx.conversation.spoken_at, ctx.pushed
    if not (ctx.conversation.expects or own.action.verb in DECIDES):
        return False
    return spoken is not None and pushed is not None and pushed.at - spoken <= STILL_ASKED


def _answers_question(ctx: Context, text: str) -> bool:
    """Whether the open question would take these words as an answer."""
    draft = ctx.draft
    if draft is None or draft.saved or draft.place == REVIEW:
        return False
    open_form = ctx.form(draft.form)
    if draft.place not in open_form:
        return False
    before = "\n".join(bubble.text for bubble in draft.unread)
    try:
        open_form[draft.place].field.read(Words(text, before), ctx.facts())
    except Rejected:
        return False
    return True


def _answer(ctx: Context, text: str) -> Action | None:
    """A button that answers the open question with these words; None when it cannot hold them."""
    try:
        return Action("say", text, ctx.draft.version if ctx.draft else 0)
    except ValueError:
        return None
