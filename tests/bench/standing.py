"""What ``/progress`` takes with ever more entries, what counting adds, and a recount."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any

from bot.respond import respond
from domain.address import Address
from domain.initiative import Initiative, Status
from domain.message import Incoming, Sender
from domain.units import Unit
from storage.engine import Session
from storage.entering import add_counts, enter
from storage.standings import progress_of
from tests.bench import union as unions
from tests.bench.union import BOT, CHANNEL, NOW, BigUnion, person_of
from tests.bench.world import CONFIG

SIZES = (10_000, 100_000, 1_000_000)

COUNTRY = (30, 13, 50)
"""Units below each unit of a level: 1, 30, 390 and 19,500, twenty thousand in four levels."""

PROVINCE = (1_100,)
"""Eleven hundred right below the root."""

ASKED = 400
"""Times that progress is asked for at each place."""

GROUP, GROUPS = 32, 30
"""Submissions that share a commit, and how many such groups of each kind."""


@dataclass(slots=True)
class Asking:
    """Seconds of each time that the progress of one unit was asked for."""

    place: str
    entries: int
    turns: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """What the turns took of the processor: other programs make the rest."""
    queries: list[float] = field(default_factory=list)
    """Those that the turn spent in the database for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was measured; ``counted`` and ``uncounted`` are seconds of a submission."""

    askings: list[Asking]
    counted: list[float]
    uncounted: list[float]
    move: float
    past: float
    founding: float
    mended: float
    checked: float
    """Seconds of a recount that finds everything wrong, and of one that finds nothing."""


def measure() -> Standing:
    """Build, ask, submit, recount; everything in a temporary folder."""
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder, askings = Path(temporary), []
        flat = unions.found(folder / "flat", PROVINCE)
        unions.submit(flat, 1, SIZES[1])
        _recount(flat)
        askings += [
            _ask(flat, unit, place, SIZES[1])
            for unit, place in zip(flat.levels, ("root of 1,100", "one of 1,100"), strict=True)
        ]
        flat.database.close()
        shutil.rmtree(folder / "flat")
        big, founding = _timed(lambda: unions.found(folder / "big", COUNTRY))
        before, mended = 0, 0.0
        for size in SIZES:
            unions.submit(big, before + 1, size)
            before = size
            _, mended = _timed(lambda: _recount(big))
            places = ("root", "province", "district", "leaf")
            askings += [
                _ask(big, unit, place, size) for unit, place in zip(big.levels, places, strict=True)
            ]
        _, checked = _timed(lambda: _recount(big))
        counted, uncounted = _submissions(big)
        move, past = _move(big)
        big.database.close()
        return Standing(askings, counted, uncounted, move, past, founding, mended, checked)


def _recount(union: BigUnion) -> None:
    """As an operator does, in a process of its own."""
    command = [sys.executable, "-m", "bot", "recount", "--config", str(union.folder / CONFIG)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _ask(union: BigUnion, unit: Unit, place: str, entries: int) -> Asking:
    """Whole turns, then what they ask the database for; the commit is everybody's and left out."""
    asking, house = Asking(place, entries), union.installation.house()
    with union.database.session() as session:
        for number in range(ASKED):
            said = _said(unit, f"{place}.{entries}.{number}")
            session.begin()
            began, worked = perf_counter(), thread_time()
            parcels = respond(session.store, house, said, NOW)
            asking.turns.append(perf_counter() - began)
            asking.cpu.append(thread_time() - worked)
            assert len(parcels) == 1
            session.rollback()
        with _watched(session) as watch:
            for _ in range(ASKED):
                watch.seconds = 0.0
                session.begin()
                progress_of(session.store, union.programme, unit, NOW.date())
                asking.queries.append(watch.seconds)
                session.rollback()
    return asking


def _said(unit: Unit, key: str) -> Incoming:
    account = person_of(unit)
    to = Address(CHANNEL, BOT, account.user)
    return Incoming(key, NOW, to, private=True, sender=Sender(account), text="/progress")


def _submissions(union: BigUnion) -> tuple[list[float], list[float]]:
    """Seconds of a submission with and without its counts, in turn, and all undone."""
    leaf, programme, now = union.levels[-1], union.programme, NOW
    entry = Initiative(
        0, "", programme.id, 2, leaf.id, 1, 1, "khac", 1, "Bench", {}, 5, True,
        Status.SUBMITTED, now,
    )  # fmt: skip
    counted: list[float] = []
    uncounted: list[float] = []
    with union.database.session() as session:
        for number in range(2 * GROUPS):
            counts = number % 2 == 0
            session.begin()
            began = perf_counter()
            for _ in range(GROUP):
                _, changes = enter(session.store, entry, programme, now.date(), now)
                if counts:
                    add_counts(session.store, changes)
            session.commit()
            seconds = (perf_counter() - began) / GROUP
            (counted if counts else uncounted).append(seconds)
    return counted, uncounted


def _move(union: BigUnion) -> tuple[float, float]:
    """A district goes to the last province; then the first province as of a week before."""
    _, province, district, _ = union.levels
    today = NOW.date()
    with union.database.session() as session:
        session.begin()
        tree, tallies = session.store.tree, session.store.tallies
        last = session.store.units.children(union.levels[0].id)[-1]
        _, move = _timed(lambda: tree.move(district.id, last.id, today))
        week = today - timedelta(days=7)
        _, past = _timed(lambda: tallies.of_children_as_of(union.programme.id, province.id, week))
        session.commit()
    return move, past


@dataclass(slots=True)
class _Watch:
    """A connection that adds up the seconds of its statements."""

    connection: Any
    seconds: float = 0.0

    @property
    def in_transaction(self) -> bool:
        return bool(self.connection.in_transaction)

    def execute(self, sql: str, values: Any = ()) -> "_WatchedRows":
        began = perf_counter()
        rows = self.connection.execute(sql, values)
        self.seconds += perf_counter() - began
        return _WatchedRows(rows, self)


@dataclass(frozen=True, slots=True)
class _WatchedRows:
    rows: Any
    watch: _Watch

    def fetchone(self) -> Any:
        return self._fetched(self.rows.fetchone)

    def fetchall(self) -> Any:
        return self._fetched(self.rows.fetchall)

    def close(self) -> None:
        self.rows.close()

    def _fetched(self, fetch: Callable[[], Any]) -> Any:
        began = perf_counter()
        found = fetch()
        self.watch.seconds += perf_counter() - began
        return found


@contextmanager
def _watched(session: Session) -> Iterator[_Watch]:
    cursor: Any = session._cursor
    real = cursor.connection
    cursor.connection = watch = _Watch(real)
    try:
        yield watch
    finally:
        cursor.connection = real


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    value = work()
    return value, perf_counter() - began
