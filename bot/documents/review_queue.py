"""What waits for an officer, as a workbook to decide in: a row an entry, a decision at its end."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.workbook import Column, Kind, Row, Sheet, write_workbook
from bot.importing.decisions import LONG, REVIEW, choices
from domain.draft import answers_of
from domain.house import House
from domain.initiative import BENEFIT, SOLUTION, Desk, Initiative, Status
from domain.texts import Texts
from domain.units import Unit
from storage.store import Store

KINDS = {
    "version": Kind.PLACE,
    "money": Kind.MONEY,
    "files": Kind.PLACE,
    "since": Kind.DAY,
}
PAGE = 200
WIDTHS = {
    "code": 16,
    "version": 6,
    "unit": 30,
    "author": 22,
    "title": 36,
    "content": 60,
    "benefit": 40,
    "seen": 10,
    "decision": 16,
    "reason": 36,
    "twin": 18,
}


@dataclass(slots=True)
class ReviewQueue:
    """A workbook being written, and how many entries it holds."""

    store: Store
    house: House
    words: Texts
    count: int = 0

    def workbook(self, programme: int, unit: Unit) -> bytes:
        """What lies on the officer's desk of the unit and all below it."""
        words = self.words
        columns = tuple(
            Column(
                REVIEW.spellings(heading, words)[0],
                KINDS.get(heading.key, Kind.TEXT),
                WIDTHS.get(heading.key),
                choices=choices(words) if heading.key == "decision" else (),
                required=heading.key == "decision",
            )
            for heading in REVIEW.headings
        )
        title = (words("import_review.title"), unit.name, words("import_review.choose"))
        name = REVIEW.sheets(words)[0]
        return write_workbook([Sheet(name, columns, self._rows(programme, unit), title)])

    def _rows(self, programme: int, unit: Unit) -> Iterator[Row]:
        last: Initiative | None = None
        while page := self.store.desks.lying(unit.id, Desk.OFFICER, last, PAGE):
            for entry in page:
                if entry.programme == programme:
                    self.count += 1
                    yield self._row(entry)
            last = page[-1]

    def _row(self, entry: Initiative) -> Row:
        author, unit = self.store.people.get(entry.author), self.store.units.get(entry.unit)
        since = self.house.local(entry.desk_since).date() if entry.desk_since else None
        seen = self.words("workbook.yes" if entry.status is Status.CONFIRMED else "workbook.no")
        return (
            entry.code,
            entry.version,
            unit.name if unit else "",
            author.name if author else "",
            entry.title,
            self._told(entry, SOLUTION),
            self._told(entry, BENEFIT),
            entry.benefit,
            len(self.store.files.of_initiative(entry.id)),
            since,
            seen,
            None,
            None,
            None,
        )

    def _told(self, entry: Initiative, key: str) -> str:
        answer = answers_of(entry.answers).get(key)
        return str(answer.value)[:LONG] if answer else ""
