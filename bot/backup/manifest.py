"""What an archive says of itself: its last part, by which all others are checked."""

from datetime import datetime
from importlib.metadata import version
from typing import Annotated, Literal

import msgspec

FORMAT = 1
"""Raised when an older program could no longer make sense of an archive."""

NAME = "manifest.json"
DATABASE = "sangkien.sqlite3"
"""The database's name in an archive."""


class Part(msgspec.Struct, frozen=True):
    """One file of the archive."""

    name: str
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole list. Fields that a newer program adds are passed over."""

    format: int
    program: str
    """The version that made it."""
    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    """A server's own data are not in the archive: pg_dump keeps them."""
    revision: str | None
    """The newest migration that the database had seen."""
    counts: dict[str, int]
    """Rows of each table."""
    parts: list[Part]
    missing: list[str] = []
    """Contents that the database refers to and the disk did not have."""
    damaged: list[str] = []
    """Contents that were no longer what their name says; in the archive as they were."""

    @property
    def size(self) -> int:
        """Bytes of all parts together."""
        return sum(part.size for part in self.parts)

    @property
    def files(self) -> int:
        """How many contents there are beside the database."""
        return sum(part.name != DATABASE for part in self.parts)


def program() -> str:
    """This program's own version."""
    return version("sangkien-bot")
