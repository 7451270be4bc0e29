"""The line between browser and page, which can be cut: a SOCKS 5 proxy (RFC 1928)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PIECE = 65536

WELCOME = b"\x05\x00"
CONNECTED = b"\x05\x00\x00\x01" + bytes(6)
"""No password wanted; and: it stands, from any address."""


class Wire:
    """To one port of this machine; whole until it is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Break every connection, and let nobody make one."""
        self._whole = False
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        """Let everybody through again."""
        self._whole = True

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """While the block runs; the address for a browser's settings."""
        server = await asyncio.start_server(self._joined, "127.0.0.1", 0)
        try:
            yield f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            server.close()
            self.cut()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(WELCOME)
        *_, length = await reader.readexactly(5)
        await reader.readexactly(length + 2)  # whose name and port are known
        writer.write(CONNECTED)
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        both = {writer, back}
        self._ends |= both
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pass(reader, back))
                group.create_task(_pass(there, writer))
        finally:
            self._ends -= both
            for end in both:
                end.transport.abort()


async def _pass(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await come.read(PIECE):
            go.write(piece)
            await go.drain()
    go.close()
