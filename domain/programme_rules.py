"""What of a programme may be changed while it runs: which count, which quota, whose decision."""

from dataclasses import replace
from enum import StrEnum

from domain.person import Person, Role
from domain.programme import Counted, Programme, QuotaKind


class Rule(StrEnum):
    """A rule that has two ways."""

    COUNTS = "counts"
    AGAINST = "against"
    STEPS = "steps"
    RECOGNITION = "recognition"


WAYS: dict[Rule, tuple[str, str]] = {
    Rule.COUNTS: (Counted.VALID.value, Counted.SUBMITTED.value),
    Rule.AGAINST: (QuotaKind.ASSIGNED.value, QuotaKind.REGISTERED.value),
    Rule.STEPS: ("1", "2"),
    Rule.RECOGNITION: ("yes", "no"),
}


def way(programme: Programme, rule: Rule) -> str:
    """How the programme does it now.

    >>> from datetime import date
    >>> day = date(2026, 1, 1)
    >>> way(Programme(1, "p", "P", "LS", day, day, day, day), Rule.RECOGNITION)
    'yes'
    """
    return {
        Rule.COUNTS: programme.counts.value,
        Rule.AGAINST: programme.against.value,
        Rule.STEPS: str(programme.review_steps),
        Rule.RECOGNITION: "yes" if programme.needs_recognition else "no",
    }[rule]


def other_way(programme: Programme, rule: Rule) -> str:
    """What it would be changed to."""
    one, other = WAYS[rule]
    return other if way(programme, rule) == one else one


def changed(programme: Programme, rule: Rule, to: str) -> Programme:
    """The programme with one rule changed, of those that counts are not kept by."""
    if rule is Rule.COUNTS:
        return replace(programme, counts=Counted(to))
    if rule is Rule.AGAINST:
        return replace(programme, against=QuotaKind(to))
    assert rule is Rule.STEPS
    return replace(programme, review_steps=int(to))


def may_change(person: Person | None, root: int) -> bool:
    """Only whoever looks after the whole union: the rules hold for every unit."""
    if person is None:
        return False
    return any(g.unit == root and g.role in (Role.OFFICER, Role.ADMIN) for g in person.grants)
