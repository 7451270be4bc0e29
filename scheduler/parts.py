"""What each kind of notice says of itself when its time has come.

None when it is pointless, or Drop with a better word for it.
"""

from collections.abc import Callable

from domain.notice import Kind, Notice
from domain.peace import Drop
from domain.person import Person
from domain.wording.digest import Part
from scheduler import (
    broadcasts,
    campaigns,
    deadlines,
    drafts,
    lost,
    pace,
    queues,
    recognised,
    recognition,
    results,
    returned,
    reviews,
    vouching,
    weekly,
)
from scheduler.context import Context

PARTS: dict[Kind, Callable[[Context, Notice, Person], Part | Drop | None]] = {
    Kind.DRAFT: drafts.part,
    Kind.RETURNED: returned.part,
    Kind.QUEUE: queues.part,
    Kind.DESK: reviews.part,
    Kind.VOUCH: vouching.part,
    Kind.PACE: pace.part,
    Kind.DEADLINE: deadlines.part,
    Kind.RECOGNISED: recognised.part,
    Kind.YEAR: recognition.part,
    Kind.WEEKLY: weekly.part,
    Kind.SUMMARY: results.part,
    Kind.CAMPAIGN: campaigns.part,
    Kind.BROADCAST: broadcasts.part,
    Kind.LOST: lost.part,
}
"""Looks at what is true now, not at what was when the notice was found."""

STILL_WANTED: dict[Kind, Callable[[Context, Notice], str]] = {
    Kind.CAMPAIGN: campaigns.why_not,
    Kind.BROADCAST: broadcasts.why_not,
}
"""Of a group's post, which was worded when it was made: why it is not wanted any more, or ""."""
