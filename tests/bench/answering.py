"""A keep-alive HTTP/1.1 connection that costs next to nothing, for the networks of benchmarks."""

import asyncio
from abc import abstractmethod


class Connection(asyncio.Protocol):
    """Requests carry a Content-Length, as all the clients here send one."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    @abstractmethod
    def asked(self, path: str, head: str, body: bytes) -> None:
        """Answer one request with ``reply``; ``head`` is in lower case."""

    def reply(self, body: bytes, status: str = "200 OK") -> None:
        """Answer, unless whoever asked has hung up."""
        if self._transport is None or self._transport.is_closing():
            return
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
        self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("latin-1")
            lowered = head.lower()
            length = int(header(lowered, "content-length") or 0)
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self.asked(head.split(" ", 2)[1], lowered, body)


def header(lowered: str, name: str) -> str:
    """A header of a head in lower case; "" where it is not sent."""
    start = lowered.find(f"\r\n{name}:")
    if start < 0:
        return ""
    start += len(name) + 3
    end = lowered.find("\r\n", start)
    return lowered[start : end if end >= 0 else None].strip()
