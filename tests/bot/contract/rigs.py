"""Each channel with its network and one person on the other side, all handled alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.channel import Channel, Receive
from bot.packaged import operator_texts
from bot.playground.telegram_server import TelegramServer
from bot.playground.zalo_server import ZaloServer
from bot.telegram.channel import TelegramChannel
from bot.terminal.channel import TerminalChannel
from bot.terminal.screen import Screen
from bot.terminal.script import Photo, Say, Unreadable
from bot.terminal.talk import Talk
from bot.zalo.channel import ZaloChannel
from tests.bot.contract.rig import NOW, SECRET, Networked, Rig
from tests.bot.contract.zalo_oa_rig import zalo_oa


class TelegramRig:
    """The simulated Bot API."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.bot = server.world.add_bot(f"42:{SECRET}", "SangKienBot", "Sáng kiến")
        self.lan = server.world.add_person("Lan")
        server.people.start(self.lan, self.bot)
        self.bot.updates.clear()
        self.group = server.groups.create("Tổ 1", self.lan, [self.bot])
        self.bot.updates.clear()
        self.channel: Channel = self.somewhere_else(server.url)

    def somewhere_else(self, url: str) -> Channel:
        return TelegramChannel(
            self.bot.token, username="SangKienBot", now=lambda: NOW, base_url=url, poll_timeout=1
        )

    def says(self, text: str) -> bytes:
        self.leaves_waiting(text)
        return self._taken()

    def says_in_group(self, text: str) -> bytes:
        self.server.people.say(self.lan, self.group, f"@SangKienBot {text}")
        return self._taken()

    def sends_photo(self, content: bytes) -> bytes:
        self.server.people.send_photo(self.lan, self.bot, content)
        return self._taken()

    def sends_sticker(self) -> bytes:
        self.server.people.send_sticker(self.lan, self.bot)
        return self._taken()

    def read(self) -> list[str]:
        history = self.server.people.history(self.bot, self.lan)
        return [
            "\n".join([m.text, *(label for row in m.buttons for label in row)])
            for m in history
            if m.from_bot
        ]

    def leaves_waiting(self, text: str) -> None:
        self.server.people.say(self.lan, self.bot, text)

    async def takes_in(self, receive: Receive) -> None:
        await self.channel.run(receive)

    def block(self) -> None:
        self.server.people.block(self.lan, self.bot)

    def flood(self) -> None:
        self.server.faults.flood("sendMessage")

    def lose_answer(self) -> None:
        self.server.faults.lose_answer("sendMessage")

    def gateway_fails(self) -> None:
        self.server.faults.fail("sendMessage", code=502)

    def revoke(self) -> None:
        del self.server.world.bots[self.bot.token]

    def _taken(self) -> bytes:
        (raw,) = self.bot.updates.take(0, 10)
        self.bot.updates.clear()
        return raw


class ZaloRig:
    """The simulated Bot Platform."""

    def __init__(self, server: ZaloServer) -> None:
        self.server = server
        self.bot = server.world.add_bot(f"1000:{SECRET}", "Bot X")
        self.lan = server.world.add_person("Lan")
        self.bot.served.add(self.lan.id)
        self.group = server.world.add_group("Tổ 1", self.lan)
        self.group.bots.add(self.bot.id)
        self.channel: Channel = self.somewhere_else(server.url)

    def somewhere_else(self, url: str) -> Channel:
        return ZaloChannel(
            self.bot.token, now=lambda: NOW, name="Bot X", base_url=url, poll_timeout=1
        )

    def says(self, text: str) -> bytes:
        self.leaves_waiting(text)
        return self.bot.waiting.popleft()

    def says_in_group(self, text: str) -> bytes:
        self.server.people.say(self.lan, self.group, f"@Bot X {text}", mentions=self.bot)
        return self.bot.waiting.popleft()

    def sends_photo(self, content: bytes) -> bytes:
        self.server.people.send_photo(self.lan, self.bot, content)
        return self.bot.waiting.popleft()

    def sends_sticker(self) -> bytes:
        self.server.people.send_sticker(self.lan, self.bot)
        return self.bot.waiting.popleft()

    def read(self) -> list[str]:
        return self.server.world.heard(self.lan)

    def leaves_waiting(self, text: str) -> None:
        self.server.people.say(self.lan, self.bot, text)

    async def takes_in(self, receive: Receive) -> None:
        await self.channel.run(receive)

    def block(self) -> None:
        self.server.people.block(self.lan, self.bot)

    def flood(self) -> None:
        self.server.faults.refuse("sendMessage", code=429)

    def lose_answer(self) -> None:
        self.server.faults.lose_answer("sendMessage")

    def gateway_fails(self) -> None:
        self.server.faults.page("sendMessage", status=502)

    def revoke(self) -> None:
        self.server.revoke(self.bot)


class TerminalRig:
    """The terminal, whose screen is a list."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        screen = Screen(operator_texts(), self.lines.append)
        terminal = TerminalChannel(screen, lambda: NOW)
        self.channel: Channel = terminal
        self.talk = Talk(terminal, "test", "Lan")
        self.photo = b""

    def says(self, text: str) -> bytes:
        return self.talk.update(Say(text))

    def says_in_group(self, text: str) -> bytes:
        return self.talk.update(Say(text), "Tổ 1")

    def sends_photo(self, content: bytes) -> bytes:
        return self.talk.update(Photo(""))

    def sends_sticker(self) -> bytes:
        return self.talk.update(Unreadable("sticker"))

    def read(self) -> list[str]:
        shown = "\n".join(line.strip() for line in self.lines)
        return [said.strip() for said in shown.split("Bot:")[1:]]


@asynccontextmanager
async def telegram() -> AsyncIterator[Networked]:
    async with TelegramServer(now=lambda: NOW).serve() as server:
        rig = TelegramRig(server)
        yield rig
        await rig.channel.close()


@asynccontextmanager
async def zalo() -> AsyncIterator[Networked]:
    async with ZaloServer(now=lambda: NOW).serve() as server:
        rig = ZaloRig(server)
        yield rig
        await rig.channel.close()


@asynccontextmanager
async def terminal() -> AsyncIterator[Rig]:
    yield TerminalRig()


NETWORKED: dict[str, Callable[[], AbstractAsyncContextManager[Networked]]] = {
    "telegram": telegram,
    "zalo": zalo,
    "zalo_oa": zalo_oa,
}
EVERY: dict[str, Callable[[], AbstractAsyncContextManager[Rig]]] = {
    **NETWORKED,
    "terminal": terminal,
}
