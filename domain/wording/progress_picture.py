"""The picture that goes with progress: asked for here, drawn when it is sent."""

from datetime import datetime

from domain.message import Document
from domain.progress import Progress, Standing

KIND = "progress_chart"

FEWEST = 2
"""Bars: with one there is nothing to compare."""


def picture(progress: Progress, programme: int, at: datetime) -> Document | None:
    """The children's bars as of a moment, or of the past day that the progress is of.

    None where fewer than two children have anything to show. Counts of units are public, so
    whoever may read the text may see it.
    """
    if len(shown(progress)) < FEWEST:
        return None
    asked: dict[str, int | str] = {
        "programme": programme,
        "unit": progress.standing.unit.id,
        "phase": progress.phase.id if progress.phase else 0,
    }
    if progress.past:
        asked["day"] = progress.past.isoformat()
    return Document(KIND, asked, at)


def shown(progress: Progress) -> tuple[Standing, ...]:
    """The best children with a quota or an entry that counts, best first."""
    return tuple(child for child in progress.children if child.target or child.count)
