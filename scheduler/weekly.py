"""Tells chairs and officers once a week what happened, and what waits."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.calls import LOOKED_BACK
from domain.initiative import Desk
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.programme import Programme
from domain.ranking import nothing_yet
from domain.reminders.pace import lags
from domain.reminders.weekly import Week, before, slot_on, summed, weekly_key
from domain.review import piles
from domain.units import Unit
from domain.wording import weekly as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import (
    HOLDERS_A_TURN,
    alongside,
    begins,
    drafting,
    is_repeated,
    measured,
    open_programme,
    units_of,
    waiting_for,
)

ROLES = (Role.CHAIR, Role.OFFICER)

UNITS_MOST = 3
"""Of an officer: each is a paragraph."""


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice for each chair and officer where there is anything to say."""
    today = ctx.day(at)
    programme, slot = open_programme(ctx, today), slot_on(today, ctx.house.settings.post_weekday)
    if programme is None or slot is None or slot <= programme.opens:
        return None
    page = ctx.store.duties.holders(ROLES, after, HOLDERS_A_TURN)
    for person in page:
        key = weekly_key(person.id, slot)
        if ctx.store.notices.get_by_key(key) is not None or not _units(ctx, person):
            continue
        notice = Notice(key, Kind.WEEKLY, begins(ctx, slot), person.id, about={"slot": str(slot)})
        if _paragraphs(ctx, notice, person, programme):
            ctx.notify(notice)
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """The week before the notice's, and what there is now."""
    programme = open_programme(ctx, ctx.day(ctx.now))
    units = _units(ctx, person)
    if programme is None or not units or is_repeated(ctx, notice):
        return None
    paragraphs = _paragraphs(ctx, notice, person, programme)
    return wording.part(paragraphs, units[0].id, ctx.texts) if paragraphs else None


def _units(ctx: Context, person: Person) -> list[Unit]:
    """An officer's first, then a chair's that lie below none of those."""
    return [*units_of(ctx, person, (Role.OFFICER,)), *_as_chair(ctx, person)]


def _as_chair(ctx: Context, person: Person) -> list[Unit]:
    """The units of which only the chair's digest tells."""
    officers = {unit.id for unit in units_of(ctx, person, (Role.OFFICER,))}
    units = units_of(ctx, person, (Role.CHAIR,))
    return [unit for unit in units if officers.isdisjoint(ctx.store.units.path(unit.id))]


def _paragraphs(ctx: Context, notice: Notice, person: Person, programme: Programme) -> list[str]:
    slot = date.fromisoformat(notice.about["slot"])
    officers = units_of(ctx, person, (Role.OFFICER,))
    said = [_of_officer(ctx, person, programme, unit, slot) for unit in officers[:UNITS_MOST]]
    if said and not alongside(ctx, notice, Kind.DESK) and (count := _on_desk(ctx, person)):
        said.append(wording.on_desk(count, ctx.texts))
    if units := _as_chair(ctx, person):
        said.append(_of_chair(ctx, notice, person, units, programme, slot))
    return [each for each in said if each]


def _of_officer(ctx: Context, person: Person, programme: Programme, unit: Unit, slot: date) -> str:
    """Of the unit and all below; how they move is told of those right below."""
    today = ctx.day(ctx.now)
    asked, span = measured(ctx, programme, unit, today)
    peers, _ = asked.peers(unit.id)
    slow = sum(1 for each in peers if each[2] and lags(each[1], each[3], span, today))
    people, groups = ctx.store.duties.unreached(unit.id)
    week = wording.OfficerWeek(
        asked.standing(unit),
        _week(ctx, programme, unit, slot),
        behind=slow,
        empty=len(nothing_yet(peers)),
        people=people,
        groups=groups,
        calls=ctx.store.calls.count(unit.id, ctx.now - LOOKED_BACK, person.id),
    )
    return wording.of_officer(week, ctx.texts)


def _of_chair(
    ctx: Context,
    notice: Notice,
    person: Person,
    units: Sequence[Unit],
    programme: Programme,
    slot: date,
) -> str:
    """Of all their units together. What waits, and who is writing, another reason may tell."""
    waiting = drafts = None
    if not alongside(ctx, notice, Kind.QUEUE):
        waiting = sum(each.count for each in waiting_for(ctx, person))
    if not any(alongside(ctx, notice, kind) for kind in (Kind.PACE, Kind.DEADLINE)):
        drafts = len(drafting(ctx, programme, [unit.id for unit in units], person))
    week = summed(_week(ctx, programme, unit, slot) for unit in units)
    return wording.of_chair(wording.ChairWeek(week, waiting, drafts), ctx.texts)


def _on_desk(ctx: Context, person: Person) -> int:
    mine = [pile for pile in piles(person, ctx.store.units.path) if pile.desk is Desk.OFFICER]
    return ctx.store.desks.count(mine, person.id)


def _week(ctx: Context, programme: Programme, unit: Unit, slot: date) -> Week:
    first, last = before(slot)
    days = ctx.store.tallies.by_day(programme.id, unit.id, first)
    changes = [change for day, change in days.items() if day <= last]
    return Week(sum(each.submitted for each in changes), sum(each.valid for each in changes))
