"""Tells chairs weekly of their units below the pace that their quota needs, or with nothing.

While a campaign runs over one of them, twice a week.
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.programme import Programme
from domain.reminders.pace import Behind, behind, pace_key, worst_first
from domain.reminders.weekly import slot_on
from domain.units import Unit
from domain.wording import chasing as wording
from domain.wording.digest import Part
from scheduler import deadlines
from scheduler.context import Context
from scheduler.duties import (
    HOLDERS_A_TURN,
    alongside,
    begins,
    drafting,
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
    slot = slot_on(today, weekday, twice=True)
    if programme is None or slot is None:
        return None
    running = ctx.store.campaigns.running(slot)
    everybody = slot == slot_on(today, weekday)
    if not everybody and not running:
        return None
    page = ctx.store.duties.holders((Role.CHAIR,), after, HOLDERS_A_TURN)
    for chair in page:
        units = units_of(ctx, chair, (Role.CHAIR,))
        if not everybody and not in_campaign(ctx, units, running):
            continue
        if ctx.store.notices.get_by_key(pace_key(chair.id, slot)) is not None:
            continue
        # As of the slot: what lags only since then is told in the next one.
        if found := _behind(ctx, programme, units, slot):
            key, due_at = pace_key(chair.id, slot), begins(ctx, slot)
            ctx.notify(Notice(key, Kind.PACE, due_at, chair.id, unit=found[0].unit))
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """Those that still lag; what the same push says of a deadline it does not say again."""
    today = ctx.day(ctx.now)
    programme = open_programme(ctx, today)
    if programme is None or is_repeated(ctx, notice):
        return None
    units = units_of(ctx, person, (Role.CHAIR,))
    ends = alongside(ctx, notice, Kind.DEADLINE)
    told = {unit for each in ends for unit in deadlines.told_of(ctx, each, person)}
    found = _behind(ctx, programme, [unit for unit in units if unit.id not in told], today)
    if not found:
        return None
    named = [each.unit for each in found[: wording.UNITS_MOST]]
    writing = drafting(ctx, programme, named, person)
    return wording.of_pace(found, programme.counts, writing, len(units) == 1, ctx.texts)


def _behind(ctx: Context, programme: Programme, units: Sequence[Unit], as_of: date) -> list[Behind]:
    found = []
    for unit in units:
        asked, span = measured(ctx, programme, unit, ctx.day(ctx.now))
        found.append(behind(asked.standing(unit), span, as_of))
    return worst_first(each for each in found if each is not None)
