"""The union, its people and the network around the bot, as the tests hold them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

from bot.playground.telegram.world import BotAccount
from domain.address import Account, Address
from domain.campaign import Campaign
from domain.programme import Programme
from domain.units import Unit
from storage.engine import Database
from storage.store import Store
from tests.soak.moved_clock import MovedClock
from tests.soak.network import Network
from tests.soak.plan import Plan
from tests.soak.souls import Meeting, Soul

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class World:
    """All of it but the bot."""

    plan: Plan
    clock: MovedClock
    clock_file: Path
    network: Network
    bot: BotAccount
    database: Database
    config: Path
    chance: Random
    """What people do; the network draws from another."""
    programme: Programme
    campaign: Campaign
    root: Unit
    souls: list[Soul] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """One transaction on a connection of our own."""
        with self.database.session() as session:
            session.begin()
            yield session.store
            session.commit()

    def look(self, work: Callable[[Store], T]) -> T:
        """Something on a connection that only reads."""
        with self.database.reader() as session:
            session.begin()
            found = work(session.store)
            session.rollback()
            return found

    def address(self, chat: int) -> Address:
        """A chat as the bot knows it."""
        return Address("telegram", str(self.bot.id), str(chat))

    def account(self, person: int) -> Account:
        """A person's account as the bot knows it."""
        return Account("telegram", str(self.bot.id), str(person))
