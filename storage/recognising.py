"""Records a decision of recognition for entries: changed, counted, noted, and lines settled.

Chat and workbook record alike. Telling is theirs, and tallies come last in a turn.
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.initiative import Initiative, Recognition
from domain.recognition import recognised
from storage import entering, settling
from storage.entering import Count
from storage.store import Store

DEED = "recognise"


def record(
    store: Store,
    decision: Recognition,
    found: Sequence[Initiative],
    by: int | None,
    at: datetime,
    day: date,
) -> tuple[list[Initiative], list[Count]]:
    """Give a stored decision to entries; ``by`` is None for the operator, ``day`` is local."""
    done, counts = list[Initiative](), list[Count]()
    for entry in found:
        after = recognised(entry, decision)
        # No status changes, so there is no move to name anybody for.
        kept, more = entering.change(store, entry, after, by=by or entry.author, at=at, day=day)
        settling.settle_with(store, kept, decision, at)
        done.append(kept)
        counts += more
    detail = {"entries": [entry.id for entry in done]}
    store.audit.note(by, DEED, f"recognition:{decision.id}", at, detail, unit=decision.unit)
    return done, counts
