"""What each kind of notice says of itself when its time has come; None when it is pointless."""

from collections.abc import Callable

from domain.notice import Kind, Notice
from domain.person import Person
from domain.wording.digest import Part
from scheduler import drafts, recognition, reviews, vouching
from scheduler.context import Context

PARTS: dict[Kind, Callable[[Context, Notice, Person], Part | None]] = {
    Kind.DRAFT: drafts.part,
    Kind.DESK: reviews.part,
    Kind.VOUCH: vouching.part,
    Kind.YEAR: recognition.part,
}
"""Looks at what is true now, not at what was when the notice was found."""
