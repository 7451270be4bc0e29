"""The picture that goes with progress: asked for here, drawn when it is sent."""

from datetime import datetime

from domain.message import Document
from domain.progress import Progress, Standing

KIND = "progress_chart"

FEWEST = 2
"""Bars: with one there is nothing to compare."""


def picture(progress: Progress, programme: int, at: datetime) -> Document | None:
    """The children's bars as of a moment, in the phase that the progress is of.

    None where fewer than two children have anything to show. Counts of units are public, so
    whoever may read the text may see it.
    """
    if len(shown(progress)) < FEWEST:
        return None
    unit = progress.standing.unit.id
    phase = progress.phase.id if progress.phase else 0
    return Document(KIND, {"programme": programme, "unit": unit, "phase": phase}, at)


def shown(progress: Progress) -> tuple[Standing, ...]:
    """The children with a quota or a valid entry, in their order."""
    return tuple(child for child in progress.children if child.target or child.count)
