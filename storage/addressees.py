"""Who stands behind the numbers of the ledger: people, groups and units, each looked up once."""

from dataclasses import dataclass, field

from domain.ledger import Line, Named
from domain.units import Unit
from storage.store import Store


@dataclass(slots=True)
class Addressees:
    """For as long as one list is made."""

    store: Store
    _people: dict[int, str] = field(default_factory=dict)
    _groups: dict[int, str] = field(default_factory=dict)
    _units: dict[int, Unit | None] = field(default_factory=dict)

    def named(self, line: Line) -> Named:
        """The line with its names."""
        group, unit = line.notice.group, line.notice.unit
        to = self._person(line.notice.person or 0) if group is None else self._group(group)
        return Named(line, to, self._unit(unit) if unit else None)

    def _person(self, id: int) -> str:
        if id not in self._people:
            found = self.store.people.get(id)
            self._people[id] = found.name if found else ""
        return self._people[id]

    def _group(self, number: int) -> str:
        if number not in self._groups:
            found = self.store.groups.get(number)
            self._groups[number] = found.name if found else ""
        return self._groups[number]

    def _unit(self, id: int) -> Unit | None:
        if id not in self._units:
            self._units[id] = self.store.units.get(id)
        return self._units[id]
