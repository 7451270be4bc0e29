"""Walks through a random plan: people, two bots on one database, and the network between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.address import Address
from domain.group import Chosen, Group
from domain.house import House
from domain.notice import Kind, Notice
from domain.parcel import Parcel
from domain.programme import Quota, QuotaKind
from scheduler.jobs import JOBS
from storage.store import Store
from tests.scheduler.deeds import MUTED, PAUSE, Soul, do, settle_in, speak
from tests.scheduler.plans import BEGAN, DAY, FIRST, LASTS, Deed, Fault, Meeting, Plan, Wish
from tests.scheduler.two_bots import Bot
from tests.support.union import Union

MORNING, EVENING = 6 * 60, 22 * 60
"""Between these, steps are as long as planned; at night three times as long."""

ONE, HOUR = timedelta(days=1), timedelta(hours=1)

CALM = 3
"""Steps at the end in which nothing breaks down."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network got, and how things stood then by the test's own reckoning."""

    parcel: Parcel
    at: datetime
    notices: tuple[Notice, ...]
    soul: Soul | None
    """To whom it was said; None in a group."""
    wish: Wish
    spoken_at: datetime | None
    muted_until: datetime | None
    open: bool
    """Whether the chat was open to the bot: not blocked, and the group bound."""

    @property
    def is_digest(self) -> bool:
        """Whether it is somebody's push of the day; the rest is news, or is for a group."""
        return self.parcel.key.startswith("push:")


@dataclass(slots=True, eq=False)
class Chat:
    """A group of the plan."""

    meeting: Meeting
    address: Address
    group: Group | None = None
    number: int = 0
    unbound_at: datetime | None = None

    def is_bound(self) -> bool:
        """Whether it is now."""
        return self.group is not None and self.unbound_at is None


