"""Announces campaigns: that one begins, what it brought, that it is off.

To each bound group below its unit and, as a push, to the chairs there; results also to whoever made
it. Under one key for ever: a campaign whose days change is not announced anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from domain.broadcast import Audience, Chat, To
from domain.calendar import next_allowed, night_only
from domain.campaign import LOOKED_BACK_DAYS, Announcement, Campaign, What, owed
from domain.campaign_results import Results, by_count
from domain.group import schedule_of
from domain.message import Outgoing
from domain.notice import Kind, Notice, NoticeState
from domain.parcel import ParcelState
from domain.person import Deed, Person, Role, may
from domain.units import Unit
from domain.wording import campaign_news as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.job import PAGE
from storage.campaign_results import results_of, submitted_in

MORNING = time(6, 30)
"""Local: what a day's push is to say is found before the first goes out."""

ROUND = 2**40
"""Turns are numbered by what they announce and to whom; rows have smaller numbers."""

GROUPS_A_TURN = 50
"""Each that stands lower reads its own counts."""

TOLD = frozenset({ParcelState.SENDING, ParcelState.SENT, ParcelState.UNSURE})

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Owed:
    """Something to announce of a campaign."""

    campaign: Campaign
    unit: Unit
    announcement: Announcement
    due_at: datetime
    expires: datetime

    @property
    def what(self) -> What:
        return self.announcement.what

    def key(self, whom: str) -> str:
        return f"campaign:{self.campaign.id}:{self.what.value}:{whom}"

    def began(self, whom: str) -> str:
        return f"campaign:{self.campaign.id}:{What.START.value}:{whom}"


def any_owed(ctx: Context, at: datetime) -> bool:
    """Whether any campaign began, ended or was called off lately."""
    return any(True for _ in _all_owed(ctx, at))


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Announce what is owed: a page of groups or of people a turn."""
    turns = [(each, people) for each in _all_owed(ctx, at) for people in (False, True)]
    number, last = divmod(after, ROUND)
    if number >= len(turns):
        return None
    each, people = turns[number]
    more = (_to_people if people else _to_groups)(ctx, each, at, last)
    if more is not None:
        return number * ROUND + more
    return (number + 1) * ROUND if number + 1 < len(turns) else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """The announcement as true now; None when it does not hold any more."""
    campaign = ctx.store.campaigns.ever(notice.about["campaign"])
    unit = ctx.store.units.get(campaign.unit) if campaign else None
    if campaign is None or unit is None or why_not(ctx, notice):
        return None
    what = What(notice.about["what"])
    if not _concerns(ctx, person, unit, what):
        return None
    if what is What.START:
        return Part(wording.starts_for_chair(campaign, unit, ctx.day(ctx.now), ctx.texts))
    results = _results(ctx, campaign) if what is What.END else None
    said = _said(ctx, campaign, unit, what, results)
    return Part(said) if said else None


def _concerns(ctx: Context, person: Person, unit: Unit, what: What) -> bool:
    """Whether they still hold the role for which they are told."""
    if what is What.START:
        chairs = Audience(unit.id, frozenset({To.CHAIRS}))
        return ctx.store.audiences.has(chairs, None, ctx.day(ctx.now), person=person.id)
    path = ctx.store.units.path(unit.id)
    return what is What.OFF or may(person, Deed.RUN_CAMPAIGN, path)


def why_not(ctx: Context, notice: Notice) -> str:
    """Why it is not to be said any more: called off, moved, or nobody heard that it began."""
    campaign, what = ctx.store.campaigns.ever(notice.about["campaign"]), notice.about["what"]
    if campaign is None:
        return "gone"
    if what == What.OFF:
        began = notice.key.replace(f":{What.OFF.value}:", f":{What.START.value}:")
        return "" if _was_told(ctx, began) else "unheard"
    if campaign.closed_at is not None:
        return "called_off"
    begun = what != What.START or campaign.runs_on(ctx.day(ctx.now))
    return "" if begun else "moved"


def _all_owed(ctx: Context, at: datetime) -> Iterator[_Owed]:
    """In a fixed order, so that turns may be counted."""
    today, zone = ctx.day(at), ctx.house.settings.zone
    since = LOOKED_BACK_DAYS * _DAY
    for campaign in ctx.store.campaigns.of_late(today, today - since, at - since):
        off = ctx.day(campaign.closed_at) if campaign.closed_at else None
        unit = ctx.store.units.get(campaign.unit)
        for each in owed(campaign, off, today) if unit else ():
            due_at = datetime.combine(each.day, MORNING, zone).astimezone(UTC)
            expires = datetime.combine(each.last + _DAY, time(), zone).astimezone(UTC)
            due_at = campaign.closed_at or due_at
            if due_at <= at and unit is not None:
                yield _Owed(campaign, unit, each, due_at, expires)


def _to_groups(ctx: Context, each: _Owed, at: datetime, after: int) -> int | None:
    if next_allowed(at, night_only(ctx.calendar)) > at:
        # What a group gets is worded when it is posted: until it leaves, nothing may change.
        return None
    audience = Audience(each.unit.id, frozenset({To.GROUPS}))
    found = ctx.store.audiences.groups(audience, None, ctx.day(at), after, GROUPS_A_TURN)
    if not found:
        return None
    wanted = list(_wanting(ctx, each, found, after))
    results = _results(ctx, each.campaign) if wanted and each.what is What.END else None
    said = _said(ctx, each.campaign, each.unit, each.what, results)
    for chat in wanted:
        # Groups choose whether they get results.
        kind = Kind.SUMMARY if each.what is What.END else Kind.CAMPAIGN
        notice = replace(_notice(each, str(chat.number), chat.unit), kind=kind, group=chat.number)
        if each.announcement.late_on(ctx.day(at)):
            ctx.skip(notice, "late")
        elif said and ctx.store.notices.get_by_key(notice.key) is None:
            own = _own(ctx, results, chat.unit) if results else ""
            ctx.post(notice, chat.address, Outgoing(f"{said}\n{own}" if own else said))
    return found[-1].number if len(found) == GROUPS_A_TURN else None


def _to_people(ctx: Context, each: _Owed, at: datetime, after: int) -> int | None:
    if each.what is What.END:
        people, full = _officers(ctx, each), False
    else:
        audience = Audience(each.unit.id, frozenset({To.CHAIRS}))
        people = ctx.store.audiences.people(audience, None, ctx.day(at), after, PAGE)
        full = len(people) == PAGE
    for person in people:
        whom = f"person:{person.id}"
        if each.what is What.OFF and not _was_told(ctx, each.began(whom)):
            continue
        notice = replace(_notice(each, whom, person.unit), person=person.id)
        if each.announcement.late_on(ctx.day(at)):
            ctx.skip(notice, "late")
        else:
            ctx.notify(notice)
    return people[-1].id if full else None


def _notice(each: _Owed, whom: str, unit: int | None) -> Notice:
    return Notice(
        each.key(whom),
        Kind.CAMPAIGN,
        each.due_at,
        unit=unit,
        about={"campaign": each.campaign.id, "what": each.what.value},
        expires=each.expires,
    )


def _wanting(ctx: Context, each: _Owed, found: Sequence[Chat], after: int) -> Iterator[Chat]:
    """The groups that are to hear it: results by choice, the end of it only who heard it begin."""
    settings, today = ctx.house.settings, ctx.day(ctx.now)
    chosen = ctx.store.group_schedules.of_kind(Kind.SUMMARY, after, found[-1].number)
    for chat in found:
        unit, own = ctx.store.units.get(chat.unit), chosen.get(chat.number)
        late_comer = chat.bound_at > each.due_at
        if unit is None or not unit.open_on(today):
            continue
        if late_comer and (each.what is What.END or each.announcement.late_on(today)):
            continue
        if each.what is What.OFF and not _was_told(ctx, each.began(str(chat.number))):
            continue
        if each.what is not What.END or not schedule_of(Kind.SUMMARY, own, settings).never:
            yield chat


def _officers(ctx: Context, each: _Owed) -> list[Person]:
    """Who made it; of one from the programme's file, or who left, who looks after its unit."""
    path, by = ctx.store.units.path(each.unit.id), each.campaign.made_by
    maker = ctx.store.people.get(by) if by else None
    if maker is not None and may(maker, Deed.RUN_CAMPAIGN, path):
        return [maker]
    return ctx.store.people.holders(Role.OFFICER, path)


