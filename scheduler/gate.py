"""The gate that every push passes in the turn right before the network is called.

Here it is decided whether it may be said now, and put together what it says: what was due but is
no longer true is dropped, and nothing that was held says what was true when it was found.
"""

from dataclasses import replace
from datetime import datetime

from domain.address import Address
from domain.allowance import is_reserved, month_of, next_month
from domain.calendar import next_allowed, night_only, why_not
from domain.conversation import offered
from domain.group import SILENCED, calendar_in
from domain.hours import Hours, calendar_of
from domain.message import Outgoing
from domain.notice import AT_ONCE, Kind, Notice, NoticeState
from domain.parcel import Parcel
from domain.peace import Drop, Go, Hold, Verdict, hold_push, hold_while_talking
from domain.person import Person
from domain.window import Stage
from domain.wording.digest import Part, digest
from scheduler.context import Context
from scheduler.parts import PARTS, STILL_WANTED
from scheduler.ways import note_way
from scheduler.windows import WINDOW, way_to, worded
from storage.urgency import calendar_of_unit

POINTLESS = "pointless"


def consult(ctx: Context, parcel: Parcel, at: datetime) -> Verdict:
    """Whether a push may go to the network now. Keeps in the ledger why it may not."""
    carried = ctx.store.notices.of_parcel(parcel.id)
    verdict = _out_of_allowance(ctx, parcel.to, carried, at) or _of_kind(ctx, parcel, carried, at)
    if isinstance(verdict, Hold):
        ctx.store.notices.hold(parcel.id, verdict.why)
    elif isinstance(verdict, Drop):
        ctx.store.notices.drop_carried(parcel.id, verdict.why)
    else:
        template = verdict.say is not None and verdict.say.template is not None
        note_way(ctx, parcel, carried, at, template=template)
    return verdict


def _of_kind(ctx: Context, parcel: Parcel, carried: list[Notice], at: datetime) -> Verdict:
    if not carried:
        # Pushed by an earlier version, or all that it was to say was dropped.
        return _news(ctx, parcel, None, at) if _says(parcel) else Drop(POINTLESS)
    first = carried[0]
    if first.group is not None:
        return _unwanted(ctx, first) or _to_group(ctx, first.group, first.kind, at)
    if first.kind in AT_ONCE:
        return _news(ctx, parcel, first, at)
    return _to_person(ctx, parcel, carried, at)


def _out_of_allowance(
    ctx: Context, to: Address, carried: list[Notice], at: datetime
) -> Hold | None:
    """What is left of the month is kept for answers, and for whoever must hear of it."""
    most = ctx.house.allowances.get((to.channel, to.bot))
    if most is None or any(notice.kind is Kind.ALARM for notice in carried):
        return None
    if not is_reserved(ctx.store.month_counts.of(to.channel, to.bot, month_of(at)), most):
        return None
    return Hold(next_allowed(next_month(at), ctx.calendar), "allowance")


def _unwanted(ctx: Context, notice: Notice) -> Drop | None:
    """What a group gets is worded when it is posted; whether it still holds is asked here."""
    check = STILL_WANTED.get(notice.kind)
    why = check(ctx, notice) if check else ""
    return Drop(why) if why else None


def _to_group(ctx: Context, number: int, kind: Kind, at: datetime) -> Verdict:
    """By its own clock, as long as it is bound, or told that it no longer is; a mute drops more."""
    group = ctx.store.groups.get(number)
    if group is None or not (group.active or kind is Kind.NEWS):
        return Drop("unbound")
    if kind in SILENCED and group.is_muted(at):
        return Drop("muted")
    chosen = ctx.store.group_schedules.of(number).get(kind)
    if chosen is not None and chosen.schedule.never:
        return Drop("off")
    night = night_only(calendar_in(group, ctx.calendar))
    if why := why_not(at, night):
        return Hold(next_allowed(at, night), why)
    return Go()


