"""Authors of imported entries: members of the unit by name, else people without an account."""

from datetime import datetime

from domain.person import Person
from domain.vietnamese import canonical, fold, title_case_name
from storage.store import Store

PAGE = 1000
"""People read together."""


class Authors:
    """Everybody known, by unit and name; whoever is not yet is added."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.added = 0
        self._store, self._now = store, now
        self._known: dict[tuple[int | None, str], list[Person]] = {}
        root, after = store.units.root(), 0
        while root and (page := store.people.of_unit(root.id, after, PAGE)):
            for person in page:
                self._keep(person)
            after = page[-1].id

    def shares_name(self, name: str, unit: int) -> bool:
        """Whether several members of this unit have exactly this name."""
        alike = self._known.get((unit, fold(name)), [])
        return sum(canonical(person.name) == canonical(name) for person in alike) > 1

    def find(self, name: str, unit: int) -> int:
        """The member of this unit with this name; one typed without diacritics is the same."""
        alike = self._known.get((unit, fold(name)), [])
        for person in alike:
            if canonical(person.name) == canonical(name):
                return person.id
        for person in alike:
            if person.name.isascii() or name.isascii():
                return person.id
        spelt = name if name != name.upper() and name != name.lower() else title_case_name(name)
        person = self._store.people.add(spelt, unit, None, None, self._now)
        self._keep(person)
        self.added += 1
        return person.id

    def _keep(self, person: Person) -> None:
        self._known.setdefault((person.unit, fold(person.name)), []).append(person)
