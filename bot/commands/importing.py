"""``import units``, ``people`` and so on: workbooks taken whole or not at all; twice is once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from bot.commands.import_results import tell, tell_of_entries, tell_of_recognised
from bot.commands.keeping import in_turn, in_view
from bot.documents.table import Reading, Table
from bot.documents.table_reading import read_table
from bot.importing.bar import Begin, bars
from bot.importing.entries import ENTRIES
from bot.importing.entry_keeping import finished_entries, keep_entries
from bot.importing.history import HISTORY, set_history, wanted_history
from bot.importing.known_units import KnownUnits
from bot.importing.people import PEOPLE, invite, wanted_people
from bot.importing.quotas import QUOTAS, set_quotas, wanted_quotas
from bot.importing.recognised import RECOGNISED, wanted_recognised
from bot.importing.recognised_keeping import KeptRecognised, keep_recognised
from bot.importing.unit_changes import Days, import_units
from bot.importing.unit_tree import by_code
from bot.importing.units import UNITS, chairs, unit_rows
from bot.installation import Installation
from bot.telling import Refused, say
from domain.errors import FaultyContent
from domain.programme import Programme
from domain.texts import Texts
from domain.units import Unit
from domain.vietnamese import read_date
from scheduler.context import Context
from scheduler.recognition import tell_authors
from storage.store import Store

T = TypeVar("T")

FAULTS_SHOWN = 200
"""Lines on a screen that somebody still reads; when those are mended, the rest is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an operator asks for: the file, when, and whether only to look."""

    installation: Installation
    path: Path
    now: datetime
    dry_run: bool = False

    @property
    def words(self) -> Texts:
        """The command line's own sentences."""
        return self.installation.words

    @property
    def today(self) -> date:
        """The local day."""
        return self.installation.house().local(self.now).date()


def units(asked: Asked, since: str) -> None:
    """Import units; ``since`` is the day of what changes, as the operator wrote it."""
    words, forms = asked.words, asked.installation.content.forms
    moves = _day(since, asked)
    with _bars(asked, UNITS) as (reading, begin):
        rows = unit_rows(reading, forms, asked.today)
        keeping = begin(words("import.keeping"), len(rows))

        def work(store: Store) -> tuple[Mapping[str, list[str]], int]:
            begins = moves or _opened(store, asked.today)
            days = Days(asked.today, moves or asked.today, begins)
            done = import_units(store, rows, reading, days, asked.now, keeping)
            invited = invite(store, chairs(rows, by_code(store.units.all())), asked.now)
            people = [name for names in invited.named.values() for name in names]
            return {**done.named, "invited": people}, done.left_alone

        named, left_alone = _turn(asked, work)
    _tell(asked, reading, "import_units", named)
    if left_alone:
        say(words("import_units.left_alone", count=left_alone))


def people(asked: Asked) -> None:
    """Import who is wanted in a role; each becomes an invitation."""
    with _bars(asked, PEOPLE) as (reading, begin):
        wanted = wanted_people(reading, _known(asked))
        reading.finish()
        keeping = begin(asked.words("import.keeping"), len(wanted))
        done = _turn(asked, lambda store: invite(store, wanted, asked.now, keeping))
    _tell(asked, reading, "import_people", done.named)
    if done.holding:
        say(asked.words("import_people.holding", count=done.holding))
    if done.named["added"] and not asked.dry_run:
        say(asked.words("import_people.next"))


def quotas(asked: Asked, key: str) -> None:
    """Import targets of the programme of this key, or of the current one."""
    programme = _programme(asked, key)
    with _bars(asked, QUOTAS) as (reading, begin):
        wanted = wanted_quotas(reading, _known(asked), programme)
        reading.finish()
        keeping = begin(asked.words("import.keeping"), len(wanted))
        added = _turn(
            asked,
            lambda store: set_quotas(store, wanted, programme, asked.today, asked.now, keeping),
        )
    _tell(asked, reading, "import_quotas", {"added": added})


def history(asked: Asked) -> None:
    """Import what the last years brought, unit by unit."""
    with _bars(asked, HISTORY) as (reading, _):
        wanted = wanted_history(reading, _known(asked))
        reading.finish()
        added = _turn(asked, lambda store: set_history(store, wanted))
    _tell(asked, reading, "import_history", {"added": added})


