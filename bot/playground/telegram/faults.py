"""Switches that make the simulated server misbehave the way the real one sometimes does."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

Manner = Literal["refuse", "before", "after", "hang", "hang_after"]


@dataclass(slots=True)
class Fault:
    """What to do to the next `times` calls of `method`: "*" for any, "download" for a file."""

    method: str
    times: int
    manner: Manner
    code: int = 500
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The switches of one server; all off at first.

    `down` cuts every connection; `delay` holds every answer for so many real seconds.
    """

    def __init__(self) -> None:
        self.down = False
        self.delay = 0.0
        self.hanging = 0  # calls that hang now
        self._planned: list[Fault] = []
        self._released = asyncio.Event()

    def fail(
        self, method: str = "*", times: int = 1, code: int = 502, description: str = ""
    ) -> None:
        """Answer with an error and do nothing."""
        said = description or {502: "Bad Gateway", 500: "Internal Server Error"}.get(code, "Error")
        self._planned.append(Fault(method, times, "refuse", code, said))

    def flood(self, method: str = "*", times: int = 1, retry_after: int = 5) -> None:
        """Answer 429, whatever the windows say."""
        self._planned.append(
            Fault(
                method,
                times,
                "refuse",
                429,
                f"Too Many Requests: retry after {retry_after}",
                {"retry_after": retry_after},
            )
        )

    def cut(self, method: str = "*", times: int = 1) -> None:
        """Drop the connection before doing anything."""
        self._planned.append(Fault(method, times, "before"))

    def lose_answer(self, method: str = "*", times: int = 1) -> None:
        """Do it, then drop the connection: the caller cannot know."""
        self._planned.append(Fault(method, times, "after"))

    def hang(self, method: str = "*", times: int = 1, *, accept: bool = False) -> None:
        """Never answer until `release()`, having done it first if `accept`."""
        self._planned.append(Fault(method, times, "hang_after" if accept else "hang"))

    def clear(self) -> None:
        """Behave again, and let go of whoever hangs."""
        self.down = False
        self.delay = 0.0
        self._planned.clear()
        self.release()

    def release(self) -> None:
        """Let hanging calls go: their connections are dropped."""
        self._released.set()
        self._released = asyncio.Event()

    async def wait(self) -> None:
        """Hang until released."""
        try:
            await self._released.wait()
        finally:
            self.hanging -= 1

    def next(self, method: str) -> Fault | None:
        """The fault this call meets, counted down."""
        if not self._planned:
            return None
        name = method.lower()
        for fault in self._planned:
            if fault.method == "*" or fault.method.lower() == name:
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None
