"""Entries as a workbook for the national portal: its form's fields as columns, a row an entry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.channel import Rendered
from bot.documents.asker import unit_of
from bot.documents.material import Material
from bot.documents.progress_table import spoken
from bot.documents.workbook import Column, Kind, Sheet, Value, write_workbook
from domain.description import APPLIED, GROUP, KIND, Description, Part, describe
from domain.form import Form
from domain.house import House
from domain.initiative import Initiative, Status
from domain.message import Document
from domain.papers import lacks_diacritics
from domain.units import Unit
from domain.vietnamese import format_count
from storage.listing import Wanted, entries
from storage.store import Store

PERCENT = 100


def draw(document: Document, given: Material) -> Rendered | None:
    """For whoever may export it.

    Parameters: ``unit``, ``person``, ``programme`` and ``phase`` (0 is all), row numbers;
    ``statuses`` (none are all) and ``recognised`` (None is either).
    """
    unit = unit_of(document, given.store)
    if unit is None:
        return None
    wanted, house = document.parameters, given.house
    which = Wanted(
        int(wanted["programme"]),
        unit.id,
        int(wanted.get("phase", 0)) or None,
        tuple(Status(status) for status in wanted.get("statuses", ())),
        wanted.get("recognised"),
    )
    programme = given.store.programmes.get(which.programme)
    if programme is None:
        return None
    listed = Listed(given.store, house, programme.needs_recognition)
    content = listed.workbook(unit, which, document.as_of)
    local = house.local(document.as_of).date().isoformat()
    name = house.texts("entries.file", code=unit.code, day=local) + ".xlsx"
    return Rendered("document", name, content, listed.said())


@dataclass(slots=True)
class Listed:
    """A list being written: how many it names, and how many titles are to be mended."""

    store: Store
    house: House
    needs_recognition: bool
    count: int = 0
    plain: int = 0
    _names: dict[int, str] = field(default_factory=dict)
    _units: dict[int, tuple[str, str]] = field(default_factory=dict)

    def workbook(self, unit: Unit, which: Wanted, now: datetime) -> bytes:
        """All of them; the rows are read while they are written."""
        texts, (hour, day) = self.house.texts, spoken(self.house, now)
        as_of = texts("table.as_of", hour=hour, day=day)
        sheet = Sheet(
            texts("entries.sheet"),
            self._columns(),
            self._rows(which),
            title=(unit.name, texts("entries.title"), as_of),
            centred=True,
        )
        return write_workbook([sheet])

    def said(self) -> str:
        """How many titles lack their diacritics."""
        if not self.plain:
            return self.house.texts("paper.entries_ready") if self.count else ""
        return self.house.texts("paper.entries_plain", count=format_count(self.plain))

    def _columns(self) -> tuple[Column, ...]:
        texts = self.house.texts
        columns = (
            ("number", Kind.PLACE, 6),
            ("code", Kind.TEXT, 16),
            ("name", Kind.TEXT, 40),
            ("author", Kind.TEXT, 22),
            ("share", Kind.PERCENT, 11),
            ("others", Kind.TEXT, 30),
            ("group", Kind.TEXT, 18),
            ("unit", Kind.TEXT, 32),
            ("above", Kind.TEXT, 28),
            ("field", Kind.TEXT, 20),
            ("kind", Kind.TEXT, 16),
            ("applied", Kind.TEXT, 13),
            ("before", Kind.TEXT, 45),
            ("content", Kind.TEXT, 60),
            ("novelty", Kind.TEXT, 30),
            ("reach", Kind.TEXT, 30),
            ("benefit", Kind.MONEY, 17),
            ("effect", Kind.TEXT, 45),
            ("level", Kind.TEXT, 14),
            ("decision", Kind.TEXT, 16),
            ("decided", Kind.TEXT, 13),
            ("files", Kind.PLACE, 11),
            ("status", Kind.TEXT, 16),
            ("submitted", Kind.DAY, 12),
            ("mend", Kind.TEXT, 16),
        )
        return tuple(Column(texts(f"entries.{key}"), kind, width) for key, kind, width in columns)

    def _rows(self, which: Wanted) -> Iterator[list[Value]]:
        for entry in entries(self.store, which):
            self.count += 1
            yield self._row(describe(entry, self._form(entry)))

    def _row(self, told: Description) -> list[Value]:
        entry, texts = told.entry, self.house.texts
        name, above = self._unit(entry.unit)
        author, *others = told.shares(self._name(entry.author))
        level, number, day = told.recognised_at(texts)
        plain = lacks_diacritics(entry.title)
        self.plain += plain
        flags = ("plain" if plain else "", "secret" if told.secret else "")
        return [
            self.count,
            entry.code,
            entry.title,
            author[0],
            author[2] / PERCENT,
            "; ".join(self._other(*each) for each in others),
            told.shown(GROUP, texts),
            name,
            above,
            told.field(texts),
            told.shown(KIND, texts),
            told.shown(APPLIED, texts),
            told.part(Part.BEFORE, texts),
            told.part(Part.CONTENT, texts),
            told.part(Part.NOVELTY, texts),
            told.part(Part.REACH, texts),
            entry.benefit,
            told.part(Part.EFFECT, texts),
            level,
            number,
            day,
            0 if told.secret else len(self.store.files.of_initiative(entry.id)),
            self._status(entry),
            self._day(entry),
            ", ".join(texts(f"entries.{flag}") for flag in flags if flag),
        ]

    def _form(self, entry: Initiative) -> Form:
        forms = self.house.forms
        return forms.get(entry.form) or forms[self.house.settings.default_form]

    def _status(self, entry: Initiative) -> str:
        uncounted = self.needs_recognition and not entry.recognised
        if entry.status is Status.VALID and uncounted:
            return self.house.texts("status.valid_unrecognised")
        return self.house.texts(f"status.{entry.status.value}")

    def _day(self, entry: Initiative) -> date:
        return self.house.local(entry.submitted_at).date()

    def _other(self, name: str, unit: str, share: int) -> str:
        key = "entries.other_of" if unit else "entries.other"
        return self.house.texts(key, name=name, unit=unit, share=share)

    def _name(self, person: int) -> str:
        if person not in self._names:
            found = self.store.people.get(person)
            self._names[person] = found.name if found else ""
        return self._names[person]

    def _unit(self, id: int) -> tuple[str, str]:
        """Its name, and that of the unit above."""
        if id not in self._units:
            unit = self.store.units.get(id)
            upper = self.store.units.get(unit.parent) if unit and unit.parent else None
            self._units[id] = (unit.name if unit else "", upper.name if upper else "")
        return self._units[id]
