"""Tells chairs and officers once what came of a phase or the programme in their units."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from domain.deadlines import Ended, ended
from domain.look import Look
from domain.message import Button
from domain.notice import Kind, Notice
from domain.person import Person, Role
from domain.programme import Programme
from domain.progress import Standing
from domain.reminders.ends import result_key
from domain.wording import ends as wording
from domain.wording.chasing import UNITS_MOST
from domain.wording.digest import Part
from scheduler.context import Context
from scheduler.duties import HOLDERS_A_TURN, begins, units_of
from storage.quotas import WHOLE
from storage.standings import Asked

ROLES = (Role.CHAIR, Role.OFFICER)


def any_over(ctx: Context, at: datetime) -> bool:
    """Whether anything ended in the last days; only reads."""
    return any(True for _ in _over(ctx, ctx.day(at)))


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """One notice for each chair and officer of a unit that had anything to do with it."""
    today = ctx.day(at)
    over = list(_over(ctx, today))
    if not over:
        return None
    page = ctx.store.duties.holders(ROLES, after, HOLDERS_A_TURN)
    for person in page:
        for programme, end in over:
            if found := _standings(ctx, programme, end, person):
                about = {str(end.what): end.id, "programme": programme.id}
                key, unit = result_key(end, person.id), found[0].unit.id
                due_at = begins(ctx, today)
                ctx.notify(Notice(key, Kind.SUMMARY, due_at, person.id, unit=unit, about=about))
    return page[-1].id if len(page) == HOLDERS_A_TURN else None


def part(ctx: Context, notice: Notice, person: Person) -> Part | None:
    """The result as it is counted now: what was reviewed since then counts too."""
    programme = ctx.store.programmes.get(notice.about["programme"])
    if programme is None:
        return None
    end = next((e for e in _ends(programme) if result_key(e, person.id) == notice.key), None)
    if end is None:
        return None  # it was put off
    found = _standings(ctx, programme, end, person)
    if not found:
        return None
    asked = _asked(ctx, programme, end)
    ranked = [
        (standing, asked.rank(standing.unit) if place < UNITS_MOST else None)
        for place, standing in enumerate(found)
    ]
    phase = end.id if end.what == "phase" else WHOLE
    look = Look(found[0].unit.id, phase if programme.phases else None)
    button = Button(ctx.texts("weekly.look"), look.action("progress"))
    return wording.result(end, ranked, button, ctx.texts)


def _over(ctx: Context, today: date) -> Iterator[tuple[Programme, Ended]]:
    """Campaigns tell theirs themselves."""
    for programme in ctx.store.programmes.all():
        for end in ended(programme, (), today):
            yield programme, end


def _ends(programme: Programme) -> Iterator[Ended]:
    yield Ended("programme", programme.id, programme.name, programme.closes)
    for phase in programme.phases:
        yield Ended("phase", phase.id, phase.name, phase.ends)


def _standings(
    ctx: Context, programme: Programme, end: Ended, person: Person
) -> Sequence[Standing]:
    """Those of their units that had a quota or handed anything in."""
    asked = _asked(ctx, programme, end)
    found = [asked.standing(unit) for unit in units_of(ctx, person, ROLES)]
    return [each for each in found if each.target or each.tally.submitted]


def _asked(ctx: Context, programme: Programme, end: Ended) -> Asked:
    phase = next((p for p in programme.phases if end.what == "phase" and p.id == end.id), None)
    # The quota that was in force on the last day.
    return Asked(ctx.store, programme, phase, end.ends, past=False)
