"""The Official Account with its network and one person on the other side."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channel import Channel, Receive
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.web import Server, application
from bot.zalo_oa import assumptions
from bot.zalo_oa.channel import ZaloOAChannel
from tests.bot.contract.rig import NOW, SECRET, Networked
from tests.support.oa_access import Consented


class ZaloOARig:
    """The simulated Official Account, which delivers to a web server of ours."""

    def __init__(self, server: ZaloOAServer) -> None:
        self.server = server
        server.faults.echoes = False
        self.oa = server.world.add_oa(webhook_secret=SECRET, package="Premium")
        self.tokens = Consented(server, self.oa)
        self.lan = server.world.add_person("Lan")
        server.people.follow(self.lan, self.oa)
        self.oa.waiting.clear()
        self.group = server.world.add_group(self.oa, "Tổ 1", self.lan)
        self.oa_channel = self.somewhere_else(server.url)
        self.channel: Channel = self.oa_channel

    def somewhere_else(self, url: str) -> ZaloOAChannel:
        return ZaloOAChannel(
            self.oa.id,
            self.tokens,
            app_id=self.oa.app_id,
            webhook_secret=SECRET,
            now=lambda: NOW,
            base_url=url,
        )

    def says(self, text: str) -> bytes:
        self.leaves_waiting(text)
        return self._told()

    def says_in_group(self, text: str) -> bytes:
        self.server.people.say(self.lan, self.group, text)
        return self._told()

    def sends_photo(self, content: bytes) -> bytes:
        self.server.people.send_photo(self.lan, self.oa, content)
        return self._told()

    def sends_sticker(self) -> bytes:
        self.server.people.send_sticker(self.lan, self.oa)
        return self._told()

    def read(self) -> list[str]:
        history = self.server.world.history(self.lan)
        return [
            "\n".join([m.text, *(each.title for each in m.buttons)]) for m in history if m.from_oa
        ]

    def leaves_waiting(self, text: str) -> None:
        self.server.people.say(self.lan, self.oa, text)

    async def takes_in(self, receive: Receive) -> None:
        web = Server(application(self.oa_channel.routes("/oa", receive), _is_well), "127.0.0.1", 0)
        self.oa.webhook_url = f"http://127.0.0.1:{await web.start()}/oa"
        try:
            while self.oa.waiting:
                headers, body = self.oa.waiting.popleft()
                await self.server.webhooks.post(self.oa, dict(headers), body)
            await self.channel.run(receive)
        finally:
            await web.close()

    def block(self) -> None:
        self.server.people.block(self.lan, self.oa)

    def flood(self) -> None:
        self.server.faults.refuse(assumptions.CONSULT_PATH, code=-32)

    def lose_answer(self) -> None:
        self.server.faults.lose_answer(assumptions.CONSULT_PATH)

    def gateway_fails(self) -> None:
        self.server.faults.page(assumptions.CONSULT_PATH, status=502)

    def revoke(self) -> None:
        self.oa.gone = True

    def _told(self) -> bytes:
        _, body = self.oa.waiting.popleft()
        return body


async def _is_well() -> bool:
    return True


@asynccontextmanager
async def zalo_oa() -> AsyncIterator[Networked]:
    async with ZaloOAServer(now=lambda: NOW).serve() as server:
        rig = ZaloOARig(server)
        yield rig
        await rig.channel.close()