@dataclass(slots=True)
class Walk:
    """The state of the world while its plan unfolds."""

    plan: Plan
    house: House
    union: Union
    bots: tuple[Bot, Bot]
    souls: list[Soul] = field(default_factory=list)
    chats: list[Chat] = field(default_factory=list)
    tried: list[Heard] = field(default_factory=list)
    """What was sent, whatever became of it."""
    heard: list[Heard] = field(default_factory=list)
    """What arrived of it."""
    looked: dict[str, list[datetime]] = field(default_factory=dict)
    """When each job was run, by the clock of the bot that ran it."""
    attempts: int = 0
    now: datetime = BEGAN

    def go(self) -> None:
        """All the weeks, and a few steps more so that no lease of the dead is left."""
        self.do(self._settle_in)
        happenings = list(self.plan.happenings)
        for step, minute in enumerate(self._minutes()):
            while happenings and happenings[0].minute <= minute:
                each = happenings.pop(0)
                self._happen(each.who, each.deed, _at(each.minute))
            self.now = _at(minute)
            self.do(self._follow_groups)
            self.do(self._go_on_talking)
            if not self.plan.is_down(minute):
                self._step(step)
        for more in range(1, CALM + 1):
            self.now = _at(LASTS) + more * HOUR
            self._step(more)

    def do(self, work: Callable[[Store], object]) -> None:
        """Something that people do."""
        self.bots[0].turn(work)

    def store(self) -> Store:
        """For looking at the end."""
        return self.bots[0].session.store

    def _minutes(self) -> Iterator[int]:
        minute = 0
        while minute < LASTS:
            yield minute
            by_day = MORNING <= minute % DAY < EVENING
            minute += self.plan.every * (1 if by_day else 3)

    def _step(self, step: int) -> None:
        """Both wake: one sends while jobs are run by it and by the other."""
        one, other = self.bots[:: 1 if step % 2 else -1]
        if step in self.plan.restarts:
            one.dies()
        one.claim(self.now)
        # Whoever stalls wakes in the next step and goes on with what it had.
        awake = (other,) if step in self.plan.stalls else (one, other)
        for job in JOBS:
            for bot in awake:
                if bot.run(job, self.now):
                    self.looked.setdefault(job.name, []).append(bot.now(self.now))
                if one in awake:
                    one.send(self.now, self._network, most=1)
        for bot in (*awake, *awake):
            bot.last = bot.now(self.now)
            bot.claim(self.now)
            bot.send(self.now, self._network)

    def _network(self, parcel: Parcel, now: datetime) -> Fault | None:
        """Hears what is said, unless the plan has it otherwise."""
        calm = self.now >= _at(LASTS)
        fault = None if calm else self.plan.faults.get(self.attempts)
        self.attempts += 1
        carried = self.bots[0].turn(lambda store: store.notices.of_parcel(parcel.id))
        tried = self._heard(parcel, now, tuple(carried))
        self.tried.append(tried)
        if tried.soul is not None and not tried.open:
            fault = fault or Fault.BLOCKED
        elif fault is None or fault is Fault.DIED_AFTER:
            self.heard.append(tried)
        if fault is Fault.BLOCKED:
            self._close(parcel.to, now)
        return fault

    def _heard(self, parcel: Parcel, now: datetime, carried: tuple[Notice, ...]) -> Heard:
        for soul in self.souls:
            if soul.address == parcel.to:
                spoken, muted = soul.spoken_at, soul.muted_until
                return Heard(parcel, now, carried, soul, soul.wish, spoken, muted, soul.hears())
        [chat] = [each for each in self.chats if each.address == parcel.to]
        muted = chat.group.muted_until if chat.group else None
        return Heard(parcel, now, carried, None, Wish(), None, muted, chat.is_bound())

    def _close(self, to: Address, now: datetime) -> None:
        for soul in self.souls:
            if soul.address == to:
                soul.blocked.append((now, True))
        for chat in self.chats:
            if chat.address == to:
                chat.unbound_at = chat.unbound_at or now

    def _happen(self, who: int, deed: Deed, at: datetime) -> None:
        self.do(lambda store: do(store, self.union, self.souls[who], deed, at))

    def _settle_in(self, store: Store) -> None:
        """The programme as planned, its quota, and everybody in their place."""
        first = FIRST
        closes, changes = first + self.plan.closes * ONE, first + self.plan.changes * ONE
        one, two = self.union.programme.phases
        phases = (
            replace(one, ends=changes - ONE),
            replace(two, starts=changes, ends=max(closes, changes)),
        )
        changed = replace(self.union.programme, closes=closes, phases=phases)
        programme = store.programmes.save(changed)
        self.union = replace(self.union, programme=programme)
        if self.plan.target:
            unit, assigned = self.union.unit.id, QuotaKind.ASSIGNED
            store.quotas.set(
                Quota(programme.id, None, unit, assigned, self.plan.target, programme.opens)
            )
        self.souls = settle_in(store, self.plan, self.union)
        self.chats = [
            Chat(meeting, Address("telegram", "bot", f"-{number}"))
            for number, meeting in enumerate(self.plan.groups, start=1)
        ]

    def _follow_groups(self, store: Store) -> None:
        """Groups are bound, muted and unbound in the minutes of the plan."""
        for chat in self.chats:
            each = chat.meeting
            bound_at = _at(each.bound)
            if chat.group is None and bound_at <= self.now:
                self._bind(store, chat, bound_at)
            if chat.group is None or chat.unbound_at is not None:
                continue
            if each.muted is not None and bound_at <= _at(each.muted) <= self.now:
                chat.group = replace(chat.group, muted_until=_at(each.muted) + MUTED)
                store.groups.bind(chat.group)
            if each.unbound is not None and max(bound_at, _at(each.unbound)) <= self.now:
                chat.unbound_at = self.now
                store.groups.unbind(chat.address, self.now)

    def _bind(self, store: Store, chat: Chat, at: datetime) -> None:
        """A group of the chair's."""
        unit, chair = self.union.unit.id, self.union.chair.id
        chat.group = Group(chat.address, unit, "Nhóm", chair, at, zone=chat.meeting.zone)
        store.groups.bind(chat.group)
        found = store.groups.ever_at(chat.address)
        assert found is not None
        chat.number = found[0]
        chosen = Chosen(chat.meeting.schedule, at)
        store.group_schedules.choose(chat.number, Kind.PROGRESS, chosen)

    def _go_on_talking(self, store: Store) -> None:
        for soul in self.souls:
            if soul.talks_until is not None and self.now <= soul.talks_until:
                speak(store, soul, self.now - PAUSE)


def _at(minute: int) -> datetime:
    return BEGAN + timedelta(minutes=minute)
