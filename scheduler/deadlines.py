"""Tells people that something ends soon: chairs what their units lack, others of their draft.

Whoever has nothing to bring forward hears nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.deadlines import Deadline, deadlines, over
from domain.draft import Draft
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.programme import Programme
from domain.progress import Standing
from domain.reminders.ends import told_of_draft
from domain.submission import title_of
from domain.units import Unit
from domain.wording import ends as wording
from domain.wording.chasing import UNITS_MOST
from domain.wording.digest import Part
from scheduler import drafts
from scheduler.context import Context
from scheduler.duties import (
    HOLDERS_A_TURN,
    alongside,
    begins,
    drafting,
    open_programme,
    units_of,
)
from scheduler.job import PAGE
from storage.standings import Asked, usual_phase

DAY = timedelta(days=1)


def any_near(ctx: Context, at: datetime) -> bool:
    """Whether anything ends in such a step; only reads."""
    programme = open_programme(ctx, ctx.day(at))
    return programme is not None and bool(_near(ctx, programme, ctx.day(at)))


def find_chairs(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice a chair and step, of all their units that have not reached their quota."""
    today = ctx.day(at)
    programme = open_programme(ctx, today)
    near = _near(ctx, programme, today) if programme else ()
    if programme is None or not near:
        return None
    page = ctx.store.duties.holders((Role.CHAIR,), after, HOLDERS_A_TURN)
    for chair in page:
        for deadline in near:
            if lacking := _lacking(ctx, programme, near, deadline, chair):
                units = [each.unit.id for each in lacking]
                _notify(ctx, deadline, chair.id, today, units[0], units)
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def find_drafts(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice for each who has a draft open, in the last days."""
    today = ctx.day(at)
    programme = open_programme(ctx, today)
    near = _near(ctx, programme, today) if programme else ()
    if programme is None or not any(map(told_of_draft, near)):
        return None
    page = ctx.store.reminders.writing(programme.id, after, PAGE)
    paths: dict[int, Sequence[int]] = {}
    for draft in page:
        if draft.unit not in paths:
            paths[draft.unit] = ctx.store.units.path(draft.unit)
        for deadline in filter(told_of_draft, over(near, paths[draft.unit])):
            _notify(ctx, deadline, draft.person, today, draft.unit, [])
    return page[-1].id if len(page) == PAGE else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """How near it is now, what is still lacking, and the draft if it is still open.

    Of the draft its own reminder in the same push says more.
    """
    today = ctx.day(ctx.now)
    programme = open_programme(ctx, today)
    near = _near(ctx, programme, today) if programme else ()
    deadline = _still_near(near, notice, person)
    if programme is None or deadline is None:
        return None
    lacking = _lacking(ctx, programme, near, deadline, person) if notice.about["lacking"] else []
    draft = _draft(ctx, near, deadline, person)
    if not lacking and draft is None:
        return None
    told = None
    if draft is not None and not _is_reminded_of(ctx, notice, person):
        told = title_of(draft.answers), draft.version
    named = [standing.unit.id for standing in lacking[:UNITS_MOST]]
    writing = drafting(ctx, programme, named, person)
    alone = len(units_of(ctx, person, (Role.CHAIR,))) == 1
    return wording.soon(deadline, wording.Lacking(lacking, writing, alone), told, ctx.texts)


def told_of(ctx: Context, notice: Notice, person: Person) -> set[int]:
    """The units of which such a notice tells a chair now."""
    today = ctx.day(ctx.now)
    programme = open_programme(ctx, today)
    near = _near(ctx, programme, today) if programme else ()
    deadline = _still_near(near, notice, person)
    if programme is None or deadline is None or not notice.about["lacking"]:
        return set()
    lacking = _lacking(ctx, programme, near, deadline, person)
    return {standing.unit.id for standing in lacking}


def _near(ctx: Context, programme: Programme, today: date) -> Sequence[Deadline]:
    return deadlines(programme, ctx.store.campaigns.running(today), today)


def _still_near(near: Sequence[Deadline], notice: Notice, person: Person) -> Deadline | None:
    return next((each for each in near if each.key(person.id) == notice.key), None)


def _is_reminded_of(ctx: Context, notice: Notice, person: Person) -> bool:
    """Whether the same push reminds of the draft."""
    return any(drafts.part(ctx, each, person) for each in alongside(ctx, notice, Kind.DRAFT))


def _lacking(
    ctx: Context,
    programme: Programme,
    near: Sequence[Deadline],
    deadline: Deadline,
    chair: Person,
) -> list[Standing]:
    """The chair's units that it concerns and that have not reached their quota, worst first."""
    found = []
    for unit in units_of(ctx, chair, (Role.CHAIR,)):
        if deadline in over(near, ctx.store.units.path(unit.id)):
            found.append(_standing(ctx, programme, deadline, unit))
    lacking = [standing for standing in found if standing.missing]
    return sorted(lacking, key=lambda standing: (-standing.missing, standing.unit.id))


def _standing(ctx: Context, programme: Programme, deadline: Deadline, unit: Unit) -> Standing:
    """Against the quota of the phase or programme that ends; in a campaign, against what counts."""
    day = ctx.day(ctx.now)
    if deadline.what == "campaign":
        phase = usual_phase(ctx.store, programme, unit, day)
    else:
        ending = deadline.id if deadline.what == "phase" else None
        phase = next((each for each in programme.phases if each.id == ending), None)
    return Asked(ctx.store, programme, phase, day, past=False).standing(unit)


def _draft(
    ctx: Context, near: Sequence[Deadline], deadline: Deadline, person: Person
) -> Draft | None:
    if not told_of_draft(deadline):
        return None
    draft = ctx.store.drafts.open_for(person.id)
    if draft is None or deadline not in over(near, ctx.store.units.path(draft.unit)):
        return None
    return draft


def _notify(
    ctx: Context, deadline: Deadline, person: int, today: date, unit: int, lacking: list[int]
) -> None:
    notice = Notice(
        deadline.key(person),
        Kind.DEADLINE,
        begins(ctx, today),
        person,
        unit=unit,
        about={deadline.what: deadline.id, "lacking": lacking},
        expires=begins(ctx, deadline.ends + DAY),
    )
    ctx.notify(notice)
