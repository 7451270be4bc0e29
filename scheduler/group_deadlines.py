"""Tells groups that the programme, a phase or a campaign ends soon, and how far their unit is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.deadlines import Deadline, deadlines, earlier, over
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Programme
from domain.units import Unit
from domain.wording import group_posts as wording
from scheduler import group_slots
from scheduler.context import Context
from scheduler.group_slots import LATEST, Place, Subject
from storage.standings import Asked, usual_phase


def post(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Post each step that is due, in every group whose slot has come within the last two hours.

    A step that nobody said on its day, for we were away, is made up for at the next slots.
    """
    programme = group_slots.posted_about(ctx, at)
    if programme is None:
        return None
    ends = _Ends(ctx, programme, at)
    if not (ends.on(ctx.day(at)) or ends.on(ctx.day(at - LATEST))):
        return None
    return group_slots.sweep(ctx, Subject(Kind.DEADLINE, ends.due, ends.word), at, after)


class _Ends:
    """One sweep: what ends soon is told once a day."""

    def __init__(self, ctx: Context, programme: Programme, at: datetime) -> None:
        self._ctx, self._programme, self._at = ctx, programme, at
        self._by_day: dict[date, Sequence[Deadline]] = {}

    def on(self, day: date) -> Sequence[Deadline]:
        """What ends soon on that day, for any unit."""
        if day not in self._by_day:
            campaigns = self._ctx.store.campaigns.running(day)
            self._by_day[day] = deadlines(self._programme, campaigns, day)
        return self._by_day[day]

    def due(self, place: Place) -> list[Notice]:
        """The steps due at a group's slot; those before them are left out for good."""
        path, notices = self._ctx.store.units.path(place.group.unit), []
        for deadline in over(self.on(self._ctx.day(place.slot)), path):
            notice = _notice(deadline, place)
            if self._ctx.store.notices.get_by_key(notice.key) is None:
                self._leave_out(earlier(deadline), place)
                notices.append(notice)
        return notices

    def word(self, place: Place, unit: Unit, notice: Notice) -> Outgoing | None:
        """How near it is by now."""
        day = self._ctx.day(self._at)
        found = (each for each in self.on(day) if _notice(each, place).key == notice.key)
        deadline = next(found, None)
        if deadline is None:
            return None
        store, programme, phase = self._ctx.store, self._programme, None
        if deadline.what == "phase":
            phase = next((each for each in programme.phases if each.id == deadline.id), None)
        elif deadline.what == "campaign":
            phase = usual_phase(store, programme, unit, day)
        standing = Asked(store, programme, phase, day, past=False).standing(unit)
        if standing.target is None and phase is not None:
            # The quota may be for the whole programme alone.
            standing = Asked(store, programme, None, day, past=False).standing(unit)
        return wording.deadline(deadline, standing, self._ctx.texts)

    def _leave_out(self, steps: Sequence[Deadline], place: Place) -> None:
        for step in steps:
            if step.ends - timedelta(days=step.step) >= self._ctx.day(place.since):
                self._ctx.skip(_notice(step, place), "late")


def _notice(deadline: Deadline, place: Place) -> Notice:
    return Notice(
        f"deadline:{deadline.what}:{deadline.id}:{deadline.step}:group:{place.number}",
        Kind.DEADLINE,
        place.slot,
        group=place.number,
        unit=place.group.unit,
        about={deadline.what: deadline.id, "step": deadline.step},
        expires=place.slot + LATEST,
    )
