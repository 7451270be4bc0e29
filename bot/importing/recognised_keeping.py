"""Keeps what a list of recognised initiatives says: decisions for entries that are there, entries
that it holds itself, and lines that somebody is asked to enter. A second time nothing changes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from bot.documents.table import Reading
from bot.importing.bar import Counted, unseen
from bot.importing.entry_keeping import Finished, Kept, keep_entries
from bot.importing.recognised import Wanted
from domain.house import House
from domain.initiative import Initiative, Recognition
from domain.likeness import Filed
from domain.programme import Programme
from domain.recognised_lines import (
    RecognisedLine,
    closest,
    is_same,
    only_one_called,
    same_title,
)
from domain.recognition import waits
from domain.vietnamese import fold
from domain.wording.form import cut
from storage import recognising, settling
from storage.entering import Count
from storage.recognised_lines import MEMBERS_MOST
from storage.store import Store

KINDS = ("recognised", "added", "waiting", "changed")


class Doubt(NamedTuple):
    """A line that seems to be entered already: where it stands, and as what."""

    place: str
    title: str
    like: Filed


@dataclass(slots=True)
class KeptRecognised:
    """What became of the lines."""

    named: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    """Units and titles by kind, as an operator knows them."""
    there: int = 0
    """Lines that nothing had to be done for."""
    unknown: int = 0
    """Lines that wait, and whose author the bot does not know: only their chairs are asked."""
    doubts: list[Doubt] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    """Places of lines that tell only half of an entry."""
    entries: Kept = field(default_factory=Kept)
    decided: list[tuple[Recognition, list[Initiative]]] = field(default_factory=list)
    """Decisions and the entries that had waited for them: their authors want to hear."""


def keep_recognised(
    store: Store,
    wanted: list[Wanted],
    reading: Reading,
    programme: Programme,
    house: House,
    now: datetime,
    progress: Counted = unseen,
) -> KeptRecognised:
    """Keep it; runs in a turn."""
    keeper = _Keeper(store, reading, programme, now, house.local(now).date())
    for number, each in enumerate(wanted, start=1):
        keeper.keep(each)
        progress(number)
    counts, done = keeper.decide(), keeper.done
    done.entries = keep_entries(
        store, keeper.entries, reading, programme, house, now, counted=counts
    )
    if any(done.named.values()):
        detail = {kind: len(names) for kind, names in done.named.items()}
        subject = f"programme:{programme.id}"
        store.audit.note(None, "import_recognised", subject, now, detail)
    return done


class _Unit:
    """What is kept of one unit: its entries, its lines, its people."""

    def __init__(self, store: Store, programme: int, unit: int) -> None:
        self.filed = store.twins.of_unit(programme, unit)
        self.lines = store.recognised_lines.of_unit(programme, unit)
        self.members = store.people.members_of(unit, MEMBERS_MOST)


class _Keeper:
    """Takes one line after the other; each unit is looked up once."""

    def __init__(
        self, store: Store, reading: Reading, programme: Programme, now: datetime, day: date
    ) -> None:
        self.done = KeptRecognised()
        self.entries: list[Finished] = []
        """What the list holds itself, to be kept."""
        self._store, self._reading, self._programme = store, reading, programme
        self._now, self._day = now, day
        self._units: dict[int, _Unit] = {}
        self._decided: dict[Recognition, list[Initiative]] = {}
        self._given: set[int] = set()

    def keep(self, each: Wanted) -> None:
        """Find out what a line is, and keep it."""
        if each.unit.id not in self._units:
            self._units[each.unit.id] = _Unit(self._store, self._programme.id, each.unit.id)
        unit = self._units[each.unit.id]
        before = _known(each, unit.lines)
        if before is not None and settling.still_open(self._store, before.id) is None:
            self.done.there += 1
            return
        line = self._line(each, unit, before)
        if before is None:
            line = self._store.recognised_lines.add(line)
        elif line != before:
            self._store.recognised_lines.save(line)
        if entry := self._entry(line, unit):
            self._settle(line, entry, each)
        else:
            self._note(each, line, unit, before)

    def decide(self) -> list[Count]:
        """Record the decisions for the entries that waited for them."""
        counts = list[Count]()
        for wanted, entries in self._decided.items():
            decision = settling.kept_decision(self._store, wanted, None, self._now)
            done, more = recognising.record(
                self._store, decision, entries, None, self._now, self._day
            )
            self.done.decided.append((decision, done))
            counts += more
        return counts

    def _line(self, each: Wanted, unit: _Unit, before: RecognisedLine | None) -> RecognisedLine:
        """The line as this list has it."""
        author = only_one_called(each.names[0], unit.members)
        return RecognisedLine(
            id=before.id if before else 0,
            programme=self._programme.id,
            unit=each.unit.id,
            author_name=before.author_name if before else each.names[0],
            author=author.id if author else None,
            others=each.names[1:],
            title=before.title if before else each.title,
            level=each.level,
            number=each.number,
            day=each.day,
            added_at=before.added_at if before else self._now,
        )

    def _entry(self, line: RecognisedLine, unit: _Unit) -> Initiative | None:
        """The entry that the line is for certain; of several, one that waits for a decision."""
        alike = (each for each in unit.filed if same_title(line.title, each.title))
        entries = [self._store.initiatives.get(each.id) for each in alike]
        same = [
            entry
            for entry in entries
            if entry and is_same(line, entry.title, settling.people_behind(self._store, entry))
        ]
        return next(filter(self._waits, same), next(iter(same), None))

    def _waits(self, entry: Initiative) -> bool:
        return waits(entry) and entry.id not in self._given

    def _settle(self, line: RecognisedLine, entry: Initiative, each: Wanted) -> None:
        settling.settle(self._store, line, entry.id, self._now)
        if self._waits(entry):
            self._given.add(entry.id)
            self._decided.setdefault(line.decision, []).append(entry)
            self._name("recognised", each)
        else:
            self.done.there += 1

    def _note(
        self, each: Wanted, line: RecognisedLine, unit: _Unit, before: RecognisedLine | None
    ) -> None:
        """It is not entered, as far as is certain: it is an entry itself, or somebody is asked."""
        place = self._reading.place(each.line, "title")
        if like := closest(line.title, unit.filed):
            self.done.doubts.append(Doubt(place, line.title, like))
        if each.entry is not None:
            self.entries.append(each.entry)
            self._name("added", each)
            return
        self.done.unknown += line.author is None
        if each.half:
            self.done.half.append(place)
        if before is None:
            self._name("waiting", each)
        elif line != before:
            self._name("changed", each)
        else:
            self.done.there += 1

    def _name(self, kind: str, each: Wanted) -> None:
        self.done.named[kind].append(f"{each.unit.code} – {cut(each.title)}")


def _known(each: Wanted, lines: list[RecognisedLine]) -> RecognisedLine | None:
    """The line of the same title and first author as it was kept before."""
    called = fold(each.names[0])
    mine = (line for line in lines if fold(line.author_name) == called)
    return next((line for line in mine if same_title(line.title, each.title)), None)
