"""Settles lines of recognised initiatives with the entries that they waited for.

An entry that settles a line carries its decision, and so it counts.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain.initiative import Initiative, Recognition
from domain.person import Person
from domain.recognised_lines import (
    RecognisedLine,
    is_recognised_by,
    is_same,
    only_one_called,
    people_of,
)
from domain.recognition import recognised
from storage.recognised_lines import MEMBERS_MOST
from storage.store import Store


def line_of(store: Store, entry: Initiative, begun_from: int | None) -> RecognisedLine | None:
    """The open line that a new entry was begun from, else the one of its title and author."""
    line = still_open(store, begun_from) if begun_from else None
    if line is not None and line.programme == entry.programme:
        return line
    waiting = store.recognised_lines.open_of(entry.programme, entry.unit)
    people = people_behind(store, entry) if waiting else ()
    same = (each for each in waiting if is_same(each, entry.title, people))
    return next((line for each in same if (line := still_open(store, each.id))), None)


def with_decision(
    store: Store, entry: Initiative, line: RecognisedLine, at: datetime
) -> Initiative:
    """The new entry with the line's decision."""
    decision = kept_decision(store, line.decision, None, at)
    return replace(recognised(entry, decision), version=entry.version)


def people_behind(store: Store, entry: Initiative) -> tuple[str, ...]:
    """The names of an entry's author and co-authors."""
    author = store.people.get(entry.author)
    return people_of(entry, author.name if author else "")


def kept_decision(store: Store, decision: Recognition, by: int | None, at: datetime) -> Recognition:
    """The decision as it was kept before for others of the unit, else kept now."""
    return store.recognitions.same_as(decision) or store.recognitions.add(decision, by, at)


def still_open(store: Store, id: int) -> RecognisedLine | None:
    """The line, if nothing has settled it; it stays so until the commit."""
    line = store.recognised_lines.get(id)
    return line if line is not None and line.settled_at is None else None


def author_of(store: Store, line: RecognisedLine, members: Iterable[Person]) -> int | None:
    """Its author, who may have come to the unit after the list; then it is kept."""
    if line.author is not None:
        return line.author
    found, fresh = only_one_called(line.author_name, members), still_open(store, line.id)
    if found is None or fresh is None:
        return None
    store.recognised_lines.save(replace(fresh, author=found.id))
    return found.id


def find_authors(store: Store, programme: int, unit: int) -> None:
    """Look once more who wrote what waits in this very unit: somebody may have joined since."""
    waiting = store.recognised_lines.open_of(programme, unit)
    nobody = [line for line in waiting if line.author is None]
    members = store.people.members_of(unit, MEMBERS_MOST) if nobody else ()
    for line in nobody:
        author_of(store, line, members)


def settle(store: Store, line: RecognisedLine, entry: int, at: datetime) -> None:
    """This entry is what the line waited for; what another settled meanwhile stays so."""
    if fresh := still_open(store, line.id):
        store.recognised_lines.save(replace(fresh, initiative=entry, settled_at=at))


def settle_with(store: Store, entry: Initiative, decision: Recognition, at: datetime) -> None:
    """Settle what waited for an entry that a decision was recorded for."""
    waiting = store.recognised_lines.open_of(entry.programme, entry.unit)
    people = people_behind(store, entry) if waiting else ()
    for line in waiting:
        if is_same(line, entry.title, people) or is_recognised_by(
            line, decision.number, entry.title
        ):
            settle(store, line, entry.id, at)
