"""Tells chairs weekly of their units below the pace that their quota needs, or with nothing.

While a campaign runs over one of them, twice a week.
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.notice import Kind, Notice
from domain.person import Deed, Person, Role, may
from domain.programme import Programme
from domain.reminders.pace import Behind, behind, pace_key, worst_first
from domain.reminders.weekly import slot_on
from domain.units import Unit
from domain.wording import chasing as wording
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import (
    HOLDERS_A_TURN,
    alongside,
    begins,
    in_campaign,
    is_repeated,
    measured,
    open_programme,
    units_of,
)


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice a chair and slot, of all their units that lag."""
    today = ctx.day(at)
    programme, weekday = open_programme(ctx, today), ctx.house.settings.post_weekday
    running = ctx.store.campaigns.running(today)
    usual, twice = (slot_on(today, weekday, twice=bool(each)) for each in (0, running))
    if programme is None or twice is None:
        return None
    page = ctx.store.duties.holders((Role.CHAIR,), after, HOLDERS_A_TURN)
    for chair in page:
        units = units_of(ctx, chair, (Role.CHAIR,))
        slot = twice if twice == usual or in_campaign(ctx, units, running) else usual
        if slot is None or ctx.store.notices.get_by_key(pace_key(chair.id, slot)) is not None:
            continue
        if found := _behind(ctx, programme, units, today):
            about = {"units": [each.unit for each in found]}
            key, due_at = pace_key(chair.id, slot), begins(ctx, slot)
            unit = found[0].unit
            ctx.notify(Notice(key, Kind.PACE, due_at, chair.id, unit=unit, about=about))
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """Those that still lag; what the same push says of a deadline it does not say again."""
    today = ctx.day(ctx.now)
    programme = open_programme(ctx, today)
    if programme is None or is_repeated(ctx, notice):
        return None
    units = units_of(ctx, person, (Role.CHAIR,))
    told = {
        unit for each in alongside(ctx, notice, Kind.DEADLINE) for unit in each.about["lacking"]
    }
    found = _behind(ctx, programme, [unit for unit in units if unit.id not in told], today)
    if not found:
        return None
    drafting = _drafting(ctx, programme, found, person)
    return wording.of_pace(found, programme.counts, drafting, len(units) == 1, ctx.texts)


def _behind(ctx: Context, programme: Programme, units: Sequence[Unit], today: date) -> list[Behind]:
    found = []
    for unit in units:
        asked, span = measured(ctx, programme, unit, today)
        found.append(behind(asked.standing(unit), span, today))
    return worst_first(each for each in found if each is not None)


def _drafting(
    ctx: Context, programme: Programme, found: Sequence[Behind], chair: Person
) -> list[str]:
    """Who has begun something there, for whoever may see names; each once."""
    names: dict[str, None] = {}
    for each in found[: wording.UNITS_MOST]:
        if may(chair, Deed.SEE_NAMES, ctx.store.units.path(each.unit)):
            said = ctx.store.duties.drafting(each.unit, programme.id, chair.id)
            names |= dict.fromkeys(said)
    return list(names)
