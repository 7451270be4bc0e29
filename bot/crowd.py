"""How many updates are being taken in: when many come at one moment, what we say waits for them.

A network that delivers to us hangs up after two seconds and in the end turns us off; a person who
waits a second for an answer does not.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

MANY = 8
"""Updates at once; fewer are taken in before anybody would notice."""

LONGEST = timedelta(seconds=1)
"""How long answers wait at a stretch: where it is always crowded, both go on side by side."""


class Crowd:
    """Those that came and are not yet committed."""

    def __init__(self, clock: Callable[[], datetime], thinned: Callable[[], None]) -> None:
        """``thinned`` is called when answers need not wait any more."""
        self._clock = clock
        self._thinned = thinned
        self._count = 0
        self._since: datetime | None = None

    def came(self) -> None:
        """One more is being taken in."""
        self._count += 1
        if self._count == MANY + 1:
            self._since = self._clock()

    def left(self) -> None:
        """One of them is committed."""
        self._count -= 1
        if self._count == MANY:
            self._since = None
            self._thinned()

    def goes_first(self) -> bool:
        """Whether answers wait now."""
        return self._since is not None and self._clock() - self._since < LONGEST
