"""Who looks at an entry next: its chair, an officer above, or nobody."""

from datetime import timedelta

from domain.initiative import Desk, Initiative, Status

CHAIR_HAS = timedelta(days=5)
"""An entry that its chair left lying for so long goes to the officer as well (design section 7)."""


def desk_of(entry: Initiative, *, has_chair: bool) -> Desk:
    """The desk an entry lies on in its status.

    ``has_chair``: somebody other than its author is chair of its unit or above. Nobody reviews
    their own: the chair's entry goes to the officer, and so does one that a chair confirmed
    where the programme asks for a second look.
    """
    if entry.status is Status.SUBMITTED:
        return Desk.CHAIR if has_chair else Desk.OFFICER
    return Desk.OFFICER if entry.status is Status.CONFIRMED else Desk.NOBODY
