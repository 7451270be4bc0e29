"""Reads a workbook that an officer sent, off the event loop, and asks whether to write it down."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.turns import Turns
from domain.errors import FaultyContent
from domain.evidence import Evidence
from domain.house import House
from domain.review_plan import Decided, ReviewPlan
from domain.wording import review_plans as wording
from scheduler.context import Context
from storage.engine import Database
from storage.store import Store

BOOK = "bang.xlsx"
"""What it is called while it is read: its own name may be anything."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook says: its faults, or what it decides."""

    faults: tuple[str, ...] = ()
    decided: tuple[Decided, ...] = ()
    blank: int = 0


class SentWorkbooks:
    """Takes them one after the other: each may unpack to much, and hold an answer up."""

    def __init__(
        self, turns: Turns, database: Database, house: House, clock: Callable[[], datetime]
    ) -> None:
        self._turns = turns
        self._database = database
        self._house = house
        self._clock = clock
        self._one = asyncio.Lock()

    async def take(self, file: Evidence, content: bytes) -> None:
        """Read it, keep what it decides, and say so; the file itself is not kept."""
        async with self._one:
            read = await asyncio.to_thread(self._read, file, content)
        now = self._clock()
        await self._turns.run(lambda store: keep(store, self._house, file, read, now))

    def _read(self, file: Evidence, content: bytes) -> Read:
        # Workbooks load slowly: not at every start.
        from bot.documents.table_reading import read_table
        from bot.importing.decisions import REVIEW, decisions
        from bot.packaged import operator_texts

        today = self._house.local(self._clock()).date()
        try:
            with TemporaryDirectory(prefix="sangkien-") as folder:
                path = Path(folder) / BOOK
                path.write_bytes(content)
                reading = read_table(path, REVIEW, operator_texts(), today)
            with self._database.reader() as session:
                session.begin()
                officer = session.store.people.get(file.person or 0)
                found = decisions(reading, session.store, officer) if officer else []
                session.rollback()
            reading.finish()
        except FaultyContent as error:
            return Read(faults=tuple(fault.removeprefix(f"{BOOK}: ") for fault in error.faults))
        found.sort(key=lambda each: each.entry)
        return Read(decided=tuple(found), blank=len(reading.lines) - len(found))


def keep(store: Store, house: House, file: Evidence, read: Read, now: datetime) -> None:
    """Keep what was read in place of the file, and tell the officer; runs in a turn."""
    officer = store.people.get(file.person or 0)
    if store.files.get(file.id) is None:
        return  # another process was faster
    store.files.drop(file.id)
    if officer is None or officer.address is None:
        return
    name = file.ref.name or house.texts("review_plan.nameless")
    if read.faults:
        said = wording.faulty(name, read.faults, house.texts)
    else:
        plan = ReviewPlan(0, officer.id, name, read.decided, read.blank, now)
        # One that decides nothing has no buttons, and need not be kept.
        number = store.review_plans.add(plan) if plan.decided else 0
        said = wording.proposal(replace(plan, id=number), house.texts)
    # Numbers of files are given again once they are dropped.
    key = f"review_plan:read:{file.id}:{now.isoformat()}"
    Context(store, house, now).answer(officer.address, said, key)
