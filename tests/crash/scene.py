"""A network, a crowd, a database, and a bot that dies and is started again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.playground.telegram.world import Accepted, Chat, Person
from bot.playground.telegram_server import TelegramServer
from domain.address import Account, Address
from domain.parcel import Parcel
from domain.peace import FOREVER, Peace
from domain.person import Consent, Role
from domain.programme import Programme
from domain.units import Unit
from storage.engine import Database, open_database
from storage.store import Store
from tests.crash.crowd import Crowd, Tread
from tests.crash.killing import PATIENCE, BotProcess
from tests.crash.victim import Given
from tests.support.clock import START
from tests.support.union import a_programme, a_unit

TOKEN = "42:simulated"

AHEAD = timedelta(hours=1)
"""How far the network's clock is ahead of the bot's, so that no message is older than a question
that the bot asked before it."""

DEAD_FOR = timedelta(minutes=3)
"""How long the bot is away after it was killed: longer than a lease lasts."""

MOST_UPDATES = 1000

CONFIG = """
[[telegram]]
token = "{token}"
api_url = "{api_url}"

[database]
url = "{url}"
"""


@dataclass(slots=True)
class Scene:
    """All of it. ``left`` are the parcels that were unsettled when a process died."""

    server: TelegramServer
    crowd: Crowd
    chair: Person
    database: Database
    config: Path
    unit: Unit
    programme: Programme
    numbers: list[int] = field(default_factory=list)
    """Of every update that the network made."""
    left: list[Parcel] = field(default_factory=list)
    processes: list[BotProcess] = field(default_factory=list)
    kills: int = 0

    @property
    def bot(self) -> BotProcess:
        """The one that was started last."""
        return self.processes[-1]

    async def start(self, *, polls: bool = True) -> BotProcess:
        """Start the bot, as long after it died as a lease lasts."""
        given = Given(self.config, START + self.kills * DEAD_FOR, polls)
        process = BotProcess(given)
        self.processes.append(process)
        return await process.running()

    async def restart(self) -> None:
        """Kill the bot if it still lives, look at what it left behind, and start it again."""
        await self.kill()
        await self.start()

    async def kill(self, process: BotProcess | None = None) -> None:
        """Kill one that may be dead already, and look at what it left behind."""
        await (process or self.bot).kill()
        self.kills += 1
        with self.store() as store:
            self.left += store.parcels.unsent(limit=100_000)

    def shoot_at_accepted(self, nth: int) -> None:
        """Kill the bot once the network took so many more messages, before it answers the last."""
        accepted = self.server.world.on_accept
        target = len(self.server.accepted) + nth

        def listen(_: Accepted) -> None:
            if len(self.server.accepted) >= target:
                accepted.remove(listen)
                self.bot.shoot()

        accepted.append(listen)

    async def answered(self) -> None:
        """Wait until nobody in the crowd waits any more."""
        try:
            await self.server.until(self.crowd.all_answered, PATIENCE)
        except TimeoutError:
            waiting = [m.number for m in self.crowd.members if not self.crowd.answered(m)]
            raise AssertionError(f"still waiting after {self.kills} kills: {waiting}") from None

    async def settled(self) -> None:
        """Wait until everything is sent and recorded, what waits for its turn included."""
        while True:
            sent = len(self.server.accepted)
            await asyncio.gather(*(each.settle() for each in self.processes if each.alive))
            with self.store() as store:
                if not store.parcels.unsent():
                    return
            await self.server.until(self._sent_more_than(sent), PATIENCE)

    def _sent_more_than(self, count: int) -> Callable[[], bool]:
        return lambda: len(self.server.accepted) > count

    @contextmanager
    def store(self) -> Iterator[Store]:
        """One transaction on a connection of our own."""
        with self.database.session() as session:
            session.begin()
            yield session.store
            session.commit()

    def address(self, chat: Person | Chat) -> Address:
        """A private chat or a group as the bot knows it."""
        return Address("telegram", "42", str(chat.id))

    def account(self, person: Person) -> Account:
        """A person as the bot knows them."""
        return Account("telegram", "42", str(person.id))

    def handed_out(self) -> list[bytes]:
        """All updates that wait, confirmed at once."""
        updates = self.crowd.bot.updates
        raws = updates.take(0, MOST_UPDATES)
        updates.clear()
        return raws


@asynccontextmanager
async def scene(url: str, folder: Path, people: int) -> AsyncIterator[Scene]:
    """The curtain rises on so many people and their chair, and no bot yet."""
    clock = Tread(START + AHEAD)
    async with TelegramServer(now=clock).serve() as server:
        account = server.world.add_bot(TOKEN, "SangKienBot", "Sáng kiến")
        crowd = Crowd(server, account, clock)
        crowd.join(people)
        chair = server.world.add_person("Lê Thị Hà")
        account.started.add(chair.id)
        config = folder / "config.toml"
        config.write_text(CONFIG.format(token=TOKEN, api_url=server.url, url=url), "utf-8")
        database = open_database(url)
        with database.session() as session:
            session.begin()
            unit, programme = _found(session.store, chair)
            session.commit()
        here = Scene(server, crowd, chair, database, config, unit, programme)
        account.updates.heard.append(lambda: here.numbers.append(account.updates.pending[-1].id))
        try:
            yield here
        finally:
            for process in here.processes:
                if process.alive:
                    await process.kill()
            database.close()


def _found(store: Store, chair: Person) -> tuple[Unit, Programme]:
    """A unit with its chair, and the year's programme."""
    root = store.units.add(a_unit("LDLD", None, "LĐLĐ tỉnh"))
    unit = store.units.add(a_unit("CTN27", root.id, "Công ty cấp nước"))
    address = Address("telegram", "42", str(chair.id))
    person = store.people.add(chair.name, unit.id, Consent("1", START), address, START)
    store.people.link(Account("telegram", "42", str(chair.id)), person.id, START)
    store.people.grant(person.id, Role.CHAIR, unit.id, None, START)
    # What comes by the day waits for company, and here nobody moves the clock.
    store.peace.save(person.id, Peace(muted_until=FOREVER))
    return unit, store.programmes.add(a_programme())
