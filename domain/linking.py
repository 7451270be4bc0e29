"""One person, several accounts (nối tài khoản): what becomes of two who turn out to be one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.address import Account
from domain.person import Person
from domain.vietnamese import fold, given_name

PURPOSE = "link"
"""What a ticket that links accounts is good for."""

LIVES = timedelta(minutes=15)
"""How long a code is good: who asks for one has the other account at hand."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An account of somebody, and since when it is theirs."""

    account: Account
    at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who say that they are one: all of the younger goes to the older."""

    older: Person
    younger: Person

    @property
    def units(self) -> tuple[int, ...]:
        """The units they could belong to: two where one must be chosen."""
        both = (self.older.unit, self.younger.unit)
        return tuple(dict.fromkeys(unit for unit in both if unit is not None))

    @property
    def alike(self) -> bool:
        """Whether their names may well be one person's."""
        return alike(self.older.name, self.younger.name)

    @property
    def name(self) -> str:
        """The name that stays: the older one, unless the younger only writes it out better."""
        older, younger = self.older.name, self.younger.name
        if fold(older) == fold(younger):
            return older if older.casefold() != fold(older) else younger
        return younger if _words(older) < _words(younger) else older

    def united(self, unit: int | None, last: Person) -> Person:
        """The one they are from now on, in the unit they chose; ``last`` is who writes just now.

        They are vouched for in a unit if either was there.
        """
        both = (self.older, self.younger)
        return replace(
            self.older,
            name=self.name,
            unit=unit,
            vouched=any(each.vouched for each in both if each.unit == unit),
            consent=self.older.consent or self.younger.consent,
            address=last.address,
            reachable=last.reachable,
        )


def pair_of(one: Person, other: Person) -> Pair:
    """Whoever joined first is the older."""
    return Pair(*sorted((one, other), key=lambda each: each.id))


def newcomer(redeemer: Person, giver: Person) -> Person:
    """Whose accounts count as linked last: those of whoever said the code.

    But whoever holds a role lets somebody in, and is never put out by them.
    """
    return giver if redeemer.grants and not giver.grants else redeemer


def alike(one: str, other: str) -> bool:
    """Whether two names may be one person's: one's given name is in the other.

    >>> alike("Nguyễn Văn Vũ", "nguyen v vu"), alike("Vũ Nguyễn", "Nguyễn Văn Vũ")
    (True, True)
    >>> alike("Nguyễn Văn Vũ", "Trần Thị B")
    False
    """
    given = fold(given_name(one)), fold(given_name(other))
    return given[0] in _words(other) or given[1] in _words(one)


def linked_last(links: Sequence[Linked]) -> tuple[Linked, ...]:
    """What taking a link apart takes away: the accounts that came last, never the first one.

    So whoever got in with somebody's code cannot put them out.
    """
    times = {link.at for link in links}
    if len(times) < 2:
        return ()
    return tuple(link for link in links if link.at == max(times))


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())
