"""What is said when figures are fixed (chốt số liệu), and fixed ones as documents."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.action import Action
from domain.message import Button, Document, Outgoing
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import format_date


def which_unit(units: Sequence[Unit], texts: Texts) -> Outgoing:
    """Ask whose figures."""
    rows = tuple((Button(unit.name, Action("fix", str(unit.id))),) for unit in units)
    return Outgoing(texts("fix.which_unit"), rows, asks=True)


def usual_name(today: date, texts: Texts) -> str:
    """What fixed figures are called unless they are named."""
    return texts("fix.usual_name", day=format_date(today))


def ask(unit: Unit, name: str, texts: Texts) -> Outgoing:
    """Ask once: it cannot be undone."""
    yes = Button(texts("fix.yes"), Action("fix_yes", str(unit.id)))
    no = Button(texts("fix.no"), Action("fix_no"))
    return Outgoing(texts("fix.ask", unit=unit.name, name=name), ((yes, no),), asks=True)


def paper(
    unit: Unit,
    snapshot: int,
    name: str,
    fixed_at: datetime,
    person: int,
    now: datetime,
    texts: Texts,
    *,
    again: bool,
) -> Outgoing:
    """The figures as they were fixed; ``fixed_at`` is local time."""
    said = texts(
        "fix.again" if again else "fix.done",
        name=name,
        unit=unit.name,
        hour=f"{fixed_at.hour}h{fixed_at.minute:02}",
        day=format_date(fixed_at.date()),
    )
    parameters = {"unit": unit.id, "person": person, "snapshot": snapshot}
    return Outgoing(said, document=Document("progress_table", parameters, now))


def listed(unit: Unit, snapshots: Sequence[tuple[int, str, datetime]], texts: Texts) -> Outgoing:
    """What was fixed of a unit: number, name, and local time."""
    if not snapshots:
        return Outgoing(texts("fix.none", unit=unit.name))
    rows = tuple(
        (
            Button(
                texts("fix.line", name=name, day=format_date(at.date())),
                Action("fixed", str(number)),
            ),
        )
        for number, name, at in snapshots
    )
    return Outgoing(texts("fix.list", unit=unit.name), rows, asks=True)
