"""Carries out broadcasts: enters in the ledger whom they are for, and shows how far they are.

Whoever wrote one must be allowed to as long as copies of it leave, and whoever gets one must still
be one of those it is for.
"""

from dataclasses import replace
from datetime import datetime

from domain.broadcast import LIVES, Broadcast, Outcomes, Watch
from domain.calendar import next_allowed
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.parcel import Parcel, ParcelState
from domain.peace import Drop
from domain.person import Deed, Person, may
from domain.wording import broadcasts as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.job import PAGE

STOPPED, NO_LONGER = "stopped", "no_longer"

ON_ITS_WAY = frozenset({ParcelState.DUE, ParcelState.SENDING})
ARRIVED = frozenset({ParcelState.SENT, ParcelState.UNSURE})


def any_going(ctx: Context, at: datetime) -> bool:
    """Whether anybody is still to be entered."""
    return bool(ctx.store.broadcasts.going())


def expand(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """A page of the people, then of the groups, of the broadcast agreed to first.

    Where it goes on stands in its row, written with the page: a crash leaves nobody out.
    """
    going = ctx.store.broadcasts.going()
    broadcast = ctx.store.broadcasts.hold(going[0].id) if going else None
    if broadcast is None or broadcast.agreed_at is None:
        return None
    if broadcast.expanded_at is None and not _is_stopped(ctx, broadcast):
        ctx.store.broadcasts.save(_page(ctx, broadcast, broadcast.agreed_at))
    return broadcast.id


def part(ctx: Context, notice: Notice, person: Person) -> Part | Drop | None:
    """The officer's own words; dropped when it was stopped, or is not for them any more."""
    broadcast = ctx.store.broadcasts.get(notice.broadcast or 0)
    if broadcast is None or not (said := _said(ctx, broadcast)):
        return None
    if _is_stopped(ctx, broadcast):
        return Drop(STOPPED)
    return Part(said, first=True) if _has(ctx, broadcast, notice) else Drop(NO_LONGER)


def why_not(ctx: Context, notice: Notice) -> str:
    """Why a group does not get it any more."""
    broadcast = ctx.store.broadcasts.get(notice.broadcast or 0)
    if broadcast is None or _is_stopped(ctx, broadcast):
        return STOPPED
    return "" if _has(ctx, broadcast, notice) else NO_LONGER


def any_watched(ctx: Context, at: datetime) -> bool:
    """Whether the progress of any is shown somewhere."""
    return bool(ctx.store.broadcasts.watched())


def show_progress(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Edit the message that shows how far one is, where counts changed; the last edit ends it."""
    watched = ctx.store.broadcasts.watched(after)
    broadcast = ctx.store.broadcasts.hold(watched[0].id) if watched else None
    if broadcast is None:
        return None
    if broadcast.watched is not None:
        _edit(ctx, broadcast, broadcast.watched)
    return broadcast.id


def _is_stopped(ctx: Context, broadcast: Broadcast) -> bool:
    """Whether it was stopped; whoever may not write there any more has stopped it, too."""
    if broadcast.stopped_at is not None:
        return True
    maker, unit = ctx.store.people.get(broadcast.made_by), broadcast.audience.unit
    if maker is not None and may(maker, Deed.BROADCAST, ctx.store.units.path(unit)):
        return False
    held = ctx.store.broadcasts.hold(broadcast.id)
    if held is not None and held.stopped_at is None:
        ctx.store.broadcasts.save(held.stopped(ctx.now))
    return True


def _has(ctx: Context, broadcast: Broadcast, notice: Notice) -> bool:
    """Whether the one who would get this copy is still one of those it is for."""
    today = ctx.day(ctx.now)
    programme = ctx.store.programmes.current(today)
    return ctx.store.audiences.has(
        broadcast.audience, programme, today, person=notice.person, group=notice.group
    )


def _page(ctx: Context, broadcast: Broadcast, agreed_at: datetime) -> Broadcast:
    audience, today = broadcast.audience, ctx.day(ctx.now)
    programme = ctx.store.programmes.current(today)
    copy = Notice(
        "",
        Kind.BROADCAST,
        agreed_at,
        expires=next_allowed(agreed_at, ctx.calendar) + LIVES,
        broadcast=broadcast.id,
    )
    key = f"broadcast:{broadcast.id}"
    people = ctx.store.audiences.people(audience, programme, today, broadcast.after, PAGE)
    for person in people:
        mine = replace(copy, key=f"{key}:{person.id}", person=person.id, unit=person.unit)
        ctx.notify(mine)
    if people:
        return replace(broadcast, after=people[-1].id)
    chats = ctx.store.audiences.groups(audience, programme, today, broadcast.after_group, PAGE)
    for chat in chats:
        theirs = replace(copy, key=f"{key}:group:{chat.number}", group=chat.number, unit=chat.unit)
        ctx.post(theirs, chat.address, Outgoing(_said(ctx, broadcast)))
    if chats:
        return replace(broadcast, after_group=chats[-1].number)
    return replace(broadcast, expanded_at=ctx.now)


def _said(ctx: Context, broadcast: Broadcast) -> str:
    sender = ctx.store.units.get(broadcast.sender)
    return wording.said(broadcast.said, sender, ctx.texts) if sender else ""


def _edit(ctx: Context, broadcast: Broadcast, watch: Watch) -> None:
    last = ctx.store.broadcasts.edited(watch.parcel) if watch.parcel else None
    if last is not None:
        state, message = last
        if state in ON_ITS_WAY:
            return
        if state not in ARRIVED:
            # Nothing reaches them there: they may ask again.
            ctx.store.broadcasts.save(replace(broadcast, watched=None))
            return
        # What could not be edited was sent anew: from then on that one is edited.
        watch = replace(watch, message=message or watch.message)
    outcomes = ctx.store.broadcasts.outcomes(broadcast)
    if outcomes.counts() != watch.told:
        unit = ctx.store.units.get(broadcast.audience.unit)
        say = wording.progress(broadcast, outcomes, unit, ctx.house.local(ctx.now), ctx.texts)
        watch = replace(watch, told=outcomes.counts(), parcel=_post(ctx, broadcast, watch, say))
    over = _is_over(broadcast, outcomes)
    ctx.store.broadcasts.save(replace(broadcast, watched=None if over else watch))


def _post(ctx: Context, broadcast: Broadcast, watch: Watch, say: Outgoing) -> int:
    key = f"broadcast:{broadcast.id}:watch:{ctx.now.isoformat()}"
    say = replace(say, replaces=watch.message)
    stored = ctx.store.parcels.add(Parcel(key, watch.address, say, not_before=ctx.now))
    return stored.id if stored else watch.parcel


def _is_over(broadcast: Broadcast, outcomes: Outcomes) -> bool:
    return broadcast.expanded_at is not None and not outcomes.waiting
