"""The progress table as it stands, as it stood on a day, or as it was fixed: a workbook."""

from datetime import date, datetime, time, timedelta

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from domain.house import House
from domain.message import Document
from domain.papers import ProgressTable
from domain.programme import Phase, Programme
from domain.units import Unit
from storage.progress_tables import progress_table
from storage.snapshots import Snapshot
from storage.store import Store


def draw(document: Document, given: Material) -> Rendered | None:
    """For whoever may export it.

    Parameters: ``unit``, ``person``, ``programme`` and ``phase`` (0 is the whole programme), row
    numbers; and ``day`` (ISO; "" is now) or ``snapshot`` (0 is none).
    """
    wanted, store, house = document.parameters, given.store, given.house
    unit = unit_of(document, store)
    if unit is None:
        return None
    if snapshot := store.snapshots.get(int(wanted.get("snapshot", 0))):
        if snapshot.unit != unit.id:
            return None
        content = fixed(store, snapshot, house, document.as_of)
        return Rendered("document", file_name(house, unit, snapshot.as_of), content)
    programme = store.programmes.get(int(wanted["programme"]))
    if programme is None:
        return None
    phase = next((p for p in programme.phases if p.id == int(wanted.get("phase", 0))), None)
    day = date.fromisoformat(wanted["day"]) if wanted.get("day") else None
    table = figures(store, programme, unit, house, document.as_of, day=day, phase=phase)
    return Rendered("document", file_name(house, unit, table.as_of), written(table, house))


def figures(
    store: Store,
    programme: Programme,
    unit: Unit,
    house: House,
    now: datetime,
    *,
    day: date | None = None,
    phase: Phase | None = None,
) -> ProgressTable:
    """The figures as of now; or of the end of a local day that is over."""
    today = house.local(now).date()
    past = day is not None and day < today
    if not past or day is None:
        return progress_table(store, programme, unit, as_of=now, day=today, phase=phase)
    midnight = datetime.combine(day + timedelta(days=1), time(), house.settings.zone)
    return progress_table(store, programme, unit, as_of=midnight, day=day, past=True, phase=phase)


def written(table: ProgressTable, house: House) -> bytes:
    """The workbook of figures as they are."""
    from bot.documents.progress_table import sheets
    from bot.documents.workbook import write_workbook

    return write_workbook(sheets(table, house))


def fixed(store: Store, snapshot: Snapshot, house: House, now: datetime) -> bytes:
    """The workbook of figures that were fixed, and beside them what came later."""
    from bot.documents.progress_table import Fixed, sheets
    from bot.documents.workbook import write_workbook

    table = store.snapshots.table(snapshot.id)
    programme = store.programmes.get(snapshot.programme)
    unit = store.units.get(snapshot.unit)
    assert table is not None and programme is not None and unit is not None
    phase = next((p for p in programme.phases if p.id == snapshot.phase), None)
    later = figures(store, programme, unit, house, now, phase=phase)
    return write_workbook(sheets(table, house, Fixed(snapshot.name, snapshot.fixed_at, later)))


def file_name(house: House, unit: Unit, as_of: datetime) -> str:
    """What the workbook is called."""
    day = house.local(as_of - timedelta(microseconds=1)).date()
    return house.texts("table.file", code=unit.code, day=day.isoformat()) + ".xlsx"
