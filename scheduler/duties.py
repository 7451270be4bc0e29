"""What the pushes to chairs and officers share: their units, and what else is in the same push."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time

from domain.campaign import Campaign
from domain.notice import Kind, Notice
from domain.person import Deed, Person, Role, may
from domain.programme import Programme
from domain.reminders.pace import Span
from domain.reminders.queue import Waiting
from domain.units import Unit
from scheduler.context import Context
from storage.standings import Asked, usual_phase

HOLDERS_A_TURN = 50
"""Each reads a few rows of its own for every unit."""


def begins(ctx: Context, day: date) -> datetime:
    """When a local day begins, UTC."""
    return datetime.combine(day, time(), ctx.house.settings.zone).astimezone(UTC)


def held_by(ctx: Context, person: Person, roles: Collection[Role]) -> list[Unit]:
    """The units that somebody holds such a role on; none that ended."""
    today, units = ctx.day(ctx.now), ctx.store.units
    held = {grant.unit for grant in person.grants if grant.role in roles}
    return [unit for id in sorted(held) if (unit := units.get(id)) and unit.open_on(today)]


def units_of(ctx: Context, person: Person, roles: Collection[Role]) -> list[Unit]:
    """The same, but none that stands below another of them: what is counted there it counts too."""
    found = held_by(ctx, person, roles)
    if len(found) < 2:
        return found
    ids = {unit.id for unit in found}
    return [unit for unit in found if ids.isdisjoint(ctx.store.units.path(unit.id)[:-1])]


def waiting_for(ctx: Context, chair: Person) -> list[Waiting]:
    """What waits on a chair's desk, the units in which most does first."""
    units = held_by(ctx, chair, (Role.CHAIR,))
    found = [each for unit in units for each in ctx.store.duties.waiting(unit.id, chair.id)]
    return sorted(found, key=lambda each: (-each.count, each.unit))


def drafting(ctx: Context, programme: Programme, units: Iterable[int], chair: Person) -> list[str]:
    """Who has begun something in these units, each once; for whoever may see names."""
    names: dict[str, None] = {}
    for unit in units:
        if may(chair, Deed.SEE_NAMES, ctx.store.units.path(unit)):
            names |= dict.fromkeys(ctx.store.duties.drafting(unit, programme.id, chair.id))
    return list(names)


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
