"""Settles lines of recognised initiatives with the entries that they waited for.

An entry that settles a line carries its decision, and so it counts.
"""

from dataclasses import replace
from datetime import datetime

from domain.initiative import Initiative, Recognition
from domain.recognised_lines import RecognisedLine, is_recognised_by, is_same, people_of
from domain.recognition import recognised
from storage.store import Store


def line_of(store: Store, entry: Initiative, begun_from: int | None) -> RecognisedLine | None:
    """The open line that a new entry was begun from, else the one of its title and author."""
    line = store.recognised_lines.get(begun_from) if begun_from else None
    if line is not None and line.settled_at is None and line.programme == entry.programme:
        return line
    waiting = store.recognised_lines.open_of(entry.programme, entry.unit)
    people = people_behind(store, entry) if waiting else ()
    return next((each for each in waiting if is_same(each, entry.title, people)), None)


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


def settle(store: Store, line: RecognisedLine, entry: int, at: datetime) -> None:
    """This entry is what the line waited for."""
    store.recognised_lines.save(replace(line, initiative=entry, settled_at=at))


def settle_with(store: Store, entry: Initiative, decision: Recognition, at: datetime) -> None:
    """Settle what waited for an entry that a decision was recorded for."""
    waiting = store.recognised_lines.open_of(entry.programme, entry.unit)
    people = people_behind(store, entry) if waiting else ()
    for line in waiting:
        if is_same(line, entry.title, people) or is_recognised_by(
            line, decision.number, entry.title
        ):
            settle(store, line, entry.id, at)
