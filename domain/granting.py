"""Who may give which role, and take it away: none above one's own, none outside one's subtree."""

from collections.abc import Iterable

from domain.person import Person, Role

RANK = (Role.HELPER, Role.CHAIR, Role.OFFICER, Role.ADMIN)
"""From the least to the most."""

_GIVES = {Role.HELPER: 0, Role.CHAIR: 1, Role.OFFICER: 3, Role.ADMIN: 4}
"""How many of them each may give: a chair names helpers, an officer also other officers."""


def grantable(person: Person, path: Iterable[int]) -> tuple[Role, ...]:
    """The roles that this person may give on the last unit of a path from the root.

    >>> from domain.person import Grant
    >>> chair = Person(1, "A", 7, grants=(Grant(Role.CHAIR, 7),))
    >>> grantable(chair, (1, 7)), grantable(chair, (1, 8))
    ((<Role.HELPER: 'helper'>,), ())
    """
    units = set(path)
    most = max((_GIVES[g.role] for g in person.grants if g.unit in units), default=0)
    return RANK[:most]
