"""Who used which privilege on what in a subtree: a workbook for whoever grants roles there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from bot.documents.workbook import Column, Kind, Sheet, Value, write_workbook
from domain.house import House
from domain.message import Document
from domain.person import Deed, Role
from domain.units import Unit
from domain.vietnamese import format_date
from storage.audit import AuditLine
from storage.store import Store

PAGE = 1000

MOST = 100_000
"""Lines: a workbook ends at a million, and nobody reads so many."""


def draw(document: Document, given: Material) -> Rendered | None:
    """For whoever may grant roles there.

    Parameters: ``unit`` and ``person``, row numbers; ``since``, a moment as ISO says it.
    """
    unit = unit_of(document, given.store, Deed.GRANT)
    if unit is None:
        return None
    since = datetime.fromisoformat(str(document.parameters["since"]))
    log = Log(given.store, given.house)
    content = log.workbook(unit, since, document.as_of)
    day = given.house.local(document.as_of).date().isoformat()
    name = given.house.texts("audit.file", code=unit.code, day=day) + ".xlsx"
    return Rendered("document", name, content)


@dataclass(slots=True)
class Log:
    """A log being written; who and where are looked up once."""

    store: Store
    house: House
    _people: dict[int, str] = field(default_factory=dict)
    _units: dict[int, str] = field(default_factory=dict)

    def workbook(self, unit: Unit, since: datetime, until: datetime) -> bytes:
        """All lines, the oldest first; they are read while they are written."""
        texts, local = self.house.texts, self.house.local
        first, last = format_date(local(since).date()), format_date(local(until).date())
        columns = (
            Column(texts("audit.at"), Kind.MOMENT, 18),
            Column(texts("audit.who"), width=28),
            Column(texts("audit.deed"), width=34),
            Column(texts("audit.where"), width=44),
            Column(texts("audit.on_what"), width=34),
            Column(texts("audit.detail"), width=40),
        )
        title = (
            texts("audit.title", unit=unit.name),
            texts("audit.period", first=first, last=last),
        )
        lines = islice(self._lines(unit, since, until), MOST)
        rows = (self._row(line) for line in lines)
        return write_workbook([Sheet(texts("audit.sheet"), columns, rows, title)])

    def _lines(self, unit: Unit, since: datetime, until: datetime) -> Iterator[AuditLine]:
        top, after = None if unit.parent is None else unit.id, 0
        while page := self.store.audit.of_subtree(top, since, until, after, PAGE):
            yield from page
            after = page[-1].id

    def _row(self, line: AuditLine) -> tuple[Value, ...]:
        texts = self.house.texts
        key = f"audit.{line.deed}"
        return (
            self.house.local(line.at),
            self._person(line.by) if line.by else texts("audit.operator"),
            texts(key) if key in texts else line.deed,
            self._unit(line.unit) if line.unit else "",
            self._subject(line.subject),
            self._detail(line),
        )

    def _subject(self, subject: str) -> str:
        """What it was done to, by its name where we know one."""
        kind, _, rest = subject.partition(":")
        if rest.isdecimal():
            match kind:
                case "person":
                    return self._person(int(rest))
                case "unit":
                    return self._unit(int(rest))
                case "initiative":
                    entry = self.store.initiatives.get(int(rest))
                    return entry.code if entry else subject
        return subject

    def _detail(self, line: AuditLine) -> str:
        """What more is known, for people; roles by their names, ids and keys left out."""
        texts, said = self.house.texts, []
        for name, value in line.detail.items():
            if name == "role" and value in set(Role):
                said.append(texts(f"role.{value}"))
            elif isinstance(value, str) and name != "question":
                said += [value] if value else []
        return "; ".join(said)

    def _person(self, id: int) -> str:
        if id not in self._people:
            found = self.store.people.get(id)
            self._people[id] = found.name if found else str(id)
        return self._people[id]

    def _unit(self, id: int) -> str:
        if id not in self._units:
            found = self.store.units.get(id)
            self._units[id] = f"{found.code} {found.name}" if found else str(id)
        return self._units[id]
