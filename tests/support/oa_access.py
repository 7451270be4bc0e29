"""Access to a simulated Official Account without a database."""

import asyncio

from bot.playground.zalo_oa.world import OA
from bot.playground.zalo_oa_server import ZaloOAServer
from bot.wire import CallFailed
from bot.zalo_oa.errors import NoToken


class Consented:
    """An OA whose administrator has consented: what is refused is replaced at once."""

    def __init__(self, server: ZaloOAServer, oa: OA) -> None:
        self.server = server
        self.oa = oa
        self.renewed = 0
        self.fails: CallFailed | None = None
        """Raised instead of giving a token."""
        self.kept_fresh = asyncio.Event()
        """Set once somebody has begun to replace tokens in time."""
        server.issue(oa)

    async def access(self) -> str:
        if self.fails is not None:
            raise self.fails
        pair = self.server.oauth.pairs.get(self.oa.id)
        if pair is None:
            raise NoToken(f"{self.oa.id}: nobody has consented yet")
        return pair.access

    async def renew(self, bad: str) -> str:
        self.renewed += 1
        await self.access()
        return self.server.issue(self.oa).access

    async def keep_fresh(self) -> None:
        self.kept_fresh.set()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing is held."""
