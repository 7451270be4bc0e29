"""Progress on demand: of one's own unit, of the group's, or of a unit named; now or of a day."""

from dataclasses import replace
from datetime import date

from domain.action import Action
from domain.look import Look
from domain.message import Button, Outgoing
from domain.programme import Programme
from domain.progress_asking import Asking, read_asking
from domain.unit_search import FOUND_MOST, find_units
from domain.units import Unit
from domain.wording import progress as wording
from domain.wording.progress_picture import picture
from handlers import progress_details, progress_lists
from handlers.context import Context
from storage.standings import progress_of
from storage.units import UnitName


def progress(ctx: Context, said: str = "") -> list[Outgoing]:
    """Where a unit stands; a name is found folded and fuzzy, and asked back when two fit."""
    programme = ctx.programme()
    asked = read_asking(said, ctx.today, programme.phases if programme else (), ctx.texts)
    if not asked.name:
        unit = _own(ctx)
        if unit is None:
            return ctx.say("progress.no_unit" if ctx.said.private else "progress.not_bound")
        return _open(ctx, asked, unit)
    # A school named after 19/5 ends like a day, so the whole of what was said goes first.
    found = (_found(ctx, said, None) if asked.day else []) or _found(ctx, asked.name, asked.day)
    if not found:
        key = "progress.future" if asked.future else "progress.unknown"
        return ctx.say(key, said=asked.name[:60])
    if len(found) == 1 and (unit := ctx.store.units.get(found[0].id)):
        return _open(ctx, asked, unit)
    look = Look(0, asked.phase, asked.day)
    rows = tuple((Button(u.name, replace(look, unit=u.id).action("progress")),) for u in found)
    ask = ctx.texts("progress.which" if len(found) <= FOUND_MOST else "progress.which_more")
    return [Outgoing(ask, rows[:FOUND_MOST], asks=True)]


def of_unit(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit picked from those that fit, or another look at one."""
    look = Look.unpack(action.id)
    unit = ctx.store.units.get(look.unit) if look else None
    return ctx.in_place(show(ctx, unit, look)) if look and unit else ctx.say("fallback.stale")


def show(ctx: Context, unit: Unit, look: Look | None = None) -> list[Outgoing]:
    """The progress of this unit: as of now, or of the end of the day looked at."""
    look = look or Look(unit.id)
    day = _past(ctx, look)
    programme = _programme(ctx, day)
    if programme is None:
        return ctx.say("progress.no_programme")
    loaded = progress_of(ctx.store, programme, unit, ctx.today, phase=look.phase, as_of=day)
    at = ctx.house.local(ctx.now)
    numbered, in_group = progress_lists.numbered(ctx), not ctx.said.private
    said = wording.show(loaded, at, ctx.texts, numbered=numbered, in_group=in_group)
    return [replace(said, document=picture(loaded, programme.id, ctx.now))]


def _open(ctx: Context, asked: Asking, unit: Unit) -> list[Outgoing]:
    """The progress of a unit, or the view of it that was asked for."""
    # A unit that was merged is asked for under its old name for years.
    unit = ctx.store.units.present(unit.id, asked.day or ctx.today) or unit
    look = Look(unit.id, asked.phase, asked.day, asked.page)
    views = {
        "units": progress_lists.units,
        "empty": progress_lists.empty,
        "weeks": progress_lists.weeks,
        "details": progress_details.details,
        "forward": _to_forward,
    }
    if asked.view:
        return views[asked.view](ctx, look.action("progress"))
    return show(ctx, unit, look)


def _to_forward(ctx: Context, action: Action) -> list[Outgoing]:
    """Made to be passed on whole, to a group whose people cannot ask the bot themselves."""
    (said,) = of_unit(ctx, action)
    if not said.buttons:
        return [said]
    return [Outgoing(f"{said.text}\n{ctx.texts('progress.forward_foot')}")]


def _past(ctx: Context, look: Look) -> date | None:
    """The day asked for, where it is over."""
    return look.day if look.day and look.day < ctx.today else None


def _programme(ctx: Context, day: date | None) -> Programme | None:
    """The programme of that day; none where nothing had opened by then."""
    return ctx.store.programmes.current(day) if day else ctx.programme()


def _found(ctx: Context, name: str, day: date | None) -> list[UnitName] | list[Unit]:
    """A code finds its unit at once; a name is held against the names of that day."""
    if unit := ctx.store.units.by_code(name):
        return [unit]
    names = find_units(name, ctx.store.units.names(day or ctx.today), FOUND_MOST + 1)
    return list({each.id: each for each in names}.values())


def _own(ctx: Context) -> Unit | None:
    """The group's unit, or in private the person's."""
    if not ctx.said.private:
        group = ctx.store.groups.at(ctx.said.origin)
        return ctx.store.units.get(group.unit) if group else None
    unit = ctx.person.unit if ctx.person else None
    return ctx.store.units.get(unit) if unit else None
