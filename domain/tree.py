"""The dated tree of units: where a unit stood when, and which changes of it make sense."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.errors import Rejected
from domain.units import Place, Unit

DAY = timedelta(days=1)


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


def check_day(unit: Unit, day: date, today: date | None) -> None:
    """Rejected when the unit was not there yet, or when that day has not come."""
    if today is not None and day > today:
        raise Rejected("tree_future")
    if day < unit.valid_from:
        raise Rejected("tree_early", unit=unit.name, since=unit.valid_from)


def check_open(unit: Unit) -> None:
    """Rejected when the unit has ended."""
    if unit.valid_to is not None:
        raise Rejected("tree_closed", unit=unit.name)


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
