"""Which handler answers a turn: the function that made the reply which the router gave.

Found out by looking on while the turn runs, so that no handler has to say its name.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from handlers import router
from handlers.tables import buttons, commands, talks

ROUTING = (router, buttons, commands, talks)
"""Modules that only say who answers."""

OWN = frozenset({*(module.__name__ for module in ROUTING), "handlers.context"})
"""No function of these is a handler: it answers itself only where nothing else did."""


class Answering:
    """``handler`` is its dotted name once the router has answered; "" before."""

    def __init__(self) -> None:
        self.handler = ""
        self._replies: list[tuple[Any, str, str]] = []
        """What came back to the router, from which module and which of its functions."""

    def look(self, frame: FrameType, event: str, value: Any) -> None:
        """Note what comes back to the router; a profile function."""
        if event != "return":
            return
        caller = frame.f_back
        if frame.f_code is router.answer.__code__:
            self._end(value)
        elif caller is not None and id(caller.f_globals) in _ROUTING and value is not None:
            module = str(frame.f_globals["__name__"])
            self._replies.append((value, module, frame.f_code.co_qualname))

    def _end(self, reply: Any) -> None:
        """The innermost function that made this very reply has answered."""
        makers = [maker for value, *maker in self._replies if value is reply]
        handlers = [maker for maker in makers if maker[0] not in OWN]
        routers = [maker for maker in makers if maker[0] == router.__name__]
        found = [*handlers, *routers, [router.__name__, router.answer.__name__]]
        self.handler = ".".join(found[0])
        self._replies.clear()


@contextmanager
def answering() -> Iterator[Answering]:
    """Look on, on this thread, while the block runs."""
    found, before = Answering(), sys.getprofile()
    sys.setprofile(found.look)
    try:
        yield found
    finally:
        sys.setprofile(before)


_ROUTING = frozenset(id(module.__dict__) for module in ROUTING)
