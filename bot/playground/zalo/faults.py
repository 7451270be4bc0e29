"""Switches that make the simulated Zalo misbehave the way the real one does or may."""

import asyncio
from dataclasses import dataclass
from typing import Literal

Manner = Literal["refuse", "page", "before", "after", "hang"]


@dataclass(slots=True)
class Fault:
    """What to do to the next ``times`` calls of ``method``; "*" is any, "download" a photo."""

    method: str
    times: int
    manner: Manner
    code: int = 0
    description: str = ""


class Faults:
    """The switches of one server; all off at first."""

    def __init__(self) -> None:
        self.down = False
        """Every connection is cut."""
        self.wrapped = False
        """Webhook bodies come wrapped in ``{"ok": true, "result": …}``, as the docs show."""
        self.photo_field = "photo_url"
        """``photo`` as in the docs; the live payload says ``photo_url``."""
        self.links_expired = False
        """Links to people's photos are dead."""
        self.delivers_nothing = False
        """Sends are answered well and reach nobody (seen with voices in groups)."""
        self._planned: list[Fault] = []
        self._released = asyncio.Event()

    def refuse(
        self, method: str = "*", times: int = 1, code: int = 400, description: str = ""
    ) -> None:
        """Answer ``ok: false`` with HTTP 200, having done nothing."""
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
        self._planned.clear()
        self._released.set()
        self._released = asyncio.Event()

    async def wait(self) -> None:
        """Hang until cleared."""
        await self._released.wait()

    def next(self, method: str) -> Fault | None:
        """The fault this call meets, counted down."""
        for fault in self._planned:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None
