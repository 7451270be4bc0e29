"""Entries for a list on paper: those of a unit and below it, in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.initiative import Initiative, Status
from storage.store import Store

PAGE = 500
"""Entries read at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; ``statuses`` empty and None mean all."""

    programme: int
    unit: int
    phase: int | None = None
    statuses: tuple[Status, ...] = ()
    recognised: bool | None = None

    def takes(self, entry: Initiative) -> bool:
        """Whether an entry is one of them."""
        return (
            (self.phase is None or entry.phase == self.phase)
            and (not self.statuses or entry.status in self.statuses)
            and (self.recognised is None or entry.recognised is self.recognised)
        )


def entries(store: Store, wanted: Wanted) -> Iterator[Initiative]:
    """All of them, unit by unit, in the order in which they were handed in."""
    for unit in store.units.subtree(wanted.unit):
        after = 0
        while page := store.initiatives.of_one_unit(wanted.programme, unit.id, after, PAGE):
            yield from filter(wanted.takes, page)
            after = page[-1].id
            if len(page) < PAGE:
                break
