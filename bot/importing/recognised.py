"""A list of recognised initiatives as an appraising body draws it up: whose each is, which
decision, and perhaps the entry itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.documents.cell_reading import Reads
from bot.documents.table import Heading, Line, Reading, Table
from bot.importing.bar import Counted, unseen
from bot.importing.entries import DECIDED_ON, DECISION, LONG, OTHERS, AnswerReader, Told
from bot.importing.entry_keeping import Finished, usual_form
from bot.importing.known_units import KnownUnits
from bot.importing.people import tidy_name
from domain.draft import Answer
from domain.form import Form
from domain.house import House
from domain.initiative import BENEFIT, NOT_RECOGNISED, RECOGNITION, SOLUTION, TITLE
from domain.programme import Programme
from domain.units import Unit
from domain.vietnamese import fold, looks_like_name, split_names

RECOGNISED = Table(
    "import_recognised",
    (
        Heading("title", Reads.SAID, required=True, most=LONG),
        Heading("author", Reads.SAID, required=True, most=LONG),
        Heading("unit", required=True),
        Heading("level", Reads.SAID, required=True),
        Heading("decision", Reads.SAID, required=True),
        Heading("decided_on", Reads.SAID, required=True),
        Heading("others", Reads.SAID, most=LONG),
        Heading("field", Reads.SAID),
        Heading("first_used", Reads.SAID),
        Heading("solution", Reads.SAID, most=LONG),
        Heading("benefit", Reads.SAID, most=LONG),
        Heading("money", Reads.SAID),
    ),
    joins=True,
)

THE_ENTRY = (SOLUTION, BENEFIT)
"""The short form: with these a line is an entry, and nobody need be asked."""

SHARED = ("title", "unit", "level", "decision", "decided_on")
"""What rows of co-authors have in common."""

A_DAY = len("2026-05-20")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One recognised initiative; ``entry`` where the list holds it whole."""

    line: Line
    unit: Unit
    names: tuple[str, ...]
    """Its authors, the first one ahead."""
    title: str
    level: str
    number: str
    day: date
    entry: Finished | None
    half: bool
    """What was done is told, or what good it did, but not both."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, or several that differ in their authors alone; its unit as far as it is known."""

    line: Line
    unit: Unit | None
    names: tuple[str, ...]


def wanted_recognised(
    reading: Reading,
    units: KnownUnits,
    house: House,
    programme: Programme,
    now: datetime,
    progress: Counted = unseen,
) -> list[Wanted]:
    """Rows as initiatives; what is wrong with them is noted in the reading."""
    today = house.local(now).date()
    if not programme.opens <= today <= programme.closes:
        days = {"first": f"{programme.opens:%d/%m/%Y}", "last": f"{programme.closes:%d/%m/%Y}"}
        reading.note(reading.header, 0, reading.words("import_recognised.closed", **days))
    reader = AnswerReader(house.forms, house.texts, programme, reading, today)
    usual: dict[int, tuple[Form, Mapping[str, Answer]]] = {}
    found: list[Wanted] = []
    for number, row in enumerate(_together(list(_rows(reading, units))), start=1):
        unit, author = row.unit, next(iter(row.names), "")
        if unit is not None and unit.id not in usual:
            usual[unit.id] = usual_form(unit, units, house)
        form, presets = usual[unit.id] if unit else (house.forms[house.settings.default_form], {})
        decided = _is_decided(row.line, form, reader, reading)
        told = reader.read(_with_others(row), author, form, presets)
        if told and decided and unit and author and not row.line.bad:
            found.append(_wanted(row, unit, told, now))
        progress(number)
    _note_twice(found, reading)
    return found


def _rows(reading: Reading, units: KnownUnits) -> Iterator[_Row]:
    for line in reading.lines:
        unit = units.find_named(line, reading)
        names = split_names(line["author"] or "")
        for name in names:
            if not looks_like_name(name):
                reading.fault(line, "author", "import.no_name", name=name)
        if line["author"] and not names:
            reading.fault(line, "author", "import.no_name", name=line["author"])
        yield _Row(line, unit, tuple(dict.fromkeys(map(tidy_name, names))))


def _together(rows: list[_Row]) -> list[_Row]:
    """Rows that differ in nothing but their author are one initiative of several."""
    found: dict[tuple[str, ...], _Row] = {}
    for row in rows:
        key = tuple(fold(row.line[name] or "") for name in SHARED)
        first = found.get(key)
        names = dict.fromkeys((*(first.names if first else ()), *row.names))
        found[key] = replace(first or row, names=tuple(names))
    return list(found.values())


def _with_others(row: _Row) -> Line:
    """The line with its other authors where co-authors are told."""
    others = "; ".join(filter(None, (*row.names[1:], row.line["others"])))
    values = {**row.line.values, **({"others": others} if others else {})}
    return replace(row.line, values=values)


def _is_decided(line: Line, form: Form, reader: AnswerReader, reading: Reading) -> bool:
    """Whether the decision is a decision, of a level and a day; said before the row is read."""
    level = reader.alone(form, RECOGNITION, line["level"])
    day = reader.alone(form, DECIDED_ON, line["decided_on"])
    if level == NOT_RECOGNISED:
        reading.fault(line, "level", "import_recognised.not_recognised")
    elif level is None and line["level"]:
        choices = (c for c in form[RECOGNITION].field.spec.choices if c.value != NOT_RECOGNISED)
        levels = ", ".join(f"«{choice.label}»" for choice in choices)
        reading.fault(line, "level", "import_recognised.no_level", levels=levels)
    if day is not None and len(day) != A_DAY:
        reading.fault(line, "decided_on", "cell.day")
    return level not in (None, NOT_RECOGNISED) and day is not None and len(day) == A_DAY


def _wanted(row: _Row, unit: Unit, told: Told, now: datetime) -> Wanted:
    answers, author = told.answers, row.names[0]
    parts = sum(key in answers for key in THE_ENTRY)
    whole = parts == len(THE_ENTRY)
    others = answers[OTHERS].value["others"] if OTHERS in answers else ()
    return Wanted(
        row.line,
        unit,
        (author, *(other["name"] for other in others)),
        answers[TITLE].value,
        answers[RECOGNITION].value,
        answers[DECISION].value,
        date.fromisoformat(answers[DECIDED_ON].value),
        Finished(row.line, unit, author, told, approved=False, at=now) if whole else None,
        half=bool(parts) and not whole,
    )


def _note_twice(found: list[Wanted], reading: Reading) -> None:
    """The same initiative of the same author under two decisions: which one is meant?"""
    seen: dict[tuple[int, str, str], Wanted] = {}
    for each in found:
        key = each.unit.id, fold(each.title), fold(each.names[0])
        if key in seen:
            place = reading.place(seen[key].line, "title")
            reading.fault(each.line, "title", "import_recognised.twice", place=place)
        seen.setdefault(key, each)
