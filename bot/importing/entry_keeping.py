"""Keeps finished entries as if they had been handed in by chat; a second time none is added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from operator import attrgetter

from bot.documents.table import Line, Reading
from bot.importing.authors import Authors
from bot.importing.bar import Counted, unseen
from bot.importing.entries import AnswerReader, Told
from bot.importing.known_units import KnownUnits
from domain.draft import Answer, Draft
from domain.form import Form
from domain.house import House
from domain.initiative import Initiative, Status
from domain.papers import lacks_diacritics
from domain.programme import Programme
from domain.submission import filled
from domain.units import Unit
from domain.vietnamese import fold, looks_like_name, without_title
from storage import entering
from storage.entering import Count
from storage.store import Store

NOON = time(12)
"""When an entry of a day without an hour was handed in: far from midnight in every time zone."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One row that can be kept."""

    line: Line
    unit: Unit
    author: str
    told: Told
    approved: bool
    at: datetime
    """When it was handed in, UTC."""


@dataclass(slots=True)
class Kept:
    """What became of the rows."""

    new: list[Finished] = field(default_factory=list)
    there: int = 0
    """Rows that were kept before: same unit, author and title."""
    people: int = 0
    """Authors nobody knew: kept by their names, without an account."""
    plain: list[str] = field(default_factory=list)
    """Places of titles without diacritics."""
    equal: list[str] = field(default_factory=list)
    """Places of co-authors who were given equal shares."""
    namesakes: list[str] = field(default_factory=list)
    """Places of authors of whom the unit has several: the first was taken."""


def finished_entries(
    reading: Reading,
    units: KnownUnits,
    house: House,
    programme: Programme,
    now: datetime,
    progress: Counted = unseen,
) -> list[Finished]:
    """Rows as entries; what is wrong with them is noted in the reading."""
    today = house.local(now).date()
    reader = AnswerReader(house.forms, house.texts, programme, reading, today)
    usual: dict[int, tuple[Form, Mapping[str, Answer]]] = {}
    found: list[Finished] = []
    for number, line in enumerate(reading.lines, start=1):
        unit = units.find(line, reading)
        author = _author(line, reading)
        at = _handed_in(line, reading, house, programme, now)
        if unit is not None and unit.id not in usual:
            usual[unit.id] = usual_form(unit, units, house)
        form, presets = usual[unit.id] if unit else (house.forms[house.settings.default_form], {})
        told = reader.read(line, author, form, presets)
        if unit and author and at and told and not line.bad:
            found.append(Finished(line, unit, author, told, bool(line["approved"]), at))
        progress(number)
    return found


def keep_entries(
    store: Store,
    entries: list[Finished],
    reading: Reading,
    programme: Programme,
    house: House,
    now: datetime,
    progress: Counted = unseen,
    counted: Sequence[Count] = (),
) -> Kept:
    """Keep and count what is new; runs in a turn.

    ``counted`` is what else the turn changed: all tallies come last, and together.
    """
    done = Kept()
    authors = Authors(store, now)
    there: dict[int, set[tuple[int, str]]] = {}
    counts: dict[tuple[int, int | None, int, date], Count] = {}
    _sum(counts, counted)
    for number, each in enumerate(entries, start=1):
        author = authors.find(each.author, each.unit.id)
        unit = each.unit.id
        if unit not in there:
            titles = store.titles.of_unit(programme.id, unit)
            there[unit] = {(person, fold(title)) for person, title in titles}
        entry = _entry(each, author, programme, house)
        key = author, fold(entry.title)
        if key in there[unit]:
            done.there += 1
            continue
        there[unit].add(key)
        day = house.local(each.at).date()
        _, added = entering.enter(store, entry, programme, day, each.at, waits_since=now)
        _sum(counts, added)
        done.new.append(each)
        if lacks_diacritics(entry.title):
            done.plain.append(reading.place(each.line, "title"))
        if authors.shares_name(each.author, unit):
            done.namesakes.append(reading.place(each.line, "author"))
        if each.told.shared_equally:
            done.equal.append(reading.place(each.line, "others"))
        progress(number)
    done.people = authors.added
    if done.new:
        detail = {"added": len(done.new), "people": done.people}
        subject = f"programme:{programme.id}"
        store.audit.note(None, "import_entries", subject, now, detail)
    # Ancestors in ascending order, as every turn takes them.
    entering.add_counts(store, sorted(counts.values(), key=attrgetter("unit", "day")))
    return done


def usual_form(unit: Unit, units: KnownUnits, house: House) -> tuple[Form, Mapping[str, Answer]]:
    """The unit's template and what it presets; the nearest unit above fills gaps."""
    key, presets = "", dict[str, str]()
    for each in units.above(unit):
        key = key or each.form
        presets = {**each.presets, **presets}
    form = house.forms.get(key) or house.forms[house.settings.default_form]
    return form, {name: Answer(value, told=True) for name, value in presets.items()}


def _author(line: Line, reading: Reading) -> str:
    name = without_title(line["author"] or "")
    if line["author"] and not looks_like_name(name):
        reading.fault(line, "author", "import.no_name", name=line["author"])
        return ""
    return name


def _handed_in(
    line: Line, reading: Reading, house: House, programme: Programme, now: datetime
) -> datetime | None:
    """When: on the day told, else now; None and a fault where the programme takes none."""
    today = house.local(now).date()
    day: date = line["submitted_on"] or today
    key = "submitted_on" if "submitted_on" in reading.columns else "title"
    if day > today:
        reading.fault(line, key, "import_entries.future")
        return None
    if not programme.opens <= day <= programme.closes:
        days = {"first": f"{programme.opens:%d/%m/%Y}", "last": f"{programme.closes:%d/%m/%Y}"}
        reading.fault(line, key, "import_entries.closed", **days)
        return None
    return now if day == today else datetime.combine(day, NOON, house.settings.zone)


def _entry(each: Finished, author: int, programme: Programme, house: House) -> Initiative:
    phase = programme.phase_on(house.local(each.at).date())
    form = each.told.form
    blank = Initiative(
        id=0,
        code="",
        programme=programme.id,
        phase=phase.id if phase else None,
        unit=each.unit.id,
        author=author,
        enterer=author,
        form=form.key,
        form_version=form.version,
        title="",
        answers={},
        benefit=None,
        recognised=False,
        status=Status.SUBMITTED,
        submitted_at=each.at,
    )
    draft = Draft(
        id=0,
        person=author,
        author=author,
        unit=each.unit.id,
        programme=programme.id,
        form=form.key,
        form_version=form.version,
        answers=each.told.answers,
    )
    entry = filled(blank, draft, form)
    return replace(entry, status=Status.VALID) if each.approved else entry


def _sum(counts: dict[tuple[int, int | None, int, date], Count], added: Sequence[Count]) -> None:
    """One change a unit and day instead of one an entry: the root's row is touched by each."""
    for one in added:
        key = one.programme, one.phase, one.unit, one.day
        before = counts.get(key)
        counts[key] = replace(one, change=before.change + one.change) if before else one
