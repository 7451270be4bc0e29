"""``export progress``, ``entries`` and ``form``: figures, lists and entries as papers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from bot.commands.keeping import in_turn
from bot.commands.templates import write_new
from bot.documents.progress_paper import figures, fixed, written
from bot.installation import Installation
from bot.telling import Refused, say
from domain.programme import Phase, Programme
from domain.units import Unit
from domain.vietnamese import fold, format_moment, read_date
from domain.wording.papers import WHICH
from storage.listing import Wanted
from storage.snapshots import Snapshot
from storage.store import Store

T = TypeVar("T")

NAMED_MOST = 10
"""Units named in one line."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which paper is wanted; words as they were typed, "" where nothing was."""

    unit: str
    file: Path | None
    now: datetime
    programme: str = ""
    phase: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What an order is about."""

    unit: Unit
    programme: Programme
    phase: Phase | None
    day: date | None


def progress(installation: Installation, order: Order, name: str = "") -> None:
    """Write the progress table; ``name`` fixes its figures first. Raises Refused."""
    words, house = installation.words, installation.house()
    if name and order.day:
        raise Refused(words("papers.fix_now"))

    def draw(store: Store) -> tuple[bytes, Snapshot | None]:
        found = find(installation, store, order)
        table = figures(
            store,
            found.programme,
            found.unit,
            house,
            order.now,
            day=found.day,
            phase=found.phase,
        )
        if not name:
            return written(table, house), None
        phase = found.phase.id if found.phase else None
        kept = store.snapshots.fix(
            found.programme.id, found.unit.id, phase, name[:60], table, None, order.now
        )
        detail = {"snapshot": kept.id}
        store.audit.note(None, "fix_figures", f"unit:{found.unit.id}", order.now, detail, kept.unit)
        return fixed(store, kept, house, order.now), kept

    kept = _write(installation, order, draw)
    if kept:
        say(words("papers.fixed", name=kept.name, number=kept.id))


def into(installation: Installation, order: Order, theirs: Path) -> None:
    """Fill the figures into a copy of a superior's workbook. Raises FaultyContent, Refused."""
    from bot.documents.filling_in import FilledIn, fill_in

    words, house = installation.words, installation.house()

    def draw(store: Store) -> tuple[bytes, FilledIn]:
        found = find(installation, store, order)
        table = figures(
            store,
            found.programme,
            found.unit,
            house,
            order.now,
            day=found.day,
            phase=found.phase,
        )
        done = fill_in(theirs, table, house, words)
        return done.content, done

    done = _write(installation, order, draw)
    say(words("fill_in.done", count=done.cells))
    if done.left_out:
        names = ", ".join(done.left_out[:NAMED_MOST])
        say(words("fill_in.left_out", count=len(done.left_out), names=names))
    if done.drawn:
        say(words("fill_in.drawn"))


def entries(installation: Installation, order: Order, which: str) -> None:
    """Write the list of entries for the national portal. Raises Refused."""
    from bot.documents.entries_table import Listed

    words, house = installation.words, installation.house()
    if which not in WHICH:
        raise Refused(words("papers.no_which", which=which, names=", ".join(WHICH)))

    def draw(store: Store) -> tuple[bytes, str]:
        found = find(installation, store, order)
        statuses, recognised = WHICH[which]
        phase = found.phase.id if found.phase else None
        wanted = Wanted(found.programme.id, found.unit.id, phase, statuses, recognised)
        listed = Listed(store, house, found.programme.needs_recognition)
        content = listed.workbook(found.unit, wanted, order.now)
        return content, words("papers.listed", count=listed.count, plain=listed.plain)

    say(_write(installation, order, draw))


def form(installation: Installation, order: Order, code: str, name: str) -> None:
    """Write the paper of one entry. Raises Refused."""
    from bot.documents.entry_paper import paper
    from bot.documents.word_paper import NAMES

    words, house = installation.words, installation.house()
    if name not in NAMES:
        raise Refused(words("papers.no_paper", paper=name, names=", ".join(NAMES)))

    def draw(store: Store) -> tuple[bytes, None]:
        entry = store.initiatives.by_code(code)
        if entry is None:
            raise Refused(words("papers.no_entry", code=code))
        return paper(name, entry, store, house, str(house.local(order.now).year)), None

    _write(installation, order, draw)


def snapshot(installation: Installation, order: Order, number: int) -> None:
    """Write figures as they were fixed. Raises Refused when there are none under that number."""
    words, house = installation.words, installation.house()

    def draw(store: Store) -> tuple[bytes, None]:
        unit = find(installation, store, order).unit
        kept = store.snapshots.get(number)
        if kept is None or kept.unit != unit.id:
            raise Refused(words("papers.no_snapshot", unit=unit.name, number=number))
        return fixed(store, kept, house, order.now), None

    _write(installation, order, draw)


def snapshots(installation: Installation, order: Order) -> None:
    """List what was fixed of a unit."""
    words, house = installation.words, installation.house()

    def look(store: Store) -> tuple[str, list[Snapshot]]:
        found = find(installation, store, order)
        return found.unit.name, store.snapshots.of_unit(found.programme.id, found.unit.id, 100)

    name, kept = in_turn(installation, look)
    for each in kept:
        at = format_moment(house.local(each.fixed_at))
        say(words("papers.snapshot_line", number=each.id, name=each.name, at=at))
    if not kept:
        say(words("papers.snapshots_none", unit=name))


def find(installation: Installation, store: Store, order: Order) -> Found:
    """The rows behind an order's words. Raises Refused with what there is instead."""
    words, today = installation.words, installation.house().local(order.now).date()
    unit = store.units.by_code(order.unit)
    if unit is None:
        raise Refused(words("said.no_unit", code=order.unit))
    programmes = store.programmes
    programme = programmes.by_key(order.programme) if order.programme else programmes.current(today)
    if programme is None and order.programme:
        keys = ", ".join(each.key for each in programmes.all())
        raise Refused(words("import.no_programme_key", name=order.programme, keys=keys))
    if programme is None:
        raise Refused(words("said.no_programme"))
    phase = next((p for p in programme.phases if fold(p.name) == fold(order.phase)), None)
    if order.phase and phase is None:
        phases = ", ".join(each.name for each in programme.phases)
        raise Refused(words("papers.no_phase", phase=order.phase, phases=phases))
    return Found(unit, programme, phase, _day(installation, order.day, today))


def _day(installation: Installation, said: str, today: date) -> date | None:
    if not said:
        return None
    read = read_date(said, today)
    if read.ask == "future":
        raise Refused(installation.words("import.future_day", said=said))
    if read.iso is None or read.precision != "day":
        raise Refused(installation.words("import.bad_day", said=said))
    return date.fromisoformat(read.iso)


def _write(installation: Installation, order: Order, draw: Callable[[Store], tuple[bytes, T]]) -> T:
    """Draw and write in one turn: figures are only fixed where their paper is written."""
    file = order.file
    if file is None:
        raise Refused(installation.words("papers.no_file"))

    def work(store: Store) -> T:
        content, more = draw(store)
        write_new(installation, file, content)
        return more

    more = in_turn(installation, work)
    say(installation.words("papers.written", file=file))
    return more
