"""One-time codes: whoever types one gets the role that it carries."""

from datetime import timedelta

from domain.codes import TRIES_AN_HOUR, digest, looks_like_code
from domain.message import Outgoing
from handlers import consent, groups, handing_over, linking
from handlers.context import Context
from handlers.roles import on_offer, redeem

TRIES_OF_ALL = 500
"""Wrong codes an hour in all chats of one bot: far more than a thousand chairs mistype on the first
day, and far too few to guess any of a thousand codes among 32^10."""

HOUR = timedelta(hours=1)


def is_good(ctx: Context, text: str) -> bool:
    """Whether a message is a one-time code that would give something, whatever else is open."""
    if not looks_like_code(text) or _tried_too_often(ctx):
        return False
    return linking.on_offer(ctx, digest(text)) or on_offer(ctx, digest(text)) is not None


def said(ctx: Context, code: str) -> list[Outgoing]:
    """A one-time code in a private chat; guessing is counted and stopped.

    Wrong, used and expired are told in the same words: nobody learns which it was, but whoever
    used it themselves.
    """
    by = ctx.person.id if ctx.person else None
    if _tried_too_often(ctx):
        ctx.store.audit.note(by, "code_refused", str(ctx.said.origin), ctx.now, {})
        return ctx.say("role.too_many")
    if ctx.store.tickets.peek(digest(code), groups.PURPOSE, ctx.now):
        return ctx.say("group.say_there")
    if linking.on_offer(ctx, digest(code)):
        return linking.redeem(ctx, digest(code))
    unit = on_offer(ctx, digest(code))
    if unit is None and by and ctx.store.codes.used_by(digest(code)) == by:
        return ctx.say("role.code_yours")
    if unit is None:
        ctx.store.codes.note_try(ctx.said.origin, ctx.now)
        ctx.store.audit.note(by, "code_unknown", str(ctx.said.origin), ctx.now, {})
        return ctx.say("role.code_unknown")
    if ctx.person is None:
        return consent.ask(ctx, unit, digest(code))
    return redeem(ctx, digest(code))


def said_openly(ctx: Context, code: str) -> list[Outgoing]:
    """A code that gives a role, said where everybody reads it: it is good no more."""
    if cancelled := linking.said_openly(ctx, digest(code)):
        return cancelled
    unit = on_offer(ctx, digest(code))
    if unit is None:
        return []
    ctx.store.codes.cancel(digest(code))
    ctx.store.tickets.redeem(digest(code), handing_over.PURPOSE, ctx.now)
    by = ctx.person.id if ctx.person else None
    ctx.store.audit.note(by, "code_said_openly", str(ctx.said.origin), ctx.now, {}, unit=unit.id)
    return ctx.say("role.code_open")


def _tried_too_often(ctx: Context) -> bool:
    here, since = ctx.said.origin, ctx.now - HOUR
    if ctx.store.codes.tries(here, since) >= TRIES_AN_HOUR:
        return True
    return ctx.store.codes.tries_of_all(here.channel, here.bot, since) >= TRIES_OF_ALL
