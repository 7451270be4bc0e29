"""What is said when papers are asked for, and the papers themselves as documents to be drawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from domain.action import Action
from domain.initiative import Status
from domain.message import Button, Document, Outgoing
from domain.programme import Phase, Programme
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_date

WHICH: Mapping[str, tuple[tuple[Status, ...], bool | None]] = {
    "all": ((), None),
    "valid": ((Status.VALID,), None),
    "waiting": ((Status.SUBMITTED, Status.RETURNED, Status.CONFIRMED), None),
    "recognised": ((), True),
}
"""Which entries are listed: their statuses (none are all), and whether recognised."""

LIST, PHASE = "list_", "phase_"
"""Before the name of a list of entries, and before a phase's number, in what is chosen."""


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
    unit: Unit,
    programme: Programme,
    person: int,
    now: datetime,
    texts: Texts,
    *,
    day: date | None = None,
    phase: Phase | None = None,
) -> Outgoing:
    """The progress table as it stands now, or stood at the end of a day; a phase at a tap."""
    parameters = {
        "unit": unit.id,
        "person": person,
        "programme": programme.id,
        "phase": phase.id if phase else 0,
        "day": day.isoformat() if day else "",
    }
    said = texts("paper.progress_here", unit=unit.name)
    if day:
        said = texts("paper.progress_day", unit=unit.name, day=format_date(day))
    elif phase:
        said = texts("paper.progress_phase", unit=unit.name, phase=phase.name)
    shown = () if day or phase else programme.phases
    row = tuple(
        Button(each.name, Action("export", f"{unit.id}.{PHASE}{each.id}")) for each in shown
    )
    buttons = (row,) if row else ()
    return Outgoing(said, buttons, Document("progress_table", parameters, now))


def review(unit: Unit, programme: Programme, person: int, now: datetime, texts: Texts) -> Outgoing:
    """What waits for an officer, to be decided on in a workbook."""
    parameters = {"unit": unit.id, "person": person, "programme": programme.id}
    said = texts("paper.review_here", unit=unit.name)
    return Outgoing(said, document=Document("review_paper", parameters, now))


def which_entries(unit: Unit, texts: Texts) -> Outgoing:
    """Ask which entries are wanted."""
    rows = tuple(
        (Button(texts(f"paper.entries_{which}"), Action("export", f"{unit.id}.{LIST}{which}")),)
        for which in WHICH
    )
    return Outgoing(texts("paper.entries_which", unit=unit.name), rows, asks=True)


def entries(
    unit: Unit, programme: Programme, which: str, person: int, now: datetime, texts: Texts
) -> Outgoing:
    """The list of a unit's entries."""
    statuses, recognised = WHICH[which]
    parameters = {
        "unit": unit.id,
        "person": person,
        "programme": programme.id,
        "phase": 0,
        "statuses": [status.value for status in statuses],
        "recognised": recognised,
    }
    named = texts(f"paper.entries_{which}").lower()
    said = texts("paper.entries_here", unit=unit.name, which=named)
    return Outgoing(said, document=Document("entries_table", parameters, now))
