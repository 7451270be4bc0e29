"""Units as the other tables name them: by codes that must be known and open, or by their names."""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from bot.documents.table import Line, Reading
from domain.unit_search import called, find_units
from domain.units import Unit
from storage.units import fold_code

LIKE = 0.7
"""How alike a code must be to be proposed."""

NAME_SHOWN = 80
"""Characters of a name that nobody has."""

PROPOSED = 3
"""Units that are proposed for a name."""


class KnownUnits:
    """All units, by folded code."""

    def __init__(self, units: Mapping[str, Unit], today: date) -> None:
        self._units = units
        self._ids = {unit.id: unit for unit in units.values()}
        self._today = today
        self._named: dict[str, list[Unit]] = {}

    def above(self, unit: Unit) -> Iterator[Unit]:
        """The unit, and all above it up to the root."""
        at: Unit | None = unit
        while at is not None:
            yield at
            at = self._ids.get(at.parent) if at.parent else None

    def find(self, line: Line, reading: Reading, key: str = "unit") -> Unit | None:
        """The open unit of the code in this column; None and a fault when there is none."""
        said: str | None = line[key]
        if not said:
            return None
        unit = self._units.get(fold_code(said))
        if unit is None:
            like = get_close_matches(fold_code(said), self._units, 1, LIKE)
            sentence = "import.no_unit_like" if like else "import.no_unit"
            meant = self._units[like[0]].code if like else ""
            reading.fault(line, key, sentence, code=said, like=meant)
            return None
        if unit.replaced_by is not None:
            heir = self._ids[unit.replaced_by].code
            reading.fault(line, key, "import.merged_unit", code=said, heir=heir)
            return None
        if not unit.open_on(self._today):
            reading.fault(line, key, "import.ended_unit", code=said)
            return None
        return unit

    def find_named(self, line: Line, reading: Reading, key: str = "unit") -> Unit | None:
        """The same, named by its code or by its whole name; what is only alike is proposed."""
        said: str | None = line[key]
        if not said or fold_code(said) in self._units:
            return self.find(line, reading, key)
        if said not in self._named:
            self._named[said] = self._called(said)
        found = self._named[said]
        if len(found) == 1:
            return found[0]
        like = found or find_units(said, self._open(), PROPOSED)
        named = ", ".join(f"«{unit.name}» ({unit.code})" for unit in like[:PROPOSED])
        sentence = "import.which_unit" if like else "import.no_unit_called"
        reading.fault(line, key, sentence, name=said[:NAME_SHOWN], units=named)
        return None

    def _called(self, said: str) -> list[Unit]:
        """Today's units of this name; those that went over to others lead there."""
        found = (self._today_of(unit) for unit in called(said, self._units.values()))
        return list({unit.id: unit for unit in found if unit}.values())

    def _today_of(self, unit: Unit) -> Unit | None:
        at: Unit | None = unit
        for _ in self._ids:
            if at is None or at.replaced_by is None:
                break
            at = self._ids.get(at.replaced_by)
        return at if at is not None and at.open_on(self._today) else None

    def _open(self) -> list[Unit]:
        return [unit for unit in self._units.values() if unit.open_on(self._today)]
