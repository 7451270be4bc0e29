"""One clock for the network, the people and the bot: it moves only when told and outlives a kill.

It is eight bytes of a file that all processes map: microseconds since 1970, UTC.
"""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.time_and_chance import Clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CELL = struct.Struct("<q")


class MovedClock(Clock):
    """Call it for the time; whoever moves it moves it for all."""

    def __init__(self, file: Path) -> None:
        super().__init__(EPOCH)
        with file.open("r+b") as opened:
            self._cell = mmap.mmap(opened.fileno(), CELL.size)

    @classmethod
    def begin(cls, file: Path, now: datetime) -> "MovedClock":
        """A new one that says ``now``."""
        file.write_bytes(CELL.pack((now - EPOCH) // MICROSECOND))
        return cls(file)

    def __call__(self) -> datetime:
        """Now, UTC."""
        (micros,) = CELL.unpack_from(self._cell)
        return EPOCH + int(micros) * MICROSECOND

    def forward(self, by: timedelta) -> None:
        """Move it; never back."""
        assert by >= timedelta(0)
        CELL.pack_into(self._cell, 0, (self() + by - EPOCH) // MICROSECOND)

    def reach(self, moment: datetime) -> None:
        """Move it there, unless it is later already."""
        self.forward(max(timedelta(0), moment - self()))
