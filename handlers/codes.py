"""One-time codes: whoever types one gets the role that it carries."""

from datetime import timedelta

from domain.codes import TRIES_AN_HOUR, digest, looks_like_code
from domain.message import Outgoing
from handlers import consent
from handlers.context import Context
from handlers.roles import redeem


def is_good(ctx: Context, text: str) -> bool:
    """Whether a message is a one-time code that would give something, whatever else is open."""
    if not looks_like_code(text) or _tried_too_often(ctx):
        return False
    return ctx.store.codes.peek(digest(text), ctx.now) is not None


def said(ctx: Context, code: str) -> list[Outgoing]:
    """A one-time code in a private chat; guessing is counted and stopped."""
    by = ctx.person.id if ctx.person else None
    if _tried_too_often(ctx):
        ctx.store.audit.note(by, "code_refused", str(ctx.said.origin), ctx.now, {})
        return ctx.say("role.too_many")
    grant = ctx.store.codes.peek(digest(code), ctx.now)
    unit = ctx.store.units.get(grant.unit) if grant else None
    if unit is None:
        ctx.store.codes.note_try(ctx.said.origin, ctx.now)
        ctx.store.audit.note(by, "code_unknown", str(ctx.said.origin), ctx.now, {})
        return ctx.say("role.code_unknown")
    if ctx.person is None:
        return consent.ask(ctx, unit, digest(code))
    return redeem(ctx, digest(code))


def _tried_too_often(ctx: Context) -> bool:
    tries = ctx.store.codes.tries(ctx.said.origin, ctx.now - timedelta(hours=1))
    return tries >= TRIES_AN_HOUR
