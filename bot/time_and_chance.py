"""The one place that reads the clock and draws: everything else is given time and chance."""

import random
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from domain.codes import ALPHABET, LENGTH


class Clock:
    """The world's time; or a time of its own that starts where told and may be moved forward."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._began = time.monotonic()
        self._moved = timedelta(0)

    def __call__(self) -> datetime:
        """Now, UTC."""
        if self._start is None:
            return datetime.now(UTC)
        elapsed = timedelta(seconds=time.monotonic() - self._began)
        return self._start + elapsed + self._moved

    @property
    def movable(self) -> bool:
        """Whether it is a time of its own."""
        return self._start is not None

    def forward(self, by: timedelta) -> None:
        """Move it; never back."""
        assert self.movable and by >= timedelta(0)
        self._moved += by


def fresh_code() -> str:
    """A one-time code nobody has seen; it holds a digit, which tells it from a word."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(sign.isdigit() for sign in code):
            return code


def fresh_name() -> str:
    """A name for this run that no other run had."""
    return secrets.token_hex(6)


def fresh_token() -> str:
    """A name that nobody can guess, for an address: 192 bits of A-Z a-z 0-9 _ -."""
    return secrets.token_urlsafe(24)


def fresh_jitter() -> Callable[[], float]:
    """Draws between 0 and 1, in an order that no other run had."""
    return random.Random(secrets.randbits(64)).random
