"""What is said when papers are asked for, and the papers themselves as documents to be drawn."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.action import Action
from domain.message import Button, Document, Outgoing
from domain.programme import Programme
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_date


def which_unit(units: Sequence[Unit], texts: Texts) -> Outgoing:
    """Ask whose papers."""
    rows = tuple((Button(unit.name, Action("export", str(unit.id))),) for unit in units)
    return Outgoing(texts("paper.which_unit"), rows, asks=True)


def which(unit: Unit, kinds: Sequence[str], texts: Texts) -> Outgoing:
    """Ask which paper."""
    rows = tuple(
        (Button(texts(f"paper.{kind}"), Action("export", f"{unit.id}.{kind}")),) for kind in kinds
    )
    return Outgoing(texts("paper.which", unit=unit.name), rows, asks=True)


def progress_table(
    unit: Unit, programme: Programme, person: int, now: datetime, texts: Texts, day: date | None
) -> Outgoing:
    """The progress table as it stands now, or stood at the end of a day."""
    parameters = {
        "unit": unit.id,
        "person": person,
        "programme": programme.id,
        "phase": 0,
        "day": day.isoformat() if day else "",
    }
    said = texts("paper.progress_here", unit=unit.name)
    if day:
        said = texts("paper.progress_day", unit=unit.name, day=format_date(day))
    return Outgoing(said, document=Document("progress_table", parameters, now))
