"""What a file of units changes in the tree; a second time the same file changes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.documents.table import Reading
from bot.importing.bar import Counted, unseen
from bot.importing.unit_tree import by_code, check_tree
from bot.importing.units import UnitRow
from domain.errors import Rejected
from domain.units import Unit
from domain.vietnamese import canonical
from storage.store import Store

KINDS = ("added", "renamed", "changed", "moved", "merged", "closed")
"""Kinds of change, in the order in which they are told."""


@dataclass(slots=True)
class Changes:
    """What changed, by kind: units as an operator knows them, ``CTN27 – name``."""

    named: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    left_alone: int = 0
    """Units that are kept and not in the file."""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(self.named.values())

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {kind: len(units) for kind, units in self.named.items()}


@dataclass(frozen=True, slots=True)
class Days:
    """``today`` is the local day, ``moves`` when moves happen, ``begins`` when new units begin."""

    today: date
    moves: date
    begins: date


def import_units(
    store: Store,
    rows: Mapping[str, UnitRow],
    reading: Reading,
    days: Days,
    now: datetime,
    progress: Counted = unseen,
) -> Changes:
    """Keep what the rows want; runs in a turn. Raises FaultyContent with every fault."""
    kept = by_code(store.units.all())
    check_tree(rows, kept, reading)
    reading.finish()
    work = _Work(store, rows, kept, reading, days, progress)
    work.add()
    work.save()
    work.move()
    work.end()
    reading.finish()
    work.changes.left_alone = len(kept.keys() - rows.keys())
    if work.changes:
        root = store.units.root()
        subject = f"unit:{root.id}" if root else "unit"
        counts = work.changes.counts()
        store.audit.note(None, "import_units", subject, now, counts, root.id if root else None)
    return work.changes


class _Work:
    """The rows on their way into the store."""

    def __init__(
        self,
        store: Store,
        rows: Mapping[str, UnitRow],
        kept: Mapping[str, Unit],
        reading: Reading,
        days: Days,
        progress: Counted,
    ) -> None:
        self.changes = Changes()
        self._store, self._rows, self._kept = store, rows, kept
        self._units = dict(kept)
        self._reading, self._days, self._progress = reading, days, progress
        self._done = 0

    def add(self) -> None:
        """New units, upper ones first."""
        for level in self._levels():
            added = self._store.units.add_many([self._new(row) for row in level])
            self._units |= by_code(added)
            self._tell("added", level)

    def save(self) -> None:
        """What is said of units that are kept already, but their place."""
        for code, row in self._rows.items():
            before = self._kept.get(code)
            if before is None:
                continue
            after = _said_of(row, before)
            if after != before:
                self._store.units.save(after)
                renamed = after.name != before.name
                self._tell("renamed" if renamed else "changed", [row])
            else:
                self._count(1)

    def move(self) -> None:
        """Units whose place is another; upper ones first, so that none ever stands below itself."""
        moved = [row for code, row in self._rows.items() if self._moves(code, row)]
        depths = self._depths() if moved else {}
        for row in sorted(moved, key=lambda row: depths[row.code]):
            parent = self._units[row.parent]
            with _noted(self._reading, row, "parent"):
                self._store.tree.move(
                    self._units[row.code].id, parent.id, self._days.moves, today=self._days.today
                )
            self._tell("moved", [row])

    def end(self) -> None:
        """Merge and close; lower ones first, so that none leaves open ones below."""
        ending = [row for code, row in self._rows.items() if row.ends and self._open(code)]
        depths = self._depths() if ending else {}
        for row in sorted(ending, key=lambda row: -depths[row.code]):
            unit = self._units[row.code].id
            day = row.valid_to + timedelta(days=1) if row.valid_to else self._days.moves
            with _noted(self._reading, row, "into" if row.into else "valid_to"):
                if row.into:
                    heir = self._units[row.into].id
                    self._store.tree.merge(unit, heir, day, today=self._days.today)
                else:
                    self._store.tree.close(unit, day, today=self._days.today)
            self._tell("merged" if row.into else "closed", [row])

    def _levels(self) -> Iterator[list[UnitRow]]:
        rest = {code: row for code, row in self._rows.items() if code not in self._kept}
        while rest:
            level = [row for row in rest.values() if row.parent not in rest]
            for row in level:
                del rest[row.code]
            yield level

    def _new(self, row: UnitRow) -> Unit:
        parent = self._units[row.parent] if row.parent else None
        begins = row.valid_from or self._days.begins
        if row.valid_to:
            begins = min(begins, row.valid_to)
        start = Unit(0, row.said, row.name, "", parent.id if parent else None, begins)
        unit = _said_of(row, start)
        return unit if unit.kind else replace(unit, kind=self._reading.words("import_units.kind"))

    def _moves(self, code: str, row: UnitRow) -> bool:
        before = self._kept.get(code)
        if before is None or before.valid_to is not None or not row.parent:
            return False  # one that ended stands where it was merged into
        return before.parent != self._units[row.parent].id

    def _open(self, code: str) -> bool:
        before = self._kept.get(code)
        return before is None or before.valid_to is None

    def _depths(self) -> dict[str, int]:
        """How many units stand above each in the tree as the file wants it."""
        codes = {unit.id: code for code, unit in self._units.items()}
        parents = {code: codes[u.parent] if u.parent else "" for code, u in self._units.items()}
        parents |= {code: row.parent for code, row in self._rows.items() if row.parent}
        depths: dict[str, int] = {"": -1}
        for start in parents:
            way = [start]
            while way[-1] not in depths:
                way.append(parents[way[-1]])
            for code in reversed(way[:-1]):
                depths[code] = depths[parents[code]] + 1
        return depths

    def _tell(self, kind: str, rows: list[UnitRow]) -> None:
        self.changes.named[kind] += [f"{row.said} – {row.name}" for row in rows]
        self._count(len(rows))

    def _count(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done)


def _said_of(row: UnitRow, unit: Unit) -> Unit:
    """The unit as the row tells of it; an empty cell leaves what is there. Names are only added."""
    aliases = list(unit.aliases)
    known = {canonical(name) for name in (*aliases, row.name)}
    for name in (*row.aliases, unit.name):
        if canonical(name) not in known:
            known.add(canonical(name))
            aliases.append(name)
    return replace(
        unit,
        name=row.name,
        kind=row.kind or unit.kind,
        aliases=tuple(aliases),
        cluster=row.cluster or unit.cluster,
        members=unit.members if row.members is None else row.members,
        form=row.form or unit.form,
    )


@contextmanager
def _noted(reading: Reading, row: UnitRow, key: str) -> Iterator[None]:
    """Say at its cell why a move is refused."""
    try:
        yield
    except Rejected as refusal:
        keys = (f"import_units.{refusal.code}", "import_units.refused")
        reading.note(*reading.cell(row.line, key), reading.words.first(keys, **refusal.details))
