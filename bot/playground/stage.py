"""The stage: two simulated networks, the bot between them, and one clock for all of it.

    async with Stage(installation, folder).opened() as stage:
        print(stage.url)

The bot is put together as ``run`` does it, from accounts whose networks are these.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from bot.app import App
from bot.bots import Telegram, Zalo
from bot.channel import Limits
from bot.channels import Opened, open_channels, set_menus
from bot.config import Web
from bot.demo import start_of
from bot.installation import Installation
from bot.pictures_web import Pictures
from bot.playground.api import Api
from bot.playground.board import Board
from bot.playground.cast import introduce, the_cast
from bot.playground.golden import Golden
from bot.playground.moving import Moving, Where, destination
from bot.playground.safety import LOOPBACK, require_made_up
from bot.playground.script import Deed, perform
from bot.playground.shown import Switches
from bot.playground.side import Attached, Side
from bot.playground.telegram.side import TelegramSide
from bot.playground.telegram_server import TelegramServer
from bot.playground.tour import Tour
from bot.playground.tracing import Tracer
from bot.playground.zalo.side import ZaloSide
from bot.playground.zalo_server import ZaloServer
from bot.running import furnished
from bot.serving import pictures_of
from bot.time_and_chance import Clock, fresh_token
from bot.web import Server
from storage.engine import open_database

log = logging.getLogger(__name__)


LONGEST_PAUSE = 2.0


class Stage:
    """Everything that is played with."""

    app: App
    """There once the stage is opened."""

    def __init__(self, installation: Installation, folder: Path, port: int = 0) -> None:
        """``folder`` takes all that is kept, and holds the demonstration's data already.

        Raises Unsafe where that is not so.
        """
        require_made_up(installation, folder)
        self.installation = installation
        self.house = installation.house()
        self.clock = Clock(start_of(installation))
        self.board = Board()
        self.tracer = Tracer(self.clock)
        self.golden = Golden(self)
        self.cast = the_cast()
        self.telegram = TelegramServer(now=self.clock)
        self.zalo = ZaloServer(now=self.clock)
        self.token = fresh_token()
        # Nobody but our own channels may speak as the bots.
        self._keys = {"telegram": f"1000001:{fresh_token()}", "zalo": f"2000002:{fresh_token()}"}
        words, local = installation.words, self.house.local
        self.sides: dict[str, Side] = {
            "telegram": TelegramSide(
                self.telegram, self.cast, self._keys["telegram"], self.board, words, local
            ),
            "zalo": ZaloSide(self.zalo, self.cast, self._keys["zalo"], self.board, local),
        }
        self.switches = {name: Switches() for name in self.sides}
        self.pictures: Pictures
        self.moving = Moving(
            lambda by, told: self.app.forward(by, told), self.board, self.now, self.wake
        )
        self.tour = Tour(self)
        self._port = port

    @property
    def url(self) -> str:
        """Of the page."""
        return f"{self._home}/{self.token}/"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Stage"]:
        """Play while the block runs. Raises OSError where the port is taken."""
        self._introduce()
        async with AsyncExitStack() as stack:
            server = Server(Api(self).application(), LOOPBACK, self._port, hang_up=True)
            self._port = await server.start()
            stack.push_async_callback(server.close)
            stack.callback(self.board.close)
            await stack.enter_async_context(self.zalo.reached_at(f"{self._home}/sim/zalo"))
            stack.push_async_callback(self.telegram.close)
            opened = await self._open_channels()
            self.app = await stack.enter_async_context(self._bot(opened))
            await self.app.start()
            await self.golden.begin()
            playing = asyncio.create_task(self._play(opened), name="playing")
            playing.add_done_callback(_tell_end)
            try:
                yield self
            finally:
                await self.tour.close()
                await self.moving.close()
                playing.cancel()
                await asyncio.gather(playing, return_exceptions=True)

    @property
    def all(self) -> list[Side]:
        """Every network."""
        return list(self.sides.values())

    def now(self) -> datetime:
        """The union's own time."""
        return self.house.local(self.clock())

    async def move(self, where: Where) -> datetime:
        """Begin to move the clock; where to. Raises Cannot."""
        self.moving.require_rest()
        today = self.now().date()
        programme = await self.app.turns.run(lambda store: store.programmes.current(today))
        to = destination(where, self.house, programme, self.clock())
        self.moving.begin(to)
        return to

    def do(self, deed: Deed, file: Attached | None = None) -> str | None:
        """Let somebody do something; the id of the message that this wrote. Raises Cannot."""
        side = self.sides.get(deed.network)
        if side is not None and deed.who in side.players:
            self.tracer.acts(side.account(deed.who))
        return perform(deed, file, self.sides, self.board)

    def switch(self, network: str, to: Switches) -> None:
        """Let a network fail in these ways and no others."""
        self.sides[network].switch(to)
        self.switches[network] = to
        self.board.change("switches", lambda: self.switches)

    @property
    def _home(self) -> str:
        return f"http://{LOOPBACK}:{self._port}"

    def _introduce(self) -> None:
        database = open_database(self.installation.database_url)
        with database.session() as session:
            session.begin()
            introduce(session.store, self.cast, self.all, self.clock())
            session.commit()
        database.close()

    async def _open_channels(self) -> list[Opened]:
        telegram = Telegram(token=self._keys["telegram"], api_url=f"{self._home}/sim/telegram")
        zalo = Zalo(token=self._keys["zalo"], api_url=f"{self._home}/sim/zalo", name=self.cast.bot)
        web = Web(public_url=self._home)
        config = msgspec.structs.replace(
            self.installation.config, telegram=[telegram], zalo=[zalo], web=web
        )
        self.installation = replace(self.installation, config=config)
        pictures = pictures_of(web, self.installation.data, fresh_token, self.clock)
        assert pictures is not None
        self.pictures = pictures
        opened = await open_channels(config, self.clock, briefly, self.pictures.publish)
        for each in opened:
            each.channel.limits = unhurried(each.channel.limits)
        return opened

    def _bot(self, opened: list[Opened]) -> App:
        house = furnished(self.installation.house(), self.installation.config.web, opened)
        house = replace(house, fresh_code=self.tracer.codes(house.fresh_code))
        channels = [each.channel for each in opened]
        return App(house, self.installation, self.clock, channels, around=self.tracer.around)

    async def _play(self, opened: list[Opened]) -> None:
        receive = self.tracer.receive(self.app.receive)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.app.watch())
            group.create_task(self.tour.watch())
            for each in opened:
                group.create_task(each.channel.run(receive))
                group.create_task(set_menus(each, self.app.house.texts))

    def wake(self) -> None:
        """Let the networks know that the clock was moved."""
        for side in self.sides.values():
            side.wake()


async def briefly(seconds: float) -> None:
    """A pause as long as somebody watches who just let a network work again."""
    await asyncio.sleep(min(seconds, LONGEST_PAUSE))


def unhurried(limits: Limits) -> Limits:
    """Without a pace within a chat, after which a sixth answer in a row would wait.

    Real networks answer 429 to whoever is faster; these do not, and a tour may be fast.
    """
    return replace(limits, a_chat_second=0.0, a_group_minute=0.0)


def _tell_end(playing: asyncio.Task[None]) -> None:
    """It goes on until it is cancelled; what ends it otherwise is a fault of ours."""
    if not playing.cancelled() and (fault := playing.exception()):
        log.error("playground_broke", exc_info=fault)
