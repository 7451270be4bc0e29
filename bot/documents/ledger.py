"""What became of what the bot said unasked in a subtree: a workbook, the newest line first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from bot.documents.workbook import Column, Kind, Sheet, Value, write_workbook
from domain.house import House
from domain.ledger import Line, Named
from domain.message import Document
from domain.person import Deed
from domain.units import Unit
from domain.vietnamese import format_date
from domain.wording import ledger as wording
from storage.addressees import Addressees
from storage.ledger import Asked
from storage.store import Store

PAGE = 1000

MOST = 100_000
"""Lines: a workbook ends at a million, and nobody reads so many."""


def draw(document: Document, given: Material) -> Rendered | None:
    """For whoever may see names there, and take them along.

    Parameters: ``unit`` and ``person``, row numbers; ``since``, a moment as ISO says it.
    """
    unit = unit_of(document, given.store, Deed.SEE_NAMES)
    if unit is None or unit_of(document, given.store, Deed.EXPORT) is None:
        return None
    since = datetime.fromisoformat(str(document.parameters["since"]))
    content = Book(given.store, given.house).workbook(unit, Asked(unit.id, since, document.as_of))
    day = given.house.local(document.as_of).date().isoformat()
    name = given.house.texts("ledger.file", code=unit.code, day=day) + ".xlsx"
    return Rendered("document", name, content)


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger as a workbook."""

    store: Store
    house: House

    def workbook(self, unit: Unit, asked: Asked) -> bytes:
        """All lines that are asked for; they are read while they are written."""
        texts, local = self.house.texts, self.house.local
        first, last = format_date(local(asked.since).date()), format_date(local(asked.until).date())
        columns = (
            Column(texts("ledger.column_due"), Kind.MOMENT, 18),
            Column(texts("ledger.column_kind"), width=24),
            Column(texts("ledger.column_to"), width=32),
            Column(texts("ledger.column_unit"), width=44),
            Column(texts("ledger.column_outcome"), width=20),
            Column(texts("ledger.column_reason"), width=34),
            Column(texts("ledger.column_sent"), Kind.MOMENT, 18),
            Column(texts("ledger.column_attempts"), Kind.PLACE, 10),
        )
        title = (
            texts("ledger.title", unit=unit.name),
            texts("ledger.span", first=first, last=last),
        )
        addressees = Addressees(self.store)
        lines = islice(self._lines(asked), MOST)
        rows = (self._row(addressees.named(line)) for line in lines)
        return write_workbook([Sheet(texts("ledger.sheet"), columns, rows, title)])

    def _lines(self, asked: Asked) -> Iterator[Line]:
        after: Line | None = None
        while page := self.store.ledger.page(asked, after, PAGE):
            yield from page
            after = page[-1]

    def _row(self, named: Named) -> tuple[Value, ...]:
        texts, local, line = self.house.texts, self.house.local, named.line
        carrier, unit = line.carrier, named.unit
        return (
            local(line.notice.due_at),
            wording.kind(line.notice.kind, texts),
            wording.recipient(named, texts),
            f"{unit.code} {unit.name}" if unit else "",
            wording.outcome(line.outcome, texts),
            wording.reason(line.reason, texts),
            local(carrier.sent_at) if carrier and carrier.sent_at else None,
            carrier.attempts if carrier else None,
        )
