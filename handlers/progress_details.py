"""Who waits, what lies idle and who has nothing: names, so in private and by right only."""

from datetime import timedelta

from domain.action import Action
from domain.message import Button, Outgoing
from domain.person import Deed, Role
from domain.ranking import nothing_yet
from domain.units import Unit
from domain.wording import progress_details as wording
from handlers import progress_lists
from handlers.context import Context
from storage.standings import Asked

IDLE = timedelta(days=3)
"""The second reminder has gone out by then."""


def details(ctx: Context, action: Action) -> list[Outgoing]:
    """What whoever looks after the unit should chase; asked for in a group, it comes in private."""
    found = progress_lists.asked(ctx, action)
    if found is None:
        return ctx.say("fallback.stale")
    _, unit, of = found
    if ctx.person is None or not ctx.may(Deed.SEE_NAMES, unit.id):
        by = ctx.person.id if ctx.person else None
        ctx.store.audit.note(by, "refused", f"details:{unit.code}", ctx.now, unit=unit.id)
        return [_by_private(ctx, "progress.details_refused")]
    ctx.store.audit.note(ctx.person.id, "details", f"unit:{unit.id}", ctx.now, unit=unit.id)
    said = _details(ctx, unit, of)
    if ctx.said.private:
        return [said]
    if ctx.person.address is None or not ctx.person.reachable:
        return [_by_private(ctx, "progress.details_unreachable")]
    ctx.answer_elsewhere(ctx.person.address, said, f"details:{ctx.said.key}")
    return ctx.say("progress.details_sent")


def _details(ctx: Context, unit: Unit, of: Asked) -> Outgoing:
    none = nothing_yet(of.peers(unit.id)[0])
    chairs = {
        of.name(peer): ctx.store.people.holders(Role.CHAIR, (peer.unit,))
        for peer in none[: wording.EMPTY_MOST]
    }
    return wording.details(
        unit.name,
        ctx.store.chasing.waiting(unit.id, wording.WAITING_MOST),
        ctx.store.chasing.idle_drafts(unit.id, ctx.now - IDLE),
        chairs,
        empty=len(none),
        now=ctx.now,
        idle_days=IDLE.days,
        texts=ctx.texts,
    )


def _by_private(ctx: Context, key: str) -> Outgoing:
    """A neutral line, with the way to the private chat where there is one."""
    link = ctx.house.link(ctx.said.origin.channel, ctx.said.origin.bot)
    if ctx.said.private or not link:
        return Outgoing(ctx.texts(key))
    button = Button(ctx.texts("form.open_private"), url=link)
    return Outgoing(ctx.texts(key), ((button,),))
