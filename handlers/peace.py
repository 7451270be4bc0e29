"""How somebody wants to be written to: in which hours, of what, or not at all for a while."""

from dataclasses import replace

from domain.action import Action
from domain.hours import Hours, HoursKind, calendar_of
from domain.message import Outgoing
from domain.notice import Kind
from domain.peace import FOREVER, MUTED, Peace
from domain.person import Deed
from domain.vietnamese.hours import read_hours
from domain.wording import peace as wording
from handlers.context import Context

TALK = "peace"
"""Hours may be said in words after the settings were shown."""

FOR_ALL = (
    Kind.DRAFT,
    Kind.RETURNED,
    Kind.RECOGNISED,
    Kind.YEAR,
    Kind.DEADLINE,
    Kind.CAMPAIGN,
    Kind.SUMMARY,
    Kind.BROADCAST,
)
FOR_CHAIRS = (Kind.QUEUE, Kind.VOUCH, Kind.PACE, Kind.WEEKLY)
FOR_OFFICERS = (Kind.DESK,)


def settings(ctx: Context, said: str = "") -> list[Outgoing]:
    """Show what holds; with words behind it, change the hours first."""
    if not ctx.said.private:
        return ctx.say("form.in_private")
    if ctx.person is None:
        return ctx.say("fallback.lost")
    return hours_said(ctx, said) if said else _show(ctx)


def hours_said(ctx: Context, text: str) -> list[Outgoing]:
    """Hours in words: "7h-9h", "buổi tối", "giờ Nhật"."""
    read = read_hours(text)
    if read is None:
        return ctx.say("peace.unread")
    old = ctx.store.peace.of(ctx.known.id).hours
    hours = replace(old, zone=read.zone or old.zone)
    if read.kind:
        hours = replace(hours, kind=HoursKind(read.kind), begin=read.begin, end=read.end)
    return _keep_hours(ctx, hours)


def hours_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """The usual hours, or the evening."""
    kind = HoursKind.EVENING if action.version == wording.EVENING else HoursKind.USUAL
    zone = ctx.store.peace.of(ctx.known.id).hours.zone
    return ctx.in_place(_keep_hours(ctx, Hours(kind, zone=zone)))


def mute(ctx: Context) -> list[Outgoing]:
    """No pushes for a week; what comes due meanwhile waits."""
    until = ctx.now + MUTED
    _keep(ctx, replace(_wishes(ctx), muted_until=until))
    return [Outgoing(wording.muted(ctx.house.local(until), ctx.texts))]


def mute_tapped(ctx: Context, action: Action) -> list[Outgoing]:
    """For a week, for good, or no more: as the button says."""
    if action.id == wording.FOR_EVER:
        _keep(ctx, replace(_wishes(ctx), muted_until=FOREVER))
        return ctx.say("peace.off_now")
    return unmute(ctx) if action.id == wording.AGAIN else mute(ctx)


def unmute(ctx: Context) -> list[Outgoing]:
    """Pushes again, of every kind."""
    _keep(ctx, replace(_wishes(ctx), muted_until=None, muted=frozenset()))
    return ctx.say("push.unmuted")


def kinds(ctx: Context, action: Action) -> list[Outgoing]:
    """Which kinds there are for this person."""
    return ctx.in_place([wording.kinds(_wishes(ctx), _concerning(ctx), ctx.texts)])


def kind_picked(ctx: Context, action: Action) -> list[Outgoing]:
    """Have a kind (version 1) or not (0)."""
    kind = next((each for each in _concerning(ctx) if each.value == action.id), None)
    if kind is None:
        return ctx.say("fallback.stale")
    wishes = _wishes(ctx)
    muted = wishes.muted - {kind} if action.version else wishes.muted | {kind}
    _keep(ctx, replace(wishes, muted=muted))
    return kinds(ctx, action)


def _show(ctx: Context) -> list[Outgoing]:
    ctx.expect(TALK)
    wishes = _wishes(ctx)
    zone = calendar_of(wishes.hours, ctx.house.settings.calendar).zone
    return [wording.settings(wishes, ctx.now.astimezone(zone), ctx.texts)]


def _keep_hours(ctx: Context, hours: Hours) -> list[Outgoing]:
    _keep(ctx, replace(_wishes(ctx), hours=hours))
    return _show(ctx)


def _wishes(ctx: Context) -> Peace:
    return ctx.store.peace.of(ctx.known.id)


def _keep(ctx: Context, wishes: Peace) -> None:
    # What waits for other hours, or for the end of a mute, is looked at again at once. The parcel
    # before the wishes, as the gate takes them.
    ctx.store.parcels.look_again(wishes.parcel, ctx.now)
    ctx.store.peace.save(ctx.known.id, wishes)


def _concerning(ctx: Context) -> tuple[Kind, ...]:
    units = [grant.unit for grant in ctx.known.grants]
    chairs = FOR_CHAIRS if any(ctx.may(Deed.REVIEW, unit) for unit in units) else ()
    officers = FOR_OFFICERS if any(ctx.may(Deed.VALIDATE, unit) for unit in units) else ()
    return (*FOR_ALL, *chairs, *officers)
