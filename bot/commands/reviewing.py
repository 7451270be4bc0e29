"""``export review`` and ``import review``: an officer decides on many entries in a workbook."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.commands.keeping import in_turn, in_view
from bot.commands.templates import write_new
from bot.documents.review_queue import ReviewQueue
from bot.documents.table import Reading
from bot.documents.table_reading import read_table
from bot.importing.bar import bars
from bot.importing.decisions import REVIEW, decisions
from bot.installation import Installation
from bot.telling import Refused, say
from domain.errors import FaultyContent
from domain.house import House
from domain.person import ALLOWED, Deed, Person
from domain.review_plan import Decided, Decision
from scheduler import review_plans
from scheduler.context import Context
from storage.deciding import PAGE
from storage.store import Store

T = TypeVar("T")

NAMED = 10
"""Codes named in one line."""


def export_review(installation: Installation, code: str, path: Path, now: datetime) -> None:
    """Write what waits for the officer of a unit. Raises Refused."""
    words, house = installation.words, installation.house()

    def write(store: Store) -> tuple[bytes, int, str]:
        unit = store.units.by_code(code)
        programme = store.programmes.current(house.local(now).date())
        if unit is None:
            raise Refused(words("said.no_unit", code=code))
        if programme is None:
            raise Refused(words("said.no_programme"))
        queue = ReviewQueue(store, house, words)
        return queue.workbook(programme.id, unit), queue.count, unit.name

    content, count, unit = in_view(installation, write)
    if not count:
        say(words("import_review.nothing", unit=unit))
        return
    write_new(installation, path, content)
    say(words("import_review.written", count=count, path=path))


def import_review(
    installation: Installation, path: Path, by: int, now: datetime, *, dry_run: bool
) -> None:
    """Take a filled-in workbook whole or not at all. Raises FaultyContent with every fault."""
    words, house = installation.words, installation.house()
    officer = in_view(installation, lambda store: _officer(store, installation, by))
    with bars() as begin:
        counted = begin(words("import.reading"), None)
        reading = read_table(path, REVIEW, words, house.local(now).date(), counted)
        decided = in_view(installation, lambda store: decisions(reading, store, officer))
        _finish(reading, installation)
        how_many = Counter(each.decision for each in decided)
        keeping = begin(words("import.keeping"), len(decided))
        left: list[str] = []
        for start in () if dry_run else range(0, len(decided), PAGE):
            part = decided[start : start + PAGE]
            left += in_turn(installation, _carrying_out(part, by, house, now))
            keeping(start + len(part))
    _tell(installation, officer, how_many, len(reading.lines) - len(decided))
    if dry_run:
        say(words("import_review.dry"))
        return
    say(words("import_review.done", count=len(decided) - len(left)))
    if left:
        codes = ", ".join(left[:NAMED])
        say(words("import_review.skipped", count=len(left), codes=codes))


def _carrying_out(
    part: list[Decided], by: int, house: House, now: datetime
) -> Callable[[Store], list[str]]:
    return lambda store: review_plans.decide(Context(store, house, now), part, by)


def _officer(store: Store, installation: Installation, by: int) -> Person:
    """The one who decided, if they are an officer anywhere; where exactly, each row tells."""
    words, person = installation.words, store.people.get(by)
    if person is None:
        raise Refused(words("import_review.no_person", id=by))
    if not any(Deed.VALIDATE in ALLOWED[grant.role] for grant in person.grants):
        raise Refused(words("import_review.no_right", name=person.name))
    return person


def _finish(reading: Reading, installation: Installation) -> None:
    try:
        reading.finish()
    except FaultyContent as error:
        count = installation.words("import.faults", count=len(error.faults))
        raise FaultyContent((*error.faults, count)) from error


def _tell(
    installation: Installation,
    officer: Person,
    how_many: Counter[Decision],
    blank: int,
) -> None:
    counts = {each.value: how_many[each] for each in Decision}
    say(installation.words("import_review.summary", name=officer.name, blank=blank, **counts))
