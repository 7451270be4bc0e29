"""Which document is drawn by what."""

from collections.abc import Callable
from pathlib import Path

from bot.channel import Rendered
from bot.documents import (
    entry_paper,
    evidence,
    guide,
    progress_chart,
    progress_paper,
    qr,
    quota_plan,
    review_paper,
)
from bot.documents.material import Material
from domain.house import House
from domain.message import Document
from storage.engine import Database

Draw = Callable[[Document, Material], Rendered | None]


def _audit_log(document: Document, given: Material) -> Rendered | None:
    from bot.documents.audit_log import draw as draw_log

    return draw_log(document, given)


def _calls(document: Document, given: Material) -> Rendered | None:
    from bot.documents.calls import draw as draw_calls

    return draw_calls(document, given)


def _entries_table(document: Document, given: Material) -> Rendered | None:
    # Workbooks load slowly: not at every start.
    from bot.documents.entries_table import draw as draw_entries

    return draw_entries(document, given)


def _ledger(document: Document, given: Material) -> Rendered | None:
    from bot.documents.ledger import draw as draw_ledger

    return draw_ledger(document, given)


KINDS: dict[str, Draw] = {
    "review_paper": review_paper.draw,
    "entry_paper": entry_paper.draw,
    "audit_log": _audit_log,
    "calls": _calls,
    "entries_table": _entries_table,
    "evidence": evidence.draw,
    "guide": guide.draw,
    "ledger": _ledger,
    "progress_chart": progress_chart.draw,
    "progress_table": progress_paper.draw,
    "qr": qr.draw,
    "quota_plan": quota_plan.draw,
}


def draw(document: Document, database: Database, files: Path, house: House) -> Rendered | None:
    """Draw it on a reading connection; to be called off the event loop."""
    with database.reader() as session:
        session.begin()
        drawn = KINDS[document.kind](document, Material(session.store, files, house))
        session.rollback()
        return drawn
