"""Recognised initiatives of the last years, a column a year: what quotas are shared out by."""

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Reading, Table
from bot.importing.known_units import KnownUnits
from storage.store import Store

YEARS = range(2018, 2041)
"""Columns that there may be; the words name each."""

HISTORY = Table(
    "import_history",
    (
        Heading("unit", Reads.CODE, required=True, most=32),
        *(Heading(f"year_{year}", Reads.WHOLE) for year in YEARS),
    ),
)


def wanted_history(reading: Reading, units: KnownUnits) -> list[tuple[int, int, int]]:
    """Unit, year and count of every cell that holds a number; empty ones say nothing."""
    found: list[tuple[int, int, int]] = []
    seen: dict[int, str] = {}
    for line in reading.lines:
        unit = units.find(line, reading)
        if unit is None:
            continue
        if unit.id in seen:
            reading.fault(line, "unit", "import_history.twice", place=seen[unit.id])
        seen.setdefault(unit.id, reading.place(line, "unit"))
        for year in YEARS:
            count = line[f"year_{year}"]
            if count is not None:
                found.append((unit.id, year, count))
    if not any(f"year_{year}" in reading.columns for year in YEARS):
        reading.note(reading.header, 0, reading.words("import_history.no_years"))
    return found


def set_history(store: Store, rows: list[tuple[int, int, int]]) -> list[str]:
    """Keep what is new or different; runs in a turn. One name a unit that changed."""
    known: dict[int, dict[int, int]] = {}
    changed: dict[int, list[tuple[int, int, int]]] = {}
    for unit, year, count in rows:
        years = known.setdefault(unit, store.quota_plans.years(unit))
        if years.get(year) != count:
            changed.setdefault(unit, []).append((unit, year, count))
    store.quota_plans.set_years(row for cells in changed.values() for row in cells)
    names = []
    for unit, cells in changed.items():
        found = store.units.get(unit)
        told = ", ".join(f"{year}: {count}" for _, year, count in cells)
        names.append(f"{found.code if found else unit} – {told}")
    return names
