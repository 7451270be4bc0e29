"""A union with its members, and jobs run as the clock runs them: each page its own transaction."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.content import Content, load_content
from domain.house import House, Settings
from domain.notice import Notice, NoticeState
from domain.parcel import Parcel
from scheduler.context import Context
from scheduler.job import Run
from storage.engine import Database, Session
from storage.store import Store
from tests.support.pushes import deliver
from tests.support.union import Union, found_union

T = TypeVar("T")

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

content: Callable[[], Content] = cache(load_content)


def a_house() -> House:
    """Our own sentences and forms, quiet from 20:00 to 8:00 in Việt Nam."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    settings = Settings("LĐLĐ tỉnh", "cô Hà", keep_until=date(2030, 1, 1), zone=zone)
    return House(settings, content().texts, content().forms, lambda: "CODE2AAAAA")


@dataclass
class Office:
    """A database with a union in it, and a house."""

    database: Database
    house: House
    union: Union
    kept: Session | None = None
    """A connection that serves all that is done here; without it each deed opens its own."""

    def do(self, work: Callable[[Store], T]) -> T:
        """Something in a transaction of its own."""
        with nullcontext(self.kept) if self.kept else self.database.session() as session:
            session.begin()
            done = work(session.store)
            session.commit()
            return done

    def look(self, work: Callable[[Store], T]) -> T:
        """Something on a connection that only reads."""
        with self.database.snapshot() as store:
            return work(store)

    def run(self, job: Run, at: datetime) -> int:
        """Run a job to its end; how many turns it took."""
        after: int | None = 0
        turns = 0
        while after is not None:
            after = self.do(self._page(job, at, after))
            turns += 1
        return turns

    def deliver(self, at: datetime) -> list[Parcel]:
        """Let everything that waits pass the gate; what the network got, with its words."""
        return self.do(lambda store: deliver(store, self.house, at))

    def keys(self) -> list[str]:
        """The keys of what the ledger has not dropped or skipped, the longest due first."""
        return [notice.key for notice in self.ledger() if notice.state is NoticeState.POSTED]

    def ledger(self) -> list[Notice]:
        """All notices, the longest due first."""
        return self.do(lambda store: store.notices.since(LONG_AGO, limit=10_000))

    def settings(self, **changes: object) -> None:
        """Let the union want things differently."""
        settings = replace(self.house.settings, **changes)  # type: ignore[arg-type]  # by name
        self.house = replace(self.house, settings=settings)

    def _page(self, job: Run, at: datetime, after: int) -> Callable[[Store], int | None]:
        return lambda store: job(Context(store, self.house, at), at, after)


def an_office(database: Database) -> Office:
    """A union in a fresh database."""
    with database.session() as session:
        session.begin()
        union = found_union(session.store)
        session.commit()
    return Office(database, a_house(), union)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """Once on SQLite and once on PostgreSQL."""
    office = an_office(database)
    with database.session() as office.kept:
        yield office
