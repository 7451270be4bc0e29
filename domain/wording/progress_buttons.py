"""The ways on from a unit's progress: other phases, the units below and above, the weeks."""

from dataclasses import replace

from domain.look import Look
from domain.message import Button
from domain.progress import Progress
from domain.texts import Texts
from domain.vietnamese import format_count

Rows = tuple[tuple[Button, ...], ...]

SHOW, UNITS, EMPTY, WEEKS, DETAILS = (
    "progress",
    "progress_units",
    "progress_empty",
    "progress_weeks",
    "progress_details",
)
"""Verbs."""

HIDDEN = " "
"""Said in place of a number where there are no buttons: one line tells all the words instead."""


def look_of(progress: Progress) -> Look:
    """What this progress is of."""
    phase = progress.phase.id if progress.phase else 0
    return Look(progress.standing.unit.id, phase if progress.phases else None, progress.past)


def buttons(progress: Progress, texts: Texts, *, numbered: bool, in_group: bool) -> Rows:
    """The rows under it. In a group a bare number may be anybody's, so it chooses nothing there."""
    look, unit = look_of(progress), progress.standing.unit
    spans = [
        Button(phase.name, replace(look, phase=phase.id).action(SHOW))
        for phase in progress.phases
        if phase != progress.phase
    ]
    if progress.phase:
        whole = texts("progress.button_whole")
        spans.append(Button(whole, replace(look, phase=0).action(SHOW)))
    below = []
    if progress.below.units:
        count = format_count(progress.below.units)
        below.append(Button(texts("progress.button_units", count=count), look.action(UNITS)))
    if progress.below.empty:
        count = format_count(progress.below.empty)
        below.append(Button(texts("progress.button_empty", count=count), look.action(EMPTY)))
    others = []
    if unit.parent is not None:
        up = Look(unit.parent, day=look.day)
        others.append(Button(texts("progress.button_up"), up.action(SHOW)))
    if progress.past is None:
        others.append(Button(texts("progress.button_weeks"), look.action(WEEKS)))
    if not numbered:
        others.append(Button(texts("progress.button_details"), look.action(DETAILS)))
    rows = tuple(tuple(row) for row in (spans, below, others) if row)
    words = "progress.more_in_group" if in_group else "progress.more_words"
    return rows if numbered else spelt_out(rows, texts(words))


def spelt_out(rows: Rows, words: str) -> Rows:
    """Without numbers: the first button carries the words to type instead, for all of them."""
    hidden = [[replace(button, typed=HIDDEN) for button in row] for row in rows]
    if hidden:
        hidden[0][0] = replace(hidden[0][0], typed=words)
    return tuple(tuple(row) for row in hidden)
