"""Webhooks under load: ours on both of Zalo's APIs and on both databases, beside two others."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, time

import aiohttp
import msgspec
import psycopg
from sqlalchemy import make_url

from bot.zalo_oa.webhook import signature
from domain.oa_token import Pair
from storage.engine import open_database
from tests.bench import bare, hooked, talk
from tests.bench.network import Network
from tests.bench.ours import CALLS
from tests.bench.posting import Make, Post, Posted, Poster
from tests.bench.process import Process
from tests.bench.world import configure, fill
from tests.bench.zalo_network import ZaloNetwork
from tests.support.databases import postgres

AT_ONCE = 200
"""Events on the wire at most, and those of a burst."""

PROMISED = 2.0
"""Seconds in which the Official Account API wants its 200."""

ROUNDS = 5
WARM, SECONDS = 1.0, 3.0
"""Seconds of a round that are left out, and that count."""

BURSTS = 5
"""In each round, after those seconds."""

KNOWN = 8_000
"""People whom our databases know: each gives eight answers."""

START = 90.0
"""Seconds until a bot has to listen: importing aiogram alone may take ten."""

DELAY = 2
"""Seconds that the networks' clock is ahead: no answer is older than its question."""

SECRET = "bench-secret-of-the-webhook"
TOKEN, OA, APP = "2001:bench", "3001", "4001"
ACCESS = "bench-access"

ZALO = """
[zalo]
token = "{token}"
name = "Bench"
api_url = "{url}"
people = 1000000
messages = 1000000000

[zalo.webhook]
public_url = "https://sangkien.test"
secret = "{secret}"
"""

ZALO_OA = """
[zalo_oa]
oa_id = "{oa}"
app_id = "{app}"
secret_key = "unused"
webhook_secret = "{secret}"
name = "Bench"
api_url = "{url}"
"""

WEB = """
[web]
public_url = "https://sangkien.test"
port = {port}

[database]
url = "{database}"
"""


@dataclass(slots=True)
class Contestant:
    """One bot, and what was seen of it."""

    name: str
    process: Process
    poster: Poster
    rounds: list[Posted] = field(default_factory=list)
    bursts: list[Posted] = field(default_factory=list)
    megabytes: float | None = None


async def measure(bots: list[Contestant]) -> None:
    """All rounds, one bot after the other in each."""
    for _ in range(ROUNDS):
        for bot in bots:
            bot.rounds.append(await bot.poster.rush(AT_ONCE, WARM, SECONDS))
            bot.bursts.append(await bot.poster.bursts(BURSTS))
    for bot in bots:
        bot.megabytes = bot.process.megabytes()


