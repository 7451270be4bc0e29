"""Tells groups what came of a phase or the programme, on the first working morning after its end.

What campaigns brought is told where they are announced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.calendar import next_allowed, why_not
from domain.deadlines import SUMMED_UP, Ended, ended
from domain.group import Group, begun, schedule_of
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.ranking import best_first
from domain.wording import group_posts as wording
from scheduler.context import Context
from scheduler.group_slots import POSTS_A_TURN
from scheduler.job import PAGE
from storage.standings import Asked

DAY = timedelta(days=1)

NEWS_FOR = timedelta(days=3)
"""After that morning a result is old."""

BEST_MOST = 5

LOOKED_BACK = 15
"""Days: longer than any week of holidays, and three more."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What ended lately, and since which working morning that is news."""

    end: Ended
    due: datetime
    asked: Asked
    """As it is counted now, against the quota that was in force on the last day."""

    def notice(self, number: int, group: Group) -> Notice:
        """Said once a group; anew where the end was put off."""
        return Notice(
            f"summary:{self.end.what}:{self.end.id}:{self.end.ends.isoformat()}:{number}",
            Kind.SUMMARY,
            self.due,
            group=number,
            unit=group.unit,
            about={self.end.what: self.end.id},
            expires=self.due + NEWS_FOR,
        )


def find(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post each result that is news in every group that has not got it."""
    if why_not(at, ctx.calendar):
        return None
    news = [each for each in _results(ctx, at) if at - each.due < NEWS_FOR]
    if not news:
        return None
    groups = ctx.store.groups.all(PAGE, after)
    posted = 0
    for number, group, since in _wanting(ctx, groups, after):
        posted += sum(_post(ctx, each, number, group, at) for each in news if since <= each.due)
        if posted >= POSTS_A_TURN:
            return number
    return groups[-1][0] if len(groups) == PAGE else None


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the results that nobody posted, and which are too old now."""
    old = [each for each in _results(ctx, at) if at - each.due >= NEWS_FOR]
    if not old:
        return None
    groups = ctx.store.groups.all(PAGE, after)
    for number, group, since in _wanting(ctx, groups, after):
        for each in old:
            if since <= each.due:
                ctx.skip(each.notice(number, group), "late")
    return groups[-1][0] if len(groups) == PAGE else None


def _results(ctx: Context, at: datetime) -> Iterator[_Result]:
    """The oldest first."""
    today, calendar = ctx.day(at), ctx.calendar
    for programme in ctx.store.programmes.all():
        found = {
            end
            for back in range(0, LOOKED_BACK, SUMMED_UP)
            for end in ended(programme, (), today - back * DAY)
        }
        for end in sorted(found, key=lambda end: end.ends):
            midnight = datetime.combine(end.ends + DAY, time(), calendar.zone)
            due = next_allowed(midnight, calendar)
            if due <= at:
                yield _Result(end, due, _asked(ctx, programme, end))


def _wanting(
    ctx: Context, groups: Sequence[tuple[int, Group]], after: int
) -> Iterator[tuple[int, Group, datetime]]:
    """Those that get results, and since when."""
    if not groups:
        return
    chosen = ctx.store.group_schedules.of_kind(Kind.SUMMARY, after, groups[-1][0])
    for number, group in groups:
        own = chosen.get(number)
        if not schedule_of(Kind.SUMMARY, own, ctx.house.settings).never:
            yield number, group, begun(group, own)


def _post(ctx: Context, result: _Result, number: int, group: Group, at: datetime) -> bool:
    notice = result.notice(number, group)
    if ctx.store.notices.get_by_key(notice.key) is not None:
        return False
    unit = ctx.store.units.get(group.unit)
    if unit is None or not unit.open_on(ctx.day(at)):
        return False
    asked = result.asked
    peers = [peer for peer in asked.peers(unit.id)[0] if peer[1]]
    best = [asked.child(peer) for peer in best_first(peers, BEST_MOST)]
    rank = None if best else asked.rank(unit)
    say = wording.result(result.end, asked.standing(unit), best, rank, ctx.texts)
    return ctx.post(notice, group.address, say)


def _asked(ctx: Context, programme: Programme, end: Ended) -> Asked:
    phase = next((p for p in programme.phases if end.what == "phase" and p.id == end.id), None)
    return Asked(ctx.store, programme, phase, end.ends, past=False)
