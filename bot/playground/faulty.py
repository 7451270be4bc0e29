"""Switches that make a simulated network misbehave, and the misbehaving itself."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

Manner = Literal["refuse", "page", "before", "after", "hang"]


@dataclass(slots=True)
class Fault:
    """What to do to the next ``times`` calls of ``method``; "*" is any, "download" a file."""

    method: str
    times: int
    manner: Manner
    code: int = 0
    description: str = ""


class FaultPlan:
    """The faults of one server that wait for a call."""

    def __init__(self) -> None:
        self.down = False
        """Every connection is cut."""
        self.delay = 0.0
        """Real seconds that every answer is held."""
        self.hanging = 0
        """Calls that hang now."""
        self._planned: list[Fault] = []
        self._released = asyncio.Event()

    def refuse(
        self, method: str = "*", times: int = 1, code: int = 400, description: str = ""
    ) -> None:
        """Answer with an error in the body and HTTP 200, having done nothing."""
        self._planned.append(Fault(method, times, "refuse", code, description))

    def page(self, method: str = "*", times: int = 1, status: int = 502) -> None:
        """Answer with the HTML page of a gateway and a real status."""
        self._planned.append(Fault(method, times, "page", status))

    def cut(self, method: str = "*", times: int = 1) -> None:
        """Drop the connection before doing anything."""
        self._planned.append(Fault(method, times, "before"))

    def lose_answer(self, method: str = "*", times: int = 1) -> None:
        """Do it, then drop the connection: the caller cannot know."""
        self._planned.append(Fault(method, times, "after"))

    def hang(self, method: str = "*", times: int = 1) -> None:
        """Do nothing and never answer, until ``clear``."""
        self._planned.append(Fault(method, times, "hang"))

    def clear(self) -> None:
        """Behave again, and let go of whoever hangs."""
        self.down = False
        self.delay = 0.0
        self._planned.clear()
        self._released.set()
        self._released = asyncio.Event()

    async def wait(self) -> None:
        """Hang until cleared."""
        self.hanging += 1
        try:
            await self._released.wait()
        finally:
            self.hanging -= 1

    def next(self, method: str) -> Fault | None:
        """The fault this call meets, counted down."""
        for fault in self._planned:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None

    async def misbehave(self, request: web.BaseRequest, fault: Fault | None) -> web.Response:
        """Fail a call as its fault says, or by a cut where there is none."""
        if fault is not None and fault.manner == "page":
            page = "<html>Bad Gateway</html>"
            return web.Response(status=fault.code, text=page, content_type="text/html")
        if fault is not None and fault.manner == "hang":
            await self.wait()
        return cut(request)


def cut(request: web.BaseRequest) -> web.Response:
    """Drop the connection; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
