"""Who hears that something ends: chairs in every step, writers of drafts in the last days only."""

from domain.deadlines import Deadline, Ended

DRAFT_STEPS = frozenset({7, 3, 1})
"""Days before an end: earlier, a draft has its own reminders."""


def told_of_draft(deadline: Deadline) -> bool:
    """Whether those with an open draft are told in this step."""
    return deadline.step in DRAFT_STEPS


def result_key(ended: Ended, person: int) -> str:
    """The key of what somebody is told of a result; groups have theirs.

    >>> from datetime import date
    >>> result_key(Ended("phase", 4, "Giai đoạn 1", date(2026, 6, 30)), 12)
    'summary:phase:4:2026-06-30:person:12'
    """
    return f"summary:{ended.what}:{ended.id}:{ended.ends.isoformat()}:person:{person}"