@asynccontextmanager
async def contestants() -> AsyncIterator[list[Contestant]]:
    """All of them, listening; ended afterwards."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        server = stack.enter_context(postgres())
        zalo = await stack.enter_async_context(ZaloNetwork())
        telegram = await stack.enter_async_context(Network())
        databases = {"SQLite": "", "PostgreSQL": server}
        found = [
            await _ours(stack, folder, zalo, network, name, at)
            for name, at in databases.items()
            for network in ("zalo", "zalo_oa")
        ]
        yield [*found, await _aiogram(stack, telegram), await _bare(stack, folder)]


async def _ours(
    stack: AsyncExitStack, folder: Path, network: ZaloNetwork, channel: str, kept: str, server: str
) -> Contestant:
    """Our bot with a database of its own that knows everybody."""
    port, place = _free_port(), folder / f"{channel}-{kept}"
    database = _new_database(server, channel) if server else ""
    given = {"url": network.url, "secret": SECRET, "port": port, "database": database}
    is_oa = channel == "zalo_oa"
    # Both databases are spoken to as if they were the only one of their network.
    token = f"{TOKEN}-{kept.lower()}" if not is_oa else f"{ACCESS}-{kept.lower()}"
    given |= {"oa": OA, "app": APP, "token": token}
    account = network.account(token)
    settings = f"{ZALO_OA if is_oa else ZALO}{WEB}".format(**given)
    ours = configure(place, settings)
    bot = OA if is_oa else TOKEN.partition(":")[0]
    fill(ours, channel, bot, KNOWN, datetime.now(UTC))
    if is_oa:
        _consent(ours.database_url, token)
    limits = ("a_second", "a_chat_second", *([CALLS] if is_oa else []))
    process = Process("tests.bench.ours", str(place), "0", *limits)
    make, path = (_signed, f"/zalo_oa/{OA}") if is_oa else (_told, f"/zalo/{bot}")
    name = f"ours, {'Zalo OA' if is_oa else 'Zalo Bot'}, {kept}"
    found = await _started(stack, name, process, make, path, port)
    account.hear = found.poster.heard
    return found


async def _aiogram(stack: AsyncExitStack, network: Network) -> Contestant:
    port, line = _free_port(), network.line("1009:bench")
    process = Process("tests.bench.hooked", network.url, line.token, str(port), SECRET)
    name = "(a) aiogram, memory"
    found = await _started(stack, name, process, _updated, hooked.PATH, port)
    line.hear = found.poster.heard
    return found


async def _bare(stack: AsyncExitStack, folder: Path) -> Contestant:
    port = _free_port()
    process = Process("tests.bench.bare", str(port), str(folder / "bare.sqlite3"), SECRET)
    name = "(f) aiohttp, one commit each"
    return await _started(stack, name, process, _told, bare.PATH, port, replies=False)


async def _started(
    stack: AsyncExitStack,
    name: str,
    process: Process,
    make: Make,
    path: str,
    port: int,
    *,
    replies: bool = True,
) -> Contestant:
    """Start it, and wait until it listens. Raises RuntimeError when it does not."""
    await stack.enter_async_context(process)
    chats = iter(range(talk.FIRST_CHAT, talk.FIRST_CHAT + KNOWN))
    if not replies:
        chats = _everybody()
    end = monotonic() + START
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/"):
                    break
            except aiohttp.ClientError:
                if process.ended or monotonic() > end:
                    raise RuntimeError(f"{name} does not listen\n{process.errors}") from None
                await asyncio.sleep(0.2)  # outside what is measured
    return Contestant(name, process, Poster(make, path, port, process, chats, replies=replies))


def _everybody() -> Iterator[int]:
    """For who knows nobody: chats without an end."""
    chat = talk.FIRST_CHAT
    while True:
        yield chat
        chat += 1


def _told(chat: int, step: int) -> Post:
    """An answer, as the Zalo Bot Platform tells of it."""
    message = {
        "from": {"id": str(chat), "display_name": "Lan", "is_bot": False},
        "chat": {"id": str(chat), "chat_type": "PRIVATE"},
        "text": talk.STEPS[step].answer,
        "message_id": f"{chat}-{step}",
        "date": int((time() + DELAY) * 1000),
    }
    body = msgspec.json.encode({"event_name": "message.text.received", "message": message})
    return f"X-Bot-Api-Secret-Token: {SECRET}\r\n", body


def _signed(chat: int, step: int) -> Post:
    """The same, as an Official Account's app is told of it."""
    timestamp = str(int((time() + DELAY) * 1000))
    event = {
        "app_id": APP,
        "sender": {"id": str(chat)},
        "user_id_by_app": str(chat),
        "recipient": {"id": OA},
        "event_name": "user_send_text",
        "message": {"text": talk.STEPS[step].answer, "msg_id": f"{chat}-{step}"},
        "timestamp": timestamp,
    }
    body = msgspec.json.encode(event)
    return f"X-ZEvent-Signature: {signature(APP, body, timestamp.encode(), SECRET)}\r\n", body


def _updated(chat: int, step: int) -> Post:
    """The same, as Telegram tells of it."""
    body = talk.update(chat * len(talk.STEPS) + step, chat, step, int(time()))
    return f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n", body


def _consent(database_url: str, access: str) -> None:
    """An administrator has consented, long enough ago for nobody to care."""
    now, database = datetime.now(UTC), open_database(database_url)
    pair = Pair(access, now + timedelta(hours=25), "unused", now + timedelta(days=90))
    with database.session() as session:
        session.begin()
        session.store.oa_tokens.keep(OA, pair, now)
        session.commit()
    database.close()


def _new_database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE bench_{name}".encode())
    return make_url(server).set(database=f"bench_{name}").render_as_string(hide_password=False)


def _free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
