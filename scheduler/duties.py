"""What the pushes to chairs and officers share: their units, and what else is in the same push."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time

from domain.campaign import Campaign
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.programme import Programme
from domain.reminders.pace import Span
from domain.units import Unit
from scheduler.context import Context
from storage.standings import Asked, usual_phase

HOLDERS_A_TURN = 50
"""Each reads a few rows of its own for every unit."""


def begins(ctx: Context, day: date) -> datetime:
    """When a local day begins, UTC."""
    return datetime.combine(day, time(), ctx.house.settings.zone).astimezone(UTC)


def units_of(ctx: Context, person: Person, roles: Collection[Role]) -> list[Unit]:
    """The units that somebody holds such a role on; none that ended or stands below another."""
    today, units = ctx.day(ctx.now), ctx.store.units
    held = {grant.unit for grant in person.grants if grant.role in roles}
    found = [unit for id in sorted(held) if (unit := units.get(id)) and unit.open_on(today)]
    if len(found) < 2:
        return found
    ids = {unit.id for unit in found}
    return [unit for unit in found if ids.isdisjoint(units.path(unit.id)[:-1])]


def in_campaign(ctx: Context, units: Iterable[Unit], running: Sequence[Campaign]) -> bool:
    """Whether one of these campaigns is over one of the units."""
    over = {campaign.unit for campaign in running}
    return bool(over) and any(over & set(ctx.store.units.path(unit.id)) for unit in units)


def open_programme(ctx: Context, day: date) -> Programme | None:
    """The programme that takes entries on that day."""
    programme = ctx.store.programmes.current(day)
    return programme if programme is not None and day <= programme.closes else None


def measured(ctx: Context, programme: Programme, unit: Unit, day: date) -> tuple[Asked, Span]:
    """What a unit is measured over: the phase that it has a quota for, else the programme."""
    phase = usual_phase(ctx.store, programme, unit, day)
    asked = Asked(ctx.store, programme, phase, day, past=False)
    return asked, Span(asked.starts, asked.ends)


def alongside(ctx: Context, notice: Notice, kind: Kind) -> list[Notice]:
    """What else of a kind the same push is to say; what turned out pointless is gone by then."""
    carried = ctx.store.notices.of_parcel(notice.parcel) if notice.parcel else []
    return [each for each in carried if each.kind is kind and each.id != notice.id]


def is_repeated(ctx: Context, notice: Notice) -> bool:
    """Whether a later one in the same push says the same as it is now."""
    return any(each.id > notice.id for each in alongside(ctx, notice, notice.kind))
