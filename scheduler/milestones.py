"""Thanks a unit in its group for its first entry, and for each quarter of its quota."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import why_not
from domain.group import Chosen, Group, begun, schedule_of
from domain.milestones import Count, Step, milestones, reached
from domain.notice import Kind, Notice, NoticeState
from domain.programme import Phase, Programme
from domain.progress import Standing
from domain.units import Unit
from domain.wording import group_posts as wording
from scheduler.context import Context
from scheduler.group_slots import POSTS_A_TURN, posted_about
from scheduler.job import PAGE
from storage.group_counts import Stand
from storage.standings import Asked

LIVES = timedelta(days=1)
"""Praise that comes later is for something else."""


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Announce what was reached; only when people are at work: it waits until they are."""
    programme = posted_about(ctx, at)
    if programme is None or why_not(at, ctx.calendar):
        return None
    groups = ctx.store.groups.all(PAGE, after)
    if not groups:
        return None
    last, today = groups[-1][0], ctx.day(at)
    phase = programme.phase_on(today)
    stands = ctx.store.group_counts.of_groups(programme, phase, after, last, today)
    chosen = ctx.store.group_schedules.of_kind(Kind.MILESTONE, after, last)
    posted = 0
    for number, group in groups:
        own, stand = chosen.get(number), stands.get(group.unit)
        if stand is None or schedule_of(Kind.MILESTONE, own, ctx.house.settings).never:
            continue
        place = _Place(programme, phase if stand.phase else None, number, group, stand)
        posted += _announce(ctx, place, own, at)
        if posted >= POSTS_A_TURN:
            return number
    return last if len(groups) == PAGE else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A group, and how far its unit has come."""

    programme: Programme
    phase: Phase | None
    """The one that the quota is of; None is the whole programme."""
    number: int
    group: Group
    stand: Stand

    def notice(self, step: Step, at: datetime) -> Notice:
        """Every phase has its own quota, but a unit only one first entry."""
        of = f"{self.programme.id}"
        if self.phase and step is not Step.FIRST:
            of = f"{of}.{self.phase.id}"
        unit = self.group.unit
        return Notice(
            f"milestone:{of}:{unit}:{step.value}:{self.number}",
            Kind.MILESTONE,
            at,
            group=self.number,
            unit=unit,
            about={"step": step.value},
            expires=at + LIVES,
        )


def _announce(ctx: Context, place: _Place, chosen: Chosen | None, at: datetime) -> bool:
    """Whoever was told of the highest step was told of, or spared, those below it."""
    steps, programme = reached(place.stand.count), place.programme
    highest = place.notice(steps[-1], at) if steps else None
    if highest is None or ctx.store.notices.get_by_key(highest.key) is not None:
        return False
    unit = ctx.store.units.get(place.group.unit)
    if unit is None or not unit.open_on(ctx.day(at)):
        return False
    told = False
    before = _before(ctx, place, unit, begun(place.group, chosen))
    for each in milestones(place.stand.count, before):
        notice = place.notice(each.step, at)
        if each.left_out:
            left_out = replace(notice, state=NoticeState.DROPPED, reason=each.left_out)
            ctx.store.notices.add(left_out)
        else:
            asked = Asked(ctx.store, programme, place.phase, ctx.day(at), past=False)
            say = wording.milestone(each.step, asked.standing(unit), place.phase, ctx.texts)
            told |= ctx.post(notice, place.group.address, say)
    return told


def _before(ctx: Context, place: _Place, unit: Unit, since: datetime) -> Count:
    """How the unit stood at the end of the day before the group was bound, or wanted milestones."""
    day = ctx.day(since) - timedelta(days=1)
    if day < place.programme.opens:
        return Count()
    store, programme = ctx.store, place.programme
    whole = store.tallies.as_of(programme.id, unit.id, day)
    standing: Standing = Asked(store, programme, place.phase, day, past=True).standing(unit)
    return Count(whole.submitted, standing.count, standing.target)
