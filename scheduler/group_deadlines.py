"""Tells groups that the programme, a phase or a campaign ends soon, and how far their unit is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.deadlines import Deadline, deadlines, over
from domain.message import Outgoing
from domain.notice import Kind, Notice
from domain.programme import Phase, Programme
from domain.progress import Standing
from domain.units import Unit
from domain.wording import group_posts as wording
from scheduler import group_slots
from scheduler.context import Context
from scheduler.group_slots import LATEST, LOOKED_BACK, Place, Subject
from storage.standings import Asked, usual_phase

DAY = timedelta(days=1)


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


def note_missed(ctx: Context, at: datetime, after: int = 0) -> int | None:
    """Note the steps that nobody said in any slot, and that no slot makes up for any more."""
    programme = ctx.store.programmes.current(ctx.day(at))
    if programme is None:
        return None
    ends = _Ends(ctx, programme, at)
    if not any(ends.on(ctx.day(at) - back * DAY) for back in range(LOOKED_BACK.days + 1)):
        return None
    return group_slots.note_missed(ctx, Subject(Kind.DEADLINE, ends.over, ends.word), at, after)


class _Ends:
    """One sweep: what ends soon is told once a day."""

    def __init__(self, ctx: Context, programme: Programme, at: datetime) -> None:
        self._ctx, self._programme, self._at = ctx, programme, at
        self._by_day: dict[date, Sequence[Deadline]] = {}

    def on(self, day: date) -> Sequence[Deadline]:
        """What ends soon on that day, for any unit: the sooner it ends, the earlier it is said."""
        if day not in self._by_day:
            running = self._ctx.store.campaigns.running(day)
            known = [each for each in running if self._known_on(day, each.made_at)]
            found = deadlines(self._programme, known, day)
            self._by_day[day] = sorted(found, key=lambda each: each.ends)
        return self._by_day[day]

    def due(self, place: Place) -> list[Notice]:
        """The steps due at a group's slot."""
        near = self.on(self._ctx.day(place.slot))
        path = self._ctx.store.units.path(place.group.unit) if near else ()
        return [_notice(each, place) for each in over(near, path)]

    def over(self, place: Place) -> list[Notice]:
        """Those that were due then and are not any more."""
        still = {_notice(each, place).key for each in self.on(self._ctx.day(self._at))}
        return [notice for notice in self.due(place) if notice.key not in still]

    def word(self, place: Place, unit: Unit, notice: Notice) -> Outgoing | None:
        """How near it is by now."""
        day = self._ctx.day(self._at)
        found = (each for each in self.on(day) if _notice(each, place).key == notice.key)
        deadline = next(found, None)
        if deadline is None:
            return None
        standing, phase = self._standing(deadline, unit, day)
        return wording.deadline(deadline, standing, self._programme, phase, self._ctx.texts)

    def _known_on(self, day: date, made_at: datetime | None) -> bool:
        return made_at is None or self._ctx.day(made_at) <= day

    def _standing(self, deadline: Deadline, unit: Unit, day: date) -> tuple[Standing, Phase | None]:
        """By the quota of what ends; where the unit has none for it, by the one it goes by."""
        store, programme, phases = self._ctx.store, self._programme, self._programme.phases
        usual = usual_phase(store, programme, unit, day)
        ending = deadline.id if deadline.what == "phase" else None
        own = next((each for each in phases if each.id == ending), None)
        tried = (usual,) if deadline.what == "campaign" else (own, usual)
        asked = [Asked(store, programme, phase, day, past=False) for phase in tried]
        found = [(each.standing(unit), each.phase) for each in asked]
        return next((one for one in found if one[0].target is not None), found[0])


def _notice(deadline: Deadline, place: Place) -> Notice:
    return Notice(
        deadline.key(f"group:{place.number}"),
        Kind.DEADLINE,
        place.slot,
        group=place.number,
        unit=place.group.unit,
        about={deadline.what: deadline.id, "step": deadline.step},
        expires=place.slot + LATEST,
    )