def _was_told(ctx: Context, began: str) -> bool:
    """Whether this key was said, not only found."""
    notice = ctx.store.notices.get_by_key(began)
    if notice is None or notice.state is not NoticeState.POSTED or notice.parcel is None:
        return False
    parcel = ctx.store.parcels.get(notice.parcel)
    return parcel is not None and parcel.state in TOLD


def _said(ctx: Context, campaign: Campaign, unit: Unit, what: What, results: Results | None) -> str:
    if what is What.START:
        return wording.starts(campaign, unit, ctx.day(ctx.now), ctx.texts)
    if what is What.OFF:
        day = ctx.day(campaign.closed_at or ctx.now)
        return wording.off(campaign, unit, day, ctx.texts)
    if results is None:
        return ""
    units = ((id, ctx.store.units.get(id)) for id in wording.shown(results))
    names = {id: each.name for id, each in units if each}
    return wording.results(results, unit, names, ctx.texts)


def _results(ctx: Context, campaign: Campaign) -> Results | None:
    programme = ctx.store.programmes.get(campaign.programme)
    if programme is None:
        return None
    return results_of(ctx.store, programme, campaign, ctx.day(ctx.now))


def _own(ctx: Context, results: Results, id: int) -> str:
    """The line of a group's own unit, where that is another; its rank if it is right below."""
    campaign = results.campaign
    programme, unit = ctx.store.programmes.get(campaign.programme), ctx.store.units.get(id)
    if id == campaign.unit or programme is None or unit is None:
        return ""
    peer = next((each for each in results.peers if each.unit == id), None)
    if peer is None:
        count = submitted_in(ctx.store, programme, campaign, id)
        return wording.own(unit, count, None, 0, ctx.texts)
    placed = next((each for each in by_count(results.peers) if each.unit == id), None)
    return wording.own(unit, peer.submitted, placed, len(results.peers), ctx.texts)
