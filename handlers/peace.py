"""How somebody wants to be written to: not at all for a week, or again."""

from dataclasses import replace

from domain.action import Action
from domain.message import Outgoing
from domain.peace import MUTED
from domain.vietnamese import format_date
from handlers.context import Context


def mute(ctx: Context) -> list[Outgoing]:
    """No pushes for a week; what comes due meanwhile waits."""
    until = ctx.now + MUTED
    wishes = ctx.store.peace.of(ctx.known.id)
    ctx.store.peace.save(ctx.known.id, replace(wishes, muted_until=until))
    return ctx.say("push.muted", day=format_date(ctx.house.local(until).date()))


def mute_tapped(ctx: Context, action: Action) -> list[Outgoing]:
    """The same by a button."""
    return mute(ctx)


def unmute(ctx: Context) -> list[Outgoing]:
    """Pushes again, of every kind."""
    wishes = ctx.store.peace.of(ctx.known.id)
    ctx.store.peace.save(ctx.known.id, replace(wishes, muted_until=None, muted=frozenset()))
    return ctx.say("push.unmuted")