def _news(ctx: Context, parcel: Parcel, notice: Notice | None, at: datetime) -> Verdict:
    """Somebody waits for it: only the night and an open question hold it back."""
    person = notice.person if notice else None
    zone = ctx.store.peace.of(person).hours.zone if person else ""
    night = night_only(calendar_of(Hours(zone=zone), ctx.calendar))
    if why := why_not(at, night):
        return Hold(next_allowed(at, night), why)
    conversation = ctx.store.conversations.at(parcel.to)
    draft = ctx.store.drafts.open_for(person) if person else None
    asked = conversation.expects or (draft is not None and not draft.saved)
    if asked and (hold := hold_while_talking(conversation.spoken_at, night, at)):
        return hold
    return _news_through(ctx, parcel, notice, at) if notice else Go()


def _news_through(ctx: Context, parcel: Parcel, notice: Notice, at: datetime) -> Verdict:
    """What was worded before goes where the person may be written to; an edit stays in its chat."""
    person = ctx.store.people.get(notice.person or 0)
    if person is None:
        return Go()
    if person.address is None:
        return Drop("no_chat")
    own = person.address if parcel.say.replaces is None else parcel.to
    way = way_to(ctx, person, own, at)
    if way.to != parcel.to:
        ctx.store.parcels.redirect(parcel.id, way.to)
        _offer_there(ctx, parcel, way.to, at)
        return Hold(at, "moved")
    say = worded(ctx, way, person, parcel.say, parcel.id, at)
    if say is None:
        return Drop(WINDOW)
    if say == parcel.say:
        return Go(paid=way.stage is not Stage.OPEN)
    ctx.store.parcels.reword(parcel.id, say)
    return Go(say, paid=way.stage is not Stage.OPEN)


def _offer_there(ctx: Context, parcel: Parcel, to: Address, at: datetime) -> None:
    """Its choices go with it: where it was to be said nobody saw them."""
    offers = offered([parcel.say])
    shown = ctx.store.conversations.pushed(parcel.to)
    if shown is not None and shown.offers == offers:
        ctx.store.conversations.forget_pushed(parcel.to)
    if offers:
        ctx.store.conversations.offer(to, offers, at)


def _to_person(ctx: Context, parcel: Parcel, carried: list[Notice], at: datetime) -> Verdict:
    """The day's push: everything that is still true, in one message."""
    person = ctx.store.people.get(carried[0].person or 0)
    if person is None or person.address is None or not person.reachable:
        return Drop("blocked")
    way = way_to(ctx, person, person.address, at)
    if way.to != parcel.to:
        ctx.store.parcels.redirect(parcel.id, way.to)
        return Hold(at, "moved")
    peace = ctx.store.peace.hold(person.id)
    usual = calendar_of_unit(ctx.store, person.unit, ctx.calendar, at)
    calendar = calendar_of(peace.hours, usual)
    spoken_at = ctx.store.conversations.at(parcel.to).spoken_at
    if hold := hold_push(peace, calendar, spoken_at, parcel.id, at):
        return hold
    parts = _parts(ctx, carried, person, at)
    if not parts:
        return Drop(POINTLESS)
    say = worded(ctx, way, person, digest(parts, ctx.texts), parcel.id, at)
    if say is None:
        return Drop(WINDOW)
    ctx.store.parcels.reword(parcel.id, say)
    ctx.store.peace.pushed(person.id, parcel.id, at.astimezone(calendar.zone).date())
    if say.actions():
        ctx.store.conversations.offer(parcel.to, offered([say]), at)
    return Go(say, paid=way.stage is not Stage.OPEN)


def _parts(ctx: Context, carried: list[Notice], person: Person, at: datetime) -> list[Part]:
    """What is still worth saying; the rest is dropped, and the ledger says why."""
    peace = ctx.store.peace.of(person.id)
    parts = []
    for notice in carried:
        why = ""
        if notice.expires is not None and notice.expires <= at:
            why = "late"
        elif not peace.wants(notice.kind):
            why = "muted"
        elif (part := PARTS[notice.kind](ctx, notice, person)) is None:
            why = POINTLESS
        elif isinstance(part, Drop):
            why = part.why
        else:
            parts.append(part)
        if why:
            ctx.store.notices.settle(notice.id, NoticeState.DROPPED, why)
    return parts


def _says(parcel: Parcel) -> bool:
    return parcel.say != replace(Outgoing(""), replaces=parcel.say.replaces)
