"""Returning an entry for more, or turning it down: always with a reason, which its author reads."""

from domain.action import Action, row_number
from domain.initiative import Status, moved
from domain.message import Outgoing
from domain.vietnamese import fold
from domain.wording import returning as wording
from domain.wording.review import done
from handlers import entries, review_desk
from handlers.context import Context

REASON_LEAST = 4
"""Characters: "ok" is no reason that an author could act on."""


def give_back(ctx: Context, action: Action) -> list[Outgoing]:
    """Not confirmed: ask why first."""
    entry, instead = review_desk.to_decide(ctx, action.number, action.version, "return")
    if entry is None:
        return instead
    ctx.expect("reason", entry=entry.id, version=entry.version)
    return [wording.why_returned(entry, ctx.texts)]


def ready_reason(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the ready-made reasons for returning it."""
    number, _, key = action.id.partition(".")
    if key not in wording.REASONS:
        return ctx.say("fallback.stale")
    why = ctx.texts(f"review.reason_{key}")
    return _returned(ctx, row_number(number), action.version, why, wording.REASONS[key])


def reason(ctx: Context, text: str) -> list[Outgoing]:
    """A reason in the reviewer's own words; which question it is about they name or are asked."""
    number, version, why = *_asked(ctx), text.strip()
    if len(why) < REASON_LEAST:
        return ctx.say("review.reason_short")
    entry, instead = review_desk.to_decide(ctx, number, version, "return")
    if entry is None:
        ctx.expect("")
        return instead
    if key := wording.named_question(why, entry, ctx.form(entry.form), ctx.texts):
        return _returned(ctx, number, version, why, key)
    ctx.expect("about", entry=number, version=version, why=why)
    return [wording.which_question(entry, ctx.form(entry.form), ctx.texts)]


def about(ctx: Context, action: Action) -> list[Outgoing]:
    """The question picked for a reason given before; none is the whole entry."""
    number, _, key = action.id.partition(".")
    why = str(ctx.conversation.about.get("why", ""))
    if _asked(ctx) != (row_number(number), action.version) or not why:
        return ctx.say("fallback.stale")
    return _returned(ctx, row_number(number), action.version, why, key)


def about_said(ctx: Context, text: str) -> list[Outgoing]:
    """The question typed: its label or part of it; else it is the whole entry that is meant."""
    number, version = _asked(ctx)
    entry, instead = review_desk.to_decide(ctx, number, version, "return")
    if entry is None:
        ctx.expect("")
        return instead
    said = fold(text)
    labels = wording.questions(entry, ctx.form(entry.form))
    key = next((q.key for q in labels if said and said in fold(q.label)), None)
    if key is None:
        return [wording.which_question(entry, ctx.form(entry.form), ctx.texts)]
    return _returned(ctx, number, version, str(ctx.conversation.about.get("why", "")), key)


def invalid(ctx: Context, action: Action) -> list[Outgoing]:
    """It cannot count: ask why."""
    entry, instead = review_desk.to_decide(ctx, action.number, action.version, "invalid")
    if entry is None:
        return instead
    ctx.expect("unfit", entry=entry.id, version=entry.version)
    return [wording.why_invalid(entry, ctx.texts)]


def unfit(ctx: Context, action: Action) -> list[Outgoing]:
    """One of the ready-made reasons for turning it down."""
    number, _, key = action.id.partition(".")
    if key not in wording.INVALID:
        return ctx.say("fallback.stale")
    why = ctx.texts(f"review.invalid_{key}")
    return _ask_if_sure(ctx, row_number(number), action.version, why)


def unfit_said(ctx: Context, text: str) -> list[Outgoing]:
    """Why it cannot count, in the reviewer's own words."""
    if len(text.strip()) < REASON_LEAST:
        return ctx.say("review.reason_short")
    return _ask_if_sure(ctx, *_asked(ctx), text.strip())


def turn_down(ctx: Context, action: Action) -> list[Outgoing]:
    """They are sure."""
    why = str(ctx.conversation.about.get("why", ""))
    if _asked(ctx) != (action.number, action.version) or not why:
        return ctx.say("fallback.stale")
    entry, instead = review_desk.to_decide(ctx, action.number, action.version, "invalid")
    ctx.expect("")
    if entry is None:
        return instead
    after = entries.change(ctx, entry, moved(entry, Status.INVALID), ctx.known, why)
    review_desk.note(ctx, "invalid", after)
    review_desk.tell_decision(ctx, after, "told.invalid", reason=why)
    return [done("review.turned_down", after, ctx.texts), *review_desk.go_on(ctx, entry)]


def _ask_if_sure(ctx: Context, number: int | None, version: int, why: str) -> list[Outgoing]:
    entry, instead = review_desk.to_decide(ctx, number, version, "invalid")
    if entry is None:
        return instead
    ctx.expect("unfit", entry=entry.id, version=entry.version, why=why)
    return [wording.sure_invalid(entry, why, ctx.texts)]


def _asked(ctx: Context) -> tuple[int | None, int]:
    """Which entry the reviewer was asked about, in which version."""
    said = ctx.conversation.about
    return row_number(str(said.get("entry", ""))), int(said.get("version", 0))


def _returned(
    ctx: Context, number: int | None, version: int, why: str, question: str
) -> list[Outgoing]:
    entry, instead = review_desk.to_decide(ctx, number, version, "return")
    ctx.expect("")
    if entry is None:
        return instead
    after = entries.change(ctx, entry, moved(entry, Status.RETURNED), ctx.known, why)
    # Whoever reminds the author days later opens the entry there too.
    review_desk.note(ctx, "return", after, question=question)
    review_desk.tell_author(ctx, after, wording.returned(after, why, question, ctx.texts))
    return [done("review.returned", after, ctx.texts), *review_desk.go_on(ctx, entry)]
