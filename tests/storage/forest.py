"""A tree that changes at random, beside the plain account of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from domain.errors import Rejected
from domain.initiative import MOVES, Initiative, Status, Tally, moved, tally
from storage.entering import Count, add_counts, change, enter
from storage.store import Store
from tests.storage.account import DAYS, FIRST, Known, day_of, moment, placed, summed
from tests.support.union import Union, a_unit, an_entry

FEWEST, MOST, EVER = 8, 25, 150
"""Units that are open at a time, and that there ever are."""


class Forest:
    """Does things to the store and to the account alike."""

    def __init__(self, store: Store, union: Union, random: Random, pace: float = 1.0) -> None:
        """``pace`` is how often a day passes when it may."""
        self.store, self.union, self.random, self.pace = store, union, random, pace
        self.today = 0
        self.units: dict[int, Known] = {union.root.id: Known((None,) * DAYS)}
        for unit in (union.unit, union.other):
            self.units[unit.id] = Known((union.root.id,) * DAYS)
        self.entries: dict[int, Initiative] = {}
        self.changes: list[Count] = []
        self.refused = 0
        self._codes = 0

    @property
    def steps(self) -> Sequence[Callable[[], None]]:
        """Everything that may happen; each chooses for itself to whom."""
        return (
            self.enter,
            self.enter,
            self.decide,
            self.decide,
            self.recognise,
            self.undo,
            self.reassign,
            self.correct,
            self.move,
            self.merge,
            self.move,
            self.close,
            self.reopen,
            self.add,
            self.add,
            self.next_day,
        )

    def remember(self) -> tuple[object, ...]:
        """All of the account, to come back to."""
        return dict(self.units), dict(self.entries), len(self.changes), self.today

    def come_back(self, to: tuple[object, ...]) -> None:
        """Forget what happened since."""
        units, entries, length, today = to
        assert isinstance(units, dict) and isinstance(entries, dict)
        assert isinstance(length, int) and isinstance(today, int)
        self.units, self.entries, self.today = units, entries, today
        del self.changes[length:]

    def check(self, days: Sequence[int]) -> None:
        """What is kept is what the account says, now and as of these days, for every unit."""
        programme, tallies = self.union.programme, self.store.tallies
        assert tallies.drift(programme.id, programme.needs_recognition) == 0
        now = summed(self.units, self.changes, DAYS - 1, None, tree_of=DAYS - 1)
        for unit in self.units:
            assert tallies.of(programme.id, unit) == now.get(unit, Tally())
        phases = (None, *(phase.id for phase in programme.phases))
        for day in days:
            phase = self.random.choice(phases)
            self._check_as_of(day, phase)

    def _check_as_of(self, day: int, phase: int | None) -> None:
        programme, tallies, then = self.union.programme.id, self.store.tallies, day_of(day)
        wanted = summed(self.units, self.changes, day, phase, tree_of=day)
        for unit, known in self.units.items():
            assert tallies.as_of(programme, unit, then, phase) == wanted.get(unit, Tally())
            below = {id for id, other in self.units.items() if other.parents[day] == unit}
            assert tallies.of_children_as_of(programme, unit, then, phase) == {
                id: count for id, count in wanted.items() if id in below and count
            }
            assert self.store.tree.parent_on(unit, then) == known.parents[day]
            if all(other.parents == (other.parents[0],) * DAYS for other in self.units.values()):
                # Nobody ever moved: the days that are kept say the same.
                kept = tallies.by_day(programme, unit, FIRST, phase)
                earlier = sum((c for d, c in kept.items() if d <= then), Tally())
                assert earlier == wanted.get(unit, Tally())

    def enter(self) -> None:
        """Somebody submits; now and then for an earlier day, as a workbook does."""
        day = self._day() if self.random.random() < 0.2 else self.today
        phase = self.union.programme.phase_on(day_of(day))
        entry = an_entry(
            self.union,
            unit=self._an_open_unit(),
            phase=phase.id if phase else None,
            recognised=self.random.random() < 0.5,
            benefit=self.random.choice((None, 7, 10**12)),
            submitted_at=moment(day),
        )
        added, counts = enter(
            self.store, entry, self.union.programme, day_of(day), moment(self.today)
        )
        self._count(None, added, day)
        self._keep(added, counts)

    def decide(self) -> None:
        """Confirm, return, refuse, withdraw, or take it back: any step that there is."""
        if (entry := self._an_entry()) and (steps := sorted(MOVES[entry.status])):
            self._change(entry, moved(entry, self.random.choice(steps)))

    def recognise(self) -> None:
        """The workplace recognises it, or takes that back."""
        if entry := self._an_entry():
            self._change(entry, replace(entry, recognised=not entry.recognised))

    def undo(self) -> None:
        """Valid, and back again."""
        entry = self._an_entry()
        if entry and Status.VALID in MOVES[entry.status]:
            self._change(entry, moved(entry, Status.VALID))
            self._change(self.entries[entry.id], entry)

    def reassign(self) -> None:
        """The entry belongs to another unit."""
        if entry := self._an_entry():
            self._change(entry, replace(entry, unit=self._an_open_unit()))

    def correct(self) -> None:
        """Its benefit was told wrong."""
        if entry := self._an_entry():
            self._change(entry, replace(entry, benefit=self.random.choice((None, 3, 10**11))))

    def add(self) -> None:
        """A unit begins; those there are come first to mind, so the tree stays small."""
        if len(self._all_open()) < MOST and len(self.units) < EVER:
            parent, self._codes = self._an_open_unit(), self._codes + 1
            new = a_unit(f"X{self._codes}.{len(self.changes)}", parent)
            begins = replace(new, valid_from=day_of(self._day()))
            added = self.store.units.add(begins)
            self.units[added.id] = Known((parent,) * DAYS)

    def move(self) -> None:
        """A subtree moves, perhaps since some days ago."""
        unit, parent, day = self._a_unit(), self._a_unit(), self._day()
        units = self._placed(self.units, unit, parent, day)
        self._agree(
            lambda: self.store.tree.move(unit, parent, day_of(day), today=day_of(self.today)),
            units if self._open(unit) and self._open(parent) else None,
        )

    def merge(self) -> None:
        """A unit is merged into another, with what stands right below it."""
        if len(self._all_open()) < FEWEST:
            return
        unit, into, day = self._a_unit(), self._a_unit(), self._day()
        ends = self._open(unit) and self._open(into)
        units = self._placed(self.units, unit, into, day)
        for id, known in self.units.items():
            if units is not None and known.parents[-1] == unit and known.ended is None:
                units = self._placed(units, id, into, max(day, self._begins(id)))
        if units is not None:
            units[unit] = replace(units[unit], ended=day)
        self._agree(
            lambda: self.store.tree.merge(unit, into, day_of(day), today=day_of(self.today)),
            units if ends else None,
        )

    def close(self) -> None:
        """A unit ends; not while others stand below it."""
        if len(self._all_open()) < FEWEST:
            return
        unit, day = self._a_unit(), self._day()
        children = [k for k in self.units.values() if k.parents[-1] == unit and k.ended is None]
        may = self._open(unit) and not children and unit != self.union.root.id
        may = may and day >= self._begins(unit)
        ended = {**self.units, unit: replace(self.units[unit], ended=day)}
        self._agree(
            lambda: self.store.tree.close(unit, day_of(day), today=day_of(self.today)),
            ended if may else None,
        )

    def reopen(self) -> None:
        """A unit that ended goes on; one that was merged, where it stood on its last day."""
        ended = [(id, known.ended) for id, known in self.units.items() if known.ended]
        for id, day in self.random.sample(ended, min(1, len(ended))):
            unit, known = self.store.units.get(id), self.units[id]
            assert unit is not None
            parent = known.parents[day - 1] if unit.replaced_by else known.parents[-1]
            assert parent is not None
            units: dict[int, Known] | None = dict(self.units)
            if unit.replaced_by and self._open(parent):
                units = self._placed(self.units, id, parent, self.today)
            if units is not None:
                units[id] = replace(units[id], ended=None)
            self._agree(
                partial(self.store.tree.reopen, id, day_of(self.today)),
                units if self._open(parent) else None,
            )

    def next_day(self) -> None:
        """A day passes."""
        if self.random.random() < self.pace:
            self.today = min(self.today + 1, DAYS - 1)

    def _agree(self, work: Callable[[], None], units: dict[int, Known] | None) -> None:
        """The store does it exactly where the account can."""
        try:
            work()
        except Rejected:
            self.refused += 1
            assert units is None
        else:
            assert units is not None
            self.units = units

    def _placed(
        self, units: dict[int, Known], unit: int, parent: int, day: int
    ) -> dict[int, Known] | None:
        if unit == self.union.root.id or day < self._begins(parent):
            return None
        return placed(units, unit, parent, day, self._begins(unit))

    def _change(self, before: Initiative, after: Initiative) -> None:
        at = moment(self.today)
        kept, counts = change(
            self.store, before, after, by=self.union.chair.id, at=at, day=day_of(self.today)
        )
        self._count(before, kept, self.today)
        self._keep(kept, counts)

    def _keep(self, entry: Initiative, counts: Sequence[Count]) -> None:
        self.entries[entry.id] = entry
        add_counts(self.store, counts)

    def _count(self, before: Initiative | None, after: Initiative, day: int) -> None:
        """The account's own: what the one added goes, what the other adds comes."""
        programme = self.union.programme.id
        for entry, sign in ((before, -1), (after, 1)):
            if entry is not None:
                one = tally(entry, True)
                one = one if sign > 0 else Tally() - one
                self.changes.append(Count(programme, entry.phase, entry.unit, day_of(day), one))

    def _an_entry(self) -> Initiative | None:
        return self.random.choice([*self.entries.values()]) if self.entries else None

    def _a_unit(self) -> int:
        """Mostly one that is open."""
        everywhere = self.random.random() < 0.1
        return self.random.choice([*self.units] if everywhere else self._all_open())

    def _an_open_unit(self) -> int:
        return self.random.choice(self._all_open())

    def _all_open(self) -> list[int]:
        return [id for id in self.units if self._open(id)]

    def _open(self, unit: int) -> bool:
        return self.units[unit].ended is None

    def _begins(self, id: int) -> int:
        unit = self.store.units.get(id)
        assert unit is not None
        return max(0, (unit.valid_from - FIRST).days)

    def _day(self) -> int:
        """Today, or some day before."""
        return self.random.randint(0, self.today) if self.random.random() < 0.5 else self.today
