"""Alarms: who looks after the whole union's bot may ask to be told what goes wrong."""

from domain.message import Outgoing
from domain.person import Deed
from handlers.context import Context


def hear(ctx: Context) -> list[Outgoing]:
    """Be told from now on."""
    person, root = ctx.known, ctx.store.units.root()
    if root is None or not ctx.may(Deed.HEAR_ALARMS, root.id):
        ctx.store.audit.note(person.id, "alarms_refused", f"person:{person.id}", ctx.now)
        return ctx.say("alarm.refused")
    if not ctx.store.alarms.add(person.id, ctx.now):
        return ctx.say("alarm.on_already")
    ctx.store.audit.note(person.id, "hear_alarms", f"person:{person.id}", ctx.now)
    return ctx.say("alarm.on")


def stop(ctx: Context) -> list[Outgoing]:
    """Be told no more; whoever lost their role may say so, too."""
    person = ctx.known
    if not ctx.store.alarms.drop(person.id):
        return ctx.say("alarm.off_already")
    ctx.store.audit.note(person.id, "stop_alarms", f"person:{person.id}", ctx.now)
    return ctx.say("alarm.off")
