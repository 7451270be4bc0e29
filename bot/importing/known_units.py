"""Units as the other tables name them: by codes that must be known and open."""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from bot.documents.table import Line, Reading
from domain.units import Unit
from storage.units import fold_code

LIKE = 0.7
"""How alike a code must be to be proposed."""


class KnownUnits:
    """All units, by folded code."""

    def __init__(self, units: Mapping[str, Unit], today: date) -> None:
        self._units = units
        self._ids = {unit.id: unit for unit in units.values()}
        self._today = today

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