def entries(asked: Asked, key: str) -> None:
    """Import finished entries into the programme of this key, or into the current one."""
    programme, house = _programme(asked, key), asked.installation.house()
    with _bars(asked, ENTRIES) as (reading, begin):
        # Answers are read before the turn begins: meanwhile the bot goes on writing.
        checking = begin(asked.words("import.checking"), len(reading.lines))
        wanted = finished_entries(reading, _known(asked), house, programme, asked.now, checking)
        reading.finish()
        keeping = begin(asked.words("import.keeping"), len(wanted))
        done = _turn(
            asked,
            lambda store: keep_entries(
                store, wanted, reading, programme, house, asked.now, keeping
            ),
        )
    titles = [f"{each.unit.code} – {each.line['title']}" for each in done.new]
    _tell(asked, reading, "import_entries", {"added": titles})
    tell_of_entries(done, asked.words)


def recognised(asked: Asked, key: str) -> None:
    """Import what appraising bodies recognised; whose entry waited for it hears so."""
    programme, house = _programme(asked, key), asked.installation.house()
    with _bars(asked, RECOGNISED) as (reading, begin):
        checking = begin(asked.words("import.checking"), len(reading.lines))
        wanted = wanted_recognised(reading, _known(asked), house, programme, asked.now, checking)
        reading.finish()
        keeping = begin(asked.words("import.keeping"), len(wanted))

        def work(store: Store) -> KeptRecognised:
            done = keep_recognised(store, wanted, reading, programme, house, asked.now, keeping)
            tell_authors(Context(store, house, asked.now), done.decided)
            return done

        done = _turn(asked, work)
    _tell(asked, reading, "import_recognised", done.named)
    tell_of_recognised(done, asked.words)


def _tell(asked: Asked, reading: Reading, section: str, named: Mapping[str, list[str]]) -> None:
    tell(reading, section, named, asked.words, dry_run=asked.dry_run)


@contextmanager
def _bars(asked: Asked, table: Table) -> Iterator[tuple[Reading, Begin]]:
    """Read the table, and have bars for what follows. Raises FaultyContent, and not too long."""
    try:
        with bars() as begin:
            counted = begin(asked.words("import.reading"), None)
            yield read_table(asked.path, table, asked.words, asked.today, counted), begin
    except FaultyContent as error:
        raise FaultyContent(_shown(error.faults, asked.words)) from error


def _shown(faults: tuple[str, ...], words: Texts) -> tuple[str, ...]:
    shown = faults[:FAULTS_SHOWN]
    if len(faults) > len(shown):
        shown = (*shown, words("import.more_faults", count=len(faults) - len(shown)))
    return (*shown, words("import.faults", count=len(faults)))


class _Looked(Exception):
    """A dry run has seen what would change: nothing of it is kept."""


def _turn(asked: Asked, work: Callable[[Store], T]) -> T:
    """Do it in one turn; in a dry run, undo it again."""
    seen: list[T] = []

    def look(store: Store) -> T:
        seen.append(work(store))
        if asked.dry_run:
            raise _Looked
        return seen[0]

    try:
        return in_turn(asked.installation, look)
    except _Looked:
        return seen[0]


def _known(asked: Asked) -> KnownUnits:
    kept: list[Unit] = in_view(asked.installation, lambda store: store.units.all())
    if not kept:
        raise Refused(asked.words("import.no_root"))
    return KnownUnits(by_code(kept), asked.today)


def _programme(asked: Asked, key: str) -> Programme:
    known = in_view(asked.installation, lambda store: store.programmes.all())
    current = in_view(asked.installation, lambda store: store.programmes.current(asked.today))
    if not key and current is not None:
        return current
    found = next((each for each in known if each.key == key), None)
    if found is None and key and known:
        keys = ", ".join(each.key for each in known)
        raise Refused(asked.words("import.no_programme_key", name=key, keys=keys))
    if found is None:
        raise Refused(asked.words("said.no_programme"))
    return found


def _opened(store: Store, today: date) -> date:
    """When new units begin where nothing is said: with the first programme."""
    opened = [each.opens for each in store.programmes.all() if each.opens <= today]
    return min(opened, default=today)


def _day(said: str, asked: Asked) -> date | None:
    """The day an operator wrote; None where they wrote none. Raises Refused."""
    if not said:
        return None
    day = read_date(said, asked.today)
    if day.ask == "future":
        raise Refused(asked.words("import.future_day", said=said))
    if day.iso is None or day.precision != "day":
        raise Refused(asked.words("import.bad_day", said=said))
    return date.fromisoformat(day.iso)
