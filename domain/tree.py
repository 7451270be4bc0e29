"""The dated tree of units: where a unit stood when, and which changes of it make sense."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.errors import Rejected
from domain.units import Place, Unit
from domain.vietnamese import format_date

DAY = timedelta(days=1)

NAMED_MOST = 5
"""Units named in one sentence."""


def place_on(places: Sequence[Place], day: date) -> Place:
    """Where a unit stood on that day; its first place reaches back to whatever came before.

    >>> first = Place(7, 1, date(2024, 1, 1), date(2025, 6, 30))
    >>> then = Place(7, 2, date(2025, 7, 1))
    >>> [place_on((first, then), day).parent for day in (date(2020, 1, 1), date(2025, 7, 1))]
    [1, 2]
    """
    begun = [place for place in places if place.valid_from <= day]
    return max(begun or [places[0]], key=lambda place: place.valid_from)


def placed(places: Sequence[Place], parent: int, day: date) -> tuple[Place, ...]:
    """All places of a unit once it stands below ``parent`` from that day on.

    Whatever was said of later days no longer holds: the unit stands there until it is moved again.

    >>> first = Place(7, 1, date(2024, 1, 1))
    >>> for place in placed((first,), 2, date(2025, 7, 1)):
    ...     print(place.parent, place.valid_from, place.valid_to)
    1 2024-01-01 2025-06-30
    2 2025-07-01 None
    """
    before = [place for place in places if place.valid_from < day]
    if before and before[-1].parent == parent:
        return (*before[:-1], replace(before[-1], valid_to=None))
    if before:
        before[-1] = replace(before[-1], valid_to=day - DAY)
    return (*before, Place(places[0].unit, parent, day))


def stands_above(
    unit: int, parent: int, since: date, places_of: Callable[[int], Sequence[Place]]
) -> bool:
    """Whether ``unit`` is ``parent`` or stands above it on any day from ``since`` on.

    It must not: below its own subtree it would stand above itself.
    """
    waiting: list[tuple[int, date, date]] = [(parent, since, date.max)]
    while waiting:
        id, first, last = waiting.pop()
        if id == unit:
            return True
        for number, place in enumerate(places_of(id)):
            begins = max(first, place.valid_from) if number else first
            ends = min(last, place.valid_to or date.max)
            if place.parent is not None and begins <= ends:
                waiting.append((place.parent, begins, ends))
    return False


def check_day(unit: Unit, day: date, today: date | None) -> None:
    """Rejected when the unit was not there yet, or when that day has not come."""
    if today is not None and day > today:
        raise Rejected("tree_future")
    if day < unit.valid_from:
        raise Rejected("tree_early", unit=unit.name, since=format_date(unit.valid_from))


def check_open(unit: Unit) -> None:
    """Rejected when the unit has ended."""
    if unit.valid_to is not None:
        raise Rejected("tree_closed", unit=unit.name)


def check_childless(unit: Unit, children: Sequence[Unit]) -> None:
    """Rejected when units that have not ended stand right below; a few of them are named."""
    left = [child.name for child in children if child.valid_to is None]
    if left:
        named = ", ".join(left[:NAMED_MOST])
        raise Rejected("tree_children", unit=unit.name, count=len(left), children=named)


def check_not_root(unit: Unit) -> None:
    """Rejected for the unit that all others stand below."""
    if unit.parent is None:
        raise Rejected("tree_root", unit=unit.name)


def renamed(before: Unit, after: Unit) -> Unit:
    """The unit under its new code and name, still known by the former ones.

    >>> from datetime import date
    >>> old = Unit(1, "CTN27", "Cấp nước", "cdcs", None, date(2024, 1, 1))
    >>> renamed(old, replace(old, name="Cấp thoát nước")).aliases
    ('Cấp nước',)
    """
    called = {after.name, after.code}
    former = (one for one in (before.name, before.code) if one not in called)
    return replace(after, aliases=tuple(dict.fromkeys((*after.aliases, *former))))
