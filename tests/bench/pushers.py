"""Three ways of pushing reminders, each a process of its own that starts afresh every round."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Protocol

import psycopg
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url

from domain.calendar import next_allowed
from tests.bench import pushing_procrastinate as tasks
from tests.bench import reminding, talk
from tests.bench.network import Line, Network
from tests.bench.process import cpu_of
from tests.bench.reminding import PEOPLE
from tests.bench.world import configure, fill, installation, telegram
from tests.support.databases import postgres

_POSTMASTER = "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int"

EARLY = timedelta(minutes=5)
"""After the hour in which people are left in peace."""


class Pusher(Protocol):
    """One contestant."""

    name: str
    line: Line
    a_second: int
    """Reminders that it queues in a second at least, on a busy machine."""

    def begin(self, *, lifted: bool) -> tuple[str, ...]:
        """Forget what was queued; the command of its process, ``lifted`` without a limiter."""

    async def queue(self, count: int, due: datetime) -> None:
        """Queue so many reminders, all due at that moment."""

    def database_cpu(self) -> float | None:
        """Seconds that a database outside its process took so far; None where there is none."""


class Ours:
    """Reminders of drafts in SQLite, as durable as ever, sent by the running bot.

    Its clock is ahead, in the morning of a working day: at night it would leave people in peace.
    """

    name = "ours"
    a_second = 9000

    def __init__(self, folder: Path, network: Network) -> None:
        self.line = network.line("1001:bench")
        self._template, self._folder = folder / "template", folder / "ours"
        ours = configure(self._template, telegram(network.url, self.line.token))
        now = datetime.now(UTC)
        calendar = ours.house().settings.calendar
        tomorrow = (now.astimezone(calendar.zone) + timedelta(days=1)).replace(hour=0)
        self._ahead = next_allowed(tomorrow, calendar) + EARLY - now
        fill(ours, "telegram", self.line.token.partition(":")[0], PEOPLE, now + self._ahead)

    def begin(self, *, lifted: bool) -> tuple[str, ...]:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._template, self._folder)
        limits = ("a_second", "a_chat_second") if lifted else ()
        return ("tests.bench.ours", str(self._folder), f"{self._ahead.total_seconds()}", *limits)

    async def queue(self, count: int, due: datetime) -> None:
        ours, bot = installation(self._folder), self.line.token.partition(":")[0]
        await asyncio.to_thread(reminding.queue, ours, bot, count, due + self._ahead)

    def database_cpu(self) -> float | None:
        return None


class Procrastinate:
    """Tasks in PostgreSQL, which syncs its commits as it does by default."""

    name = "(p) procrastinate, PTB"
    a_second = 4500

    def __init__(self, server: str, network: Network) -> None:
        self.line = network.line("1002:bench")
        self._url, self._server = network.url, server
        self._round = 0
        with psycopg.connect(server, autocommit=True) as connection:
            row = connection.execute(_POSTMASTER).fetchone()
            assert row is not None
            self._postmaster = int(row[0])
            connection.execute("CREATE DATABASE pushes")
        with psycopg.connect(self._database("pushes")) as connection:
            connection.execute(SchemaManager.get_schema())

    def begin(self, *, lifted: bool) -> tuple[str, ...]:
        self._round += 1
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE pushes{self._round} TEMPLATE pushes".encode())
        database = self._database(f"pushes{self._round}")
        command = ("tests.bench.pushing_procrastinate", database, self._url, self.line.token)
        return (*command, "lifted") if lifted else command

    async def queue(self, count: int, due: datetime) -> None:
        database = self._database(f"pushes{self._round}")
        await tasks.defer(database, count, due)
        with psycopg.connect(database, autocommit=True) as connection:
            # As PostgreSQL does by itself within a minute: until then it plans for an empty table.
            connection.execute("ANALYZE")

    def database_cpu(self) -> float | None:
        return cpu_of(self._postmaster, family=True)

    def _database(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)


class Ptb:
    """Jobs in memory, asked for in chat as people ask such a bot."""

    name = "(j) PTB JobQueue, memory"
    a_second = 9000

    def __init__(self, network: Network) -> None:
        self.line = network.line("1003:bench")
        self._url, self._command = network.url, "/each"

    def begin(self, *, lifted: bool) -> tuple[str, ...]:
        self._command = "/all" if lifted else "/each"
        command = ("tests.bench.pushing_ptb", self._url, self.line.token)
        return (*command, "lifted") if lifted else command

    async def queue(self, count: int, due: datetime) -> None:
        queued, hear = asyncio.Event(), self.line.hear
        self.line.hear = lambda chat, text: queued.set()
        text = f"{self._command} {count} {due.timestamp()}"
        self.line.add(lambda number: _command(number, text))
        await queued.wait()
        self.line.hear = hear

    def database_cpu(self) -> float | None:
        return None


@asynccontextmanager
async def pushers() -> AsyncIterator[list[Pusher]]:
    """Ours, procrastinate and PTB, on one network."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        server = stack.enter_context(postgres())
        async with Network() as network:
            yield [Ours(folder, network), Procrastinate(server, network), Ptb(network)]


def _command(number: int, text: str) -> bytes:
    """A command as Telegram would tell of it, from a chat that is sent no reminder."""
    chat = talk.FIRST_CHAT - 1
    length = text.index(" ")
    update = {
        "update_id": number,
        "message": {
            "message_id": 1,
            "from": {"id": chat, "is_bot": False, "first_name": "Lan"},
            "chat": {"id": chat, "first_name": "Lan", "type": "private"},
            "date": int(time()),
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": length}],
        },
    }
    return json.dumps(update).encode()
