"""Keeping an entry and every change of it: its moves, its desk, and what it adds to the counts.

Chat and workbook enter alike. Tallies are handed back and not yet added: they come last in a turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.desk import desk_of
from domain.initiative import Desk, Initiative, Move, Tally, tally
from domain.person import Role
from domain.programme import Programme
from storage import settling
from storage.store import Store

MANY = 1000
"""Entries: more than anybody writes."""


@dataclass(frozen=True, slots=True)
class Count:
    """A signed change of the counts of a unit and all above it, on the local day of the event."""

    programme: int
    phase: int | None
    unit: int
    day: date
    change: Tally


def enter(
    store: Store,
    entry: Initiative,
    programme: Programme,
    day: date,
    at: datetime,
    waits_since: datetime | None = None,
    line: int | None = None,
) -> tuple[Initiative, Sequence[Count]]:
    """Keep a new entry, submitted on that local day; ``at`` is when we heard of it.

    ``waits_since`` is when it came before its reviewers, where that is another time: an old
    entry out of a workbook has not kept anybody waiting yet. ``line`` is the recognised line that
    it was begun from.
    """
    entry = _on_its_desk(store, entry, waits_since or at)
    recognised = settling.line_of(store, entry, line)
    if recognised:
        entry = settling.with_decision(store, entry, recognised, at)
    added = store.initiatives.add(entry, day)
    if recognised:
        settling.settle(store, recognised, added.id, at)
    store.initiatives.note_move(added.id, Move(added.status, added.enterer, at))
    return added, _counts(programme, None, added, day)


def change(
    store: Store,
    before: Initiative,
    after: Initiative,
    *,
    by: int,
    at: datetime,
    day: date,
    reason: str = "",
) -> tuple[Initiative, Sequence[Count]]:
    """Keep a changed entry, who moved it and why; the difference counts on this local day."""
    if after.status is not before.status:
        after = _on_its_desk(store, after, at)
        store.initiatives.note_move(after.id, Move(after.status, by, at, reason))
    store.initiatives.save(after)
    programme = store.programmes.get(after.programme)
    assert programme is not None
    return after, _counts(programme, before, after, day)


def add_counts(store: Store, counts: Sequence[Count]) -> None:
    """Count; the last thing of a turn."""
    for each in counts:
        store.tallies.add(each.programme, each.phase, each.unit, each.day, each.change)


def off_own_desk(store: Store, author: int) -> None:
    """What somebody wrote lies on no desk of their own, once it turns out that both are one."""
    for listed in store.initiatives.mine(author, MANY):
        entry = store.initiatives.get(listed.id)
        if entry is None or entry.author != author or entry.desk is not Desk.CHAIR:
            continue
        after = _on_its_desk(store, entry, entry.desk_since or entry.submitted_at)
        if after.desk is not entry.desk:
            store.initiatives.save(after)


def _on_its_desk(store: Store, entry: Initiative, at: datetime) -> Initiative:
    chairs = store.people.holders(Role.CHAIR, store.units.path(entry.unit))
    desk = desk_of(entry, has_chair=any(chair.id != entry.author for chair in chairs))
    return replace(entry, desk=desk, desk_since=at if desk else None)


def _counts(
    programme: Programme, before: Initiative | None, after: Initiative, day: date
) -> list[Count]:
    """An entry that changed unit or phase leaves the one and comes to the other."""
    rule = programme.needs_recognition
    if before is not None and (before.unit, before.phase) != (after.unit, after.phase):
        return [
            Count(programme.id, before.phase, before.unit, day, Tally() - tally(before, rule)),
            Count(programme.id, after.phase, after.unit, day, tally(after, rule)),
        ]
    difference = tally(after, rule) - tally(before, rule)
    return [Count(programme.id, after.phase, after.unit, day, difference)] if difference else []
