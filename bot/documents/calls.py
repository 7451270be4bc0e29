"""Whom to phone in a subtree: a workbook, the most urgent first, with what to pass on to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from bot.documents.workbook import Column, Kind, Sheet, Value, write_workbook
from domain.calls import LOOKED_BACK, Call
from domain.message import Document
from domain.person import Deed
from domain.units import Unit
from domain.vietnamese import format_date
from domain.wording.calls import Calls
from storage.callees import Callees, asked_by


def draw(document: Document, given: Material) -> Rendered | None:
    """For whoever may see names there, and take them along.

    Parameters: ``unit`` and ``person``, row numbers.
    """
    store, house = given.store, given.house
    unit = unit_of(document, store, Deed.SEE_NAMES)
    person = store.people.get(int(document.parameters["person"]))
    if unit is None or person is None or unit_of(document, store, Deed.EXPORT) is None:
        return None
    day = house.local(document.as_of).date()
    found = store.calls.of(asked_by(store, person, unit, document.as_of, day))
    wording = Calls(unit, house.texts, house.local, house.settings.union)
    book = Book(Callees(store, house), wording)
    span = house.texts("call.span", day=format_date(day), days=LOOKED_BACK.days)
    name = house.texts("call.file", code=unit.code, day=day.isoformat()) + ".xlsx"
    return Rendered("document", name, book.workbook(unit, found, span))


@dataclass(frozen=True, slots=True)
class Book:
    """A list of calls as a workbook."""

    callees: Callees
    wording: Calls

    def workbook(self, unit: Unit, found: list[Call], span: str) -> bytes:
        """One row a person."""
        texts = self.wording.texts
        columns = (
            Column(texts("call.column_name"), width=28),
            Column(texts("call.column_unit"), width=44),
            Column(texts("call.column_phone"), width=16),
            Column(texts("call.column_matters"), width=44),
            Column(texts("call.column_count"), Kind.PLACE, 10),
            Column(texts("call.column_why"), width=40),
            Column(texts("call.column_spoken"), Kind.MOMENT, 18),
            Column(texts("call.column_pass_on"), width=90),
        )
        title = (texts("call.title", unit=unit.name), span)
        return write_workbook([Sheet(texts("call.sheet"), columns, self._rows(found), title)])

    def _rows(self, found: list[Call]) -> Iterator[tuple[Value, ...]]:
        for call in found:
            callee = self.callees.named(call)
            if callee is None:
                continue
            unit, spoken_at = callee.unit, call.spoken_at
            yield (
                callee.name,
                f"{unit.code} {unit.name}" if unit else "",
                callee.phone,
                self.wording.matters(callee),
                call.count,
                self.wording.why(callee),
                self.wording.local(spoken_at) if spoken_at else None,
                self.wording.pass_on(callee),
            )
