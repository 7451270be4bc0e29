"""Sending a broadcast after it was looked at, seeing how far it is, and stopping it."""

from dataclasses import replace

from domain.action import Action
from domain.broadcast import Broadcast, Outcomes, Watch
from domain.message import Outgoing
from domain.person import Deed
from domain.wording import broadcasts as wording
from handlers.context import Context
from handlers.refusing import refused


def send(ctx: Context, action: Action) -> list[Outgoing]:
    """Agree; a job enters everybody in the ledger."""
    found = _of(ctx, action)
    if isinstance(found, list):
        return found
    if found.agreed_at is not None:
        return _show(ctx, found)
    if found.stopped_at is not None:
        return ctx.say("fallback.stale")
    if found.made_by != ctx.known.id or found.stale_at(ctx.now):
        return ctx.say("broadcast.old")
    ctx.expect("")
    _note(ctx, found, "broadcast")
    return _show(ctx, replace(found, agreed_at=ctx.now))


def progress(ctx: Context, action: Action) -> list[Outgoing]:
    """How far it is."""
    found = _of(ctx, action)
    if isinstance(found, list):
        return found
    return _show(ctx, found) if found.agreed_at is not None else ctx.say("fallback.stale")


def halt(ctx: Context, action: Action) -> list[Outgoing]:
    """Stop it: what has not left stays."""
    found = _of(ctx, action)
    if isinstance(found, list):
        return found
    if found.agreed_at is None:
        return ctx.say("fallback.stale")
    if found.stopped_at is None:
        found = found.stopped(ctx.now)
        _note(ctx, found, "broadcast_stop")
    return _show(ctx, found)


def _of(ctx: Context, action: Action) -> Broadcast | list[Outgoing]:
    """The broadcast of a button, held until the commit, if the person may see to it."""
    found = ctx.store.broadcasts.hold(action.number) if action.number else None
    if found is None:
        return ctx.say("fallback.stale")
    unit = found.audience.unit
    if not ctx.may(Deed.BROADCAST, unit):
        return refused(ctx, f"broadcast:{found.id}", unit, "broadcast.not_allowed")
    return found


def _show(ctx: Context, broadcast: Broadcast) -> list[Outgoing]:
    """In place of the message that was tapped, which is edited from now on."""
    outcomes = ctx.store.broadcasts.outcomes(broadcast)
    broadcast = replace(broadcast, watched=_watch(ctx, broadcast, outcomes))
    ctx.store.broadcasts.save(broadcast)
    unit = ctx.store.units.get(broadcast.audience.unit)
    local = ctx.house.local(ctx.now)
    return ctx.in_place([wording.progress(broadcast, outcomes, unit, local, ctx.texts)])


def _watch(ctx: Context, broadcast: Broadcast, outcomes: Outcomes) -> Watch | None:
    """The message that was tapped, while there is more to come.

    Where choices are typed nothing can be edited: it is shown when asked for.
    """
    message = ctx.said.message if ctx.said.action is not None else None
    if message is None:
        return broadcast.watched
    over = broadcast.expanded_at is not None and not outcomes.waiting
    return None if over else Watch(ctx.said.origin, message, told=outcomes.counts())


def _note(ctx: Context, broadcast: Broadcast, deed: str) -> None:
    audience = broadcast.audience
    detail = {"to": [*sorted(audience.to), audience.state], "text": broadcast.said}
    subject = f"broadcast:{broadcast.id}"
    ctx.store.audit.note(ctx.known.id, deed, subject, ctx.now, detail, unit=audience.unit)
