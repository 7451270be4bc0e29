"""Papers on demand: the progress table, lists and forms, for whoever may export them."""

from collections.abc import Callable
from datetime import date

from domain.action import Action, row_number
from domain.initiative import Desk
from domain.message import Outgoing
from domain.person import Deed
from domain.units import Unit
from domain.vietnamese import read_date
from domain.wording import papers as wording
from handlers import entry_papers, fixing, progress, start
from handlers.context import Context
from handlers.exporting import named_units, note, own_units, refused
from handlers.paper_links import deliver

KINDS = ("progress", "entries", "one", "fixed")
"""What can be had, in the order in which it is offered."""

REVIEW = "review"
"""Offered to who gives the second look, besides."""


def export(ctx: Context, about: str = "") -> list[Outgoing]:
    """Which paper; a unit may be named, or a day for the progress table: "xuat TD 31/8/2023"."""
    if ctx.person is None:
        return start.start(ctx)
    name, day = _unit_and_day(ctx, about)
    units = named_units(ctx, name) if name else own_units(ctx)
    if not units:
        return refused(ctx, about, ctx.store.units.by_code(name) if name else None)
    if len(units) > 1:
        return [wording.which_unit(units, ctx.texts)]
    if day:
        return _progress(ctx, units[0], day)
    return [wording.which(units[0], _kinds(ctx, units[0]), ctx.texts)]


def chosen(ctx: Context, action: Action) -> list[Outgoing]:
    """A unit was picked, or a paper of it."""
    number, _, kind = action.id.partition(".")
    unit = ctx.store.units.get(row_number(number) or 0)
    if unit is None:
        return ctx.say("fallback.stale")
    if not ctx.may(Deed.EXPORT, unit.id):
        return refused(ctx, action.id, unit)
    if not kind:
        return ctx.in_place([wording.which(unit, _kinds(ctx, unit), ctx.texts)])
    if kind.startswith(wording.LIST):
        return _entries(ctx, unit, kind.removeprefix(wording.LIST))
    if kind.startswith(wording.PHASE):
        return _progress(ctx, unit, phase=row_number(kind.removeprefix(wording.PHASE)) or 0)
    return _MADE[kind](ctx, unit) if kind in _MADE else ctx.say("fallback.stale")


def _kinds(ctx: Context, unit: Unit) -> tuple[str, ...]:
    return (*KINDS, REVIEW) if ctx.may(Deed.VALIDATE, unit.id) else KINDS


def _review(ctx: Context, unit: Unit) -> list[Outgoing]:
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    if not ctx.may(Deed.VALIDATE, unit.id):
        return refused(ctx, f"review:{unit.code}", unit)
    if not ctx.store.desks.lying(unit.id, Desk.OFFICER, None, 1):
        return ctx.say("paper.review_none", unit=unit.name)
    note(ctx, "review", unit, {})
    paper = wording.review(unit, programme, ctx.known.id, ctx.now, ctx.texts)
    return deliver(ctx, paper, unit.id)


def _progress(ctx: Context, unit: Unit, day: date | None = None, phase: int = 0) -> list[Outgoing]:
    programme = ctx.store.programmes.current(day) if day else ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    note(ctx, "progress", unit, {"day": str(day or "")})
    paper = wording.progress_table(
        unit,
        programme,
        ctx.known.id,
        ctx.now,
        ctx.texts,
        day=day,
        phase=next((each for each in programme.phases if each.id == phase), None),
    )
    return deliver(ctx, paper, unit.id, lambda: progress.show(ctx, unit))


def _which_entries(ctx: Context, unit: Unit) -> list[Outgoing]:
    return ctx.in_place([wording.which_entries(unit, ctx.texts)])


def _entries(ctx: Context, unit: Unit, which: str) -> list[Outgoing]:
    programme = ctx.programme()
    if programme is None:
        return ctx.say("progress.no_programme")
    if which not in wording.WHICH:
        return ctx.say("fallback.stale")
    note(ctx, "entries", unit, {"which": which})
    person = ctx.known.id
    paper = wording.entries(unit, programme, which, person, ctx.now, ctx.texts)
    return deliver(ctx, paper, unit.id)


def _unit_and_day(ctx: Context, about: str) -> tuple[str, date | None]:
    """A unit's name, and the day at the end of what was said."""
    name, _, last = about.rpartition(" ")
    read = read_date(last, ctx.today) if any(sign in last for sign in "/-.") else None
    if read is None or read.iso is None or read.precision != "day":
        return about, None
    return name, date.fromisoformat(read.iso)


_MADE: dict[str, Callable[[Context, Unit], list[Outgoing]]] = {
    "progress": _progress,
    "entries": _which_entries,
    "one": lambda ctx, unit: entry_papers.ask(ctx),
    "fixed": fixing.listed,
    REVIEW: _review,
}
