"""Which document is drawn by what."""

from collections.abc import Callable
from pathlib import Path

from bot.channel import Rendered
from bot.documents import evidence
from domain.message import Document
from storage.engine import Database
from storage.store import Store

Draw = Callable[[Document, Store, Path], Rendered | None]

KINDS: dict[str, Draw] = {"evidence": evidence.draw}


def draw(document: Document, database: Database, files: Path) -> Rendered | None:
    """Draw it on a reading connection; to be called off the event loop."""
    with database.reader() as session:
        session.begin()
        drawn = KINDS[document.kind](document, session.store, files)
        session.rollback()
        return drawn
